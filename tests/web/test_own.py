"""A researcher's own graphs have pages and are found by the search box, marked as no part of the release."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient
from tests.web.conftest import settings

from asylgraf.sparql.shelf import add
from asylgraf.web.app import create_app

NOTE, CASE = "http://example.org/note", "http://example.org/case"
SEVEN = "https://w3id.org/asylgraf/id/dk/aliens-act/7"
NOTES = f"""@prefix e: <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
e:note rdfs:label "A made-up note"@en , "En note"@da ; rdfs:comment "Om <b>torturrisikoen</b>"@da ;
    e:about <{SEVEN}> ; e:on e:case ; e:by [ e:name "Ada" ] .
e:case e:number 7 . <{SEVEN}> e:seen "twice" .
"""


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The site with one graph of one's own."""
    place = tmp_path_factory.mktemp("own")
    (place / "notes.ttl").write_text(NOTES)
    add(place / "store", [place / "notes.ttl"], graph="urn:notes", known=["tortur", "risiko for tortur"])
    mine = replace(settings(), store=place / "store")
    with TestClient(create_app(mine), base_url="http://localhost") as found:
        yield found


def test_a_note_has_a_page_that_says_whose_it_is(owned: TestClient) -> None:
    page = owned.get("/own", params={"iri": NOTE}, headers={"accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["asylgraf-source"] == "own"
    assert "no part of Asylgraf" in page.text
    assert "<title>A made-up note – Asylgraf</title>" in page.text
    assert '<h1 lang="en">A made-up note</h1>' in page.text
    assert "urn:notes" in page.text
    assert "Om &lt;b&gt;torturrisikoen&lt;/b&gt;" in page.text
    assert 'href="/id/dk/aliens-act/7"' in page.text
    assert 'href="/own?iri=http://example.org/case"' in page.text


def test_a_note_is_called_what_it_is_called_in_the_readers_language_or_else_by_its_address(
    owned: TestClient,
) -> None:
    for iri, title in ((NOTE, "En note"), (CASE, CASE)):
        page = owned.get("/own", params={"iri": iri, "lang": "da"}, headers={"accept": "text/html"}).text
        assert f"<title>{title} – Asylgraf</title>" in page


@pytest.mark.parametrize(
    ("media", "form"), [("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD)]
)
def test_programs_get_triples_with_what_hangs_on_blank_nodes(
    owned: TestClient, media: str, form: ox.RdfFormat
) -> None:
    answer = owned.get("/own", params={"iri": NOTE}, headers={"accept": media})
    assert answer.headers["content-type"].startswith(media)
    assert answer.headers["asylgraf-source"] == "own"
    triples = list(ox.parse(answer.content, format=form))
    assert {t.object.value for t in triples if isinstance(t.object, ox.Literal)} == {
        "A made-up note",
        "En note",
        "Om <b>torturrisikoen</b>",
        "Ada",
    }
    assert len(triples) == 7


def test_of_a_provision_only_what_ones_own_graphs_say_is_shown(owned: TestClient) -> None:
    says = owned.get("/own", params={"iri": SEVEN, "format": "json"}).json()["says"]
    assert [(row["value"]["value"], row["graph"]["value"]) for row in says] == [("twice", "urn:notes")]


@pytest.mark.parametrize("words", ["made-up note", "torturrisiko", "tortur", "risiko"])
def test_the_search_box_finds_a_note_by_its_words(owned: TestClient, words: str) -> None:
    found = owned.get("/search", params={"q": words, "format": "json"}).json()["own"]
    assert [(one["iri"], one["name"], one["graph"]) for one in found] == [
        (NOTE, "A made-up note", "urn:notes")
    ]
    page = owned.get("/search", params={"q": words}, headers={"accept": "text/html"}).text
    assert 'href="/own?iri=http://example.org/note"' in page


def test_the_law_is_found_before_them(owned: TestClient) -> None:
    answer = owned.get("/search", params={"q": "§ 7", "format": "json"}).json()
    assert answer["found"][0]["iri"] == SEVEN
    assert answer["own"] == []


@pytest.mark.parametrize(("iri", "status"), [("http://example.org/none", 404), ("no iri", 400), ("a>b", 400)])
def test_what_is_not_there_is_said_in_a_sentence(owned: TestClient, iri: str, status: int) -> None:
    answer = owned.get("/own", params={"iri": iri}, headers={"accept": "application/json"})
    assert answer.status_code == status
    assert answer.json()["detail"].endswith(".")


def test_a_site_without_graphs_of_ones_own_says_so(client: TestClient) -> None:
    answer = client.get("/own", params={"iri": NOTE}, headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert "asylgraf load" in answer.json()["detail"]
    assert "own" not in client.get("/search", params={"q": "§ 7", "format": "json"}).json()
