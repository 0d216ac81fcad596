"""Whether the ontology, and the law of every day made from it, is OWL 2 DL: asked of the OWL API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from asylgraf.errors import DataError, MissingExtra
from asylgraf.graph.check.findings import Finding, Places
from asylgraf.graph.java import ENABLE, available, hermit, library
from asylgraf.graph.lawgraph import LawGraph
from asylgraf.graph.owl import ontology, serialize
from asylgraf.namespaces import ONTOLOGY

NAME = "OWL 2 DL"
JavaPackage = Any
"""A package of Java classes, which is not typed."""


def outside_owl_dl(graph: LawGraph, *, java: bool | None = None) -> Iterator[Finding]:
    """What the OWL API's profile checker reports for the ontology and for the law of each change date."""
    if java is False or (java is None and not available()):
        why = "it was not asked for" if java is False else f"enable it with {ENABLE}"
        yield Finding(NAME, "skipped", f"Membership in OWL 2 DL was not checked: {why}.")
        return
    places = Places(graph)
    for name, triples in _ontologies(graph):
        for violation in violations(triples):
            yield Finding(NAME, "error", f"In {name}: {violation}", None, places.of(None, name))


def _ontologies(graph: LawGraph) -> Iterator[tuple[str, Iterable[ox.Triple]]]:
    yield "the ontology", ontology_triples(graph)
    try:
        days = {day: graph.consolidated(day) for day in graph.change_dates()}
    except DataError:
        return  # the law of every day is a step of its own
    for day, law in days.items():
        yield f"the law of {day}", ontology(law)


def ontology_triples(graph: LawGraph) -> list[ox.Triple]:
    """What the modules of the ontology say, merged."""
    modules = (quads for name, quads in graph.loaded.graphs.items() if name.startswith(ONTOLOGY))
    return list(
        dict.fromkeys(
            ox.Triple(quad.subject, quad.predicate, quad.object) for quads in modules for quad in quads
        )
    )


def violations(triples: Iterable[ox.Triple]) -> list[str]:
    """What keeps an ontology out of OWL 2 DL, each in a sentence of the OWL API's."""
    api = _owl_api()
    manager = api.apibinding.OWLManager.createOWLOntologyManager()
    source = api.io.StringDocumentSource(serialize(triples).decode())
    report = api.profiles.OWL2DLProfile().checkOntology(manager.loadOntologyFromOntologyDocument(source))
    return sorted({str(violation.toString()) for violation in report.getViolations()})


def _owl_api() -> JavaPackage:
    """The OWL API inside HermiT's jar, in a Java machine that lives as long as this process."""
    if not available():
        raise MissingExtra(f"The OWL API cannot be reached; enable it with {ENABLE}.")
    import jpype

    if not jpype.isJVMStarted():
        machine = [str(library())] if library() else []
        quiet = [] if not library() else ["--enable-native-access=ALL-UNNAMED"]
        jpype.startJVM(*machine, "-Xrs", *quiet, classpath=[str(path) for path in hermit()])
    return jpype.JPackage("org").semanticweb.owlapi
