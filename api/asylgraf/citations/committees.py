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


_OWN_ARTICLES: Final = (
    ("article 22 of the convention", "cat"),
    ("article 14 of the convention", "cerd"),
    ("article 5 (4) of the optional protocol", "iccpr"),
    ("article 7 (3) of the optional protocol", "cedaw"),
)
"""Under which article each committee adopts what it says of a communication."""


def hear(found: Found, reading: Reading) -> Found:
    """A text that names no body is read as of the committee whose way of complaint it tells of."""
    if found.bodies:
        return found
    for mention in found.mentions:
        if isinstance(mention, Named) and (convention := _WAYS_THERE.get(mention.addresses[0])):
            found.bodies[convention] = found.bodies.get(convention, 0) + 1
    if reading.count("committee") and any(
        map(reading.count, ("communication", "the author", "the state party"))
    ):
        if reading.count("of the covenant") and not reading.count("economic, social"):
            found.bodies["iccpr"] = found.bodies.get("iccpr", 0) + 1
        for article, convention in _OWN_ARTICLES:
            if counted := reading.count(article):
                found.bodies[convention] = found.bodies.get(convention, 0) + counted
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


_LETTERS_GAP: Final = frozenset((" ", " no. ", " nr. ", ", no. ", " no ", "/"))


def by_its_letters(reading: Reading, before: re.Match[str], after: re.Match[str]) -> int | None:
    """ "CCPR 2291/2013", "CAT no. 580/2014": the letters of the convention stand for its committee."""
    last = reading.found.mentions[-1] if reading.found.mentions else None
    if not isinstance(last, Named) or not last.short or last.addresses[0] not in UN_CONVENTIONS:
        return None
    if reading.text[last.end : before.start()] not in _LETTERS_GAP or reading.text.startswith(
        "/", after.end()
    ):
        return None
    reading.found.mentions.pop()
    key = f"{int(before[1])}-{after[1]}"
    committee = "ccpr" if last.addresses[0] == "iccpr" else last.addresses[0]
    meaning = Meaning(f"case/un/{committee}/{key}", Status.UNKNOWN_TARGET, "communication number", 0.95)
    reading.add(Pointed(last.start, after.end(), meaning, f"communication {key}"))
    return after.end()
