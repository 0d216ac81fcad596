"""The W3C's SPARQL tests over HTTP: what the store passes, the endpoint passes too.

A small set of our own always runs. For the W3C's, which are not kept here:

    git clone https://github.com/w3c/rdf-tests
    pytest tests/w3c --w3c rdf-tests/sparql/sparql11
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.w3c.answers import Answer, of_body, of_engine, of_file, same
from tests.w3c.manifest import NEGATIVE, POSITIVE, PROTOCOL, Entry, Files, Request, entries
from tests.w3c.serving import Server, quads

OWN = Path(__file__).parent / "own"
QUERY = {"content-type": "application/sparql-query"}
ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml"},
}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test of the folders, next to those of the same data set."""
    given = metafunc.config.getoption("--w3c")
    found = [test for folder in (OWN, *([given] if given else [])) for test in entries(folder)]
    protocol = metafunc.function is test_the_endpoint_keeps_the_protocol
    chosen = [test for test in found if (test.kind == PROTOCOL) == protocol]
    metafunc.parametrize(
        ("server", "case"),
        [(test.data, test) for test in chosen],
        ids=[t.name for t in chosen],
        indirect=["server"],
    )


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The server of the test's data set."""
    data: Files = request.param
    with Server(data) as running:
        yield running


def test_what_the_store_passes_the_endpoint_passes(server: Server, case: Entry) -> None:
    text = query_of(case)
    over_http = passes(
        case, *server.send("POST", "/sparql", text.encode(), QUERY | {"accept": accepted(case)})
    )
    if (
        not over_http
        and b"SERVICE is switched off" in server.send("POST", "/sparql", text.encode(), QUERY)[2]
    ):
        pytest.xfail("SERVICE is refused by design")
    if not over_http and not the_store_passes(case, text):
        pytest.xfail("the store itself fails it")
    assert over_http


def query_of(case: Entry) -> str:
    """The query, with its own address as base."""
    assert case.query is not None
    return f"BASE <{case.query.resolve().as_uri()}>\n{case.query.read_text(encoding='utf-8')}"


def accepted(case: Entry) -> str:
    """The formats that the test is about."""
    tables = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}
    return tables.get(case.result.suffix, ACCEPT) if case.result else ACCEPT


def passes(case: Entry, status: int, media: str, body: bytes) -> bool:
    """Whether the answer is the one expected."""
    if case.kind in POSITIVE | NEGATIVE:
        return status == (200 if case.kind in POSITIVE else 400)
    assert case.result is not None
    return status == 200 and same(of_body(body, media), of_file(case.result), lax=case.lax)


def the_store_passes(case: Entry, text: str) -> bool:
    """Whether the store, asked in this process, gives what is expected."""
    store = ox.Store()
    store.bulk_extend(quads(case.data))
    try:
        found = of_engine(store.query(text))
    except (SyntaxError, ValueError, RuntimeError, OSError):
        return case.kind in NEGATIVE
    if case.result is None:
        return case.kind in POSITIVE
    return same(_retold(found, case.result), of_file(case.result), lax=case.lax)


def _retold(found: Answer, result: Path) -> Answer:
    """The rows as the format of the expected file can tell them."""
    if result.suffix != ".csv" or found.rows is None:
        return found
    plain = [
        frozenset((n, ox.Literal(t.value) if isinstance(t, ox.Literal | ox.NamedNode) else t) for n, t in row)
        for row in found.rows
    ]
    return Answer(rows=tuple(plain))


def test_the_endpoint_keeps_the_protocol(server: Server, case: Entry) -> None:
    if any(writes(request) for request in case.requests):
        for request in case.requests[:1]:
            assert server.send(*sent(request))[0] in {400, 403, 405, 415}, "updates are refused by design"
        return
    for request in case.requests:
        status, media, body = server.send(*sent(request))
        assert not request.statuses or str(status)[0] in request.statuses, body
        if request.format:
            assert media in FORMATS[request.format]
        if request.boolean is not None:
            assert of_body(body, media).boolean is request.boolean


def sent(request: Request) -> tuple[str, str, bytes | None, dict[str, str]]:
    """The request at our address."""
    return request.method, "/sparql" + request.path, request.body, dict(request.headers)


def writes(request: Request) -> bool:
    """Whether the request is meant to change a graph."""
    body = (request.body or b"").decode("latin-1")
    asked = f"{request.path}&{body}"
    return bool(re.search(r"[?&]update=", asked)) or any(
        "sparql-update" in value for _, value in request.headers
    )
