"""What the tokens of a query tell, however it is written."""

from __future__ import annotations

import pytest

from asylgraf.sparql.syntax import depth, read, tokens

READINGS = [
    ('SELECT * { ?s ?p "SERVICE" }', False, "a word in a string"),
    ("SELECT * { ?s ?p '''a ' SERVICE''' }", False, "a word in a long string with a quote"),
    ('SELECT * { ?s ?p "a\\" SERVICE" }', False, "a word after an escaped quote"),
    ("# SERVICE\nSELECT * {}", False, "a word in a comment"),
    ("SELECT * { ?s <http://example.org/#SERVICE> ?o }", False, "a word in an address"),
    ("PREFIX SERVICE: <a:> SELECT * { ?s SERVICE:x ?o }", False, "a prefix of that name"),
    ("SELECT * { ?SERVICE ?p ?o }", False, "a variable of that name"),
    ('SELECT * { ?s ?p "a" SERVICE <a:b> {} }', True, "a word after a string"),
    ("SELECT * { SERVICE?x {} }", True, "a word against a variable"),
    ("SELECT * {SERVICE<a:b>{}}", True, "a word without spaces"),
    ('SELECT * { ?s ?p "#" . SERVICE <a:b> {} }', True, "a word after a hash in a string"),
    ("SELECT * { ?s ?p ?o FILTER(?a<3) SERVICE <a:b> {} }", True, "a word after a less-than"),
]


@pytest.mark.parametrize(("query", "service", "why"), READINGS)
def test_service_is_seen_where_it_is_a_keyword_and_only_there(query: str, service: bool, why: str) -> None:
    assert read(query).service is service, why


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("PREFIX select: <a:> ask {}", "ASK"),
        ("BASE <a:> # SELECT\nDESCRIBE <b>", "DESCRIBE"),
        ("PREFIX a: <a:> INSERT DATA { a:a a:b a:c }", "INSERT"),
        ("WITH <a:g> DELETE {} WHERE {}", "WITH"),
    ],
)
def test_the_form_is_the_first_keyword_after_the_prologue(query: str, form: str) -> None:
    assert read(query).form == form


def test_brackets_in_strings_addresses_and_comments_do_not_nest() -> None:
    assert depth('SELECT * { ?s ?p "((((" , <a:(((> , (1 2) # ((((\n }') == 2


def test_terms_are_read_with_their_prefixes_and_base() -> None:
    reading = read(
        "BASE <http://e/> PREFIX a: <x#> SELECT * FROM <g> FROM NAMED a:h { ?s a a:C ; a:p\\-q <r> }"
    )
    assert reading.default_graphs == ["http://e/g"]
    assert reading.named_graphs == ["http://e/x#h"]
    found = [(mention.iri, mention.role) for mention in reading.mentions]
    assert found == [
        ("http://e/x#", "prefix"),
        ("http://e/g", "graph"),
        ("http://e/x#h", "graph"),
        ("http://e/x#C", "class"),
        ("http://e/x#p-q", "term"),
        ("http://e/r", "term"),
    ]


def test_what_a_construct_makes_is_not_looked_for() -> None:
    reading = read("PREFIX a: <a:> CONSTRUCT { ?s a:made ?o } WHERE { ?s a:stored ?o }")
    assert [mention.iri for mention in reading.mentions if mention.role != "prefix"] == ["a:stored"]


def test_no_text_is_lost_between_tokens() -> None:
    query = "SELECT ?a{?a<b>\"c\"@da,'''d'''^^x:y;!?[]|^/*+1.5e3 \"unclosed \x00 é"
    assert "".join(token.text for token in tokens(query)) == "".join(query.split())
