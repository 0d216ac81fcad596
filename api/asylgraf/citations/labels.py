"""Provisions that name themselves: the marks by which a statute's own text is known."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from asylgraf.citations.codes import foreign_code
from asylgraf.citations.mentions import Label, Named
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading

_SECTION_LABEL: Final = lazy(
    r"§{1,2} ?(\d{1,3}(?: ?[a-zæøå](?![\wæøå]))?+)(?:(?: ?-| og) ?\d{1,3}(?: ?[a-zæøå])?(?=\.))?"
    r"(\.?)(?: ?(?=\n|$)| )(?!section|stk|nr|par)"
)
_PART_LABEL: Final = lazy(r"stk\.? ?(\d{1,2}+)(?: ?(\.))?(?: ?(?=\n|$)| |(?<=\.)(?=[^\W\d_]))")
_STATUTE_LABEL: Final = {"§": _SECTION_LABEL, "stk": _PART_LABEL}
_LABELLED: Final = frozenset(("article", "artikel", "section", *_STATUTE_LABEL))
_ARTICLE_LABEL: Final = lazy(r"(?:article|artikel|section|§) ?(\d{1,3} ?[a-z]?)\b ?[.:-]?(?= |\n|$)")


def is_label(reading: Reading, start: int, word: str) -> bool:
    """Whether a provision names itself here; if so the label is kept as a mark of where the text stands."""
    if word not in _LABELLED:
        return False
    if (word == "§" and _amends(reading, start)) or (word == "stk" and _is_run_in(reading, start)):
        reading.add(Label(start, start + len(word), None))
        return True
    titled = word == "§" and reading.done == start - 1 and _ends_title(reading, start)
    if (reading.inside_line(start) and not titled) or _is_governed(reading, start):
        return False
    pattern = _STATUTE_LABEL.get(word)
    found = pattern.match(reading.text, start) if pattern else None
    if pattern and not found:
        return False
    beside = reading.done == start - 1
    opens = reading.opens_line(start) or _is_listed(reading, start)
    if beside and opens:
        opens = not _is_owned(reading, start)
    opens = opens or titled
    if not opens and ((beside and not _goes_on(reading, start)) or not _begins_here(reading.text, start)):
        return False  # "strfl. § 8." is no label either
    return _statute_label(reading, found, opens=opens) if found else opens and _heading_label(reading, start)


_RUN_IN: Final = lazy(r"(?:[a-zæøå]{2} |[.»«] \d{1,2} )$")
_SENTENCE_BEHIND: Final = lazy(r"stk\. ?\d{1,2}\. ?(?=[^\W\d_]{2})")
_NEEDS: Final = (
    "jf. ",
    "jfr. ",
    "og ",
    "eller ",
    "efter ",
    "af ",
    "til ",
    " i ",
    "ved ",
    "samt ",
    "med ",
    "lovens ",
)


def _is_run_in(reading: Reading, start: int) -> bool:
    """Whether "Stk. 2. En …" heads a subsection in a page whose lines ran together: "1. juli Stk. 2. En"."""
    if not reading.capital(start) or not reading.count("følgende ændring"):
        return False
    behind = _SENTENCE_BEHIND.match(reading.text, start)
    if behind is None or not reading.capital(behind.end()) or reading.text.endswith(_NEEDS, 0, start):
        return False
    return _RUN_IN.search(reading.text, max(0, start - 6), start) is not None


def _goes_on(reading: Reading, start: int) -> bool:
    """Whether a sentence stands behind "Stk. 2." behind a provision: "… og 3. pkt. Stk. 2. Den"."""
    behind = _SENTENCE_BEHIND.match(reading.text, start)
    return behind is not None and reading.capital(start) and reading.capital(behind.end())


_GOVERNED: Final = lazy(
    r"(?<![\w.])(?<!chapter )(?<!part )(?<!title )(?:i|efter|ved|jf\.|jfr\.|af)[\n\r ]{1,2}$", re.IGNORECASE
)


def _is_governed(reading: Reading, start: int) -> bool:
    """Whether the line in front ends in a word that needs what follows: a page broken around "§ 7"."""
    return _GOVERNED.search(reading.kept, max(0, start - 8), start) is not None


_OPENING: Final = ("»", '"', "\x1a")
"""Quotation marks as a folded text has them: what a quoted statute begins with."""


def _begins_here(text: str, start: int) -> bool:
    return text[start - 2 : start] in (". ", "; ", "» ", '" ', "\x1a ") or text[start - 1 : start] in _OPENING


_LIST_MARK: Final = lazy(r"(?:^|[\n\r])[ \t]*\d{1,2}\.[ \t\xa0]*$")


def _is_listed(reading: Reading, start: int) -> bool:
    """Whether a list's own mark stands in front and the line ends behind: "2. Stk. 2." in a printed page."""
    if reading.text[start - 2 : start] != ". " or not reading.text[start - 3 : start - 2].isdigit():
        return False
    place = reading.folded.at(start)
    if not _LIST_MARK.search(reading.folded.original, max(0, place - 12), place):
        return False
    line = reading.folded.original[place : place + 16].split("\n")
    return len(line) > 1 and _LABEL_LINE.fullmatch(line[0]) is not None


