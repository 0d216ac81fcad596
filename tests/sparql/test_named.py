"""Named queries: typed parameters that no text can break out of."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sparql.conftest import Server

from asylgraf.errors import AsylgrafError, BadParameter, BrokenFile, UnknownQuery
from asylgraf.sparql.binding import bind
from asylgraf.sparql.named import NamedQuery, find, queries, read
from asylgraf.sparql.rows import Rows, Triples

E = "http://example.org/"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(
        b"""PREFIX e: <http://example.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        e:a e:from "2010-01-01"^^xsd:date ; e:name "a"@da ; e:size 1 .
        e:b e:from "2020-01-01"^^xsd:date ; e:name "b"@en ; e:size 2 ; e:name "b'\\"}"@en .
        """,
        format=ox.RdfFormat.TURTLE,
    )
    return store


@pytest.fixture
def made(tmp_path: Path) -> NamedQuery:
    file = tmp_path / "begun.rq"
    file.write_text(
        f"""# What had begun by a day?
# ?day   xsd:date  the day
# ?thing IRI of the thing (optional)
# ?lang  language of names
PREFIX e: <{E}>
SELECT ?thing ?name ?day {{
    {{ SELECT ?thing {{ ?thing e:from ?from FILTER(?from <= ?day) }} ORDER BY ?thing }}
    OPTIONAL {{ ?thing e:name ?name FILTER(LANG(?name) = ?lang) }}
}} ORDER BY ?thing ?name
"""
    )
    return read(file)


def rows(found: Rows | Triples | bool) -> list[tuple[object, ...]]:
    assert isinstance(found, Rows)
    return list(found.rows)


def test_the_header_gives_title_and_parameters(made: NamedQuery) -> None:
    assert (made.name, made.title) == ("begun", "What had begun by a day?")
    told = [(p.name, p.type, p.meaning, p.required) for p in made.parameters]
    assert told == [
        ("day", "date", "the day", True),
        ("thing", "iri", "IRI of the thing", False),
        ("lang", "language", "language of names", False),
    ]


def test_a_value_reaches_every_filter_and_is_still_selected(made: NamedQuery, store: ox.Store) -> None:
    found = rows(made.run(store, {"day": "2015-01-01", "lang": "da"}))
    assert [(str(thing), str(name), str(day)) for thing, name, day in found] == [(E + "a", "a", "2015-01-01")]
    assert len(rows(made.run(store, {"day": "2020-01-01"}))) == 3
    assert len(rows(made.run(store, {"day": "2020-01-01", "thing": E + "b"}))) == 2


def test_one_page_of_the_rows(made: NamedQuery, store: ox.Store) -> None:
    everything = rows(made.run(store, {"day": "2020-01-01"}))
    assert rows(made.run(store, {"day": "2020-01-01"}, limit=1, offset=1)) == everything[1:2]
    with pytest.raises(BadParameter):
        made.run(store, {"day": "2020-01-01"}, limit=0)


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({}, "day"),
        ({"day": "soon"}, "day"),
        ({"day": "2015-01-01", "thing": "a b>"}, "thing"),
        ({"day": "2015-01-01", "lang": "sv"}, "lang"),
        ({"day": "2015-01-01", "dya": "x"}, "dya"),
    ],
)
def test_a_missing_unknown_or_ill_typed_value_is_named(
    made: NamedQuery, values: dict[str, str], where: str
) -> None:
    with pytest.raises(AsylgrafError) as caught:
        made.bound(values)
    assert caught.value.where == where


@given(st.text())
def test_no_text_breaks_out_of_its_literal(text: str) -> None:
    bound = bind("SELECT ?t { BIND(?t AS ?u) }", {"t": ox.Literal(text)})
    found = list(ox.Store().query(bound))  # type: ignore[arg-type]
    assert [solution["t"].value for solution in found] == [text]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("CONSTRUCT { ?x e:is ?size } WHERE { ?x e:size ?size }", 1),
        ("ASK { ?x e:size ?size FILTER NOT EXISTS { ?x e:size ?other FILTER(?other > ?size) } }", None),
        ("SELECT ?size (COUNT(?x) AS ?n) { ?x e:size ?size } GROUP BY ?size HAVING(?size = 1)", 1),
        ("SELECT ?x { ?x e:size ?any FILTER(BOUND(?size) && ?any = ?size) }", 1),
        ("SELECT ?x { { ?x e:size ?size } UNION { ?x e:none ?size } } # ?size }", 1),
    ],
)
def test_a_value_fits_every_place_of_the_grammar(store: ox.Store, query: str, number: int | None) -> None:
    found = store.query(f"PREFIX e: <{E}> " + bind(query, {"size": ox.Literal(1)}))
    assert bool(found) if number is None else len(list(found)) == number  # type: ignore[arg-type]


def test_a_query_without_a_question_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bare.rq").write_text("ASK {}")
    with pytest.raises(BrokenFile):
        read(tmp_path / "bare.rq")


def test_an_unknown_name_is_told_the_nearest_one() -> None:
    with pytest.raises(UnknownQuery, match="versions"):
        find("version")


@pytest.mark.parametrize("name", queries())
def test_every_shipped_query_has_a_question_and_described_parameters(name: str) -> None:
    query = find(name)
    assert query.title.endswith("?")
    assert all(parameter.meaning for parameter in query.parameters)


def test_a_named_query_has_an_address(law: Server) -> None:
    path = "/queries/versions?provision=made/1"
    answer = law.send("GET", path)
    assert answer.status == 200
    assert [row["version"]["value"][-1] for row in json.loads(answer.body)["results"]["bindings"]] == [
        "a",
        "b",
    ]
    assert law.send("GET", path.replace("?", ".csv?")).body.count(b"\n") >= 3
    assert law.send("GET", path + "&known=2026-02-01").body.count(b'"version":') == 1
    assert law.send("GET", path + "&limit=1&offset=1").body.count(b"/v/b") == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/queries/version", 404),
        ("/queries/versions", 400),
        ("/queries/versions?provision=%22%3E", 400),
        ("/queries/versions?provision=made/1&provision=made/2", 400),
        ("/queries/versions?provision=made/1&limit=-1", 400),
        ("/queries/versions?provision=made/1&on=2015", 400),
        ("/queries/versions.pdf?provision=made/1", 400),
    ],
)
def test_a_named_query_asked_wrongly_is_told_so(law: Server, path: str, status: int) -> None:
    answer = law.send("GET", path)
    assert (answer.status, answer["content-type"]) == (status, "application/problem+json")
