"""Days that satisfy answers to atoms: thresholds of single dates and periods between two, on the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from asylgraf.graph.calendar import FIRST, LAST, latest_start, reached
from asylgraf.graph.law import Period
from asylgraf.reasoner.atoms import AtLeast, Atom
from asylgraf.reasoner.case import GREATEST, SMALLEST, Interval

Answers = Mapping[Atom, bool]
_ANY = Interval(FIRST, LAST, days=True)


def days_of(
    answers: Answers, periods: Mapping[str, Period], told: Mapping[str, Interval], latest: int = LAST
) -> dict[str, int] | None:
    """A day for each date told and for each end of the periods answered, or nothing when there is none.

    The days lie on the bounds that the rules draw, and by `latest` where they can.
    """
    asked = [(periods[atom.fact], value) for atom, value in answers.items() if atom.fact in periods]
    ends = {end: _ANY for period, _ in asked for end in _ends(period)}
    ranges = {
        fact: _narrowed(fact, answers, value, latest) for fact, value in sorted({**ends, **told}.items())
    }
    found: dict[str, int] = {}
    for facts in _joined(ranges, asked):
        days = _together(facts, ranges, [(p, value) for p, value in asked if p.start in facts])
        if days is None:
            return None
        found |= days
    return {fact: found[fact] for fact in ranges}


def _ends(period: Period) -> tuple[str, str]:
    return period.start, period.end or ""


def _joined(facts: Iterable[str], asked: Sequence[tuple[Period, bool]]) -> list[frozenset[str]]:
    """The dates in groups that no period asked about goes between."""
    groups = {fact: frozenset({fact}) for fact in facts}
    for period, _ in asked:
        start, end = _ends(period)
        joined = groups[start] | groups[end]
        groups |= dict.fromkeys(joined, joined)
    return list(dict.fromkeys(groups.values()))


def _together(
    facts: frozenset[str], ranges: Mapping[str, tuple[int, int]], asked: list[tuple[Period, bool]]
) -> dict[str, int] | None:
    """Days for dates that periods join, such that each period is reached or not as answered."""
    options = {fact: _options(fact, ranges, asked) for fact in sorted(facts)}
    return next(_tried(options, {}, asked), None)


def _tried(
    options: Mapping[str, tuple[int, ...]], days: dict[str, int], asked: list[tuple[Period, bool]]
) -> Iterator[dict[str, int]]:
    """Every choice of days beside those chosen; a choice that no other can mend is left at once."""
    if len(days) == len(options):
        yield days
        return
    fact = next(fact for fact in options if fact not in days)
    for day in options[fact]:
        chosen = {**days, fact: day}
        known = ((p, value) for p, value in asked if fact in _ends(p) and all(e in chosen for e in _ends(p)))
        if all(_is_reached(period, chosen) is value for period, value in known):
            yield from _tried(options, chosen, asked)


def between(fact: str, answers: Answers) -> tuple[int, int]:
    """The least and the greatest value that the answers allow."""
    bounds = [(a.bound, value) for a, value in answers.items() if isinstance(a, AtLeast) and a.fact == fact]
    low = max((bound for bound, value in bounds if value), default=SMALLEST)
    return low, min((bound - 1 for bound, value in bounds if not value), default=GREATEST)


def _narrowed(fact: str, answers: Answers, told: Interval, latest: int) -> tuple[int, int]:
    low, high = between(fact, answers)
    first, last = max(low, told.lowest), min(high, told.highest)
    return first, min(last, max(first, latest)) if last == LAST else last


def _options(
    fact: str, ranges: Mapping[str, tuple[int, int]], periods: list[tuple[Period, bool]]
) -> tuple[int, ...]:
    """The days to try: the bounds, and the days on which a period from or to them turns."""
    low, high = ranges[fact]
    near = [low] if low > FIRST else []
    for period, _ in periods:
        duration, more, end = period.duration, period.more, period.end or ""
        if fact == period.start:
            last = [latest_start(date.fromordinal(day), duration, more) for day in ranges[end]]
            near += [day + shift for day in last if day is not None for shift in (0, 1)]
        elif fact == end:
            complete = [duration.after(date.fromordinal(day)).toordinal() for day in ranges[period.start]]
            near += [day + shift for day in complete for shift in (-1, 0, 1)]
    return tuple(dict.fromkeys(day for day in (*near, high) if low <= day <= high))


def _is_reached(period: Period, days: Mapping[str, int]) -> bool:
    start, end = (date.fromordinal(days[fact]) for fact in (period.start, period.end or ""))
    return reached(start, end, period.duration, period.more)
