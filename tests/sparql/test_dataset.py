"""The data set a query names is a set: what two graphs state counts once."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from tests.sparql.conftest import Server

E = "http://example.org/"
COUNT = "SELECT (COUNT(*) AS ?n) {from} {{ {pattern} }}"
TRIPLE, QUAD = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"

CASES = [
    ("", TRIPLE, 1, "the default graph alone"),
    ("", QUAD, 4, "the named graphs"),
    (f"FROM <{E}g1>", TRIPLE, 2, "one graph"),
    (f"FROM <{E}g1> FROM <{E}g2>", TRIPLE, 3, "two graphs that share a triple"),
    (f"FROM <{E}g1> FROM <{E}g1>", TRIPLE, 2, "one graph named twice"),
    (f"FROM <{E}g1> FROM <{E}g2>", QUAD, 0, "no named graph was named"),
    (f"FROM <{E}g1> FROM <{E}g2> FROM NAMED <{E}g2>", QUAD, 2, "one named graph was named"),
    (f"FROM NAMED <{E}g1>", TRIPLE, 0, "the default graph is empty then"),
    (f"FROM <{E}none>", TRIPLE, 0, "an unknown graph is empty"),
]


def count(server: Server, query: str, **fields: list[str]) -> int:
    answer = server.send("GET", "/sparql?" + urlencode({"query": query, **fields}, doseq=True))
    assert answer.status == 200, answer.body
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(("source", "pattern", "number", "why"), CASES)
def test_a_triple_counts_once_through_from(
    plain: Server, source: str, pattern: str, number: int, why: str
) -> None:
    assert count(plain, COUNT.format(**{"from": source, "pattern": pattern})) == number, why


def test_from_may_be_written_with_prefixes_and_a_base(plain: Server) -> None:
    query = f"BASE <{E}> PREFIX e: <{E}> SELECT (COUNT(*) AS ?n) FROM e:g1 FROM <g2> {{ ?s ?p ?o }}"  # noqa: S608
    assert count(plain, query) == 3


def test_the_data_set_of_the_request_beats_that_of_the_query(plain: Server) -> None:
    query = COUNT.format(**{"from": f"FROM <{E}g2>", "pattern": TRIPLE})
    assert count(plain, query, **{"default-graph-uri": [E + "g1"]}) == 2
    assert count(plain, query, **{"default-graph-uri": [E + "g1", E + "g2"]}) == 3
    assert count(plain, query, **{"named-graph-uri": [E + "g1"]}) == 0


def test_a_graph_that_is_no_iri_is_refused(plain: Server) -> None:
    answer = plain.send("GET", "/sparql?" + urlencode({"query": "ASK {}", "default-graph-uri": "a b"}))
    assert answer.status == 400
