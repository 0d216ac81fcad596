"""The law of a day and the whole graph as files for other programs."""

from __future__ import annotations

from datetime import date

import pyoxigraph as ox

from asylgraf.graph import LawGraph, open_graph
from asylgraf.graph.owl import ontology
from asylgraf.namespaces import PREFIXES

_FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TRIG}


def export_law(on: date, known: date | None = None, graph: LawGraph | None = None) -> bytes:
    """The law of a day as one OWL 2 DL ontology, in RDF/XML as Protégé opens it."""
    law = (graph or open_graph()).consolidated(on, known)
    triples = sorted(ontology(law), key=lambda triple: str(triple.subject))
    return ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=_named_prefixes()) or b""


def export_graph(form: str, on: date, known: date | None = None, graph: LawGraph | None = None) -> bytes:
    """The graph: in trig each named graph apart, in ttl and nt their merge with what is in force that day."""
    whole = graph or open_graph()
    if form == "trig":
        return ox.serialize(whole.quads(known), format=_FORMATS[form], prefixes=_named_prefixes()) or b""
    merged = whole.snapshot(on, known).dump(
        format=_FORMATS[form], from_graph=ox.DefaultGraph(), prefixes=_named_prefixes()
    )
    return merged or b""


def _named_prefixes() -> dict[str, str]:
    """The prefixes of vocabularies; those of our own addresses would not shorten what contains a slash."""
    return {name: iri for name, iri in PREFIXES.items() if not iri.endswith(("/id/", "/dk/"))}
