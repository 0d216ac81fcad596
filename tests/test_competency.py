"""The questions the graph must answer, each with an answer written by hand from the law and the sources."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from asylgraf.graph import open_graph
from asylgraf.namespaces import ID, ONTOLOGY
from asylgraf.resources import data

ANSWERS = Path(__file__).parent / "competency"
QUESTIONS = sorted((data("queries") / "competency").glob("*.rq"))
ANY_DAY = date(2025, 1, 1)


@cache
def snapshot(on: date) -> ox.Store:
    return open_graph().snapshot(on)


def compact(term: object) -> str | None:
    """A term as the answers write it: the address below `id/`, `asyl:` and a name, or the literal's text."""
    if isinstance(term, ox.NamedNode):
        return term.value.replace(ONTOLOGY, "asyl:").removeprefix(ID)
    return term.value if isinstance(term, ox.Literal) else None


def rows(question: Path, on: date) -> list[list[str | None]]:
    """What the graph answers for the day, in the order of the question."""
    found = snapshot(on).query(question.read_text(encoding="utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    return [[compact(row[variable]) for variable in found.variables] for row in found]


def written_answers(question: Path) -> list[dict[str, Any]]:
    """The answers as written: every value a text, since YAML would read the key `on` as true."""
    text = (ANSWERS / f"{question.stem}.yaml").read_text(encoding="utf-8")
    return list(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 (builds texts, lists and mappings only)


def answers() -> list[Any]:
    """Each question with each day it is asked for and the answer of that day."""
    return [
        pytest.param(question, written, id=f"{question.stem} {written['on'] or 'on any day'}")
        for question in QUESTIONS
        for written in written_answers(question)
    ]


@pytest.mark.parametrize(("question", "written"), answers())
def test_the_graph_answers(question: Path, written: dict[str, Any]) -> None:
    on = date.fromisoformat(written["on"]) if written["on"] else ANY_DAY
    expected = [[None if cell == "null" else cell for cell in row] for row in written["rows"]]
    assert rows(question, on) == expected


def test_every_written_answer_has_its_question() -> None:
    assert {path.stem for path in ANSWERS.glob("*.yaml")} == {path.stem for path in QUESTIONS}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_begins_with_its_question(question: Path) -> None:
    first = question.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith("?")
