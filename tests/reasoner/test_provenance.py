"""Proofs as RDF: every outcome is derived from steps, and the steps from the graphs that say so."""

from __future__ import annotations

from datetime import date
from functools import cache

import pyoxigraph as ox
from tests.graph.writing import TINY

from asylgraf.graph import open_graph
from asylgraf.namespaces import ID, ONTOLOGY, PREFIXES, local
from asylgraf.reasoner import Assessment, assess
from asylgraf.reasoner.provenance import provenance

CASE = ID + "case/asked"
FACTS = {"appliedOn": "2015-06-01", "heldSince": "2013-06-01", "danger": True, "age": {"min": 18}}


@cache
def found() -> Assessment:
    return assess(open_graph(files=TINY).consolidated(date(2016, 1, 1)), FACTS, "standard")


def rows(query: str) -> list[tuple[str, ...]]:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in provenance(found(), CASE))
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    answer = store.query(prefixes + query)
    assert isinstance(answer, ox.QuerySolutions)
    return sorted(tuple(term.value for term in row) for row in answer)


def test_each_outcome_has_its_result_and_consequence() -> None:
    told = rows("SELECT ?c ?r { ?o a asyl:Outcome ; asyl:ofConsequence ?c ; asyl:result ?r }")
    assert [(local(c), local(r)) for c, r in told] == [("bar", "Fails"), ("high", "Holds"), ("low", "Holds")]


def test_what_holds_is_derived_from_the_graph_that_enacts_it() -> None:
    told = rows(
        "SELECT DISTINCT ?g { ?o asyl:ofConsequence permit:high ; "
        "asyl:provedBy/prov:wasDerivedFrom*/prov:hadPrimarySource ?g }"
    )
    assert [local(g) for (g,) in told] == ["reading"]


def test_facts_known_exactly_are_said_of_the_case() -> None:
    told = {local(p): o for p, o in rows(f"SELECT ?p ?o {{ <{CASE}> ?p ?o }}")}
    assert told["appliedOn"] == "2015-06-01"
    assert told["danger"] == "true"
    assert "age" not in told
    assert told["getsPermit"].endswith("permit/high")


def test_a_presumption_is_named() -> None:
    assert rows("SELECT ?f { ?o asyl:ofConsequence consequence:bar ; asyl:presumed ?f }") == [
        (ONTOLOGY + "excluded",)
    ]


def test_no_step_stands_on_a_step_that_is_not_described() -> None:
    assert not rows("SELECT ?s { ?s prov:wasDerivedFrom ?t . FILTER NOT EXISTS { ?t asyl:stepKind ?k } }")
