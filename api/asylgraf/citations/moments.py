"""The day whose law a citation means, where the text says so."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from asylgraf.citations.mentions import Named, Run
from asylgraf.citations.numbers import DATE, day_of, read_date
from asylgraf.citations.reading import Reading

_THEN: Final = re.compile(
    r"\b(?:dagældende|daværende|tidligere gældende|then applicable|then in force|then|former|"
    r"in force at the (?:relevant )?time|as in force at the time)\b"
)
_BEHIND: Final = re.compile(
    rf" ?[(,]? ?(?:(?:i )?(?:udgave[nr]?|version(?:en)?|ordlyd(?:en)?|affattelse[nr]?|"
    rf"formulering(?:en)?|as (?:it was )?in force|as it read|in the version|in force|gældende|"
    rf"som den var)"
    rf"[ ,]*)?(?P<how>før|inden|prior to|before|until|indtil|per|pr\.|as of|as at|on|den|i|in|af|of|"
    rf"applicable before) (?:den |the )?{DATE}"
)
_MARK: Final = re.compile(
    r"udgave|version|ordlyd|affattelse|formulering|in force|it read|gældende|som den var|\(|as of|as at|pr\."
)
_EARLIER: Final = frozenset(("før", "inden", "prior to", "before", "until", "indtil", "applicable before"))
_WIDTH: Final = 160


def moment(reading: Reading, run: Run, begin: int, act: Named | None) -> date | None:
    """The day of the law that a run cites: said behind it, of its consolidation, or beside *then*."""
    behind = _BEHIND.match(reading.text, run.end) if reading.speaks_of_time else None
    if behind and _MARK.search(behind.group()) and (day := day_of(behind)):
        if behind["how"] in _EARLIER:
            return day - timedelta(days=1)
        return day
    if act is not None and act.as_of is not None:
        return date.fromisoformat(act.as_of)
    if reading.speaks_of_time and _THEN.search(reading.text, max(0, begin - 40), run.start):
        return _date_around(reading, run)
    return None


def _date_around(reading: Reading, run: Run) -> date | None:
    """The date nearest before in the sentence, else the first behind."""
    text = reading.text
    low = max(0, run.start - _WIDTH)
    while low < run.start and reading.sentence_break(low, run.start):
        low += max(1, (run.start - low) // 4)
    before = [
        day for at in range(low, run.start) if text[at].isdigit() and (day := read_date(text[at : at + 24]))
    ]
    return before[-1] if before else read_date(text[run.end : run.end + 60])
