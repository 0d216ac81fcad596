"""What a text is about: whether a section that names no act can be Danish, and whose Aliens Act is meant."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.automaton import Signs
from asylgraf.citations.patterns import lazy

_MATTER: Final = Signs((
    "udlænding", "asyl", "opholdstilladelse", "flygtning", "denmark", "danish", "danmark", "udvis",
    "aliens act", "familiesammenfør", "indrejseforbud",
))  # fmt: skip
_DENMARK: Final = lazy(
    r"\b(?:denmark|danish|danmark|dansk\w*|copenhagen|københavn|refugee appeals board)\b|"
    r"udlændinge|flygtningen"
)
_SHORT_TEXT: Final = 90
_READ: Final = 20_000
"""A text shows what it is about in its first characters."""
_COMMON: Final = {
    "da": (" og ", " af ", " at ", " efter ", " ikke ", " er "),
    "en": (" the ", " of ", " and ", " to ", " under "),
    "sv": (" och ", " att ", " enligt ", " är ", " av ", " inte "),
    "no": (" og ", " av ", " å ", " etter ", " ikke ", " er "),
    "de": (" der ", " die ", " und ", " nach ", " nicht ", " ist "),
    "nl": (" het ", " een ", " van ", " niet ", " en "),
    "fr": (" les ", " des ", " et ", " la ", " du "),
}
"""Words that tell languages apart."""
_ELSEWHERE: Final = lazy(
    r"\b(?:swedish|finnish|norwegian|dutch|austrian|german|estonian|latvian|lithuanian|swiss|belgian|bulgarian|"
    r"icelandic|slovenian|croatian|polish|irish|british|canadian|australian)"
    r" (?:migration|immigration|aliens|government|courts?|parliament|law|supreme|constitutional|authorities|"
    r"ministry|agency|council|administrative|legislation)\b|"
    r"\baliens act,? \(?(?:\d{4}:\d{1,4}|\d{1,4}/(?:19|20)\d\d)\b"
)


def language(text: str) -> str:
    """The language of a folded text, of those that cite law in similar words."""
    start = text[:_READ]
    counts = {tongue: sum(map(start.count, words)) for tongue, words in _COMMON.items()}
    best = max(counts, key=lambda tongue: counts[tongue])
    return best if counts[best] > counts["da"] else "da"


def is_danish_matter(text: str, tongue: str) -> bool:
    """Whether a text may cite Danish acts without naming them."""
    if len(text) < _SHORT_TEXT:
        return True
    if tongue not in ("da", "en") and not _DENMARK.search(text, 0, _READ):
        return False
    return _MATTER.stand_in(text)


_AMENDING: Final = Signs(("følgende ændring", "is amended as follows"))


def is_amending(text: str) -> bool:
    """Whether a text amends acts: its labels are not those of the act that it quotes."""
    return _AMENDING.stand_in(text)


def is_elsewhere(text: str) -> bool:
    """Whether a text speaks of another state's authorities and never of Denmark: its Aliens Act is theirs."""
    if text.find("udlændinge", 0, _READ) >= 0:
        return False
    elsewhere = _ELSEWHERE.search(text, 0, _READ)
    if elsewhere is None or (elsewhere.group().endswith("authorities") and "dublin" in text):
        return False  # who transfers an applicant speaks of the other state's authorities
    return _DENMARK.search(text, 0, _READ) is None