_LABEL_LINE: Final = lazy(r"(?:§ ?\d+(?: ?[a-zæøå])?|Stk\. ?\d+)\.?\s*")


def _ends_title(reading: Reading, start: int) -> bool:
    """Whether "§ 1" ends the line that an act's title began: "Lov om valg § 1", and then its text."""
    last = reading.found.mentions[-1] if reading.found.mentions else None
    label = _SECTION_LABEL.match(reading.text, start)
    if not isinstance(last, Named) or last.genitive or last.end != start - 1 or label is None:
        return False
    title = reading.text.startswith("lov om", last.start) and reading.line_start(last.start)
    return title and _alone(reading, label.end()) and label.end() < len(reading.text)


def _is_owned(reading: Reading, start: int) -> bool:
    """Whether an act in the genitive stands right before, though on another line."""
    last = reading.found.mentions[-1] if reading.found.mentions else None
    return isinstance(last, Named) and last.genitive and last.end == start - 1


_AMENDS: Final = lazy(r"§ ?\d{1,2} (?=i \w)")


def _amends(reading: Reading, start: int) -> bool:
    """ "§ 1 I udlændingeloven foretages": the section of an amending act, not section 1 of what it amends."""
    if " i " not in reading.text[start : start + 7]:
        return False
    found = _AMENDS.match(reading.text, start)
    return found is not None and reading.capital(found.end()) and not reading.capital(found.end() + 2)


def _statute_label(reading: Reading, found: re.Match[str], *, opens: bool) -> bool:
    start, end, last = found.start(), found.end(), found.end(1)
    number, stop = found.groups()
    part = reading.text[start] == "s"
    if part and not reading.capital(start):
        return False
    if (
        not opens
        and not (stop and _begins(reading, start, part=part))
        and reading.text[start - 1] not in _OPENING
    ):
        return False
    if not (stop or _alone(reading, end) or reading.capital(end) or reading.text[end : end + 1] in "(»"):
        return False
    if (start == 0 and end >= len(reading.text)) or (not stop and foreign_code(reading, last)):
        return False
    reading.in_subsection = reading.in_subsection or part
    reading.add(Label(start, last, None if part else number.replace(" ", "")))
    return True


def _begins(reading: Reading, start: int, *, part: bool) -> bool:
    """Whether a label may begin inside a line: at a sentence, or right behind another subsection."""
    return reading.sentence_break(max(0, start - 14), start) or (part and _follows(reading, start))


def _alone(reading: Reading, end: int) -> bool:
    """Whether a label that ends there has its line for itself."""
    return (
        end >= len(reading.text)
        or reading.text[end] == "\n"
        or _line_ends(reading, end)
        or _line_ends(reading, end + 1)
    )


