"""A length of time in words."""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = {
    "en": {"Y": ("year", "years"), "M": ("month", "months"), "W": ("week", "weeks"), "D": ("day", "days")},
    "da": {"Y": ("år", "år"), "M": ("måned", "måneder"), "W": ("uge", "uger"), "D": ("dag", "dage")},
}
_PART = re.compile(r"(\d+)([YMWD])")
_DATES = re.compile(rf"P(?:{_PART.pattern})+")


def lasting(written: str, language: str) -> str:
    """A duration such as P18M in words; one with hours, or that is none, as it is written."""
    if not _DATES.fullmatch(written):
        return written
    parts = [(int(number), _UNITS[language][unit]) for number, unit in _PART.findall(written)]
    return " ".join(f"{number} {one if number == 1 else more}" for number, (one, more) in parts)
