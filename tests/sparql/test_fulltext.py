"""Words found inside SPARQL: by stem, in any spelling, and in compounds."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
from tests.sparql.conftest import Server

from asylgraf.sparql.fulltext import FullText

TEXTS = {
    "afslag på opholdstilladelse": "da",
    "opholdstilladelse til en flygtning": "da",
    "tilladelse": "da",
    "ophold i landet": "da",
    "udlændinge uden pas": "da",
    "a refugee who was refused": "en",
    "refusals and refugees": "en",
}


@pytest.fixture(scope="module")
def index() -> FullText:
    store = ox.Store()
    for number, (text, language) in enumerate(TEXTS.items()):
        thing, label = ox.NamedNode(f"a:{number}"), ox.NamedNode("a:label")
        store.add(ox.Quad(thing, label, ox.Literal(text, language=language)))
    return FullText(store)


def found(index: FullText, words: str) -> set[str]:
    texts = sorted(TEXTS)
    return {texts[number] for number in index.search(words)}


@pytest.mark.parametrize(
    ("words", "texts", "why"),
    [
        ("refugee", {"a refugee who was refused", "refusals and refugees"}, "by its stem"),
        ("flygtningen", {"opholdstilladelse til en flygtning"}, "by its Danish stem"),
        ("udlændinge", {"udlændinge uden pas"}, "as written"),
        ("udlaendinge", {"udlændinge uden pas"}, "with ae"),
        ("udlandinge", {"udlændinge uden pas"}, "with a"),
        ("UDLÆNDINGE", {"udlændinge uden pas"}, "in capitals"),
        (
            "tilladelse",
            {"afslag på opholdstilladelse", "opholdstilladelse til en flygtning", "tilladelse"},
            "in a compound",
        ),
        (
            "ophold tilladelse",
            {"afslag på opholdstilladelse", "opholdstilladelse til en flygtning"},
            "every word",
        ),
        ("flygtning pas", set(), "no text has both"),
        ('"; DROP TABLE texts --', set(), "no text breaks out"),
        ("", set(), "no word"),
    ],
)
def test_words_are_found(index: FullText, words: str, texts: set[str], why: str) -> None:
    assert found(index, words) == texts, why


def test_functions_in_a_query_rank_what_they_find(plain: Server) -> None:
    query = """PREFIX text: <https://w3id.org/asylgraf/function/>
    SELECT ?o ?score {
        GRAPH ?g { ?s ?p ?o } FILTER(text:matches(?o, "one")) BIND(text:score(?o, "one") AS ?score)
    }"""
    answer = plain.get(query)
    assert answer.status == 200
    assert answer["asylgraf-warnings"] == ""
    (row,) = json.loads(answer.body)["results"]["bindings"]
    assert row["o"]["value"] == "in one"
    assert float(row["score"]["value"]) > -1
