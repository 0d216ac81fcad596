"""Prime implicants: the smallest sets of answers that settle a question whatever else is unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from asylgraf.reasoner.compiled import FALSE, TRUE
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.verdicts import Node

Term = frozenset[tuple[int, bool]]
"""Answers to atoms: atom number and whether it is true."""


class Implicants:
    """The diagrams of a compiled law, cut down to what one case leaves open.

    Implicants of more than `most` answers are left out.
    """

    def __init__(self, knowledge: Knowledge, most: int) -> None:
        self._most = most
        self._table, self._known = knowledge.program.table, knowledge.known
        self._nodes: list[Node] = [(-1, FALSE, FALSE), (-1, TRUE, TRUE)]
        self._support = [0, 0]
        """The atoms that each diagram asks about, a bit an atom."""
        self._sure: dict[tuple[int, int], int] = {}
        self._shares = {FALSE: 0.0, TRUE: 1.0}
        self._unique: dict[Node, int] = {}
        self.open = cache(self._open)
        self.both = cache(self._intersection)
        self._terms = cache(self._primes)

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

    def surely(self, node: int, asked: int) -> int:
        """The diagram that is true where the answers to these atoms make the other so, whatever else is.

        The atoms are told as bits; for those it does not ask about, a diagram is the same.
        """
        here = asked & self._support[node]
        if not here:
            # whatever else is: where none of the atoms is asked about, only what is true is so surely
            return TRUE if node == TRUE else FALSE
        key = node, here
        found = self._sure.get(key)
        if found is None:
            atom, low, high = self._nodes[node]
            is_free, one = bool(here >> atom & 1), self.surely(low, here)
            # an atom not asked about must not matter: where one side is never sure, the other cannot help
            other = self.surely(high, here) if is_free or one != FALSE else FALSE
            found = self._sure[key] = self.join(atom, one, other, free=is_free)
        return found

    def share(self, node: int) -> float:
        """The share of all answers that make the diagram true; exact, since it is made of halves."""
        found = self._shares.get(node)
        if found is None:
            _, low, high = self._nodes[node]
            found = self._shares[node] = (self.share(low) + self.share(high)) / 2
        return found

    def asks(self, node: int) -> int:
        """The atoms that a diagram asks about, a bit an atom."""
        return self._support[node]

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
        (atom, low, high), (here, left, right) = self._nodes[one], self._nodes[other]
        if atom < here:
            left = right = other
        elif here < atom:
            atom, low, high = here, one, one
        return self._node(atom, self.both(low, left), self.both(high, right))

    def primes(self, node: int) -> list[int]:
        """The prime implicants of at most so many answers, as bits: see `answers`."""
        return list(self._terms(node))

    def _primes(self, node: int) -> tuple[int, ...]:
        """The same; two bits an atom, the lower for no and the higher for yes."""
        if node in (FALSE, TRUE):
            return (0,) if node == TRUE else ()
        atom, low, high = self._nodes[node]
        both = self.both(low, high)
        shared = self._terms(both) if both != FALSE else ()
        known, found = frozenset(shared), list(shared)
        for bit, side in ((1 << 2 * atom, low), (2 << 2 * atom, high)):
            # a term that is enough on one side, and no part of it is, holds no smaller one enough on both
            if side not in (FALSE, both):
                terms = self._terms(side)
                found += [t | bit for t in terms if t.bit_count() < self._most and t not in known]
        return tuple(found)


def answers(term: int) -> Term:
    """The answers that the bits of an implicant stand for."""
    return frozenset((place // 2, bool(place % 2)) for place in bits(term))


def bits(number: int) -> Iterator[int]:
    """The places of the bits of a number, the lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def minimal(
    sets: Iterable[frozenset[str]], counts: Callable[[frozenset[str]], bool] = lambda _: True
) -> list[frozenset[str]]:
    """The sets that count of which no other that counts is a part, smallest first."""
    found: list[frozenset[str]] = []
    for candidate in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        if not any(smaller <= candidate for smaller in found) and counts(candidate):
            found.append(candidate)
    return found
