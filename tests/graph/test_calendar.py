"""Periods are counted on the calendar: tried against counting day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from asylgraf.errors import BrokenLaw
from asylgraf.graph.calendar import FIRST, Duration, latest_start, reached

DURATIONS = [Duration(months, days) for months, days in product((0, 1, 2, 3, 6, 12, 18, 24, 36), (0, 1, 7))][
    1:
]
LEAP = [date(2024, 2, 28) + timedelta(days=k) for k in range(4)]
ENDS = [date(2015, 1, 31), date(2015, 2, 20), date(2015, 2, 28), date(2015, 3, 1), date(2015, 12, 31), *LEAP]


def counted(start: date, months: int) -> date:
    """The day with the same number so many months later, or the last day of that month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for number in range(start.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError(start, months)


@pytest.mark.parametrize("duration", DURATIONS, ids=str)
def test_a_period_is_complete_on_the_same_day_of_a_later_month_or_its_last(duration: Duration) -> None:
    for k in range(800):
        start = date(2022, 12, 1) + timedelta(days=k)
        assert duration.after(start) == counted(start, duration.months) + timedelta(days=duration.days)


@pytest.mark.parametrize("more", [False, True], ids=["at least", "more than"])
@pytest.mark.parametrize("duration", DURATIONS, ids=str)
def test_the_latest_start_is_the_last_day_that_reaches(duration: Duration, more: bool) -> None:
    for end in ENDS:
        days = [end - timedelta(days=k) for k in range(1300)]
        reaching = [day.toordinal() for day in days if reached(day, end, duration, more)]
        assert latest_start(end, duration, more) == max(reaching)
        assert sorted(reaching) == list(range(min(reaching), max(reaching) + 1)), (
            "what is longer ago counts too"
        )


def test_more_than_two_years_is_true_on_the_day_after() -> None:
    start, two_years = date(2022, 5, 1), Duration.parse("P2Y")
    assert reached(start, date(2024, 5, 1), two_years, more=False)
    assert not reached(start, date(2024, 5, 1), two_years, more=True)
    assert reached(start, date(2024, 5, 2), two_years, more=True)
    assert not reached(start, date(2024, 4, 30), two_years, more=False)


@pytest.mark.parametrize(
    ("start", "months", "complete"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-08-31", 6, "2024-02-29"),
    ],
)
def test_month_ends(start: str, months: int, complete: str) -> None:
    assert Duration(months, 0).after(date.fromisoformat(start)) == date.fromisoformat(complete)


def test_no_start_is_early_enough_at_the_beginning_of_the_calendar() -> None:
    assert latest_start(date.fromordinal(FIRST), Duration(1, 0), more=False) is None


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("P18M", Duration(18, 0)),
        ("P2Y", Duration(24, 0)),
        ("P1Y6M", Duration(18, 0)),
        ("P7D", Duration(0, 7)),
        ("P2W", Duration(0, 14)),
    ],
)
def test_durations_are_read(text: str, duration: Duration) -> None:
    assert Duration.parse(text) == duration


@pytest.mark.parametrize("text", ["", "P", "PT1H", "P1.5Y", "18M", "-P1M", "P1Y ", "P1M1Y"])
def test_what_is_no_duration_is_an_error(text: str) -> None:
    with pytest.raises(BrokenLaw, match="duration"):
        Duration.parse(text)
