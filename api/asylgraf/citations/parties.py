"""Judgments by the names of their parties."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from asylgraf.citations.anchors import Hit
from asylgraf.citations.atlas import Atlas, near_parties, party_key
from asylgraf.citations.cases import judgment_meaning
from asylgraf.citations.knowledge import Judgment
from asylgraf.citations.mentions import Pointed
from asylgraf.citations.numbers import DATE, day_of
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading
from asylgraf.citations.records import Meaning, Status

_PARTY: Final = lazy(
    r"((?:(?:(?:[A-ZÆØÅÖÜ]\.){1,4}(?:-?[A-ZÆØÅÖÜ]\.?)?|[A-ZÆØÅÖÜÉÇŠŽÁ][\w'’´\-]*|al-\w+|el-\w+|de|da|dos|di|du|la|le|van|der|von|bin|ben|abu|og|and|And|OG|AND|"
    r"m\.fl\.|M\.FL\.|et|al\.|a\.o\.|andre|others|OTHERS|&) {0,2}|[A-Z], ){1,9})$"
)
_BROKEN_NAME: Final = lazy(
    r"(?<=\w)\n(?=(?:and|og|da|de|van|der|von|m\.fl\.)\s)|(?<=\band)\n|(?<=\bog)\n|(?<=\bda)\n|(?<=\bde)\n"
)
"""A line that ends inside a party's name."""
_NOT_A_PARTY: Final = lazy(
    r"^(?:(?:[ivxl]{1,6}(?=,)|også|in|see|case|of|the|cf|jf|jfr|sagen|sag|i|dommen|dom|sagerne|judgment|and|og|case-law|"
    r"afgørelsen|e\.g|also|se|application|both|under|following|efter|"
    r"grand|chamber|european|court|decision|ruling|menneskerettighedsdomstolens|(?:emd(?:'?s)?)?-?(?:dommen|dommene|sagen|afgørelsen)|emd's|emds|emd|emrk|"
    r"præmis|af|from|as|by|compare|contrast|inter|alia|that|both|while|after)\b[.,]? *)+",
    re.IGNORECASE,
)
_STATE: Final = lazy(r"(?:the )?[^\W\d_][\w.'’-]*(?:[ -][^\W\d_][\w.'’-]*){0,12}")
_WIDEST_STATE: Final = 110
_AND: Final = lazy(r" (?:and|og|&) (?:the )?")
_JOINED: Final = lazy(r"/| v\.(?=\w)")
"""What parts the parties where the state follows without a blank: "Biao/Denemarken", "Biao v.Denmark"."""
_GRAND: Final = lazy(r" ?[\[(](?:gc|storkammer(?:et)?|grand chamber)[\])]")
_ANOTHER: Final = lazy(r" ?\(n[or]\.? ?(\d)\)")
"""What tells a later case of one applicant from the first: "Emre v. Switzerland (no. 2)"."""
_CHAMBER: Final = lazy(r" ?[\[(](?:chamber|kammer)[\])]")


def versus(reading: Reading, hit: Hit) -> int | None:
    """A judgment by the names of its parties."""
    start, end, anchor = hit.start, hit.end, hit.anchor
    original = reading.folded.original
    place = reading.folded.at(start)
    joined = _JOINED.match(anchor.word)
    free = reading.folded.at(reading.done) if reading.done and reading.done < len(reading.text) else 0
    low = max(0, place - 70, free)
    before = _BROKEN_NAME.sub(" ", original[low:place].replace("\xa0", " "))
    party = _PARTY.search(before)
    state = state_at(reading, start + joined.end() if joined else end)
    if not party or not state:
        return None
    slug, state_end = state
    another = _ANOTHER.match(reading.text, state_end)
    if another:
        slug, state_end = f"{slug} (no. {another[1]})", another.end()
    written = party[1].rstrip(" ,")
    skipped = _NOT_A_PARTY.match(written)
    name = (written[skipped.end() :] if skipped else written).lstrip("& ") or _lone_letter(
        reading.atlas, written, slug
    )
    name = _known_end(reading.atlas, name, slug)
    begins = place - (len(party[1]) - len(party[1].rstrip())) - len(name)
    if not name:
        return None
    first = _folded_place(reading, start, place - begins)
    if not reading.free(first):
        return None
    key = party_key(name)
    around = reading.text[max(0, first - _AROUND) : state_end + _AROUND]
    meaning = name_meaning(reading.atlas, key, slug, _formation(reading, state_end), around)
    reading.add(Pointed(first, state_end, meaning, meaning.address or f"name {key}", named=True))
    return state_end


