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
EXAMPLES = Path(__file__).parent / "shapes"


@cache
def shapes(folder: str) -> rdflib.Graph:
    found = rdflib.Graph()
    for path in sorted((SHAPES / folder).glob("*.ttl")):
        found.parse(path)
    return found


def as_rdflib(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    triples = (ox.Triple(q.subject, q.predicate, q.object) for q in quads)
    return rdflib.Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")


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


MISTAKES = sorted(EXAMPLES.glob("*/*.ttl"))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_found(mistake: Path) -> None:
    assert faults(rdflib.Graph().parse(mistake), mistake.parent.name)


def test_a_rule_in_the_grammar_passes() -> None:
    assert not faults(rdflib.Graph().parse(EXAMPLES / "in_the_grammar.ttl"), "within")


def test_every_shape_says_what_is_wrong() -> None:
    """A shape that judges something has a message, its own or on each of its properties."""
    for path in sorted(SHAPES.rglob("*.ttl")):
        text = path.read_text(encoding="utf-8")
        judging = text.count("sh:targetClass") + text.count("sh:targetSubjectsOf")
        assert text.count("sh:message") >= judging, path.name
