"""Judgments of Danish courts by file and by their place in the weekly law reports; whose a file is."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.anchors import Hit
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading

_WEEKLY: Final = lazy(
    r"(?:u|ufr) ?\.? ?(?P<y>(?:19|20)\d\d) ?[., ] ?(?P<p>\d{1,4})(?:/(?P<n>\d))?(?: ?\.? ?(?P<c>h|ø|v|s|sh|"
    r"ø\.l\.d|h\.d)\b|(?<=\d)(?![\w/-]|[.,]\d))"
)
_BS_FILE: Final = lazy(r"bs-(?P<n>\d{1,6})/(?P<y>\d{4})(?:-(?P<c>[a-zæø]{3}))?")
_COURTS: Final = {
    "hjr": "hojesteret",
    "olr": "ostre-landsret",
    "ølr": "ostre-landsret",
    "vlr": "vestre-landsret",
    None: "domstol",
}


def weekly(reading: Reading, hit: Hit) -> int | None:
    """A judgment in the Danish weekly law reports: "U.2010.1234H"; year and page tell it, no court."""
    start = hit.start
    found = _WEEKLY.match(reading.text, start)
    if not found:
        return None
    place = f"{found['y']}.{int(found['p'])}" + (f"/{found['n']}" if found["n"] else "")
    court = found["c"].replace(".", "")[:1].upper() if found["c"] else ""
    address = f"case/dk/ufr/{place.replace('.', '-').replace('/', '-')}"
    reading.point(start, found.end(), address, "law report", (("ufr", f"U {place} {court}".rstrip()),))
    return found.end()


def court_file(reading: Reading, hit: Hit) -> int | None:
    """A file of a Danish court: "BS-21388/2018-HJR"."""
    start = hit.start
    found = _BS_FILE.match(reading.text, start)
    if not found:
        return None
    court = _COURTS.get(found["c"], "domstol")
    reading.point(
        start,
        found.end(),
        f"case/dk/{court}/BS-{found['n']}-{found['y']}",
        "file number",
        (("case", found.group().upper()),),
    )
    return found.end()


_SUPREME_BEFORE: Final = lazy(r"\bh\.? ?[dk]\. \d{1,2}\. [a-z]{3,9} (?:19|20)\d\d,? i $")
_DELIVERED: Final = lazy(r"\s*judgment (?:delivered on |of )?\d{1,2} [a-z]{3,9} (?:19|20)\d\d\b")


def is_of_supreme_court(reading: Reading, start: int, end: int) -> bool:
    """Whether a file is the Supreme Court's: it is named, or "H.D. 6. marts 2009 i sag …" is its heading."""
    if reading.count("højesteret") or reading.count("supreme court"):
        return True
    if _SUPREME_BEFORE.search(reading.text, max(0, start - 40), start):
        return True
    return _DELIVERED.match(reading.text, end) is not None and reading.count("danish") > 0


_SHORT_TEXT: Final = 200
_OF_STRASBOURG: Final = (
    " v. ", " v ", " mod ", " vs", "ecthr", "human rights", "menneskeret", "emd", "echr", "emrk",
    "strasbourg", "applicant", "klager",
)  # fmt: skip


def may_be_of_strasbourg(reading: Reading) -> bool:
    """Whether a bare "41738/10" may be an application: a longer text has to speak of cases or of rights."""
    return len(reading.text) < _SHORT_TEXT or any(map(reading.count, _OF_STRASBOURG))
