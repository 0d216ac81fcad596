"""Which facts of a case would have to be otherwise for a class to come out otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from asylgraf.reasoner.implicants import minimal
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.verdicts import NO_CASE

Sets = tuple[frozenset[str], ...]
_NOTHING: Sets = (frozenset(),)


@dataclass(frozen=True)
class Movable:
    """The facts a change of which gives an atom another value, and those that leave it open."""

    turned_by: frozenset[str]
    opened_by: frozenset[str]


class Turning:
    """The smallest sets of facts without a change of which a class cannot end as wanted.

    Not every such change needs to be one that a case can have: the calendar is left out.
    """

    def __init__(self, knowledge: Knowledge, atoms: Mapping[int, Movable], wanted: int, most: int) -> None:
        self._rows, self._known = knowledge.program.verdicts.rows, knowledge.known
        self._atoms, self._wanted, self._most = atoms, wanted, most
        self._of = cache(self._ways)

    def of(self, row: int) -> Sets:
        """The sets of at most so many facts, for the class of that row."""
        return self._of(row, among_open=False)

    def _ways(self, row: int, *, among_open: bool) -> Sets:
        """The same below a row; where something is open, what no case can be like does not count."""
        if row <= NO_CASE:
            return _NOTHING if row == self._wanted or (among_open and row == NO_CASE) else ()
        atom, *sides = self._rows[row]
        known, movable = self._known.get(atom), self._atoms[atom]
        found: set[frozenset[str]] = set()
        if known is not None:
            found |= set(self._of(sides[known], among_open=among_open))
        if known is None or movable.opened_by:
            low, high = (self._of(side, among_open=True) for side in sides)
            ways = {one | other for one in low for other in high}
            found |= ways if known is None else _with(movable.opened_by, ways)
        if movable.turned_by:
            turned = sides if known is None else [sides[not known]]
            for side in turned:
                found |= _with(movable.turned_by, self._of(side, among_open=among_open))
        return tuple(minimal(one for one in found if len(one) <= self._most))


def _with(facts: Iterable[str], sets: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """Each of the sets with each of the facts."""
    return {one | {fact} for one in sets for fact in facts}
