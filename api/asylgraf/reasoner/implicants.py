"""Prime implicants: the smallest sets of answers that settle a question whatever else is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from asylgraf.reasoner.compiled import FALSE, TRUE
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.verdicts import Node

Term = frozenset[tuple[int, bool]]
"""Answers to atoms: atom number and whether it is true."""


class Implicants:
    """The diagrams of a compiled law, cut down to what one case leaves open."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._table, self._known = knowledge.program.table, knowledge.known
        self._nodes: list[Node] = [(-1, FALSE, FALSE), (-1, TRUE, TRUE)]
        self._support = [0, 0]
        """The atoms that each diagram asks about, a bit an atom."""
        self._sure: dict[tuple[int, int], int] = {}
        self._unique: dict[Node, int] = {}
        self.open = cache(self._open)
        self.both = cache(self._intersection)
        self._terms = cache(self._primes)
        self.atoms = cache(self._atoms)

    def _node(self, atom: int, low: int, high: int) -> int:
        if low == high:
            return low
        key = (atom, low, high)
        found = self._unique.get(key)
        if found is None:
            found = self._unique[key] = len(self._nodes)
            self._nodes.append(key)
            self._support.append(1 << atom | self._support[low] | self._support[high])
        return found

    def join(self, atom: int, low: int, high: int, *, free: bool) -> int:
        """The diagram that asks about the atom, or, where it is not free, is true for both answers."""
        return self._node(atom, low, high) if free else self.both(low, high)

    def surely(self, node: int, asked: tuple[int, ...]) -> int:
        """The diagram that is true where the answers to these atoms make the other so, whatever else is."""
        return self._surely(node, sum(1 << atom for atom in asked))

    def _surely(self, node: int, asked: int) -> int:
        """The same for atoms told as bits; for those it does not ask about, a diagram is the same."""
        here = asked & self._support[node]
        if not here:
            # whatever else is: where none of the atoms is asked about, only what is true is so surely
            return TRUE if node == TRUE else FALSE
        key = node, here
        found = self._sure.get(key)
        if found is None:
            atom, low, high = self._nodes[node]
            is_free, one = bool(here >> atom & 1), self._surely(low, here)
            # an atom not asked about must not matter: where one side is never sure, the other cannot help
            other = self._surely(high, here) if is_free or one != FALSE else FALSE
            found = self._sure[key] = self.join(atom, one, other, free=is_free)
        return found

    def count(self, node: int, asked: tuple[int, ...]) -> int:
        """How many answers to these atoms, which are in order, make the diagram true."""
        place = {atom: k for k, atom in enumerate(asked)}

        @cache
        def ways(one: int) -> tuple[int, int]:
            """The place of the first atom asked about, and the number of answers from there on."""
            if one in (FALSE, TRUE):
                return len(asked), int(one == TRUE)
            atom, *sides = self._nodes[one]
            here = place[atom] + 1
            return here - 1, sum(number << first - here for first, number in map(ways, sides))

        first, number = ways(node)
        return number << first

    def _atoms(self, node: int) -> frozenset[int]:
        """The atoms that a diagram asks about."""
        return frozenset(bits(self._support[node]))

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
            self.both(self._child(one, atom, side), self._child(other, atom, side)) for side in (1, 2)
        )
        return self._node(atom, low, high)

    def _child(self, node: int, atom: int, side: int) -> int:
        return self._nodes[node][side] if self._nodes[node][0] == atom else node

    def primes(self, node: int, most: int) -> list[Term]:
        """The prime implicants of at most `most` answers, smallest first."""
        found = sorted(self._terms(node, most), key=lambda term: (term.bit_count(), term))
        return [_answers(term) for term in found]

    def _primes(self, node: int, most: int) -> tuple[int, ...]:
        """The same as bits: two an atom, the lower for no and the higher for yes."""
        if node in (FALSE, TRUE):
            return (0,) if node == TRUE else ()
        if most == 0:
            return ()
        atom, low, high = self._nodes[node]
        shared = dict.fromkeys(self._terms(self.both(low, high), most))
        found = list(shared)
        for bit, side in ((1 << 2 * atom, low), (2 << 2 * atom, high)):
            # a term that is enough on one side, and no part of it is, holds no smaller one enough on both
            found.extend(term | bit for term in self._terms(side, most - 1) if term not in shared)
        return tuple(found)


def _answers(term: int) -> Term:
    return frozenset((place // 2, bool(place % 2)) for place in bits(term))


def bits(number: int) -> Iterator[int]:
    """The places of the bits of a number, the lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def minimal(sets: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The sets of which no other is a part, smallest first."""
    found: list[frozenset[str]] = []
    for candidate in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        if not any(smaller <= candidate for smaller in found):
            found.append(candidate)
    return found
