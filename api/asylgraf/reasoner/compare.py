"""What changed in the law between two days: provisions and consequences that differ, each with the smallest
cases that show it.

The classes of both days stand in one set of decision diagrams. A period to the day of decision moves with
that day; so the older law is also read by the newer day's calendar, and a difference that is then gone is one
of time, not of law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Literal

from asylgraf.graph.consolidated import Consolidation, OutcomeClass
from asylgraf.graph.expressions import Named
from asylgraf.graph.law import NO_LABELS, Consequence, Labels, Period, Version
from asylgraf.reasoner.assessment import Outcome, assess_one
from asylgraf.reasoner.diagrams import Diagram, Diagrams
from asylgraf.reasoner.witness import Search


@dataclass(frozen=True)
class Witness:
    """The smallest case whose outcome differs, exceptions presumed, assessed again on both days."""

    facts: dict[str, object]
    before: Outcome
    after: Outcome


@dataclass(frozen=True)
class Difference:
    """A consequence that some case has on one of the days only."""

    consequence: Consequence
    before: tuple[Version, ...]
    after: tuple[Version, ...]
    cause: Literal["law", "time"]
    witnesses: tuple[Witness, ...]


@dataclass(frozen=True)
class Amended:
    """A provision with other versions, or of which other cases are covered or reached."""

    provision: str
    label: Labels
    before: tuple[Version, ...]
    after: tuple[Version, ...]
    covers: bool
    """Whether it covers other cases."""
    applies: bool
    """Whether it applies in other cases, also because others override it more or less."""


@dataclass(frozen=True)
class Comparison:
    """All that differs between the law of two days."""

    before: Consolidation
    after: Consolidation
    provisions: tuple[Amended, ...]
    consequences: tuple[Difference, ...]


def compare(before: Consolidation, after: Consolidation) -> Comparison:
    """The provisions and consequences that differ between two days of the same graph."""
    both = TwoDays(before, after)
    provisions = tuple(_amended(both))
    consequences = tuple(d for o in after.outcomes if (d := _difference(both, o.consequence)))
    return Comparison(before, after, provisions, consequences)


class TwoDays:
    """The law of two days over the same atoms."""

    def __init__(self, before: Consolidation, after: Consolidation) -> None:
        self.laws = (before, after)
        still = _by_calendar_of(before, after)
        old = Diagrams(before, others=(still, after))
        new = Diagrams(after, beside=old)
        self.days = (old, Diagrams(still, beside=old), new)
        """The older law, the same by the newer day's calendar, and the newer law."""
        self.search = Search(self.days[1], [law.on for law in self.laws])
        self.bdd = new.bdd
        self._components = list(
            dict.fromkeys((atoms, c) for day in self.days for atoms, _, c in day.components)
        )
        starts = before.starts.keys() | after.starts.keys()
        self._starts = [f"a{n}" for n, atom in enumerate(self.days[1].atoms) if atom.fact in starts]

    def axioms(self, *diagrams: Diagram) -> Diagram:
        """The background axioms that touch the diagrams, directly or through each other."""
        touched: set[str] = set().union(*(self.bdd.support(diagram) for diagram in diagrams))
        left, used = self._components, self.bdd.true
        while near := [pair for pair in left if pair[0] & touched]:
            left = [pair for pair in left if pair not in near]
            touched |= frozenset().union(*(atoms for atoms, _ in near))
            used = reduce(lambda a, b: a & b, (axiom for _, axiom in near), used)
        return used

    def surely(self, diagram: Diagram) -> Diagram:
        """The cases in which it holds whenever the acts with an unknown first day had started."""
        return self.bdd.quantify(diagram, self._starts, forall=True) if self._starts else diagram

    def differ(self, iri: str) -> bool:
        """Whether a class has other cases, by the calendar of the newer day."""
        name = Named(iri)
        old, new = (d.of(name) if iri in d.law.classes else self.bdd.false for d in self.days[1:])
        return old != new and self.possible((old & ~new) | (new & ~old))

    def possible(self, diagram: Diagram) -> bool:
        """Whether the axioms allow a case of the diagram."""
        return diagram != self.bdd.false and bool(self.axioms(diagram) & diagram != self.bdd.false)


def _by_calendar_of(law: Consolidation, other: Consolidation) -> Consolidation:
    to_the_day = (iri for iri, c in law.law.conditions.items() if isinstance(c, Period) and c.end is None)
    return replace(law, classes={**law.classes, **{iri: other.classes[iri] for iri in to_the_day}})


def _amended(both: TwoDays) -> Iterator[Amended]:
    before, after = both.laws
    for provision in sorted(before.live.keys() | after.live.keys()):
        old, new = (tuple(live.version for live in law.live.get(provision, ())) for law in both.laws)
        covers, applies = (both.differ(f"{provision}#{part}") for part in ("case", "applies"))
        if covers or applies or {v.iri for v in old} != {v.iri for v in new}:
            label = after.law.labels.get(provision, NO_LABELS)
            yield Amended(provision, label, old, new, covers, applies)


def _difference(both: TwoDays, consequence: Consequence) -> Difference | None:
    name = Named(consequence.iri + "#applies")
    old, still, new = (day.of(name) for day in both.days)
    if old == still == new:
        return None
    real, lawful = _ways(both, old, new), _ways(both, still, new)
    by_law = any(map(both.possible, lawful))
    if not by_law and not any(map(both.possible, real)):
        return None
    axioms = both.axioms(old, still, new)
    wanted = [way & by_calendar for way, by_calendar in zip(real, lawful, strict=True)] if by_law else real
    # a change of law that time hides, or turns another way: what differs, where the law does too
    anyhow = [way & reduce(lambda a, b: a | b, lawful) for way in real] if by_law else []
    shown = (
        tuple(w for way in ways if (w := _witness(both, consequence.iri, axioms, way)))
        for ways in (wanted[:2], wanted[2:], anyhow)
    )
    before, after = (_rule(law, consequence.iri).versions for law in both.laws)
    witnesses = next(filter(None, shown), ())
    return Difference(consequence, before, after, "law" if by_law else "time", witnesses)


def _ways(both: TwoDays, old: Diagram, new: Diagram) -> list[Diagram]:
    """The cases that gain, those that lose; those that become sure, and those that become unsure."""
    held, failed = both.surely(old), both.surely(~old)
    holds, fails = both.surely(new), both.surely(~new)
    was_open, is_open = ~held & ~failed, ~holds & ~fails
    clear = [failed & holds, held & fails]
    return [*clear, was_open & holds, was_open & fails, held & is_open, failed & is_open]


def _rule(law: Consolidation, consequence: str) -> OutcomeClass:
    return next(o for o in law.outcomes if o.consequence.iri == consequence)


def _witness(both: TwoDays, consequence: str, axioms: Diagram, way: Diagram) -> Witness | None:
    """The smallest case on that way, if assessing it on both days shows the difference."""
    rules = [_rule(law, consequence) for law in both.laws]
    for facts in both.search.cases(way, axioms):
        before, after = (
            assess_one(law, facts, rule, "standard") for law, rule in zip(both.laws, rules, strict=True)
        )
        if before.value is not after.value:
            return Witness(facts, before, after)
    return None
