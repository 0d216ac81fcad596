"""What the referee says of cases: each case is a class, tried inside and outside of each consequence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from asylgraf.graph.calendar import reached
from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import Expression, Has, OneOf, Within, both
from asylgraf.graph.law import Period
from asylgraf.graph.owl import Writer
from asylgraf.reasoner.case import Case, Interval, Value
from asylgraf.reasoner.referee import canaries
from asylgraf.reasoner.referee.hermit import Claim, Hermit

_CASE = "urn:asylgraf:case:"
_AT_ONCE = 5
"""How many claims are refuted together; HermiT takes longer for each where there are more."""


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
) -> list[Judgement]:
    """HermiT's judgement of each case for its classes, all on one reading of the law."""
    hermit = Hermit(with_cases(law, cases))
    canaries.check(hermit.can_be)
    never = {iri for iri in {iri for asked in classes for iri in asked} if not hermit.can_be((iri, True))}
    expected = guesses or [None] * len(cases)
    found = [
        Hearing(hermit, f"{_CASE}{number}", never).judge(asked, guess)
        for number, (asked, guess) in enumerate(zip(classes, expected, strict=True))
    ]
    hermit.close()
    return found


def with_cases(law: Consolidation, cases: Sequence[Case]) -> list[ox.Triple]:
    """The law of a day as OWL, with the canaries and with each case as a class."""
    writer = Thirds(law)
    writer.write()
    canaries.write(writer)
    for number, case in enumerate(cases):
        writer.below(f"{_CASE}{number}", both(*_facts(law, case)))
    return writer.out


class Hearing:
    """One case before HermiT: what it can be, and what it cannot."""

    def __init__(self, hermit: Hermit, case: str, never: set[str]) -> None:
        self._hermit = hermit
        self._case: Claim = (case, True)
        self._never = never
        self._can: dict[Claim, bool] = {}

    def judge(self, classes: Iterable[str], guess: Guess | None) -> Judgement:
        """What is entailed of the case for each class."""
        for turn in guess.turns if guess else ():
            self._confirm([claim for claim in turn.items() if claim not in self._can])
        if not self._can and not self._hermit.can_be(self._case):
            return Judgement(possible=False, values={})
        asked = list(classes)
        self._can |= {(iri, inside): not inside for iri in self._never for inside in (True, False)}
        if guess:
            against = [(iri, not value) for iri, value in guess.values.items() if value is not None]
            self._refute([claim for claim in against if claim not in self._can])
        return Judgement(possible=True, values={iri: self._value(iri) for iri in asked})

    def _confirm(self, claims: list[Claim]) -> None:
        """Ask about many claims at once; if they do not go together, each stays to be asked by itself."""
        if claims and self._hermit.can_be(self._case, *claims):
            self._can |= dict.fromkeys(claims, True)

    def _refute(self, claims: list[Claim]) -> None:
        """Ask whether any of several claims can be; if one can, each stays to be asked by itself."""
        for start in range(0, len(claims), _AT_ONCE):
            some = claims[start : start + _AT_ONCE]
            if not self._hermit.can_be(self._case, one_of=some):
                self._can |= dict.fromkeys(some, False) | {(iri, not inside): True for iri, inside in some}

    def _value(self, iri: str) -> bool | None:
        """True where no such case is outside the class, false where none is inside, else nothing."""
        inside, outside = (self._possible((iri, value)) for value in (True, False))
        return None if inside and outside else inside

    def _possible(self, claim: Claim) -> bool:
        if claim not in self._can:
            self._can[claim] = self._hermit.can_be(self._case, claim)
        return self._can[claim]


def _facts(law: Consolidation, case: Case) -> Iterator[Expression]:
    """What the case says, as class expressions; periods between two dates are counted on the calendar."""
    values = {**case.presumed, **case.given}
    for fact, value in values.items():
        yield _expression(fact, value)
    for name, period in law.periods.items():
        counted = _counted(period, values)
        if counted is not None:
            yield Has(name, value=counted)


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
