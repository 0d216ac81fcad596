"""What must never be in the graph is not there; and each query finds its fault when it is."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from asylgraf.graph import open_graph
from asylgraf.resources import data

QUERIES = sorted((data("queries") / "hygiene").glob("*.rq"))
DAY = date(2025, 1, 1)


@cache
def snapshot() -> ox.Store:
    return open_graph().snapshot(DAY)


def faults(store: ox.Store, query: Path) -> list[str]:
    """The faults a query finds, as sentences."""
    found = store.query(query.read_text(encoding="utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    return sorted(f"{row['focus']}: {row['message'].value}" for row in found)


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_the_graph_is_free_of(query: Path) -> None:
    assert faults(snapshot(), query) == []


FAULTS = {
    "actor_without_label": "<x> a asyl:Actor .",
    "fact_nobody_asks_for": "asyl:x a asyl:Fact .",
    "graph_without_standing": "GRAPH <../graph/x> { <x> asyl:partOf <y> }",
    "disagreement_with_a_silent_side": (
        "<x> a asyl:Disagreement ; asyl:side <x/a> . <x/a> asyl:saidIn <source/x> ."
    ),
    "data_set_without_unit": "<x> a qb:DataSet ; qb:structure <y> ; dct:source <z> .",
    "disagreement_with_one_side": "<x> a asyl:Disagreement ; asyl:side <x/a> .",
    "observation_beside_its_structure": (
        "asyl:year a qb:DimensionProperty . <x> qb:dataSet <set> ; asyl:year 2016 . <set> qb:structure <y> ."
    ),
    "observation_without_a_cube": "<x> a qb:Observation .",
    "observation_without_dimension": (
        "<x> qb:dataSet <set> . <set> qb:structure <y> . <y> qb:component [ qb:dimension asyl:year ] ."
    ),
    "observations_alike": (
        "<x> qb:dataSet <set> ; asyl:year 2016 . <y> qb:dataSet <set> ; asyl:year 2016 ."
        " <set> qb:structure <z> . <z> qb:component [ qb:dimension asyl:year ] ."
    ),
    "override_of_nothing": "<x/v/1> asyl:overrides <y> .",
    "permit_without_family": "<permit/x> a asyl:Permit ; asyl:rank 1 .",
    "provision_without_source": "GRAPH <../graph/x> { <x> a asyl:Provision }",
    "reading_not_derived": "<../graph/x> a asyl:Reading ; asyl:standing asyl:Checked .",
    "rule_without_version": "<x#rule> owl:equivalentClass asyl:Case .",
    "scope_that_is_no_condition": "<x/v/1> asyl:scope asyl:Sometimes .",
    "step_on_its_own": "<x> asyl:inProcedure <y> ; asyl:performedBy <z> .",
    "structure_without_range": (
        "<x> a qb:DataStructureDefinition ; qb:component <x/1> , [ qb:dimension asyl:year ] ."
        " <x/1> qb:measure asyl:persons . asyl:persons a qb:MeasureProperty ."
    ),
    "two_labels": '<x> skos:prefLabel "one"@en , "two"@en .',
    "two_starts": (
        "<../graph/x> a asyl:Reading ."
        ' GRAPH <../graph/x> { <x/v/1> asyl:inForceFrom "2015-02-20"^^xsd:date , "2015-02-21"^^xsd:date }'
    ),
    "undescribed_thing": "<x> asyl:partOf <y> .",
    "untranslated_label": '<x> skos:prefLabel "x"@en .',
    "version_without_rule": "<x/v/1> asyl:versionOf <x> .",
    "version_before_its_act": (
        '<x/v/1> asyl:enactedBy <act> ; asyl:inForceFrom "2015-02-17"^^xsd:date .'
        ' <act> dct:date "2015-02-18"^^xsd:date .'
    ),
    "version_without_summary": '<x/v/1> a asyl:ProvisionVersion ; asyl:summary "x"@en .',
}
PREFIXES = """
@base <https://w3id.org/asylgraf/id/> .
@prefix asyl: <https://w3id.org/asylgraf/ontology/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_a_graph_with_the_fault_is_caught_by(query: Path) -> None:
    store = ox.Store()
    quads = list(ox.parse(PREFIXES + FAULTS[query.stem], format=ox.RdfFormat.TRIG))
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    assert faults(store, query)