def _follows(reading: Reading, start: int) -> bool:
    """Whether "Stk. 2." goes on in one line from the subsection before: "… efter § 9. Stk. 2. Den …"."""
    return not reading.text.endswith(("jf. ", "jfr. "), 0, start)


def _line_ends(reading: Reading, place: int) -> bool:
    """Whether the original breaks its line just before a place."""
    first, last = reading.folded.at(place - 1), reading.folded.at(min(place, len(reading.text) - 1))
    return "\n" in reading.folded.original[first:last]


_CITED_ON: Final = lazy(r" ?(?:\(\w{1,3}\) ?)+(?:of|in) the ")
"""What goes on behind "Section 11" at the end of a line that a narrow page broke: "(2) of the Aliens Act"."""
_TITLED: Final = lazy(r" ?[-\u2013\u2014] [A-ZÆØÅ][^\n\u2013\u2014]{3,80}\n")


def _heading_label(reading: Reading, start: int) -> bool:
    """ "Article 8" on a line of its own, in a text that prints the article."""
    found = _ARTICLE_LABEL.match(reading.text, start)
    if not found or (start == 0 and found.end() >= len(reading.text)):
        return False
    end = found.end()
    titled = _TITLED.match(reading.folded.original, reading.folded.at(found.end(1)))
    if not (reading.text[end : end + 1] == "\n" or _line_ends(reading, end + 1) or titled):
        return False
    if _CITED_ON.match(reading.text, end):
        return False
    section = found[1].replace(" ", "") if reading.text.startswith("section", start) else None
    reading.add(Label(start, end, section, english=section is not None))
    return True


_NEXT_MARK: Final = lazy(r"stk\.? ?\d{1,2}\.(?= |\n|$)|§ ?\d{1,3}(?: ?[a-zæøå])?\.|(?<!\w)\d{1,2}\)")


_BRACKET: Final = lazy(r"[()]")


_NUMBERED: Final = (" nr. ", " no. ", " para. ", " paras. ", " item ", " items ", " point ", " points ")
"""Words whose number may be written with the parenthesis of the list it is from: "§ 1, nr. 6)"."""


_LISTED: Final = lazy(r"\d\)(?:,|;| og| eller| and| or| to| til)* (?:- )?$")
"""What stands before a number whose parenthesis is that of the one before it: "nr. 1) og 3)"."""


def before_next_mark(reading: Reading, start: int, end: int) -> int:
    """Where a run must stop: before a statute's own "Stk. 5." or "§ 8.", and before the "3)" of a list."""
    text = reading.text
    for place in marks(text[start:end]):
        at, first = start + place, text[start + place]
        if first == "s" and text[at - 2 : at] == ". " and reading.capital(at):
            return at
        if first == "§" and reading.line_start(at):
            return at
        if (
            first.isdigit()
            and text[at - 1] in " ;"
            and not is_open(text, start, at)
            and not text.endswith(_NUMBERED, start, at)
            and not _LISTED.search(text, max(start, at - 12), at)
        ):
            return _list_mark(text, start, at)
    return end


def _list_mark(text: str, start: int, at: int) -> int:
    """Where the mark of a list that is at "4)" begins: before "4. 4)", as some pages print both."""
    number = text[at : text.index(")", at)]
    twice = at - len(number) - 2
    printed = text.endswith(f" {number}. ", start, at) and not text.endswith(_UNITS, start, twice)
    return twice if printed else at


_UNITS: Final = ("stk. ", "nr. ", "§ ")
"""Words whose number ends a sentence before the mark: "efter § 13, stk. 3. 3) Hvis"."""


@lru_cache(8192)
def marks(run: str) -> tuple[int, ...]:
    """Where in a run something stands that may be a mark of the text itself."""
    return tuple(mark.start() for mark in _NEXT_MARK.finditer(run, 1))


def is_open(text: str, start: int, at: int) -> bool:
    """Whether a parenthesis that began before is still open; marks such as "2)" close none."""
    depth = 0
    for found in _BRACKET.finditer(text, max(0, start - 200), at):
        depth = depth + 1 if found.group() == "(" else max(0, depth - 1)
    return depth > 0
