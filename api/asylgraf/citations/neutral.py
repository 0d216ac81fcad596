"""Neutral citations of the Strasbourg court: which judgment they are, where the text itself says so once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from asylgraf.citations.anchors import Hit
from asylgraf.citations.mentions import Pointed
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading

_YEAR_BEFORE: Final = lazy(r"\[(?:19|20)\d\d$")
_NUMBER_BEHIND: Final = lazy(r"\d{1,4}(?!\d)")


def neutral(reading: Reading, hit: Hit) -> int | None:
    """ "43844/98 [2000] ECHR 705" tells whose number that is; behind it "[2000] ECHR 705" alone is enough."""
    before = _YEAR_BEFORE.search(reading.text, max(0, hit.start - 5), hit.start)
    number = _NUMBER_BEHIND.match(reading.text, hit.end)
    if before is None or number is None or not reading.free(before.start()):
        return None
    place = reading.text[before.start() : number.end()]
    if told := _judgment_before(reading, before.start()):
        reading.neutral.setdefault(place, told)
    judgment = reading.neutral.get(place)
    if judgment is None:
        return None
    meaning = replace(judgment.meaning, rule="neutral citation told by the text")
    reading.add(Pointed(before.start(), number.end(), meaning, judgment.key))
    return number.end()


def _judgment_before(reading: Reading, start: int) -> Pointed | None:
    """The judgment whose application number stands right before a place."""
    last = reading.found.mentions[-1] if reading.found.mentions else None
    if not isinstance(last, Pointed) or not (last.meaning.address or "").startswith("case/echr/"):
        return None
    return last if reading.text[last.end : start] in (" ", ", ") else None
