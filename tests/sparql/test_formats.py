"""Each format, and which one a client gets."""

from __future__ import annotations

import csv
import gzip
import io
import json
from xml.etree import ElementTree as ET

import pytest
import rdflib
from tests.sparql.conftest import Server

from asylgraf.sparql.formats import gzips, wanted

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
TABLE = 'SELECT ?a ?b { VALUES (?a ?b) { (<http://example.org/é> "x, \\"y\\""@da) (UNDEF 3) } }'
TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"

CHOICES = [
    ("", JSON, "text/turtle", "no wish: the first of ours"),
    ("*/*", JSON, "text/turtle", "anything: the first of ours"),
    ("text/csv", "text/csv", None, "one format"),
    (
        "text/csv;q=0.5, text/tab-separated-values",
        "text/tab-separated-values",
        None,
        "the better one wins, not the first",
    ),
    (f"{XML};q=0.1, application/json;q=0.2", JSON, "application/ld+json", "a short name of JSON"),
    (f"{JSON};q=0, */*;q=0.1", XML, "text/turtle", "everything but JSON"),
    ("text/*", "text/csv", "text/turtle", "a family of formats"),
    (
        "application/n-triples, text/csv;q=0.3",
        "text/csv",
        "application/n-triples",
        "one for each kind of answer",
    ),
    ("image/png", None, None, "none of ours"),
    ("TEXT/CSV", "text/csv", None, "capitals do not matter"),
    ("text/csv;q=0", None, None, "a format refused"),
]


@pytest.mark.parametrize(("accept", "table", "triples", "why"), CHOICES)
def test_the_client_gets_what_it_wants_most(accept: str, table: str, triples: str, why: str) -> None:
    assert wanted(accept) == (table, triples), why


@pytest.mark.parametrize(
    ("said", "reads"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("", False), ("*", True)],
)
def test_gzip_only_for_who_reads_it(said: str, reads: bool) -> None:
    assert gzips(said) is reads


def test_a_table_as_json(plain: Server) -> None:
    answer = plain.get(TABLE)
    first, second = json.loads(answer.body)["results"]["bindings"]
    assert first["b"] == {"type": "literal", "value": 'x, "y"', "xml:lang": "da"}
    assert set(second) == {"b"}


def test_a_table_as_xml(plain: Server) -> None:
    answer = plain.get(TABLE, accept=XML)
    assert answer["content-type"] == XML
    root = ET.fromstring(answer.body)  # noqa: S314 - our own answer
    assert [e.text for e in root.iter() if e.tag.endswith("uri")] == ["http://example.org/é"]


def test_a_table_as_csv(plain: Server) -> None:
    answer = plain.get(TABLE, accept="text/csv")
    assert answer["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.body.decode())))
    assert rows == [["a", "b"], ["http://example.org/é", 'x, "y"'], ["", "3"]]


def test_a_table_as_tsv(plain: Server) -> None:
    answer = plain.get(TABLE, accept="text/tab-separated-values")
    assert answer.body.decode().splitlines()[1] == '<http://example.org/é>\t"x, \\"y\\""@da'


@pytest.mark.parametrize(
    ("accept", "truth"), [(JSON, b"true"), (XML, b"<boolean>true"), ("text/csv", b"true")]
)
def test_yes_and_no_in_each_format(plain: Server, accept: str, truth: bytes) -> None:
    assert truth in plain.get("ASK { GRAPH ?g { ?s ?p ?o } }", accept=accept).body


@pytest.mark.parametrize(
    ("media", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_triples_in_each_format_say_the_same(plain: Server, media: str, parser: str) -> None:
    answer = plain.get(TRIPLES, accept=media)
    assert answer["content-type"].split(";")[0] == media
    read = rdflib.Graph().parse(data=answer.body, format=parser)
    assert len(read) == 3
    assert (
        rdflib.URIRef("http://example.org/a"),
        rdflib.URIRef("http://example.org/says"),
        rdflib.Literal("in one", "en"),
    ) in read


def test_a_table_cannot_be_given_as_turtle(plain: Server) -> None:
    answer = plain.get(TABLE, accept="text/turtle")
    assert answer.status == 406
    assert b"text/csv" in answer.body


def test_a_long_answer_is_compressed_for_who_reads_gzip(plain: Server) -> None:
    query = "SELECT ?a { VALUES ?a { " + " ".join(f'"{n}"' for n in range(500)) + " } }"
    squeezed, plainly = plain.post(query, accept_encoding="gzip"), plain.post(query)
    assert squeezed["content-encoding"] == "gzip"
    assert plainly["content-encoding"] == ""
    assert gzip.decompress(squeezed.body) == plainly.body
    assert squeezed["etag"] != plainly["etag"]
    assert "accept-encoding" in squeezed["vary"]
