"""The graph asked from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import asylgraf
from asylgraf.errors import BadDate, BadParameter, UnknownQuery
from asylgraf.graph import LawGraph, open_graph
from asylgraf.sparql.rows import Rows, Triples

IN_FORCE = """PREFIX asyl: <https://w3id.org/asylgraf/ontology/>
SELECT ?v { <https://w3id.org/asylgraf/id/made/1> asyl:versionInForce ?v }"""


@pytest.fixture(scope="module")
def made() -> LawGraph:
    return open_graph(extra=[Path(__file__).parent / "law.trig"])


def found(answer: Rows | Triples | bool) -> list[str]:
    assert isinstance(answer, Rows)
    return [str(row[0])[-1] for row in answer.rows]


def test_a_query_is_about_the_law_of_a_day(made: LawGraph) -> None:
    assert found(asylgraf.query(IN_FORCE, on="2012-01-01", graph=made)) == ["a"]
    assert found(asylgraf.query(IN_FORCE, on="2020-01-01", graph=made)) == ["b"]
    assert asylgraf.query("ASK { ?s ?p ?o }", on="2020-01-01", graph=made) is True


def test_a_named_query_takes_its_values_by_name(made: LawGraph) -> None:
    answer = asylgraf.query("versions", on="2020-01-01", graph=made, provision="made/1")
    assert found(answer) == ["a", "b"]


def test_what_cannot_be_asked_is_named(made: LawGraph) -> None:
    with pytest.raises(UnknownQuery, match="versions"):
        asylgraf.query("version", on="2020-01-01", graph=made)
    with pytest.raises(BadParameter, match="provision"):
        asylgraf.query("versions", on="2020-01-01", graph=made)
    with pytest.raises(BadDate):
        asylgraf.query("ASK {}", on="yesterday", graph=made)
