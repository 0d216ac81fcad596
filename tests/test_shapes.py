"""The shapes: what one source says is complete in itself, and everything named leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl import validate

from asylgraf.graph import open_graph
from asylgraf.resources import data

SHAPES = data("ontology") / "shapes"


@cache
def shapes(folder: str) -> rdflib.Graph:
    found = rdflib.Graph()
    for path in sorted((SHAPES / folder).glob("*.ttl")):
        found.parse(path)
    return found


def as_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    lines = ox.serialize((ox.Triple(q.subject, q.predicate, q.object) for q in quads), format=ox.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=lines, format="nt")


def faults(graph: rdflib.Graph, folder: str) -> str:
    """What the shapes of the folder find wrong; empty when nothing."""
    conforms, _, report = validate(graph, shacl_graph=shapes(folder), advanced=True, meta_shacl=False)
    return "" if conforms else report


def named_graphs() -> list[str]:
    return sorted(name.value for name in open_graph().store.named_graphs() if isinstance(name, ox.NamedNode))


@pytest.mark.parametrize("name", named_graphs())
def test_what_one_source_says_is_complete_in_itself(name: str) -> None:
    quads = open_graph().store.quads_for_pattern(None, None, None, ox.NamedNode(name))
    assert not faults(as_rdflib(quads), "within")


def test_everything_named_leads_to_something_of_its_kind() -> None:
    assert not faults(as_rdflib(open_graph().store), "across")


MISTAKES = {
    "two_starts": (
        "within",
        '<v/1> a asyl:ProvisionVersion ; asyl:versionOf <p> ; asyl:enactedBy <a> ; asyl:summary "s"@en , "s"@da ;'
        ' asyl:inForceFrom "2015-02-20"^^xsd:date , "2015-02-21"^^xsd:date .'
        " <v/1#rule> owl:equivalentClass asyl:Case .",
    ),
    "no_rule": (
        "within",
        '<v/1> a asyl:ProvisionVersion ; asyl:versionOf <p> ; asyl:enactedBy <a> ; asyl:summary "s"@en , "s"@da ;'
        ' asyl:inForceFrom "2015-02-20"^^xsd:date .',
    ),
    "grants_and_brings": (
        "within",
        '<v/1> a asyl:ProvisionVersion ; asyl:versionOf <p> ; asyl:enactedBy <a> ; asyl:summary "s"@en , "s"@da ;'
        ' asyl:inForceFrom "2015-02-20"^^xsd:date ; asyl:consequence asyl:Grants ; asyl:brings <c> .'
        " <v/1#rule> owl:equivalentClass asyl:Case .",
    ),
    "cardinality_in_a_rule": (
        "within",
        "<v/1#rule> owl:equivalentClass [ owl:intersectionOf ( asyl:AsylumApplied"
        " [ a owl:Restriction ; owl:onProperty asyl:age ; owl:minCardinality 1 ] ) ] .",
    ),
    "a_decimal_in_a_rule": (
        "within",
        "<v/1#rule> owl:equivalentClass [ a owl:Restriction ; owl:onProperty asyl:age ;"
        " owl:someValuesFrom [ a rdfs:Datatype ; owl:onDatatype xsd:decimal ; owl:withRestrictions ( [ xsd:minInclusive 1.5 ] ) ] ] .",
    ),
    "a_rule_nested_wrong": (
        "within",
        "<v/1#rule> owl:equivalentClass [ owl:unionOf ( asyl:AsylumApplied [ owl:complementOf [ owl:disjointWith asyl:Case ] ] ) ] .",
    ),
    "a_version_of_a_person": (
        "across",
        "<v/1> a asyl:ProvisionVersion ; asyl:versionOf <p> . <p> a asyl:Actor ; skos:prefLabel 'p'@en , 'p'@da .",
    ),
    "a_term_without_danish": (
        "across",
        'asyl:Thing a owl:Class ; skos:prefLabel "thing"@en ; skos:definition "a"@en , "en"@da ; rdfs:isDefinedBy <m> .'
        ' <m> a owl:Ontology ; owl:versionIRI <m/1> ; <http://purl.org/dc/terms/title> "m"@en , "m"@da ;'
        " <http://purl.org/dc/terms/license> <l> .",
    ),
}
PREFIXES = """
@base <https://w3id.org/asylgraf/id/> .
@prefix asyl: <https://w3id.org/asylgraf/ontology/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found(mistake: str) -> None:
    folder, turtle = MISTAKES[mistake]
    assert faults(rdflib.Graph().parse(data=PREFIXES + turtle, format="turtle"), folder)


def test_a_rule_in_the_grammar_passes() -> None:
    turtle = """
    <p/v/1#rule> a owl:Class ; owl:equivalentClass [ owl:intersectionOf (
        asyl:AsylumApplied <dk/aliens-act/7/1#case>
        [ owl:unionOf ( [ a owl:Restriction ; owl:onProperty asyl:riskOfTorture ; owl:hasValue true ]
                        [ owl:complementOf [ a owl:Restriction ; owl:onProperty asyl:permitHeld ;
                            owl:someValuesFrom [ a owl:Class ; owl:oneOf ( asyl:None asyl:Family ) ] ] ] ) ]
        [ a owl:Restriction ; owl:onProperty asyl:age ; owl:someValuesFrom [ a rdfs:Datatype ;
            owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 12 ] [ xsd:maxExclusive 18 ] ) ] ] ) ] ."""
    assert not faults(rdflib.Graph().parse(data=PREFIXES + turtle, format="turtle"), "within")


def test_every_shape_says_what_is_wrong() -> None:
    """A shape that judges something has a message, its own or on each of its properties."""
    for path in sorted(Path(SHAPES).rglob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        assert text.count("sh:message") >= text.count("sh:targetClass") + text.count("sh:targetSubjectsOf"), path.name
