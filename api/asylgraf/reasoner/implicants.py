"""Prime implicants: the smallest sets of answers that settle a question whatever else is unknown."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from asylgraf.reasoner.compiled import FALSE, TRUE, Node
from asylgraf.reasoner.knowledge import Knowledge

Term = frozenset[tuple[int, bool]]
"""Answers to atoms: atom number and whether it is true."""


class Implicants:
    """The diagrams of a compiled law, cut down to what one case leaves open."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._table, self._known = knowledge.program.table, knowledge.known
        self._nodes: list[Node] = [(-1, FALSE, FALSE), (-1, TRUE, TRUE)]
        self._unique: dict[Node, int] = {}
        self.open = cache(self._open)
        self._both = cache(self._intersection)
        self.primes = cache(self._primes)

    def _node(self, atom: int, low: int, high: int) -> int:
        if low == high:
            return low
        key = (atom, low, high)
        found = self._unique.get(key)
        if found is None:
            found = self._unique[key] = len(self._nodes)
            self._nodes.append(key)
        return found

    def _open(self, row: int) -> int:
        """The diagram of a row with the known atoms filled in."""
        if row in (FALSE, TRUE):
            return row
        atom, low, high = self._table[row]
        value = self._known.get(atom)
        if value is not None:
            return self.open(high if value else low)
        return self._node(atom, self.open(low), self.open(high))

    def _intersection(self, one: int, other: int) -> int:
        if FALSE in (one, other):
            return FALSE
        if other in (one, TRUE):
            return one
        if one == TRUE:
            return other
        atom = min(self._nodes[one][0], self._nodes[other][0])
        low, high = (
            self._both(self._child(one, atom, side), self._child(other, atom, side)) for side in (1, 2)
        )
        return self._node(atom, low, high)

    def _child(self, node: int, atom: int, side: int) -> int:
        return self._nodes[node][side] if self._nodes[node][0] == atom else node

    def _primes(self, node: int, most: int) -> tuple[Term, ...]:
        """The prime implicants of at most `most` answers, smallest first."""
        if node in (FALSE, TRUE):
            return (frozenset(),) if node == TRUE else ()
        if most == 0:
            return ()
        atom, low, high = self._nodes[node]
        shared = self.primes(self._both(low, high), most)
        found = list(shared)
        for value, side in ((False, low), (True, high)):
            alone = (p for p in self.primes(side, most - 1) if not any(s <= p for s in shared))
            found.extend(p | {(atom, value)} for p in alone)
        return tuple(sorted(found, key=lambda term: (len(term), sorted(term))))


def minimal(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The sets of which no other is a part, smallest first."""
    found: list[frozenset[str]] = []
    for candidate in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        if not any(smaller <= candidate for smaller in found):
            found.append(candidate)
    return found
