"""The day whose law a citation means, where the text says so."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from asylgraf.citations.mentions import Mention, Named, Run
from asylgraf.citations.numbers import DATE, MONTHS, day_of, read_date
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading

_THEN: Final = lazy(
    r"\b(?:dagældende|daværende|tidligere gældende|then applicable|then in force|then|former|"
    r"in force at the (?:relevant )?time|as in force at the time)\b"
)
_BEHIND: Final = lazy(
    rf" ?[(,]? ?(?:(?:which |der |som )?(?:was |were |er |var )?(?:i )?"
    rf"(?:udgave[nr]?|version(?:en)?|ordlyd(?:en)?|affattelse[nr]?|"
    rf"formulering(?:en)?|as (?:it was )?in force|as it read|in the version|in force|gældende|"
    rf"som den var)"
    rf"[ ,]*)?(?P<how>fra før|før|inden|prior to|before|until|indtil|per|pr\.|as of|as at|on|den|i|in|af|of|"
    rf"applicable before) (?:den |the )?{DATE}"
)
_MARK: Final = lazy(
    r"udgave|version|ordlyd|affattelse|formulering|in force|it read|gældende|som den var|\(|fra før|as of|"
    r"as at|pr\."
)
_FIRST_OF_DATING: Final = frozenset(
    (
        "af", "ap", "as", "be", "de", "er", "fo", "fr", "fø", "gæ", "i ", "in", "of", "on", "or", "pe", "pr",
        "so", "ud", "un", "va", "ve", "wa", "we", "wh",
    )
)  # fmt: skip
"""The first two letters of all that the pattern of words behind reads: a new word needs its own here."""
_THEN_BEFORE: Final = 40
_EARLIER: Final = frozenset(
    ("før", "fra før", "inden", "prior to", "before", "until", "indtil", "applicable before")
)
_WIDTH: Final = 320


_REMOTE: Final = 400
_CONSOLIDATION: Final = lazy(r",? ?\(?(?:jf\.|jfr\.|cf\.|as published in|nu|now|see)? ?(?:the )?")
_GRANTS: Final = lazy(
    r"opholdstilladelse efter|tilladelse efter|midlertidig|granted|temporary|\bden nye\b|\bindført|\bindsat|"
    r"\bintroduced|\binserted|\bthe new\b"
)


def moment(
    reading: Reading, run: Run, begin: int, act: Named | None, behind: Mention | None = None
) -> date | None:
    """The day of the law that a run cites: said behind it, of its consolidation, or beside *then*."""
    timed = reading.speaks_of_time
    said = _BEHIND.match(reading.text, run.end) if timed and _may_date(reading.text, run.end) else None
    if said and _MARK.search(said.group()) and (day := day_of(said)):
        return day - timedelta(days=1) if said["how"] in _EARLIER else day
    if act is not None and act.as_of is not None:
        return date.fromisoformat(act.as_of)
    if act is not None and (printed := _printed(reading, max(run.end, act.end), behind)):
        return printed
    if timed and reading.says_then(begin - _THEN_BEFORE, run.start) and _says_then(reading, begin, run.start):
        return _date_around(reading, run) or _date_before(reading, max(0, run.start - _REMOTE), run.start)
    return None


def _may_date(text: str, end: int) -> bool:
    """Whether the next letters can begin words of time: most runs are told by them to say nothing of it."""
    return text[end : end + 5].lstrip(" (,")[:2] in _FIRST_OF_DATING


def _says_then(reading: Reading, begin: int, end: int) -> bool:
    return _THEN.search(reading.text, max(0, begin - _THEN_BEFORE), end) is not None


def _printed(reading: Reading, end: int, behind: Mention | None) -> date | None:
    """The day of the consolidation named behind a provision: "§ 7, stk. 3, jf. lovbekendtgørelse nr. …"."""
    if not isinstance(behind, Named) or behind.as_of is None or behind.start < end:
        return None
    near = _CONSOLIDATION.fullmatch(reading.text[end : behind.start])
    return date.fromisoformat(behind.as_of) if near else None


def moment_told(reading: Reading, run: Run) -> date | None:
    """The day of which a sentence tells, where it does not tell of a permit given."""
    low, high = _sentence(reading, run.start), min(len(reading.text), run.end + 30)
    if _GRANTS.search(reading.text, low, high):
        return None
    return _date_before(reading, low, run.start, of_acts=False)


def _date_around(reading: Reading, run: Run) -> date | None:
    """The date nearest before in the sentence, else the first behind."""
    before = _date_before(reading, _sentence(reading, run.start), run.start)
    return before or read_date(reading.text[run.end : run.end + 60])


_NOTE: Final = lazy(r"\n\d{1,3}\.? (?=[A-ZÆØÅ])")
"""The mark of a footnote, which begins a sentence whatever the one before it ends in."""


def _sentence(reading: Reading, place: int) -> int:
    """Where the sentence of a place begins, or the last stretch of it that is looked at."""
    low, high = max(0, place - _WIDTH), place
    low = max([low, *(note.end() for note in _NOTE.finditer(reading.kept, low, place))])
    if not reading.sentence_break(low, place):
        return low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if reading.sentence_break(middle, place) else (low, middle)
    return high


_DATE: Final = lazy(rf"(?<![\w/]){DATE}")


def _last_day(found: re.Match[str]) -> date | None:
    """The day of a date; of a year alone its last: what moved in its course may be told of as it is now."""
    day = day_of(found)
    return date(day.year, 12, 31) if day and found["y4"] else day


_EVENT: Final = lazy(
    rf"\b(?:in|i|during|since|siden|on|den) (?:the )?(?:\d{{1,2}}\.? )?(?:{MONTHS} )?(?:19|20)\d\d\b"
)
_YEAR: Final = lazy(r"(?<!\d)((?:19|20)\d\d)(?!\d)|\d/([0-4]\d)(?![\w/])")


def last_year_told(reading: Reading) -> date | None:
    """The end of the last year that a text speaks of, if it tells of what happened: its names are of then."""
    if _EVENT.search(reading.text) is None:
        return None
    years = [int(found[1] or f"20{found[2]}") for found in _YEAR.finditer(reading.text)]
    return date(max(years), 12, 31)


_OF_ACT: Final = lazy(r"\b(?:nr|no)\.? ?\d{1,5} (?:af|of) $")


def _date_before(reading: Reading, low: int, high: int, *, of_acts: bool = True) -> date | None:
    """The last date between two places; `of_acts` says whether the day of a numbered act is one."""
    text = reading.text
    found = [
        day_of(match) if of_acts else _last_day(match)
        for match in _DATE.finditer(text, low, high)
        if of_acts or not _OF_ACT.search(text, max(0, match.start() - 16), match.start())
    ]
    return next((day for day in reversed(found) if day), None)
