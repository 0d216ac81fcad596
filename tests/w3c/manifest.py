"""Reading the manifests of the W3C's SPARQL suites: what a test asks, of what data, and what should come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlparse

import pyoxigraph as ox
import pytest

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"

POSITIVE: Final = {MF + "PositiveSyntaxTest", MF + "PositiveSyntaxTest11"}
NEGATIVE: Final = {MF + "NegativeSyntaxTest", MF + "NegativeSyntaxTest11"}
EVALUATION: Final = {MF + "QueryEvaluationTest", MF + "CSVResultFormatTest"}
PROTOCOL: Final = MF + "ProtocolTest"

Node = ox.NamedNode | ox.BlankNode
Files = tuple[tuple[str, str], ...]
"""Graph names, empty for the default graph, and the files that fill them."""


@dataclass(frozen=True)
class Entry:
    """One entry of a manifest."""

    name: str
    kind: str
    data: Files = ()
    query: Path | None = None
    result: Path | None = None
    lax: bool = False
    requests: tuple[Request, ...] = ()


@dataclass(frozen=True)
class Request:
    """One request of a test of the protocol, and what it should be answered."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: frozenset[str]
    format: str
    boolean: bool | None


class Manifest:
    """One file of descriptions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._store = ox.Store()
        self._store.bulk_extend(
            ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.resolve().as_uri())
        )

    def all(self, subject: Node, property_: str) -> list[Node | ox.Literal]:
        """The values of a property."""
        found = self._store.quads_for_pattern(subject, ox.NamedNode(property_), None)
        return [quad.object for quad in found if not isinstance(quad.object, ox.Triple)]

    def one(self, subject: Node | None, property_: str) -> Node | ox.Literal | None:
        """The value of a property, if it has one."""
        return next(iter(self.all(subject, property_)), None) if subject else None

    def node(self, subject: Node | None, property_: str) -> Node | None:
        """The value of a property that is a thing."""
        found = self.one(subject, property_)
        return None if isinstance(found, ox.Literal) else found

    def text(self, subject: Node | None, property_: str) -> str:
        """The value of a property as text."""
        found = self.one(subject, property_)
        return "" if found is None else found.value

    def members(self, head: Node | None) -> Iterator[Node]:
        """The things in a list."""
        while head is not None and head.value != RDF + "nil":
            if first := self.node(head, RDF + "first"):
                yield first
            head = self.node(head, RDF + "rest")

    def listed(self, property_: str) -> list[Node]:
        """The things in the list that the manifest itself has."""
        here = ox.NamedNode(self.path.resolve().as_uri())
        return list(self.members(self.node(here, property_)))


def entries(folder: Path) -> list[Entry]:
    """Every query and protocol test below a folder's manifest, those of one data set together."""
    starts = [p for p in (folder / "manifest-all.ttl", folder / "manifest.ttl") if p.is_file()]
    if not starts:
        raise pytest.UsageError(
            f"{folder} has no manifest; give the folder sparql/sparql11 of w3c/rdf-tests."
        )
    return sorted(_read(starts[0]), key=lambda test: (test.data, test.name))


def _read(path: Path) -> Iterator[Entry]:
    manifest = Manifest(path)
    for further in manifest.listed(MF + "include"):
        if file_of(further).is_file():
            yield from _read(file_of(further))
    for entry in manifest.listed(MF + "entries"):
        yield from _test(manifest, entry)


def _test(manifest: Manifest, entry: Node) -> Iterator[Entry]:
    kind, action = manifest.text(entry, RDF + "type"), manifest.node(entry, MF + "action")
    name = f"{manifest.path.parent.name}/{entry.value.rpartition('#')[2]}"
    if kind == PROTOCOL and not any(manifest.all(entry, RDFS + "seeAlso")):
        yield Entry(name, kind, _graphs(manifest, entry, UT), requests=_requests(manifest, action))
    elif kind in POSITIVE | NEGATIVE and action is not None:
        yield Entry(name, kind, query=file_of(action))
    elif kind in EVALUATION and not manifest.one(action, SD + "entailmentRegime"):
        query, result = manifest.node(action, QT + "query"), manifest.node(entry, MF + "result")
        if query is not None and result is not None and not manifest.one(action, QT + "serviceData"):
            lax = bool(manifest.one(entry, MF + "resultCardinality"))
            yield Entry(name, kind, _data(manifest, action), file_of(query), file_of(result), lax)


def _data(manifest: Manifest, action: Node | None) -> Files:
    default = [("", str(file_of(node))) for node in _things(manifest, action, QT + "data")]
    return (*default, *_graphs(manifest, action, QT))


def _graphs(manifest: Manifest, subject: Node | None, vocabulary: str) -> Files:
    found = []
    for given in _things(manifest, subject, vocabulary + "graphData"):
        file = manifest.node(given, vocabulary + "graph") or given
        found.append((manifest.text(given, RDFS + "label") or file.value, str(file_of(file))))
    return tuple(sorted(found))


def _things(manifest: Manifest, subject: Node | None, property_: str) -> list[Node]:
    found = manifest.all(subject, property_) if subject else []
    return [node for node in found if not isinstance(node, ox.Literal)]


def _requests(manifest: Manifest, action: Node | None) -> tuple[Request, ...]:
    return tuple(_request(manifest, one) for one in manifest.members(manifest.node(action, HT + "requests")))


def _request(manifest: Manifest, node: Node) -> Request:
    headers = manifest.members(manifest.node(node, HT + "headers"))
    body, answer = manifest.node(node, HT + "body"), manifest.node(node, HT + "resp")
    encoding = manifest.text(body, CNT + "characterEncoding") or "UTF-8"
    statuses = manifest.all(answer, MF + "expectedStatus") if answer else []
    boolean = manifest.text(answer, MF + "expectedBoolean")
    return Request(
        method=manifest.text(node, HT + "methodName"),
        path=manifest.text(node, HT + "absolutePath").removeprefix("/sparql/"),
        headers=tuple(
            (manifest.text(h, HT + "fieldName"), manifest.text(h, HT + "fieldValue")) for h in headers
        ),
        body=manifest.text(body, CNT + "chars").encode(encoding) if body else None,
        statuses=frozenset(status.value[-3] for status in statuses),
        format=manifest.text(answer, MF + "expectedFormat"),
        boolean=boolean == "true" if boolean else None,
    )


def file_of(node: Node) -> Path:
    """The file of an address."""
    return Path(unquote(urlparse(node.value).path))
