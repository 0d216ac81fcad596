"""The endpoint described for machines, graphs by their names, and measurements."""

from __future__ import annotations

from urllib.parse import quote

import pytest
import rdflib
from rdflib.namespace import DCAT, RDF, RDFS, SH, VOID
from tests.sparql.conftest import Server

from asylgraf.sparql.metrics import health, measured

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_without_a_query_the_endpoint_describes_itself(plain: Server, path: str) -> None:
    answer = plain.send("GET", path, host="data.example.org")
    graph = rdflib.Graph().parse(data=answer.body, format="turtle")
    service = rdflib.URIRef("http://data.example.org/sparql")
    assert (service, RDF.type, SD.Service) in graph
    assert (service, SD.endpoint, service) in graph
    dataset = graph.value(service, SD.defaultDataset)
    assert (dataset, RDF.type, DCAT.Dataset) in graph
    assert str(graph.value(dataset, VOID.triples)) == "1"
    names = {str(graph.value(named, SD.name)) for named in graph.objects(dataset, SD.namedGraph)}
    assert names == {"http://example.org/g1", "http://example.org/g2"}
    assert len(list(graph.objects(dataset, VOID.propertyPartition))) == 1


def test_the_description_of_the_law_has_queries_ready_to_ask(law: Server) -> None:
    graph = rdflib.Graph().parse(data=law.send("GET", "/sparql").body, format="turtle")
    examples = set(graph.subjects(RDF.type, SH.SPARQLExecutable))
    assert len(examples) > 2
    for example in examples:
        assert str(graph.value(example, RDFS.comment)).endswith("?")
        assert law.get(str(graph.value(example, SH.select))).status == 200


def test_a_graph_is_read_by_its_name(plain: Server) -> None:
    answer = plain.send(
        "GET", "/graph-store?graph=" + quote("http://example.org/g1"), accept="application/n-triples"
    )
    assert len(answer.body.splitlines()) == 2
    assert plain.send("GET", "/graph-store?default", accept="application/n-triples").body.count(b"\n") == 1
    assert plain.send("HEAD", "/graph-store?default").status == 200


@pytest.mark.parametrize(
    ("method", "query", "status"),
    [
        ("GET", "graph=http://example.org/none", 404),
        ("GET", "", 400),
        ("GET", "default&graph=http://example.org/g1", 400),
        ("GET", "graph=a%20b", 400),
        ("PUT", "default", 405),
        ("DELETE", "graph=http://example.org/g1", 405),
        ("POST", "default", 405),
    ],
)
def test_graphs_are_read_only_and_named_one_at_a_time(
    plain: Server, method: str, query: str, status: int
) -> None:
    assert plain.send(method, f"/graph-store?{query}").status == status


def test_health_and_measurements_tell_nothing_of_what_was_asked(plain: Server) -> None:
    plain.get('ASK { ?s ?p "a secret" }')
    told = health(plain.endpoint)
    assert (told["status"], told["workers"]) == ("ok", 3)
    page = measured(plain.endpoint).decode()
    assert 'asylgraf_answers_total{status="200"}' in page
    assert "secret" not in page
