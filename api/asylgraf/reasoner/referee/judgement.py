"""What the referee says of cases: each case is a class, tried inside and outside of each consequence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from asylgraf.graph.calendar import reached
from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import Expression, Has, OneOf, Within, both
from asylgraf.graph.law import Period
from asylgraf.graph.owl import Writer
from asylgraf.reasoner.case import TRUTHS, Case, Interval, Value
from asylgraf.reasoner.referee import canaries
from asylgraf.reasoner.referee.hermit import Claim, Hermit

_CASE = "urn:asylgraf:case:"
_CLAIMS_AT_ONCE = 5
"""How many claims about a case are refuted together; HermiT takes longer for each where there are more."""
_CASES_AT_ONCE = 20
"""Of how many cases a claim is refuted together."""


@dataclass(frozen=True)
class Judgement:
    """What HermiT entails of one case: nothing at all where no case can be like it."""

    possible: bool
    values: Mapping[str, bool | None]


@dataclass(frozen=True)
class Guess:
    """What may be expected of a case. It makes the judgement quicker and never another one.

    Each of `turns` tells for all classes that are left open how one way of completing the case decides them.
    """

    values: Mapping[str, bool | None]
    turns: tuple[Mapping[str, bool], ...]


class Thirds(Writer):
    """Writes the law for HermiT with every number n as 3n, and the bounds of ranges between those.

    HermiT 1.3.8 loses entailments where a bound of one range equals a bound of another: with *at least 7* as
    a class, *exactly 7* is not found below it. With the numbers three apart no bounds
    meet, and what follows is the same.
    """

    def span(self, minimum: int | None, maximum: int | None) -> ox.BlankNode:
        """The numbers between the bounds, in thirds."""
        return super().span(
            None if minimum is None else 3 * minimum - 1, None if maximum is None else 3 * maximum + 1
        )


def questions(law: Consolidation) -> tuple[str, ...]:
    """The classes worth asking about: every consequence, and who is granted what."""
    granted = (name for name in law.classes if name.endswith("#granted"))
    return (*(outcome.iri for outcome in law.outcomes), *granted)


def judge(
    law: Consolidation,
    cases: Sequence[Case],
    classes: Sequence[Sequence[str]],
    guesses: Sequence[Guess | None] = (),
    *,
    possible: bool = False,
) -> list[Judgement]:
    """HermiT's judgement of each case for its classes, all on one reading of the law.

    With `possible`, HermiT was asked before whether there can be such cases, and said yes of each.
    """
    hermit = Hermit(with_cases(law, cases))
    canaries.check(hermit.can_be)
    never = {iri for iri in {iri for asked in classes for iri in asked} if not hermit.can_be((iri, True))}
    expected = guesses or [None] * len(cases)
    hearings = [
        Hearing(hermit, f"{_CASE}{number}", never, guess, possible=possible)
        for number, guess in enumerate(expected)
    ]
    _refute_together(hermit, hearings)
    found = [hearing.judge(asked) for hearing, asked in zip(hearings, classes, strict=True)]
    hermit.close()
    return found


def _refute_together(hermit: Hermit, hearings: Iterable[Hearing]) -> None:
    """Ask of many cases at once whether one can be what none is expected to be."""
    against: dict[Claim, list[Hearing]] = {}
    for hearing in hearings:
        for claim in hearing.against:
            against.setdefault(claim, []).append(hearing)
    for claim, those in against.items():
        for start in range(0, len(those), _CASES_AT_ONCE):
            some = those[start : start + _CASES_AT_ONCE]
            if len(some) > 1 and not hermit.can_be(claim, one_of=[hearing.case for hearing in some]):
                for hearing in some:
                    hearing.cannot_be(claim)


def with_cases(law: Consolidation, cases: Sequence[Case]) -> list[ox.Triple]:
    """The law of a day as OWL, with the canaries and with each case as a class."""
    return with_classes(law, {f"{_CASE}{number}": told(law, case) for number, case in enumerate(cases)})


def with_classes(law: Consolidation, below: Mapping[str, Mapping[str, Value]]) -> list[ox.Triple]:
    """The law of a day as OWL, with the canaries and with classes of which only these facts are said."""
    writer = Thirds(law)
    writer.write()
    canaries.write(writer)
    for iri, values in below.items():
        writer.below(iri, both(*(_expression(fact, value) for fact, value in values.items())))
    return writer.out


class Hearing:
    """One case before HermiT: what it can be, and what it cannot."""

    def __init__(
        self, hermit: Hermit, case: str, never: set[str], guess: Guess | None, *, possible: bool
    ) -> None:
        self.case: Claim = (case, True)
        self._hermit = hermit
        self._guess = guess or Guess({}, ())
        self._is_possible = possible
        self._can = {(iri, inside): not inside for iri in never for inside in (True, False)}

    @property
    def against(self) -> list[Claim]:
        """What the case is expected not to be, as far as it is not settled."""
        expected = self._guess.values.items()
        against = [(iri, not value) for iri, value in expected if value is not None]
        return [claim for claim in against if claim not in self._can]

    def cannot_be(self, claim: Claim) -> None:
        """HermiT finds no such case of which the claim is true."""
        self._can[claim] = False

    def judge(self, classes: Iterable[str]) -> Judgement:
        """What is entailed of the case for each class."""
        for turn in self._guess.turns:
            self._confirm([claim for claim in turn.items() if claim not in self._can])
        if not self._is_possible and not self._hermit.can_be(self.case):
            return Judgement(possible=False, values={})
        self._refute(self.against)
        return Judgement(possible=True, values={iri: self._value(iri) for iri in classes})

    def _confirm(self, claims: list[Claim]) -> None:
        """Ask about many claims at once; if they do not go together, each stays to be asked by itself."""
        if claims and self._hermit.can_be(self.case, *claims):
            self._is_possible = True
            self._can |= dict.fromkeys(claims, True)

    def _refute(self, claims: list[Claim]) -> None:
        """Ask whether any of several claims can be; if one can, each stays to be asked by itself."""
        for start in range(0, len(claims), _CLAIMS_AT_ONCE):
            some = claims[start : start + _CLAIMS_AT_ONCE]
            if not self._hermit.can_be(self.case, one_of=some):
                self._can |= dict.fromkeys(some, False)

    def _value(self, iri: str) -> bool | None:
        """True where no such case is outside the class, false where none is inside, else nothing."""
        inside, outside = (self._possible((iri, value)) for value in (True, False))
        return None if inside and outside else inside

    def _possible(self, claim: Claim) -> bool:
        iri, inside = claim
        if claim not in self._can:
            cannot_be_otherwise = self._can.get((iri, not inside)) is False
            self._can[claim] = cannot_be_otherwise or self._hermit.can_be(self.case, claim)
        return self._can[claim]


def told(law: Consolidation, case: Case) -> dict[str, Value]:
    """What the case says, presumptions included; periods between two dates are counted on the calendar."""
    values = {**case.presumed, **case.given}
    counted = {name: _counted(period, values) for name, period in law.periods.items()}
    return values | {name: TRUTHS[value] for name, value in counted.items() if value is not None}


def _expression(fact: str, value: Value) -> Expression:
    if isinstance(value, Interval):
        return Within(fact, value.lowest, value.highest)
    if len(value.values) == 1:
        (only,) = value.values
        return Has(fact, bool(only) if isinstance(only, bool) else str(only))
    return OneOf(fact, tuple(sorted(str(v) for v in value.values)))


def _counted(period: Period, values: Mapping[str, Value]) -> bool | None:
    start, end = values.get(period.start), values.get(period.end or "")
    if not isinstance(start, Interval) or not isinstance(end, Interval):
        return None
    outer = (start.lowest, end.highest), (start.highest, end.lowest)
    most, least = (
        reached(date.fromordinal(a), date.fromordinal(b), period.duration, period.more) for a, b in outer
    )
    return most if most == least else None
