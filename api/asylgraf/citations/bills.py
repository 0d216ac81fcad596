"""Bills of the Danish parliament; their numbers count anew each session, so a session or a day is needed."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from asylgraf.citations.anchors import Hit
from asylgraf.citations.mentions import Pointed
from asylgraf.citations.numbers import DATE, day_of
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading
from asylgraf.citations.records import Meaning, Status

_YEARS: Final = r"(?P<s>(?:19|20)\d\d) ?[-/] ?(?P<s2>(?:19|20)?\d\d)(?!\d)"
_OF_SESSION: Final = (
    r"(?:folketingstidende|folketingets samling|folketingssamlingen|folketingsåret|folketingsår|folketinget|"
    r"samlingen|samling|ft|parliamentary (?:year|session)|session)[.:,]?"
)
_NUMBER: Final = lazy(
    r"(?:lovforslag(?:et)?|forslag(?:et)?|bill|lsf|lff|lsv|l)(?: til lov)?(?: ?nr\.?| ?no\.?)? ?l? ?"
    r"(?P<b>\d{1,3})\b"
    r"(?: ?[ab]\b(?= ?\())?"
)
_SESSION_BEHIND: Final = lazy(
    rf"(?: ?,? ?[(\[]?(?:(?:i|in|of|fra|from|af|den|the) )*{_OF_SESSION} ?,?|"
    rf" ?,? ?(?:i|in|of|fra|from|af)(?: the)?| ?,| ?[(\[])? ?{_YEARS}(?:,? ?[12]\. samling)?\)?"
)
_DAY_BEHIND: Final = lazy(rf"(?: ?,?(?: fremsat| introduced)?(?: den| af| of| on| the)* ?|,? ?\(){DATE}")
_PRESENTED_BEFORE: Final = lazy(
    rf"\b{DATE}[^.;]{{0,80}}?\b(?:presented|introduced|tabled|submitted|proposed|fremsat|fremsatte|fremsættes)\b"
    r"[^.;\d]{0,60}$"
)
_SESSION_BEFORE: Final = lazy(rf"(?:\(?{_YEARS}[,:)]? ?(?:tillæg [a-f],? )?|(?P<y>(?:19|20)\d\d)/[12] )$")
_TOLD: Final = lazy(rf"\b{_OF_SESSION} ?{_YEARS}")
_JOURNAL: Final = lazy(r"\b(?:eut|eft|oj|official journal|tidende)\b[^;]{0,40}$|\b(?:nr|no)\.? $")
_JOURNAL_BEHIND: Final = lazy(r" ?/|,? (?:af|of|s\.|p\.|side|page|\d)|, ?\d")
_TITLE_BEHIND: Final = lazy(r":? (?:forslag|som fremsat|som vedtaget)\b")


def bill(reading: Reading, hit: Hit) -> int | None:
    """A bill that is called so: "lovforslag nr. L 87 af 10. december 2015", "LSF 59"."""
    found = _NUMBER.match(reading.text, hit.start)
    if found is None:
        return None
    if done := _dated(reading, found):
        return done
    session = _known_session(reading, found)
    if session is None:
        nothing = Meaning(None, Status.AMBIGUOUS, "bill without its session", 0.3)
        reading.add(Pointed(hit.start, found.end(), nothing, f"bill {found['b']}"))
        return found.end()
    return _keep(reading, found, session, found.end())


def bill_alone(reading: Reading, hit: Hit) -> int | None:
    """A bill by its letter and number: with its session, or where the text has told that it is one."""
    return _alone(reading, hit.start + 1)


def bill_at_start(reading: Reading) -> None:
    """The bill that a text begins with: "L 62 Forslag til lov om …"."""
    if reading.text.startswith("l "):
        _alone(reading, 0)


def _alone(reading: Reading, start: int) -> int | None:
    found = _NUMBER.match(reading.text, start)
    if found is None or not reading.capital(found.start()):
        return None
    if (behind := _SESSION_BEHIND.match(reading.text, found.end())) and behind.group()[:1] in " (,":
        return _keep(reading, found, _years(behind), behind.end())
    if _is_dated(reading, found) and (done := _dated(reading, found)):
        return done
    session = None if _JOURNAL_BEHIND.match(reading.text, found.end()) else _told_session(reading, found)
    return _keep(reading, found, session, found.end()) if session else None


def _told_session(reading: Reading, found: re.Match[str]) -> str | None:
    """The session of a letter and number: the gazette's before it, or one that the text told elsewhere."""
    start = found.start()
    gazetted = _SESSION_BEFORE.search(reading.text, max(0, start - 24), start)
    if gazetted and gazetted["s"]:
        return _years(gazetted)
    titled = reading.line_start(start) and _TITLE_BEHIND.match(reading.text, found.end())
    told = found["b"] in reading.bills and not _JOURNAL.search(reading.text, max(0, start - 50), start)
    return _known_session(reading, found) if titled or told else None


def _is_dated(reading: Reading, found: re.Match[str]) -> bool:
    """Whether a day may tell which bill a letter and number are: "L 94 af 14. januar 2016", no journal's."""
    of_day = reading.text.startswith((" af ", " of ", " fremsat "), found.end())
    journal = _JOURNAL.search(reading.text, max(0, found.start() - 50), found.start())
    return of_day and not journal and any(map(reading.count, ("lovforslag", "folketing", "bill")))


def _dated(reading: Reading, found: re.Match[str]) -> int | None:
    """A bill whose session or day stands beside it."""
    text, end = reading.text, found.end()
    if behind := _SESSION_BEHIND.match(text, end):
        return _keep(reading, found, _years(behind), behind.end())
    if (behind := _DAY_BEHIND.match(text, end)) and behind["y4"] is None and (day := day_of(behind)):
        return _keep(reading, found, _session_of(day), behind.end())
    if before := _PRESENTED_BEFORE.search(text, max(0, found.start() - 140), found.start()):
        spoken = not reading.sentence_break(before.start(), found.start())
        if spoken and before["y4"] is None and (day := day_of(before)):
            return _keep(reading, found, _session_of(day), end)
    if before := _SESSION_BEFORE.search(text, max(0, found.start() - 24), found.start()):
        return _keep(reading, found, _years(before), end)
    return None


_FIRST_MONTH: Final = 10
"""A session begins in October."""


def _session_of(day: date) -> str:
    year = day.year - (day.month < _FIRST_MONTH)
    return f"{year}-{(year + 1) % 100:02d}"


def _years(found: re.Match[str]) -> str:
    year = int(found["s"] or found["y"])
    return f"{year}-{(year + 1) % 100:02d}"


def _known_session(reading: Reading, found: re.Match[str]) -> str | None:
    """The session that the text gave with the bill before, else the only one it speaks of."""
    if held := reading.bills.get(found["b"]):
        return held
    if reading.sessions is None:
        reading.sessions = {_years_told(session) for session in _TOLD.finditer(reading.text)}
    return next(iter(reading.sessions)) if len(reading.sessions) == 1 else None


def _years_told(found: re.Match[str]) -> str:
    return f"{found['s']}-{(int(found['s']) + 1) % 100:02d}"


def _keep(reading: Reading, found: re.Match[str], session: str, end: int) -> int:
    """Keep a bill; its span ends at its number where a parenthesis about its session goes on."""
    opened = reading.text.count("(", found.start(), end) - reading.text.count(")", found.start(), end)
    end = found.end() if opened > 0 else end + opened if opened < 0 else end
    reading.bills[found["b"]] = session
    reading.point(found.start(), end, f"dk/bill/{session}/L{found['b']}", "bill", ())
    return end
