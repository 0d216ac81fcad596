"""A typo does not read as “the law says nothing”."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from tests.sparql.conftest import Server

from asylgraf.namespaces import BASE, ID, ONTOLOGY, XSD
from asylgraf.sparql.lint import Lint
from asylgraf.sparql.syntax import read

ASYL = ONTOLOGY
PREFIXES = f"PREFIX asyl: <{ASYL}> PREFIX xsd: <{XSD}> "


@pytest.fixture(scope="module")
def lint() -> Lint:
    store = ox.Store()
    store.load(
        b"""@prefix asyl: <https://w3id.org/asylgraf/ontology/> . @base <https://w3id.org/asylgraf/id/> .
        GRAPH <../graph/act-2015-153> {
            <permit/convention-status> a asyl:Permit ; asyl:family <permit-family/asylum> .
        }
        """,
        format=ox.RdfFormat.TRIG,
    )
    return Lint(store)


@pytest.mark.parametrize(
    ("pattern", "kind", "nearest"),
    [
        ("{ ?x a asyl:Permitt }", "class", ["asyl:Permit"]),
        ("{ ?x asyl:familly ?y }", "property", ["asyl:family"]),
        (
            f"{{ ?x asyl:family <{ID}permit/convention-statu> }}",
            "term",
            ["permit:convention-status"],
        ),
        (
            "{ GRAPH <https://w3id.org/asylgraf/graph/act-2015-135> { ?x ?y ?z } }",
            "graph",
            ["graph:act-2015-153"],
        ),
        ("{ ?x <http://example.org/nothing/like/it> ?y }", "term", []),
    ],
)
def test_an_unknown_term_is_named_with_the_nearest_ones(
    lint: Lint, pattern: str, kind: str, nearest: list[str]
) -> None:
    query = PREFIXES + f"SELECT * {pattern}"
    (doubt,) = lint.warnings(query, read(query))
    assert doubt.kind == kind
    assert [name.strip("<>").replace(BASE, "") for name in doubt.nearest] == nearest


def test_a_prefix_for_another_address_is_doubted(lint: Lint) -> None:
    query = "PREFIX asyl: <https://w3id.org/asylgraf/> SELECT * { ?x asyl:family ?y }"
    prefix, _ = lint.warnings(query, read(query))
    assert (prefix.kind, prefix.line, prefix.column) == ("prefix", 1, 8)
    assert ASYL in " ".join(prefix.nearest) or "asyl:" in prefix.nearest


@pytest.mark.parametrize(
    "pattern",
    [
        "{ ?x a asyl:Permit ; asyl:family ?y }",
        '{ ?x asyl:family ?y FILTER("2015-01-01"^^xsd:date < xsd:date(?x)) }',
        "{ GRAPH <https://w3id.org/asylgraf/graph/act-2015-153> { ?x ?y ?z } }",
    ],
)
def test_known_terms_datatypes_and_functions_are_not_doubted(lint: Lint, pattern: str) -> None:
    query = PREFIXES + f"SELECT * {pattern}"
    assert lint.warnings(query, read(query)) == []


def test_warnings_come_in_a_header_and_as_json(plain: Server) -> None:
    query = "SELECT * { ?s\n <http://example.org/say> ?o }"
    answer = plain.get(query)
    assert answer.status == 200
    (told,) = json.loads(answer["asylgraf-warnings"])
    assert "<http://example.org/say>" in told
    (warning,) = json.loads(plain.get(query, lint="json").body)["warnings"]
    assert (warning["line"], warning["column"], warning["message"]) == (2, 2, told)
    assert warning["nearest"] == ["<http://example.org/says>"]


def test_a_sound_query_has_no_warning(plain: Server) -> None:
    assert plain.get("SELECT * { ?s <http://example.org/says> ?o }")["asylgraf-warnings"] == ""
