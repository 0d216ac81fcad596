"""A store elsewhere: asked by forms, again when it is busy, and never believed when it gives a part."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from asylgraf.errors import BackendCutShort, BackendFailed, BackendRefused, NotAQuery
from asylgraf.sparql.anatomy import anatomy
from asylgraf.sparql.graphstore import GraphStore
from asylgraf.sparql.remote import Access, Remote
from asylgraf.sparql.rows import Rows, Triples

Answer = tuple[int, dict[str, str], bytes]
JSON = {"content-type": "application/sparql-results+json"}


@dataclass
class Made:
    """A made-up store, what it answers and what it was asked."""

    address: str
    answers: list[Answer] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)

    def remote(self, **access: str | bool) -> Remote:
        return Remote(Access(self.address, **access), self.waited.append)  # type: ignore[arg-type]

    def form(self, number: int = -1) -> dict[str, list[str]]:
        return parse_qs(self.asked[number][3].decode())


@pytest.fixture
def store() -> Iterator[Made]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            made.asked.append((self.command, self.path, headers, body))
            status, told, content = made.answers.pop(0) if made.answers else (200, JSON, table([]))
            self.send_response(status)
            for name, value in {**told, "content-length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_PUT = do_GET = _answer  # noqa: N815 - the names of the library

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Made(f"http://127.0.0.1:{server.server_port}/sparql")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


def table(cells: list[int], name: str = "n") -> bytes:
    kind = "http://www.w3.org/2001/XMLSchema#integer"
    bindings = [{name: {"type": "literal", "datatype": kind, "value": str(cell)}} for cell in cells]
    return json.dumps({"head": {"vars": [name]}, "results": {"bindings": bindings}}).encode()


def test_a_query_goes_as_a_form_and_names_its_graphs(store: Made) -> None:
    store.answers = [(200, JSON, table([1, 2]))]
    found = store.remote().ask("SELECT ?n { ?s ?p ?n }", ["urn:a"], ["urn:b"])
    assert found == Rows(("n",), ((1,), (2,)))
    method, path, headers, _ = store.asked[0]
    assert (method, path, headers["content-type"]) == ("POST", "/sparql", "application/x-www-form-urlencoded")
    assert "application/sparql-results+json" in headers["accept"]
    assert set(store.form()) == {"query"}
    assert "FROM <urn:a>\nFROM NAMED <urn:b>" in store.form()["query"][0]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_store_is_asked_again_after_the_pause_it_names(store: Made, status: int) -> None:
    store.answers = [(status, {"retry-after": "3"}, b""), (status, {}, b""), (200, JSON, table([7]))]
    assert store.remote().ask("SELECT ?n {}") == Rows(("n",), ((7,),))
    assert store.waited == [3.0, 2.0]


@pytest.mark.parametrize("status", [400, 404, 500, 502, 504])
def test_any_other_refusal_is_final(store: Made, status: int) -> None:
    store.answers = [(status, {}, b"line one of the reason\nline two")]
    with pytest.raises(BackendFailed, match=f"{status}: line one of the reason\\.$"):
        store.remote().ask("ASK {}")
    assert len(store.asked) == 1


def test_patience_ends(store: Made) -> None:
    store.answers = [(503, {}, b"")] * 9
    with pytest.raises(BackendFailed, match="503"):
        store.remote().ask("ASK {}")
    assert len(store.asked) == 5


def test_it_says_who_asks(store: Made) -> None:
    store.remote(user="ada", password="secret").ask("ASK {}")  # noqa: S106
    assert store.asked[-1][2]["authorization"] == "Basic " + base64.b64encode(b"ada:secret").decode()
    store.remote(token="key").ask("ASK {}")  # noqa: S106
    assert store.asked[-1][2]["authorization"] == "Bearer key"
    store.answers = [(401, {}, b"who are you?")]
    with pytest.raises(BackendRefused):
        store.remote().ask("ASK {}")
    assert "secret" not in repr(Access("http://a", "ada", "secret", "key"))


def test_yes_told_as_a_table_is_yes(store: Made) -> None:
    store.answers = [(200, JSON, table([1], "__ASK_RETVAL")), (200, JSON, table([0], "__ASK_RETVAL"))]
    assert [store.remote().ask("ASK {}") for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"x-sparql-maxrows": "2"}, 200), ({}, 206)],
    ids=["a cap", "an answer at any time"],
)
def test_a_part_that_says_so_is_no_answer(store: Made, headers: dict[str, str], status: int) -> None:
    store.answers = [(status, JSON | headers, table([1, 2]))]
    with pytest.raises(BackendCutShort, match="pages"):
        store.remote().ask("SELECT ?n {}")


def test_a_long_answer_is_counted(store: Made) -> None:
    rows = list(range(1000))
    store.answers = [(200, JSON, table(rows)), (200, JSON, table([1000]))]
    assert len(store.remote().ask("SELECT ?n { ?s ?p ?n }")) == 1000  # type: ignore[arg-type]
    assert "COUNT(*)" in store.form()["query"][0]
    store.answers = [(200, JSON, table(rows)), (200, JSON, table([1001]))]
    with pytest.raises(BackendCutShort, match="1000 rows and counts 1001"):
        store.remote().ask("SELECT ?n { ?s ?p ?n }")


def test_triples_are_whole_only_if_their_rows_are(store: Made) -> None:
    turtle = "".join(f"<urn:{n}> <urn:p> 1 .\n" for n in range(1000)).encode()
    told = {"content-type": "text/turtle"}
    store.answers = [(200, told, turtle), (200, JSON, table(list(range(1000)))), (200, JSON, table([1000]))]
    found = store.remote().ask("CONSTRUCT { ?s <urn:p> 1 } WHERE { ?s ?p ?o }")
    assert isinstance(found, Triples)
    assert len(found) == 1000
    store.answers = [(200, told, turtle), (200, JSON | {"x-sparql-maxrows": "1000"}, table([1]))]
    with pytest.raises(BackendCutShort):
        store.remote().ask("CONSTRUCT { ?s <urn:p> 1 } WHERE { ?s ?p ?o }")


@pytest.mark.parametrize("body", [b"<html>", b'{"head": {}}', b'{"head": {"vars": ["n"]}, "results": {"bin'])
def test_an_answer_that_cannot_be_read_is_a_mistake(store: Made, body: bytes) -> None:
    store.answers = [(200, JSON, body)]
    with pytest.raises(BackendFailed, match="cannot be read"):
        store.remote().ask("SELECT ?n {}")


def test_nothing_is_written_by_a_query() -> None:
    with pytest.raises(NotAQuery):
        Remote(Access("http://127.0.0.1:1/")).ask("DROP ALL")
    with pytest.raises(BackendFailed, match="cannot be reached"):
        Remote(Access("http://127.0.0.1:1/")).ask("ASK {}")


def test_a_graph_is_replaced_in_parts(store: Made) -> None:
    p = ox.NamedNode("urn:p")
    triples = [ox.Triple(ox.NamedNode(f"urn:{n}"), p, ox.Literal(n)) for n in range(10_001)]
    writer = GraphStore(Access(store.address, "ada", "secret"))
    assert writer.put("urn:g&h", triples) == 10_001
    assert [(asked[0], asked[1]) for asked in store.asked] == [
        ("PUT", "/sparql?graph=urn%3Ag%26h"),
        ("POST", "/sparql?graph=urn%3Ag%26h"),
    ]
    assert store.asked[0][2]["authorization"].startswith("Basic ")
    assert [body.count(b"\n") for *_, body in store.asked] == [10_000, 1]


def test_a_graph_may_be_written_with_a_challenge(store: Made) -> None:
    challenge = {"www-authenticate": 'Digest realm="SPARQL", nonce="abc", qop="auth", algorithm=MD5'}
    store.answers = [(401, challenge, b""), (404, {}, b""), (201, {}, b"")]
    triple = ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"))
    GraphStore(Access(store.address, "dba", "dba", digest=True)).put("urn:g", [triple])
    assert [asked[0] for asked in store.asked] == ["GET", "GET", "PUT"]
    assert 'username="dba"' in store.asked[-1][2]["authorization"]
    assert store.asked[-1][3] != b""


QUERIES = [
    ("PREFIX a: <b:>\nSELECT (EXISTS { ?s ?p ?o } AS ?x) WHERE { ?s ?p ?o } LIMIT 3", "WHERE"),
    ("SELECT * FROM <urn:g> FROM NAMED <urn:h> { ?s ?p ?o } # end", "{"),
    ("CONSTRUCT { ?s a ?o } WHERE { ?s ?p ?o }", "WHERE"),
    ("CONSTRUCT WHERE { ?s ?p ?o }", "WHERE"),
    ("CONSTRUCT FROM <urn:g> WHERE { ?s ?p ?o }", "WHERE"),
    ("DESCRIBE <urn:a> LIMIT 1", "LIMIT"),
    ("DESCRIBE <urn:a>", ""),
    ("ASK { ?s ?p ?o }", "{"),
]


@pytest.mark.parametrize(("query", "body"), QUERIES)
def test_the_parts_of_a_query_are_found(query: str, body: str) -> None:
    parts = anatomy(query)
    assert parts.body.startswith(body)
    assert str(parts).split() == query.split()
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(1), ox.NamedNode("urn:g")))
    store.query(str(parts.over(["urn:g"], ["urn:h"])))
    if parts.head.startswith("SELECT"):
        counted = store.query(parts.over(["urn:g"], []).counting())
        assert [row[0].value for row in counted] == ["1"]  # type: ignore[union-attr]
