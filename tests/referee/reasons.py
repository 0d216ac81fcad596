"""The few facts for which a case comes out as it does, and which of many cases have them.

What follows from some of the facts of a case follows from all of them. A case can still be in a class if it
can have facts that put it there. So HermiT's answers about reasons are its answers about every case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from tests.referee.answers import Said

from asylgraf.graph.law import Law
from asylgraf.reasoner.atoms import AtLeast, Atom, Is
from asylgraf.reasoner.case import GREATEST, SMALLEST, TRUTHS, Choice, Interval, Value
from asylgraf.reasoner.compiled import FALSE, TRUE, Compiled
from asylgraf.reasoner.knowledge import Knowledge

Known = Mapping[int, bool]


def reason(program: Compiled, row: int, known: Known) -> Said:
    """Some of what is known, for which alone a diagram is true; nothing of it can be left out."""
    needed = {number: known[number] for number in sorted(_used(program, row, known))}
    for number in list(needed):
        rest = {other: value for other, value in needed.items() if other != number}
        if Knowledge(program, rest).surely(row):
            needed = rest
    return as_said(program, needed)


def _used(program: Compiled, row: int, known: Known) -> set[int]:
    """The known atoms that one meets on the ways through a diagram."""
    seen, used, todo = {FALSE, TRUE}, set[int](), [row]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            atom, *sides = program.table[here]
            if atom in known:
                used.add(atom)
            todo.extend(sides if atom not in known else [sides[known[atom]]])
    return used


def as_said(program: Compiled, known: Known) -> Said:
    """Answers to atoms as what is said of facts."""
    by_fact: dict[str, dict[Atom, bool]] = {}
    for number, value in known.items():
        by_fact.setdefault(program.atoms[number].fact, {})[program.atoms[number]] = value
    return frozenset((fact, _value(program.law.law, fact, told)) for fact, told in by_fact.items())


def _value(law: Law, fact: str, told: Mapping[Atom, bool]) -> Value:
    bounds = [(atom.bound, value) for atom, value in told.items() if isinstance(atom, AtLeast)]
    if bounds:
        low = max((bound for bound, value in bounds if value), default=SMALLEST)
        high = min((bound - 1 for bound, value in bounds if not value), default=GREATEST)
        return Interval(low, high, law.facts[fact].type == "date")
    named = {atom.value: value for atom, value in told.items() if isinstance(atom, Is)}
    if not named:
        return TRUTHS[next(iter(told.values()))]
    chosen = {value for value, is_it in named.items() if is_it}
    return Choice(frozenset(chosen or set(law.facts[fact].values) - named.keys()))


def within(value: Value, other: Value) -> bool:
    """Whether whatever the one allows, the other does."""
    if isinstance(value, Interval) and isinstance(other, Interval):
        return other.lowest <= value.lowest and value.highest <= other.highest
    return value.values <= other.values  # type: ignore[union-attr]


def together(value: Value, other: Value) -> Value | None:
    """What both allow, if anything."""
    if isinstance(value, Interval) and isinstance(other, Interval):
        low, high = max(value.lowest, other.lowest), min(value.highest, other.highest)
        return Interval(low, high, value.days) if low <= high else None
    both = value.values & other.values  # type: ignore[union-attr]
    return Choice(both) if both else None


def joined(one: Said, other: Said) -> Said | None:
    """What both say together, or nothing where they contradict each other."""
    found, more = dict(one), dict(other)
    for fact, value in more.items():
        both = together(found[fact], value) if fact in found else value
        if both is None:
            return None
        found[fact] = both
    return frozenset(found.items())


class Columns:
    """What many cases say, fact by fact; sets of cases are numbers with a bit for each case."""

    def __init__(self, cases: Sequence[Mapping[str, Value]]) -> None:
        self.cases = cases
        self.all = (1 << len(cases)) - 1
        self._of: dict[str, dict[Value, int]] = {}
        for number, case in enumerate(cases):
            for fact, value in case.items():
                those = self._of.setdefault(fact, {})
                those[value] = those.get(value, 0) | 1 << number
        self.saying = cache(self._saying)
        self._within, self._beside = cache(self._those_within), cache(self._those_beside)

    def having(self, said: Said) -> int:
        """The cases of which this follows from what they say of the same facts."""
        found = self.all
        for fact, value in said:
            found &= self._within(fact, value)
        return found

    def beside(self, said: Said) -> int:
        """The cases that say nothing of the same facts that contradicts this."""
        found = self.all
        for fact, value in said:
            found &= self._beside(fact, value)
        return found

    def _those_within(self, fact: str, value: Value) -> int:
        return _union(those for other, those in self._of.get(fact, {}).items() if within(other, value))

    def _those_beside(self, fact: str, value: Value) -> int:
        stated = self._of.get(fact, {})
        against = _union(those for other, those in stated.items() if together(other, value) is None)
        return self.all & ~against

    def _saying(self, facts: frozenset[str]) -> dict[Said, int]:
        """The different things that cases say of these facts, each with the cases that do."""
        found: dict[Said, int] = {}
        for number, case in enumerate(self.cases):
            said = frozenset((fact, case[fact]) for fact in facts & case.keys())
            found[said] = found.get(said, 0) | 1 << number
        return found


def _union(sets: Iterable[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found


def members(those: int) -> Iterator[int]:
    """The numbers of the cases of a set."""
    while those:
        last = those & -those
        yield last.bit_length() - 1
        those ^= last
