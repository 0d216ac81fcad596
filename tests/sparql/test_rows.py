"""Answers as Python values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pytest

from asylgraf.errors import BadQuery, BrokenQuery
from asylgraf.sparql.rows import Iri, Rows, Text, Triples, from_json, query

VALUES = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?v {
    VALUES ?v { <a:b> "x" "y"@da true 3 1.5 2.0e0 "2015-02-20"^^xsd:date "P1Y"^^xsd:duration UNDEF }
}"""
EXPECTED = [Iri("a:b"), "x", "y", True, 3, Decimal("1.5"), 2.0, date(2015, 2, 20), "P1Y", None]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(b'<a:a> <a:p> <a:b> . <a:b> <a:p> <a:c> . <a:a> <a:q> "x" .', format=ox.RdfFormat.TURTLE)
    return store


def test_cells_have_the_types_they_mean(store: ox.Store) -> None:
    found = query(store, VALUES)
    assert isinstance(found, Rows)
    cells = [row[0] for row in found.rows]
    assert cells == EXPECTED
    assert [type(cell) for cell in cells[:3]] == [Iri, str, Text]
    assert isinstance(cells[2], Text)
    assert cells[2].language == "da"


def test_an_answer_that_came_as_json_has_the_same_values(store: ox.Store) -> None:
    found = store.query(VALUES)
    assert isinstance(found, ox.QuerySolutions)
    data = found.serialize(format=ox.QueryResultsFormat.JSON)
    assert from_json(data or b"") == query(store, VALUES)


def test_yes_and_no(store: ox.Store) -> None:
    assert query(store, "ASK { <a:a> <a:p> ?o }") is True
    assert query(store, "ASK { <a:c> ?p ?o }") is False


def test_a_relative_address_is_read_below_our_own(store: ox.Store) -> None:
    told = query(store, "SELECT (<id/dk/aliens-act/7/1> AS ?here) (<#x> AS ?part) {}")
    assert isinstance(told, Rows)
    assert told.rows == (("https://w3id.org/asylgraf/id/dk/aliens-act/7/1", "https://w3id.org/asylgraf/#x"),)


def test_triples_become_graphs_of_other_libraries(store: ox.Store) -> None:
    found = query(store, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, Triples)
    assert (len(found), len(found.rdflib())) == (3, 3)
    assert set(found.networkx().edges(keys=True)) == {("a:a", "a:b", "a:p"), ("a:b", "a:c", "a:p")}


def test_rows_are_read_by_name(store: ox.Store) -> None:
    found = query(store, "SELECT ?s ?o { ?s <a:q> ?o }")
    assert isinstance(found, Rows)
    assert list(found) == [{"s": "a:a", "o": "x"}]
    assert found.to_json() == {"columns": ["s", "o"], "rows": [[{"iri": "a:a"}, "x"]]}


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("SELECT ?s {", 1, 12, "ends too early"),
        ("SELECT ?s\nWHERE { ?s ?p ; }", 2, 15, "“;” cannot stand here"),
        ("SELECT ?s { ?s asyl:p ?o }", 1, 16, "PREFIX asyl:"),
        ("SELECT ?s { ?s unknown:p ?o }", 1, 16, "“unknown:” is not declared"),
    ],
)
def test_a_broken_query_is_told_where(store: ox.Store, text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(BrokenQuery, match=said) as caught:
        query(store, text)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "text", ["CLEAR ALL", "SELECT * { SERVICE <a:b> {} }", "ASK " + "{" * 300 + "}" * 300]
)
def test_what_no_engine_should_see_is_refused_here_too(store: ox.Store, text: str) -> None:
    with pytest.raises(BadQuery):
        query(store, text)
