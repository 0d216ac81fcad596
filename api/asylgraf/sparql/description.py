"""The endpoint described for machines: SPARQL service description, VoID with computed partitions, DCAT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

import pyoxigraph as ox

from asylgraf.namespaces import BASE, DCAT, DCT, FOAF, RDF, RDFS, SD, SH, VOID
from asylgraf.sparql.formats import GRAPHS, RESULTS

_FORMATS: Final = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
_COUNTS: Final = {
    "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c FILTER(ISIRI(?c)) }",
}
_CLASSES: Final = "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s a ?x FILTER(ISIRI(?x)) } GROUP BY ?x ORDER BY ?x"
_PROPERTIES: Final = "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x ORDER BY ?x"
_GRAPHS: Final = "SELECT ?x (COUNT(*) AS ?n) { GRAPH ?x { ?s ?p ?o } } GROUP BY ?x ORDER BY ?x"

_TARGET: Final = "https://schema.org/target"
_TYPE = ox.NamedNode(RDF + "type")


def describe(
    store: ox.Store, address: str, version: str, examples: Mapping[str, tuple[str, str]]
) -> Iterator[ox.Triple]:
    """What the endpoint below that address can do and holds, and examples: a question and a query by name."""
    service, dataset = ox.NamedNode(f"{address}/sparql"), ox.NamedNode(f"{address}/sparql#dataset")
    yield from _service(service, dataset)
    yield from _graphs(store, dataset)
    yield from _void(store, service, dataset)
    yield from _catalogue(service, dataset, version)
    for name, (question, query) in examples.items():
        yield from _example(ox.NamedNode(f"{address}/queries/{name}"), service, question, query)


def _service(service: ox.NamedNode, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    yield _is(service, SD + "Service")
    yield ox.Triple(service, _sd("endpoint"), service)
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    for name in _FORMAT_NAMES:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name))


def _graphs(store: ox.Store, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    yield _is(dataset, SD + "Dataset")
    default = ox.NamedNode(dataset.value.removesuffix("dataset") + "default-graph")
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield _is(default, SD + "Graph")
    yield ox.Triple(default, _void_term("triples"), _count(store, _COUNTS["triples"]))
    for name, number in _pairs(store, _GRAPHS):
        named, graph = ox.BlankNode(), ox.BlankNode()
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield _is(named, SD + "NamedGraph")
        yield ox.Triple(named, _sd("name"), name)
        yield ox.Triple(named, _sd("graph"), graph)
        yield _is(graph, SD + "Graph")
        yield ox.Triple(graph, _void_term("triples"), number)


def _void(store: ox.Store, service: ox.NamedNode, dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    yield _is(dataset, VOID + "Dataset")
    yield ox.Triple(dataset, _void_term("sparqlEndpoint"), service)
    yield ox.Triple(dataset, _void_term("uriSpace"), ox.Literal(BASE))
    for name, query in _COUNTS.items():
        yield ox.Triple(dataset, _void_term(name), _count(store, query))
    yield from _partitions(store, dataset, _CLASSES, ("classPartition", "class", "entities"))
    yield from _partitions(store, dataset, _PROPERTIES, ("propertyPartition", "property", "triples"))


def _partitions(
    store: ox.Store, dataset: ox.NamedNode, query: str, names: tuple[str, str, str]
) -> Iterator[ox.Triple]:
    partition, key, measure = names
    for term, number in _pairs(store, query):
        part = ox.BlankNode()
        yield ox.Triple(dataset, _void_term(partition), part)
        yield ox.Triple(part, _void_term(key), term)
        yield ox.Triple(part, _void_term(measure), number)


def _catalogue(service: ox.NamedNode, dataset: ox.NamedNode, version: str) -> Iterator[ox.Triple]:
    yield _is(dataset, DCAT + "Dataset")
    yield ox.Triple(
        dataset, ox.NamedNode(DCT + "title"), ox.Literal("Asylgraf: Danish asylum law", language="en")
    )
    yield ox.Triple(
        dataset, ox.NamedNode(DCT + "title"), ox.Literal("Asylgraf: dansk asylret", language="da")
    )
    licence = ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
    yield ox.Triple(dataset, ox.NamedNode(DCT + "license"), licence)
    yield ox.Triple(dataset, ox.NamedNode(DCAT + "version"), ox.Literal(version))
    yield ox.Triple(
        dataset, ox.NamedNode(FOAF + "homepage"), ox.NamedNode(service.value.removesuffix("sparql"))
    )
    yield _is(service, DCAT + "DataService")
    yield ox.Triple(service, ox.NamedNode(DCAT + "endpointURL"), service)
    yield ox.Triple(service, ox.NamedNode(DCAT + "servesDataset"), dataset)
    for media in (*RESULTS, *GRAPHS):
        kind = ox.NamedNode(f"https://www.iana.org/assignments/media-types/{media}")
        yield ox.Triple(service, ox.NamedNode(DCT + "format"), kind)


def _example(example: ox.NamedNode, service: ox.NamedNode, question: str, query: str) -> Iterator[ox.Triple]:
    yield _is(example, SH + "SPARQLExecutable")
    yield _is(example, SH + "SPARQLSelectExecutable")
    yield ox.Triple(example, ox.NamedNode(RDFS + "comment"), ox.Literal(question, language="en"))
    yield ox.Triple(example, ox.NamedNode(SH + "select"), ox.Literal(query))
    yield ox.Triple(example, ox.NamedNode(_TARGET), service)


def _count(store: ox.Store, query: str) -> ox.Literal:
    found = cast(ox.QuerySolutions, store.query(query))
    return cast(ox.Literal, next(iter(found))["n"])


def _pairs(store: ox.Store, query: str) -> Iterator[tuple[ox.NamedNode, ox.Literal]]:
    for solution in cast(ox.QuerySolutions, store.query(query)):
        yield cast(ox.NamedNode, solution["x"]), cast(ox.Literal, solution["n"])


def _is(subject: ox.NamedNode | ox.BlankNode, kind: str) -> ox.Triple:
    return ox.Triple(subject, _TYPE, ox.NamedNode(kind))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)


def _void_term(name: str) -> ox.NamedNode:
    return ox.NamedNode(VOID + name)
