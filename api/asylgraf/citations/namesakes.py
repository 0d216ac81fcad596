"""Names that acts of other states and other conventions bear too: which one a text means."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from asylgraf.citations.anchors import Anchor, Hit
from asylgraf.citations.atlas import Atlas
from asylgraf.citations.mentions import Run, Unknown
from asylgraf.citations.numbers import MONTHS
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading

_WORD_BEFORE: Final = lazy(r"([^\W_][\w'’.-]*) $")
YEAR_AFTER: Final = lazy(r" (?:19|20)\d\d\b")
_IN_STATE: Final = lazy(r"(?:^|[.;!?] |\n)(?:in|under) (?:the )?([a-z][a-z ]{2,24}),(?: [^.;]*)?$")
_FOREIGN_NUMBER: Final = lazy(r",? \(?(?:\d{4}:\d{1,4}|\d{1,4}/(?:19|20)\d\d)\b")
_OF_WAR_BEFORE: Final = lazy(r"\b(?:first|second|third|fourth) $")
_OF_WAR_BEHIND: Final = lazy(r" (?:i|ii|iii|iv|of (?:12 august )?1949)\b")


def namesake_start(reading: Reading, hit: Hit) -> int | None:
    """Where the name of another act begins, if the one met here is not that of the graph."""
    start, end, anchor = hit.start, hit.end, hit.anchor
    if anchor.word.endswith("geneva convention"):
        counted = _OF_WAR_BEFORE.search(reading.text, max(0, start - 9), start)
        of_war = counted or _OF_WAR_BEHIND.match(reading.text, end)
        return (counted.start() if counted else start) if of_war else None
    if not anchor.addresses[0].startswith("dk/"):
        return None
    if _is_of_another_state(reading, end):
        return start
    before = _word_before(reading.text, start)
    if (before and is_foreign(reading.atlas, before)) or _is_foreign_year(reading, end, anchor, before):
        return start - len(before) - 1 if before else start
    return None


_OF_STATE: Final = lazy(rf" of (?:the )?(?!{MONTHS}\b|kingdom of denmark|denmark)[a-z]{{3}}")


def _is_of_another_state(reading: Reading, end: int) -> bool:
    """Whether the name goes on with its state: "the Penal Code of Syria"; a month begins its day."""
    of = _OF_STATE.match(reading.text, end)
    return of is not None and reading.capital(of.end() - 3) and not reading.capital(end - 1)


def _word_before(text: str, start: int) -> str:
    """The word that a space parts from a place; none if something else stands there."""
    if text[start - 1 : start] != " ":
        return ""
    word = text[max(0, start - 25) : start - 1].rpartition(" ")[2]
    if word.isalpha():
        return word
    found = _WORD_BEFORE.search(text, max(0, start - 25), start)
    return found[1] if found else ""


@lru_cache(4096)
def is_foreign(atlas: Atlas, word: str) -> bool:
    """Whether a word calls something another state's: "svenske", "Sweden's"."""
    for form in (word, word.removesuffix("e"), word.removesuffix("t"), word.removesuffix("'s")):
        state = atlas.demonyms.get(form) or atlas.states.get(form)
        if state is not None:
            return state != "denmark"
    return False


def _is_told_of_another_state(reading: Reading, start: int) -> bool:
    """Whether the sentence begins "In Sweden, …" and has not come to Denmark since."""
    said = _IN_STATE.search(reading.text, max(0, start - 160), start)
    state = reading.atlas.states.get(said[1]) if said else None
    return said is not None and state not in (None, "denmark") and "danish" not in said.group()


def _is_foreign_year(reading: Reading, end: int, anchor: Anchor, before: str) -> bool:
    """ "Immigration Act 1971" is not Danish: Danish acts are cited by number and date."""
    if not anchor.word.endswith((" act", " code")) or before == "danish":
        return False
    if anchor.word.startswith("danish"):
        return False
    start = end - len(anchor.word)
    numbered = YEAR_AFTER.match(reading.text, end) or _FOREIGN_NUMBER.match(reading.text, end)
    return bool(numbered) or _is_told_of_another_state(reading, start)


_STATE_BEHIND: Final = lazy(r",? (?:of (?:the )?|i (?:den |det )?)([^\W\d_]+(?:'s)?) (?:own )?(\w+)")
_ACTS: Final = ("lov", "loven", "lovs", "lovens", "lag", "lagen", "bekendtgørelse", "kodeks", "forfatning")


def of_another_state(reading: Reading, run: Run) -> Unknown | None:
    """The act of another state behind a provision: "kap. 5, § 1, i svenske utlänningslagen"."""
    found = _STATE_BEHIND.match(reading.text, run.end)
    if found is None or not is_foreign(reading.atlas, found[1]) or found[1] in reading.atlas.states:
        return None
    if not found[2].endswith(_ACTS) and not reading.capital(found.start(2)):
        return None
    treaty = reading.text.startswith("art", run.start)
    return Unknown(found.start(1), found.end(), reach=found.start(1), treaty=treaty, aside=True)
