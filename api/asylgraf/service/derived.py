"""What is derived from the law for SPARQL: outcomes and proofs of cases, each in a graph of its own.

The example cases stand in every snapshot; the case of a caller stands only in the store made to answer him.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import pyoxigraph as ox

from asylgraf.graph import LawGraph
from asylgraf.namespaces import DCT, GRAPH, ID, ONTOLOGY, RDF
from asylgraf.reasoner.provenance import provenance
from asylgraf.service import remembered
from asylgraf.service.cases import CaseFile, answer, case_of
from asylgraf.service.examples import Example, examples

EXAMPLES: Final = GRAPH + "derived/examples"
ASKED: Final = GRAPH + "derived/case"
CASE: Final = ID + "case/asked"


def examples_in(graph: LawGraph, known: date | None = None) -> list[ox.Quad]:
    """The example cases with their outcomes and proofs, each on its own day; kept from run to run."""
    name = remembered.key(graph.digest, known, list(examples().values()))
    triples = remembered.load(name)
    if triples is None:
        triples = [triple for example in examples().values() for triple in _example(graph, example, known)]
        remembered.store(name, triples)
    return in_graph(triples, EXAMPLES)


def _example(graph: LawGraph, example: Example, known: date | None) -> list[ox.Triple]:
    case = case_of(example.raw)
    here = ox.NamedNode(f"{ID}example/{example.name}")
    described = [ox.Triple(here, ox.NamedNode(RDF + "type"), ox.NamedNode(ONTOLOGY + "ExampleCase"))]
    for property_, texts in (("title", example.title), ("description", example.story)):
        literals = (ox.Literal(text, language=language) for language, text in texts.items())
        described += [ox.Triple(here, ox.NamedNode(DCT + property_), literal) for literal in literals]
    if example.source:
        described.append(ox.Triple(here, ox.NamedNode(DCT + "source"), ox.NamedNode(example.source)))
    found = answer(graph, CaseFile(case.facts, case.on, known, case.presume))
    # Where no law was recorded by then, nothing follows in any case.
    return [*described, *(provenance(found, here.value) if found.outcomes else ())]


def asked_in(graph: LawGraph, raw: object) -> list[ox.Quad]:
    """What follows in the case that a caller sent, to be asked together with the law."""
    return in_graph(provenance(answer(graph, case_of(raw)), CASE), ASKED)


def in_graph(triples: list[ox.Triple], name: str) -> list[ox.Quad]:
    """The triples in a named graph."""
    graph = ox.NamedNode(name)
    return [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples]


def snapshot(graph: LawGraph, on: date, known: date | None = None) -> ox.Store:
    """The graph to query on a day, the example cases included."""
    return graph.snapshot(on, known, examples_in(graph, known))
