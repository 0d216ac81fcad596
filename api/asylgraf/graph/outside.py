"""What of OWL a class expression uses that the grammar of rules does not have, by name."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from asylgraf.graph.expressions import CASE
from asylgraf.graph.index import Index, Subject
from asylgraf.namespaces import OWL, PREFIXES, RDF, RDFS, XSD

_LIST = {RDF + "first", RDF + "rest"}
_TYPE = RDF + "type"
_CLASS = {
    OWL + name
    for name in ("intersectionOf", "unionOf", "complementOf", "onProperty", "hasValue", "someValuesFrom")
}
_RANGE = {OWL + "oneOf", OWL + "onDatatype", OWL + "withRestrictions"}
_FACET = {XSD + f"{side}{kind}" for side in ("min", "max") for kind in ("Inclusive", "Exclusive")}
_BELOW = {OWL + "someValuesFrom": _RANGE, OWL + "withRestrictions": _FACET}
_BROADER = RDFS + "subClassOf"
_AXIOMS = {
    _BROADER,
    *(OWL + name for name in ("disjointWith", "disjointUnionOf", "hasKey", "sameAs")),
    *(OWL + name for name in ("intersectionOf", "unionOf", "complementOf", "oneOf")),
}


def axioms(index: Index, iri: str) -> list[str]:
    """What is said of a condition or rule besides its one definition, and would be passed over."""
    said = index.properties(ox.NamedNode(iri)) & _AXIOMS
    if index.texts(iri, _BROADER) == [CASE]:
        said -= {_BROADER}
    return sorted(map(_prefixed, said))


def constructs(index: Index, node: Subject) -> list[str]:
    """The properties in an expression that the grammar does not know, or not where they stand."""
    return sorted(set(map(_prefixed, _foreign(index, node, _CLASS, set()))))


def _foreign(index: Index, node: Subject, known: set[str], seen: set[Subject]) -> Iterator[str]:
    seen.add(node)
    for name in index.properties(node) - {_TYPE}:
        if name not in known | _LIST:
            yield name
        below = _BELOW.get(name, known)
        for value in index.objects(node, name):
            if isinstance(value, ox.BlankNode) and value not in seen:
                yield from _foreign(index, value, below, seen)


def _prefixed(iri: str) -> str:
    names = (f"{prefix}:{iri[len(base) :]}" for prefix, base in PREFIXES.items() if iri.startswith(base))
    return next(names, f"<{iri}>")
