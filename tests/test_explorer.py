"""Every question that a page or a command asks has an answer, in both languages."""

from __future__ import annotations

from datetime import date
from functools import cache

import pyoxigraph as ox
import pytest

from asylgraf.graph import open_graph
from asylgraf.namespaces import ID
from asylgraf.sparql.named import LANGUAGES, queries
from asylgraf.sparql.rows import Rows

EXAMPLES = {
    "provision": ID + "dk/aliens-act/7/1",
    "thing": ID + "echr/3",
    "procedure": ID + "procedure/asylum-today",
    "decided": ID + "status/permanent-residence",
}
TOUCHED = {"judgments": {"provision": ID + "echr/8"}}


@cache
def snapshot() -> ox.Store:
    return open_graph().snapshot(date(2025, 1, 1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(queries()))
def test_the_question_has_an_answer(name: str, language: str) -> None:
    query = queries()[name]
    values = {p.name: language if p.type == "language" else EXAMPLES[p.name] for p in query.parameters}
    answer = query.run(snapshot(), values | TOUCHED.get(name, {}))
    assert isinstance(answer, Rows)
    assert list(answer.rows)


@pytest.mark.parametrize("name", sorted(queries()))
def test_the_question_says_what_it_must_be_told(name: str) -> None:
    query = queries()[name]
    assert query.title.endswith("?")
    assert all(parameter.meaning for parameter in query.parameters)
