"""Communications to UN committees by bare number, where the text speaks of one committee."""

from __future__ import annotations

import re
from typing import Final

from asylgraf.citations.mentions import Found, Named, Pointed
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading
from asylgraf.citations.records import Meaning, Status

UN_CONVENTIONS: Final = frozenset(("cat", "iccpr", "crc", "cedaw", "cerd", "crpd", "icescr"))
_FILE_BEFORE: Final = lazy(r"(?:\(|\bsag(?:en|erne)?,? (?:nr\.? )?|\bcases?,? (?:no\.? )?|\bog |\band |, )$")
_EARLIEST: Final = 1977
"""The year of the first communication."""


_WAYS_THERE: Final = {
    "crc-op3": "crc",
    "cedaw-op": "cedaw",
    "iccpr-op1": "iccpr",
    "crpd-op": "crpd",
    "icescr-op": "icescr",
}
"""The protocols by which communications reach a committee, and the convention that it reads."""


def hear(found: Found) -> Found:
    """A text that names no body, but a protocol on communications, is read as of the committee meant."""
    if not found.bodies:
        for mention in found.mentions:
            if isinstance(mention, Named) and (convention := _WAYS_THERE.get(mention.addresses[0])):
                found.bodies[convention] = found.bodies.get(convention, 0) + 1
    return found


def bare_communication(reading: Reading, before: re.Match[str], after: re.Match[str]) -> int | None:
    """ "FN's Menneskerettighedskomité … (2360/2014)": a communication, if its committee alone was named."""
    bodies = reading.found.bodies.keys() & UN_CONVENTIONS
    number, year = int(before[1]), int(after[1])
    if len(bodies) != 1 or year < _EARLIEST or number in (year, year - 1):
        return None
    if not _FILE_BEFORE.search(reading.text, max(0, before.start() - 14), before.start()):
        return None
    if reading.text.startswith("/", after.end()) or len(before[1]) < 2:
        return None
    waiting = Meaning(None, Status.AMBIGUOUS, "communication number", 0.5)
    reading.add(Pointed(before.start(), after.end(), waiting, f"communication {number}-{year}"))
    return after.end()
