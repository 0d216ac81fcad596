"""Views of UN committees by document number, or by the number of the communication."""

from __future__ import annotations

import re
from typing import Final

from asylgraf.citations.anchors import Hit
from asylgraf.citations.mentions import Pointed
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading
from asylgraf.citations.records import Meaning, Status

NUMBER_WORD: Final = lazy(
    r"((?:(?:application|appl?|app|applications|klage|klagen|klagesag|sag|case|cases|sagen|ansøgning|"
    r"requête)s?\b\.? ?)?(?:nos?\b\.?|nr\b\.?|numbers?|numre|n\.) ?|"
    r"(?:application|applications|klagesag|klage) )$"
)
"""What stands before the number of an application or a communication."""

_UN_DOCUMENT: Final = lazy(
    r"(?P<b>cat|ccpr|crc|cedaw|cerd|crpd|ced|cescr|"
    r"e)/c(?:\.12)?/(?:\d+/)?(?:add\.\d+/)?d/(?P<n>\d{1,4})/(?P<y>\d{4})(?:/rev\.\d)?"
)
_COMMUNICATION: Final = lazy(
    r"(?:communications?|complaint|klage|kommunikation|views)(?:\b|nr)\.? ?(?:nos?\b\.?|nr\b\.?|"
    r"number)? ?(?P<n>\d{1,4})/(?P<y>(?:19|20)\d\d)(?!\d)"
)
_COMMITTEES: Final = {
    "cat": "cat",
    "iccpr": "ccpr",
    "crc": "crc",
    "cedaw": "cedaw",
    "cerd": "cerd",
    "crpd": "crpd",
    "icescr": "cescr",
}
_CONVENTIONS: Final = {committee: convention for convention, committee in _COMMITTEES.items()}


def un_document(reading: Reading, hit: Hit) -> int | None:
    """A view of a UN committee by its document number."""
    start, anchor = hit.start, hit.anchor
    body = anchor.word.split("/")[0]
    committee = "cescr" if body == "e" else body
    convention = _CONVENTIONS.get(committee, committee)
    reading.found.bodies[convention] = reading.found.bodies.get(convention, 0) + 1
    found = _UN_DOCUMENT.match(reading.text, start)
    if not found or (start and reading.text[start - 1].isalnum()):
        return None
    reading.found.views.add(f"{int(found['n'])}-{found['y']}")
    reading.point(
        start,
        found.end(),
        f"case/un/{committee}/{int(found['n'])}-{found['y']}",
        "document number",
        (("un", found.group().upper()),),
    )
    return found.end()


def communication(reading: Reading, hit: Hit) -> int | None:
    """A communication to a UN committee by number; which committee, the document says elsewhere."""
    start = hit.start
    found = _COMMUNICATION.match(reading.text, start)
    if not found:
        return None
    waiting = Meaning(None, Status.AMBIGUOUS, "communication number", 0.5)
    reading.add(Pointed(start, found.end(), waiting, f"communication {int(found['n'])}-{found['y']}"))
    return found.end()


_NUMBER_BEHIND_NAME: Final = lazy(r",? ?\(?(?:nos?\b\.?|nr\b\.?) ?")


def stands_behind_name(reading: Reading, start: int) -> bool:
    """Whether a case name stands in front: "A.B. v. Denmark (No. 12/2010", of a committee by its year."""
    last = reading.found.mentions[-1] if reading.found.mentions else None
    if not isinstance(last, Pointed) or not last.named:
        return False
    return _NUMBER_BEHIND_NAME.fullmatch(reading.text, last.end, start) is not None


def lists_communications(reading: Reading, start: int, after: re.Match[str]) -> bool:
    """Whether a list of communications goes on here: "Nos. 1315/2004, Singh v. Canada, and 1959/2010"."""
    last = reading.numbered
    if last is None or not last.key.startswith("communication ") or start - last.end > 80:
        return False
    return 1975 < int(after[1]) < 2100 and not reading.sentence_break(last.end, start)


def further_communication(reading: Reading, before: re.Match[str], after: re.Match[str]) -> int:
    """The next communication of a list."""
    waiting = Meaning(None, Status.AMBIGUOUS, "communication number", 0.5)
    key = f"communication {int(before[1])}-{after[1]}"
    word = NUMBER_WORD.search(reading.text, max(0, before.start() - 5), before.start())
    start = word.start() if word and reading.free(word.start()) else before.start()
    reading.add(Pointed(start, after.end(), waiting, key))
    return after.end()


def committee_case(number: str, bodies: dict[str, int], named: str | None) -> Meaning:
    """A communication number, once the whole text has said which committee it went to."""
    counts = {_COMMITTEES[body]: count for body, count in bodies.items() if body in _COMMITTEES}
    most = [committee for committee, count in counts.items() if count == max(counts.values())]
    if named is None and len(most) != 1:
        candidates = tuple(f"case/un/{committee}/{number}" for committee in most or ("cat", "ccpr", "crc"))
        return Meaning(None, Status.AMBIGUOUS, "communication number", 0.3, candidates=candidates)
    address = named or f"case/un/{most[0]}/{number}"
    return Meaning(address, Status.UNKNOWN_TARGET, "communication number, committee of the text", 0.93)
