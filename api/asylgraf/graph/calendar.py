"""Periods of the law, counted on the calendar and never on rounded numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from asylgraf.errors import BrokenLaw

_ISO = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
FIRST, LAST = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, order=True)
class Duration:
    """Calendar months and days, as in P18M or P7D."""

    months: int
    days: int

    @classmethod
    def parse(cls, text: str, where: str = "duration") -> Duration:
        """Read an ISO 8601 duration of whole years, months, weeks and days."""
        match = _ISO.fullmatch(text)
        if match is None or not any(match.groups()):
            raise BrokenLaw(f"“{text}” is no duration of years, months and days such as P18M.", where=where)
        years, months, weeks, days = (int(part or 0) for part in match.groups())
        return cls(years * 12 + months, weeks * 7 + days)

    def after(self, day: date) -> date:
        """The day on which the period that began on `day` is complete.

        A period of months ends on the same day of a later month, or on that month's last day where it has no
        such day: unchecked, see `kb/procedure/counting-of-time.trig`.
        """
        try:
            complete: date = day + relativedelta(months=self.months, days=self.days)
        except (ValueError, OverflowError):
            return date.max
        return complete


@lru_cache(maxsize=4096)
def reached(start: date, end: date, duration: Duration, more: bool) -> bool:
    """Whether the period is complete on `end`; with `more`, whether it was complete on an earlier day."""
    complete = duration.after(start)
    return complete < end if more else complete <= end


@lru_cache(maxsize=4096)
def latest_start(end: date, duration: Duration, more: bool) -> int | None:
    """The ordinal of the last day from which the period is reached on `end`, or nothing if there is none."""
    try:
        back = end - relativedelta(months=duration.months, days=duration.days)
    except (ValueError, OverflowError):
        return None
    # Months differ by at most three days in length, so the day lies close to the one found by going back.
    for ordinal in range(min(back.toordinal() + 4, LAST), max(back.toordinal() - 5, FIRST) - 1, -1):
        if reached(date.fromordinal(ordinal), end, duration, more):
            return ordinal
    return None


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)
