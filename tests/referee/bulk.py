"""Many cases on many days: HermiT is asked about each part of the law once, however many days have it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from tests.referee.drawn import Drawer, Facts
from tests.referee.parts import Part, as_key, axioms_of, part_of

from asylgraf.graph import open_graph
from asylgraf.graph.consolidated import Consolidation
from asylgraf.reasoner.compiled import compile_law, compiled
from asylgraf.reasoner.referee import Comparison, Judgement, held_against, judged

EVERY = 6
"""Every so manieth change date lends its rules for drawing cases around."""


@cache
def pool(count: int) -> tuple[Facts, ...]:
    """So many cases, drawn around the rules of days from the first to the last."""
    days = open_graph().change_dates()[::-EVERY]
    share = -(-count // len(days))
    drawers = (Drawer(open_graph().consolidated(day), seed=day.toordinal()) for day in days)
    return tuple(case for drawer in drawers for case in drawer.cases(share))[:count]


class Remembered:
    """What HermiT said of parts of the law, as long as days have them."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, Judgement]] = {}
        self._used: set[str] = set()

    def forget_unused(self) -> None:
        """Forget the parts that the last day no longer had."""
        self._said = {key: said for key, said in self._said.items() if key in self._used}
        self._used = set()

    def possible(self, part: Part, cases: Sequence[Facts], presume: str) -> list[bool]:
        """Whether HermiT says that there can be each of the cases."""
        return [judgement.possible for judgement in self._judged(part, (), cases, presume)]

    def values(self, part: Part, iri: str, cases: Sequence[Facts], presume: str) -> list[bool | None]:
        """What HermiT says of a class for cases that can be, which are then no less possible in a part."""
        judgements = self._judged(part, (iri,), cases, presume, possible=True)
        return [judgement.values[iri] for judgement in judgements]

    def _judged(
        self,
        part: Part,
        asked: tuple[str, ...],
        cases: Sequence[Facts],
        presume: str,
        *,
        possible: bool = False,
    ) -> list[Judgement]:
        key = f"{asked} {presume} {part.key}"
        self._used.add(key)
        said = self._said.setdefault(key, {})
        told = [part.told(facts) for facts in cases]
        new = {as_key(facts): facts for facts in told if as_key(facts) not in said}
        if new:
            program, classes = compile_law(part.law), [asked] * len(new)
            answers = judged(program, list(new.values()), presume, classes=classes, possible=possible)
            said.update(zip(new, answers, strict=True))
        return [said[as_key(facts)] for facts in told]


def agreement(
    law: Consolidation, cases: Sequence[Facts], remembered: Remembered, presume: str = "none"
) -> Comparison:
    """Every consequence in force for each case, and whether the case can be at all: both answers compared."""
    asked = tuple(outcome.iri for outcome in law.outcomes if outcome.versions)
    can_be = remembered.possible(axioms_of(law), cases, presume)
    possible = [facts for facts, can in zip(cases, can_be, strict=True) if can]
    values = {iri: iter(remembered.values(part_of(law, iri), iri, possible, presume)) for iri in asked}
    remembered.forget_unused()
    judgements = [Judgement(can, {iri: next(values[iri]) for iri in asked} if can else {}) for can in can_be]
    return held_against(judgements, compiled(law), cases, presume, classes=[asked] * len(cases))


def agreement_on(day: date, count: int, remembered: Remembered) -> Comparison:
    """The same for the pool of cases, on one day."""
    return agreement(open_graph().consolidated(day), pool(count), remembered)
