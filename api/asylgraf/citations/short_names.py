"""Judgments by the name of one party: "the Elgafaji judgment", "Paposhvili-dommen", "in Jawo"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from asylgraf.citations.anchors import Hit
from asylgraf.citations.atlas import party_key
from asylgraf.citations.cases import judgment_meaning
from asylgraf.citations.fold import fold_name
from asylgraf.citations.knowledge import Judgment
from asylgraf.citations.mentions import Pointed
from asylgraf.citations.parties import name_meaning, state_at
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading

_CASE_BEHIND: Final = lazy(
    r"(?:-? ?(?:dommen|sagen|afgørelsen|kendelsen|testen|kriterierne|praksis)s?\b| (?:judgment|case|"
    r"ruling|decision|test|criteria|standard|threshold|jurisprudence)\b| \(c-|"
    r",? ?\(?(?:both |all |nævnt |omtalt )?(?:cited above|ovenfor)\b|, the (?:grand chamber|court)\b)"
)
_JUDGMENT_BEHIND: Final = lazy(
    r"-? ?dommens?\b| judgment\b|,? \(?(?:case |sag )?c-\d|,? ?\(?(?:cited above|ovenfor)\b"
)
"""Of words around a name those that a person's own case would not have."""
_CASE_BEFORE: Final = lazy(
    r"\b(?:judgments?|case|ruling|decision|dom|dommen|sagen|sag|afgørelsen)(?: (?:in|of|i|om|"
    r"vedrørende|the case of|in the case of|i sagen|sagen))* $"
)
_CITED_BEFORE: Final = lazy(
    r"(?:^|[\s(])(?:in|i|following|since|under|after|efter|siden)(?: (?:both|både|e\.g\.|f\.eks\.))? $"
)
_PINPOINT_BEHIND: Final = lazy(
    r",? \(?(?:præmis|præmisserne|paras?\b\.?|paragraphs?|points?|§{1,2}|n\.|note|fn\.?|at) ?\[?\d"
)
_GOES_ON: Final = lazy(r"(?:,? (?:[\w'-]+|and others|m\. ?fl\.|et al\.)){0,4} (?:vs?\b|c\.|mod\b)")
"""Behind a party whose case is named in full: "Sharifi and Others v. Italy"."""
_AGAINST: Final = lazy(r" (?:v\.?|vs\.?|c\.|mod) ")
_OTHERS: Final = lazy(r" (?:and others|m\.? ?fl\.?|et al\.?|og andre)")
_LIST: Final = lazy(r"(?:,| and| og| eller| or| samt)+ ")
_UNION_COURT: Final = (
    "cjeu", "ecj", "court of justice", "ef-domstol", "eu-domstol", "luxembourg", "case c-", "cases c-",
    "sag c-", "sager c-", "eu:c:", " cj ",
)  # fmt: skip
_STRASBOURG_COURT: Final = (
    "ecthr", "ecrthr", "court of human rights", "emd", "menneskerettigheds", "strasbourg", "echr", "emrk",
    "convention", "application no", " v. ", " v ",
)  # fmt: skip


def party(reading: Reading, hit: Hit) -> int | None:
    """A judgment by one party alone, only where the words around or the court named say that it is one."""
    if not reading.capital(hit.start):
        return None
    if _GOES_ON.match(reading.text, hit.end, hit.end + 60):
        return _whole_title(reading, hit)
    judgments = reading.atlas.by_short_name(hit.anchor.word)
    if not judgments or not _is_cited(reading, hit, judgments):
        return None
    fitting = _against_named(reading, judgments)
    chosen = min(fitting, key=lambda judgment: (judgment.formation != "GC", judgment.day or ""))
    others = tuple(judgment.address for judgment in fitting if judgment is not chosen)
    meaning = judgment_meaning(chosen, "short name", 0.85, others)
    stop = _stop(reading, hit.end)
    reading.add(Pointed(hit.start, stop, meaning, chosen.address, named=True))
    return stop


def _against_named(reading: Reading, judgments: Sequence[Judgment]) -> Sequence[Judgment]:
    """Of judgments of one party those against a state that the text names, if some are, else all."""
    if len(judgments) < 2:
        return judgments
    return [judgment for judgment in judgments if _names_respondent(reading, judgment)] or judgments


def _names_respondent(reading: Reading, judgment: Judgment) -> bool:
    """Whether the text names the state against which a judgment went, by any of its names."""
    atlas = reading.atlas
    state = atlas.respondent(fold_name(judgment.title.rpartition(" v. ")[2]))
    return any(known == state and reading.count(name) for name, known in atlas.states.items())


def _stop(reading: Reading, end: int) -> int:
    """Where the name ends: "and Others" is part of it, and so is a word that a hyphen ties to it."""
    others = _OTHERS.match(reading.text, end)
    end = others.end() if others else end
    behind = _CASE_BEHIND.match(reading.text, end)
    return behind.end() if behind and behind.group().startswith("-") else end


def _is_cited(reading: Reading, hit: Hit, judgments: Sequence[Judgment]) -> bool:
    """Whether a name stands for a judgment here, and not for a person."""
    text, start = reading.text, hit.start
    others = _OTHERS.match(text, hit.end)
    end = others.end() if others else hit.end
    union = all(judgment.address.startswith("case/cjeu/") for judgment in judgments)
    court = any(map(reading.count, _UNION_COURT if union else _STRASBOURG_COURT))
    number = _number_before(reading, start)
    if number is not None:
        return any(judgment.address == number.meaning.address for judgment in judgments)
    if _JUDGMENT_BEHIND.match(text, end):
        return True
    if _CASE_BEHIND.match(text, end) or _CASE_BEFORE.search(text, max(0, start - 40), start):
        return court
    goes_on = reading.capital(end + 1) and not reading.capital(start + 1)
    if not court or text.startswith(("'s", "’s"), end) or goes_on:
        return False
    if _PINPOINT_BEHIND.match(text, end) or _CITED_BEFORE.search(text, max(0, start - 18), start):
        return True
    last = reading.found.mentions[-1] if reading.found.mentions else None
    named = isinstance(last, Pointed) and last.named
    return named and last is not None and _LIST.fullmatch(text, last.end, start) is not None


def _number_before(reading: Reading, start: int) -> Pointed | None:
    """The number of a case that stands right before a place: "C-163/17, Jawo"."""
    last = reading.found.mentions[-1] if reading.found.mentions else None
    if not isinstance(last, Pointed) or last.named or not last.key.startswith("case/"):
        return None
    return None if reading.text[last.end : start].strip(" ,(") else last


def _whole_title(reading: Reading, hit: Hit) -> int | None:
    """A judgment whose applicant, of several words or with commas, stands right before the respondent."""
    against = _AGAINST.match(reading.text, hit.end)
    word, address = hit.anchor.word, hit.anchor.addresses[0]
    several = "," in word or (" " in word and address.startswith("case/cjeu/"))
    state = state_at(reading, against.end()) if against and several else None
    if state is None:
        return None
    meaning = name_meaning(reading.atlas, party_key(hit.anchor.word), state[0])
    if meaning.address is None:
        return None
    reading.add(Pointed(hit.start, state[1], meaning, meaning.address, named=True))
    return state[1]
