"""Triples of some graphs, looked up by subject and property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from asylgraf.namespaces import RDF

Subject = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_FIRST, _REST, _NIL, _TYPE = RDF + "first", RDF + "rest", RDF + "nil", RDF + "type"


class Index:
    """A small view of triples for reading structures that SPARQL reads badly: lists, class expressions."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._objects: dict[Subject, dict[str, list[Term]]] = defaultdict(dict)
        self._instances: dict[str, list[Subject]] = defaultdict(list)
        self._having: dict[str, list[Subject]] = defaultdict(list)
        for quad in quads:
            self._add(quad.subject, quad.predicate.value, quad.object)

    def _add(self, subject: Subject | ox.Triple, predicate: str, value: Term) -> None:
        if isinstance(subject, ox.Triple):
            return
        objects = self._objects[subject].setdefault(predicate, [])
        if not objects:
            self._having[predicate].append(subject)
        if value in objects:
            return
        objects.append(value)
        if predicate == _TYPE and isinstance(value, ox.NamedNode):
            self._instances[value.value].append(subject)

    def objects(self, subject: Subject | str, predicate: str) -> list[Term]:
        """Every value of a property."""
        node = ox.NamedNode(subject) if isinstance(subject, str) else subject
        return self._objects.get(node, {}).get(predicate, [])

    def properties(self, subject: Subject) -> set[str]:
        """The properties it has values of."""
        return set(self._objects.get(subject, {}))

    def value(self, subject: Subject | str, predicate: str) -> Term | None:
        """The first value of a property, or nothing."""
        found = self.objects(subject, predicate)
        return found[0] if found else None

    def text(self, subject: Subject | str, predicate: str) -> str | None:
        """The value as plain text: an address or a literal's characters."""
        found = self.value(subject, predicate)
        return found.value if isinstance(found, ox.NamedNode | ox.Literal) else None

    def texts(self, subject: Subject | str, predicate: str) -> list[str]:
        """Every value as plain text, sorted."""
        found = self.objects(subject, predicate)
        return sorted(term.value for term in found if isinstance(term, ox.NamedNode | ox.Literal))

    def in_languages(self, subject: Subject | str, predicate: str) -> dict[str, str]:
        """The text in each language it is given in."""
        found = self.objects(subject, predicate)
        return {term.language: term.value for term in found if isinstance(term, ox.Literal) and term.language}

    def instances(self, kind: str) -> list[str]:
        """The addresses typed so, sorted."""
        return sorted(
            {node.value for node in self._instances.get(kind, []) if isinstance(node, ox.NamedNode)}
        )

    def subjects(self, predicate: str) -> list[str]:
        """The addresses that have the property, sorted."""
        return sorted(
            {node.value for node in self._having.get(predicate, []) if isinstance(node, ox.NamedNode)}
        )

    def is_a(self, subject: Subject | str, kind: str) -> bool:
        """Whether the thing is typed so."""
        return any(
            isinstance(term, ox.NamedNode) and term.value == kind for term in self.objects(subject, _TYPE)
        )

    def members(self, head: Term) -> Iterator[Term]:
        """The members of an RDF list, in order."""
        while isinstance(head, ox.BlankNode):
            first, rest = self.value(head, _FIRST), self.value(head, _REST)
            if first is None or rest is None:
                return
            yield first
            head = rest
