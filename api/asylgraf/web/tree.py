"""A drawing as a tree, read line by line: the same things and relations, by keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from asylgraf.service.drawing import Drawing, Node
from asylgraf.service.names import in_order
from asylgraf.service.statements import place_of


class Tree:
    """The lines of a drawing in the order in which they are read."""

    def __init__(self, found: Drawing) -> None:
        self._found = found
        self._below: dict[str | None, list[Node]] = {}
        for node in found.nodes:
            self._below.setdefault(node.reached_from, []).append(node)
        self._from: dict[str, list[tuple[str, str]]] = {}
        for start, relation, end in found.relations:
            self._from.setdefault(start, []).append((relation, end))
        self._content: dict[str, list[str]] = {}
        for inner, outer in sorted(found.inside.items(), key=lambda pair: in_order(pair[0])):
            self._content.setdefault(outer, []).append(inner)

    @property
    def roots(self) -> tuple[str, ...]:
        """The things that nothing was reached before: the one in the middle, and those opened from afar."""
        return tuple(node.iri for node in self._below.get(None, ()))

    def below(self, iri: str) -> Iterator[tuple[str, bool, list[str]]]:
        """What was reached from a thing: relation, whether it leads from the thing, and the things."""

        def key(node: Node) -> tuple[bool, int, str]:
            return not node.forward, place_of(node.relation or ""), node.relation or ""

        for (backward, _, relation), nodes in groupby(sorted(self._below.get(iri, ()), key=key), key):
            yield relation, not backward, [node.iri for node in nodes]

    def says(self, iri: str) -> Iterator[tuple[str, list[str]]]:
        """The relations that lead from a thing to others drawn."""
        for relation, ends in groupby(self._from.get(iri, ()), lambda pair: pair[0]):
            yield relation, [end for _, end in ends]

    @property
    def outermost(self) -> tuple[str, ...]:
        """The things that stand in no other, as people count."""
        drawn = {*self._content, *self._found.kinds}
        return tuple(sorted((iri for iri in drawn if iri not in self._found.inside), key=in_order))

    def content(self, iri: str) -> tuple[str, ...]:
        """What stands in a thing, as people count."""
        return tuple(self._content.get(iri, ()))

    @property
    def by_kind(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """All things drawn, kind by kind."""
        found: dict[str, list[str]] = {}
        for node in self._found.nodes:
            found.setdefault(node.kind, []).append(node.iri)
        return tuple((kind, tuple(sorted(found[kind], key=in_order))) for kind in sorted(found))