def _lone_letter(atlas: Atlas, written: str, state: str) -> str:
    """A known party told by one capital letter that is also a word or a numeral: "I v. Sweden"."""
    last = written.rpartition(" ")[2]
    return last if last.isupper() and (party_key(last), state) in atlas.by_parties else ""


def _formation(reading: Reading, end: int) -> str | None:
    """The formation that a text names behind a case: the Grand Chamber, a Chamber."""
    if _GRAND.match(reading.text, end):
        return "GC"
    return "Chamber" if _CHAMBER.match(reading.text, end) else None


_SPACE: Final = lazy(r"\s+")
_WORDS_BEFORE: Final = 8


def _known_end(atlas: Atlas, name: str, state: str) -> str:
    """Of words in capitals before a state those at their end that are a known party, else all of them."""
    starts = [0, *(space.end() for space in _SPACE.finditer(name))][:_WORDS_BEFORE]
    known = (name[start:] for start in starts if (party_key(name[start:]), state) in atlas.by_parties)
    return next(known, name)


def _folded_place(reading: Reading, start: int, back: int) -> int:
    """The place in the folded text that in the original stands so many characters before another."""
    place = reading.folded.at(start) - back
    low, high = max(0, start - back), start
    while low < high:
        middle = (low + high) // 2
        if reading.folded.at(middle) < place:
            low = middle + 1
        else:
            high = middle
    return low


def state_at(reading: Reading, start: int) -> tuple[str, int] | None:
    """The state named here, or a respondent of a known judgment."""
    found = _STATE.match(reading.text, start, start + _WIDEST_STATE)
    if not found:
        return None
    words = found.group()
    states = reading.atlas.state_addresses
    while words:
        slug = reading.atlas.states.get(words) or reading.atlas.states.get(words.removeprefix("the "))
        if slug is None and words.rstrip(".") in _respondents(reading.atlas):
            slug = words = words.rstrip(".")
        if slug:
            end = start + len(words)
            more = _AND.match(reading.text, end)
            second = state_at(reading, more.end()) if more else None
            return slug, second[1] if second and second[0] in states else end
        if words[-1] in ".-'":
            words = words[:-1]
        else:
            words = words.rsplit(" ", 1)[0].rstrip(" .") if " " in words else ""
    return None


@lru_cache(4)
def _respondents(atlas: Atlas) -> frozenset[str]:
    return frozenset(respondent for _, respondent in atlas.by_parties if respondent)


def _of_the_day(judgments: list[Judgment], around: str) -> list[Judgment]:
    """Of judgments of one name the one whose day the words around it tell, else its year; else all."""
    if len(judgments) < 2:
        return judgments
    days = {day for found in _DATED.finditer(around) if (day := day_of(found))}
    told = {day.isoformat() for day in days}
    return (
        [judgment for judgment in judgments if judgment.day in told]
        or [judgment for judgment in judgments if (judgment.day or "")[:4] in {day[:4] for day in told}]
        or judgments
    )


_DATED: Final = lazy(DATE)
_AROUND: Final = 60
"""Characters in which the day of a judgment may stand."""


def name_meaning(
    atlas: Atlas, party: str, state: str, formation: str | None = None, around: str = ""
) -> Meaning:
    """What a case name stands for; near names only where one judgment against that state is meant.

    Of several judgments of one name the words around it tell which, by its day or year.
    """
    judgments = atlas.by_parties.get((party, state), [])
    if judgments:
        judgments = _of_the_day(judgments, around)
        fitting = [
            judgment for judgment in judgments if formation is None or judgment.formation in (formation, None)
        ] or judgments
        chosen = min(fitting, key=lambda judgment: (judgment.formation != "GC", judgment.day or ""))
        others = tuple(judgment.address for judgment in judgments if judgment is not chosen)
        return judgment_meaning(chosen, "case name", 0.9 if others else 0.97, others)
    against = [known for known, respondent in atlas.by_parties if respondent == state]
    near = near_parties(party, against)
    found = {judgment.address: judgment for known in near for judgment in atlas.by_parties[(known, state)]}
    if len(found) == 1:
        return judgment_meaning(next(iter(found.values())), "case name, misspelt", 0.75)
    if found:
        return Meaning(None, Status.AMBIGUOUS, "case name, misspelt", 0.3, candidates=tuple(sorted(found)))
    return Meaning(None, Status.UNKNOWN_TARGET, "case name", 0.2)
