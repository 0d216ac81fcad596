"""The graph reads the same in other RDF libraries."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest
import rdflib

from asylgraf.graph import open_graph
from asylgraf.graph.files import CATALOGUE, load
from asylgraf.namespaces import ONTOLOGY
from asylgraf.resources import shipped_files


@pytest.mark.parametrize("step", [4, pytest.param(1, marks=pytest.mark.slow)], ids=["fourth", "file"])
def test_rdflib_finds_as_many_statements_in_every(step: int) -> None:
    files = shipped_files()[::step]
    dataset = rdflib.Dataset()
    for path in files:
        if path.suffix == ".ttl":
            dataset.graph(rdflib.URIRef(ONTOLOGY + path.stem)).parse(path)
        else:
            dataset.parse(path, format="trig")
    theirs = Counter(str(quad[3]) for quad in dataset.quads((None, None, None, None)))
    theirs[CATALOGUE.value] = theirs.pop("urn:x-rdflib:default")
    assert theirs == Counter({name: len(set(quads)) for name, quads in load(files).graphs.items()})


def test_owlready2_finds_as_many_statements_in_all(tmp_path: Path) -> None:
    merged = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in open_graph().store}
    file = tmp_path / "asylgraf.nt"
    file.write_bytes(ox.serialize(merged, format=ox.RdfFormat.N_TRIPLES) or b"")
    loaded = owlready2.World().get_ontology(file.as_uri()).load()
    assert len(loaded.graph) == len(merged)
