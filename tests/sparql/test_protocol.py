"""Every form a request may have, and every way to get it wrong."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.sparql.conftest import Server

from asylgraf.errors import AsylgrafError, BadRequest
from asylgraf.sparql.protocol import DIRECT, FORM, METHODS, Request, asked, read_fields

ASK = "ASK { ?s ?p ?o }"
ENCODED = quote(ASK)


def get(query_string: str, accept: str = "") -> Request:
    return Request("GET", query_string.encode(), accept=accept)


def post(body: bytes, content_type: str, query_string: str = "", encoding: str = "") -> Request:
    return Request("POST", query_string.encode(), content_type, encoding, body=body)


PIECES = [*"ab=&+%~_.é\t\n\r", "%C3%A6", "%41", "%2", "%zz", "%00", "%26", "%3d"]
"""Of what the fields of an address may be made up."""

FORMS = {
    "GET": get(f"query={ENCODED}"),
    "HEAD": Request("HEAD", f"query={ENCODED}".encode()),
    "a form": post(urlencode({"query": ASK}).encode(), FORM),
    "a form with a charset": post(urlencode({"query": ASK}).encode(), f"{FORM}; charset=UTF-8"),
    "the query itself": post(ASK.encode(), DIRECT),
    "the query itself, charset quoted": post(ASK.encode(), f'{DIRECT.upper()}; charset="utf-8"'),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_query_comes_in_each_form_of_the_protocol(form: str) -> None:
    assert asked(FORMS[form]).query == ASK


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
@example(["%", "a", "b"])
def test_fields_are_read_as_the_standard_library_reads_them(pieces: list[str]) -> None:
    written = "".join(pieces)
    try:
        fields = parse_qsl(written, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(BadRequest):
            read_fields(get(written))
        return
    expected: dict[str, list[str]] = {}
    for name, value in fields:
        expected.setdefault(name, []).append(value)
    assert read_fields(get(written)) == expected


def test_the_data_set_may_be_named_in_the_address_or_in_the_form() -> None:
    graphs = [
        ("default-graph-uri", "http://a"),
        ("default-graph-uri", "http://b"),
        ("named-graph-uri", "http://c"),
    ]
    by_address = asked(post(ASK.encode(), DIRECT, urlencode(graphs)))
    by_form = asked(post(urlencode([("query", ASK), *graphs]).encode(), FORM))
    assert by_address == by_form
    assert by_form.manner.default == ("http://a", "http://b")
    assert by_form.manner.named == ("http://c",)


def test_a_request_without_a_query_asks_for_the_description() -> None:
    assert asked(get("")).manner.task == "description"


MISUSES = {
    "two queries": (get(f"query={ENCODED}&query={ENCODED}"), 400),
    "two queries, one in the address": (post(ASK.encode(), DIRECT, f"query={ENCODED}"), 400),
    "a form without a query": (post(b"on=2020-01-01", FORM), 400),
    "an update": (get("update=" + quote("CLEAR ALL")), 403),
    "an update in a form": (post(urlencode({"update": "CLEAR ALL"}).encode(), FORM), 403),
    "an update as the body": (post(b"CLEAR ALL", "application/sparql-update"), 403),
    "no media type": (post(ASK.encode(), ""), 415),
    "another media type": (post(ASK.encode(), "text/plain"), 415),
    "UTF-16": (post(ASK.encode("utf-16"), f"{DIRECT}; charset=utf-16"), 415),
    "bytes that are not UTF-8": (post(b"ASK { ?s ?p '\xff' }", DIRECT), 400),
    "an address that is not UTF-8": (get("query=%FF"), 400),
    "a form that is not UTF-8": (post(b"query=%FF", FORM), 400),
    "a compressed body": (post(b"\x1f\x8b", DIRECT, encoding="gzip"), 415),
    "a picture as the answer": (get(f"query={ENCODED}", "image/png"), 406),
    "a table as the description": (get("", "text/csv"), 406),
    "a day that is none": (get(f"query={ENCODED}&on=2015-02-29"), 400),
    "a day in another notation": (get(f"query={ENCODED}&on=20150220"), 400),
    "a day in other digits": (get(f"query={ENCODED}&known={quote('２０１５-01-01')}"), 400),
    "two days": (get(f"query={ENCODED}&on=2015-01-01&on=2016-01-01"), 400),
    "too many fields": (get("&".join(["a=1"] * 10_001)), 413),
    **{
        method: (Request(method, f"query={ENCODED}".encode()), 405)
        for method in ("PUT", "DELETE", "PATCH", "TRACE")
    },
}


@pytest.mark.parametrize("misuse", MISUSES)
def test_a_misuse_has_its_status_and_one_sentence(misuse: str) -> None:
    request, status = MISUSES[misuse]
    with pytest.raises(AsylgrafError) as caught:
        asked(request)
    assert caught.value.status == status
    assert caught.value.detail.endswith(".")


def test_a_mistake_is_told_as_a_problem(plain: Server) -> None:
    answer = plain.get("SELECT ?s {\n ?s asyl:says ?o }")
    assert (answer.status, answer["content-type"]) == (400, "application/problem+json")
    assert b'"line": 2, "column":' in answer.body
    assert "PREFIX asyl: <https://w3id.org/asylgraf/ontology/>" in answer.body.decode()


@pytest.mark.parametrize(
    "query", ["INSERT DATA { <a:a> <a:b> <a:c> }", "DROP ALL", "LOAD <http://example.org/>"]
)
def test_an_update_in_the_place_of_a_query_is_named_as_one(plain: Server, query: str) -> None:
    answer = plain.get(query)
    assert answer.status == 400
    assert b"read-only" in answer.body


def test_a_wrong_method_is_told_the_right_ones(plain: Server) -> None:
    answer = plain.send("PUT", f"/sparql?query={ENCODED}", b"")
    assert answer.status == 405
    assert answer["allow"] == ", ".join(METHODS)


def test_options_says_what_the_address_knows(plain: Server) -> None:
    answer = plain.send("OPTIONS", "/sparql")
    assert (answer.status, answer["allow"]) == (204, ", ".join(METHODS))
    assert DIRECT in answer["accept-post"]
    assert answer["access-control-allow-methods"] == ", ".join(METHODS)


def test_head_has_the_headers_of_get_and_no_body(plain: Server) -> None:
    path = f"/sparql?query={ENCODED}"
    head, whole = plain.send("HEAD", path), plain.send("GET", path)
    assert (head.status, head.body) == (200, b"")
    assert head["content-length"] == whole["content-length"] == str(len(whole.body))
    assert head["etag"] == whole["etag"] != ""


def test_an_unchanged_answer_is_not_sent_again(plain: Server) -> None:
    first = plain.get(ASK)
    again = plain.get(ASK, if_none_match=first["etag"])
    assert (again.status, again.body, again["etag"]) == (304, b"", first["etag"])
    assert plain.get(ASK, if_none_match='W/"another"').status == 200
    assert plain.get(ASK, accept="text/csv", if_none_match=first["etag"]).status == 200


def test_what_changes_each_time_has_no_tag(plain: Server) -> None:
    answer = plain.get("SELECT (RAND() AS ?r) {}")
    assert answer["etag"] == ""
    assert answer["cache-control"] == "no-store"
    assert plain.get("SELECT (RAND() AS ?r) {}").body != answer.body


def test_a_request_that_announces_too_much_is_refused_unread(plain: Server) -> None:
    with plain.raw() as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 99999999\r\n\r\n"
        )
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_service_is_refused_however_it_is_written(plain: Server) -> None:
    for service in ("SERVICE", "service", "\\u0053ERVICE", "SERVICE SILENT"):
        answer = plain.get(f"SELECT * {{ {service} <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}")
        assert answer.status == 400
        assert b"SERVICE is switched off" in answer.body
