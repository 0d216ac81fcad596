"""The calendar an endpoint keeps: what day it is where decisions are made, and when that day ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo


@cache
def copenhagen() -> ZoneInfo:
    """Where Danish authorities decide."""
    return ZoneInfo("Europe/Copenhagen")


@dataclass(frozen=True)
class Clock:
    """A way to tell the moment; the endpoint is given one, so that tests can set it."""

    now: Callable[[], datetime]

    def today(self) -> date:
        """The day it is in Copenhagen."""
        return self.now().astimezone(copenhagen()).date()

    def seconds(self) -> float:
        """The moment as seconds since 1970."""
        return self.now().timestamp()

    def midnight(self) -> datetime:
        """When that day ends."""
        tomorrow = self.today() + timedelta(days=1)
        return datetime.combine(tomorrow, time(), tzinfo=copenhagen()).astimezone(UTC)
