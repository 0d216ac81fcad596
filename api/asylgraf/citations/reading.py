"""A text under the reader's eye: its folded form, what was found so far, and small looks around."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property, lru_cache
from typing import Final

from asylgraf.citations.atlas import Atlas
from asylgraf.citations.automaton import Signs
from asylgraf.citations.fold import Folded
from asylgraf.citations.mentions import Found, Mention, Pointed
from asylgraf.citations.patterns import lazy
from asylgraf.citations.records import Meaning, Status

_INSTITUTION: Final = lazy(
    r"(?:(?:europa-parlamentets og rådets|rådets|kommissionens|council|commission|"
    r"european parliament and council|parliament and council|"
    r"european parliament and of the council|delegated|implementing|framework|gennemførelses|"
    r"delegerede|eu's|eu|recast|the|den|det|fn's|fns|de forenede nationers|un|united nations) |fn-|eu-)+$"
)
_INSTITUTION_ENDS: Final = frozenset(
    words[-3:]
    for words in (
        "rådets ", "kommissionens ", "council ", "commission ", "delegated ", "implementing ", "framework ",
        "gennemførelses ", "delegerede ", "eu's ", "eu ", "recast ", "the ", "den ", "det ", "fn's ", "fns ",
        "nationers ", "un ", "nations ", "fn-", "eu-",
    )
)  # fmt: skip
"""The last letters of all that the pattern reads: most places are told by them to have no such words."""
_DETERMINERS: Final = frozenset(
    (
        "the", "this", "that", "den", "det", "de", "denne", "dette", "said", "same", "samme", "nævnte",
        "pågældende", "latter", "such", "omhandlede", "its", "their",
    )
)  # fmt: skip
_DETERMINER: Final = lazy(rf"(?:^|[^\w])((?:{'|'.join(sorted(_DETERMINERS))}|(?:19|20)\d\d) )+$")
_TIME: Final = Signs((
    "gældende", "daværende", "udgave", "version", "ordlyd", "affattelse", "formulering", "som den var",
    " then ", "former ", "in force", "as it read", "(før", "(inden", "(prior", "(before", "as of", "as at",
))  # fmt: skip
_THEN: Final = Signs((
    "gældende", "værende", "then", "former", "in force at",
))  # fmt: skip
_ENDS: Final = lazy(
    r"[!?]['\"»”)\]]* |(?<! \d)(?<! \d\d)(?<! jf)(?<! nr)(?<! stk)\.['\"»”)\]]* "
    r"(?=[^\W\d_]|[\"»“(§\x1a]|$)"
)
"""What may end a sentence; a full stop before a number, in an ordinal or a common short word does not."""
_SHORT_WORDS: Final = frozenset(
    (
        "stk", "nr", "art", "pkt", "jf", "jfr", "cf", "no", "nos", "lit", "mv", "dvs", "ff", "vs", "para",
        "paras", "sec", "mr", "mrs", "dr", "kap", "hhv", "ca", "inkl", "lovbekg", "udl", "smh", "sml",
        "pct", "januar", "februar", "kl", "evt", "bek", "lbk", "arts", "app", "appl", "ed", "eds", "al",
        "sect", "st",
    )
)  # fmt: skip
_ABBREVIATED: Final = lazy(
    rf"(?:\b(?:{'|'.join(sorted(_SHORT_WORDS))}|m\.v|bl\.a|f\.eks|e\.g|i\.e|m\.fl)|\b\d{{1,2}}|\b[a-z])$"
)


_WIDEST_WORD: Final = 12
"""Characters before a full stop that tell whether it only ends an abbreviation."""
_ORDINAL: Final = 2
"""Digits; a full stop behind so few makes an ordinal."""
_OPENING: Final = " \t»\"“”'„•*-"
_BLOCK: Final = lazy(r"</?(?:br|p|div|li|ul|ol|td|th|tr|table|h[1-6]|blockquote|section|article)\b")


ARTICLES_DO: Final = r"outlines|examines|discusses|analyses|analyzes|explores|turns to|reviews|looks at"
"""What a section of an article does, and one of an act does not."""
_OWN_SECTIONS: Final = lazy(
    r"\b(?:in|see) sections? \d(?:\.\d)*,? (?:below|above|infra)|"
    rf"\bsections? \d (?:{ARTICLES_DO})\b"
)


_COUNTED_SECTION: Final = lazy(r"(?<![\w.(])(\d{1,3} ?[a-z]?)\. (?:\(1\) )?(?=[a-z])")


_STATUTE_SAYS: Final = ("following is a consolidation", "following is laid down", "hereby laid down")


class Reading:
    """One pass over one text."""

    def __init__(self, folded: Folded, atlas: Atlas) -> None:
        self.folded = folded
        self.text = folded.text
        self.kept = folded.kept
        self.atlas = atlas
        self.found = Found()
        self.numbered: Pointed | None = None
        """The last judgment or paper that was pointed at by number."""
        self.numbered_acts: dict[tuple[str, str], str] = {}
        """The acts cited with their year so far, by kind and number."""
        self.neutral: dict[str, Pointed] = {}
        """Judgments by the neutral citation that the text itself gave them."""
        self.codes: dict[str, tuple[str, ...]] = {}
        """Abbreviations that the text itself gave to instruments, and what these are."""
        self.bills: dict[str, str] = {}
        """The session of each bill so far, by its number."""
        self.sessions: set[str] | None = None
        """The sessions of parliament that the text speaks of, once they were asked for."""
        self.in_subsection = False
        """Whether a subsection named itself before: the text is a statute."""
        self.done = 0
        """Where the last mention ended."""
        self._counts: dict[str, int] = {}

    def count(self, words: str) -> int:
        """How often the text has some words; counted once."""
        if words not in self._counts:
            self._counts[words] = self.text.count(words)
        return self._counts[words]

    @cached_property
    def _counted_sections(self) -> list[re.Match[str]]:
        is_statute = any(map(self.text.__contains__, _STATUTE_SAYS))
        return list(_COUNTED_SECTION.finditer(self.text)) if is_statute else []

    @cached_property
    def _counted_places(self) -> list[int]:
        return [found.start() for found in self._counted_sections]

    def counted_section(self, place: int) -> str | None:
        """The section of a translated act in which a place stands: "2. (1) Aliens may … (2) …"."""
        n = bisect_left(self._counted_places, place)
        return self._counted_sections[n - 1][1].replace(" ", "") if n else None

    @cached_property
    def counts_its_sections(self) -> bool:
        """Whether the text is an article that speaks of its own sections."""
        return _OWN_SECTIONS.search(self.text) is not None

    @cached_property
    def speaks_of_time(self) -> bool:
        """Whether the text has any word by which law is dated."""
        return _TIME.stand_in(self.text)

    @cached_property
    def _thens(self) -> list[int]:
        return _THEN.places_in(self.text)

    def says_then(self, start: int, end: int) -> bool:
        """Whether a word that may call law former begins between two places."""
        places = self._thens
        n = bisect_left(places, start)
        return n < len(places) and places[n] < end

    def add(self, mention: Mention) -> None:
        """Keep a mention; those that start before the last one ended are dropped."""
        self.found.mentions.append(mention)
        if isinstance(mention, Pointed) and not mention.named:
            self.numbered = mention
        if mention.end > self.done:  # noqa: PLR1730 - max() would be a call for each mention
            self.done = mention.end

    def point(  # noqa: PLR0913, PLR0917 - a record of an identifier, spelled out
        self,
        start: int,
        end: int,
        address: str,
        rule: str,
        identifiers: tuple[tuple[str, str], ...],
        candidates: tuple[str, ...] = (),
    ) -> None:
        """Keep something that carries its own meaning."""
        known = (
            address in self.atlas.nodes or address in self.atlas.known.dated or address in self.atlas.named
        )
        status = Status.AMBIGUOUS if candidates else Status.RESOLVED if known else Status.UNKNOWN_TARGET
        confidence = 0.6 if candidates else 0.99
        self.add(
            Pointed(
                start,
                end,
                Meaning(address, status, rule, confidence, (), identifiers, candidates=candidates),
                address,
            )
        )

    def free(self, start: int) -> bool:
        """Whether a mention may begin here."""
        return start >= self.done

    def before_institution(self, start: int) -> int:
        """Where "the Council's", "Rådets" and the like in front of an act begin."""
        if self.text[start - 3 : start] not in _INSTITUTION_ENDS:
            return start
        found = _INSTITUTION.search(self.text, max(0, start - 70), start)
        return found.start() if found else start

    def reach(self, start: int) -> int:
        """Where words that belong to an instrument without being cited begin: "the", "samme", "Rådets"."""
        if self.text[start - 1 : start] != " ":
            return self.before_institution(start)
        word = self.text[max(0, start - 24) : start - 1].rpartition(" ")[2]
        if word.isalpha() and word not in _DETERMINERS:
            return self.before_institution(start)
        found = _DETERMINER.search(self.text, max(0, start - 24), start)
        return self.before_institution(found.start(1) if found else start)

    def inside_line(self, start: int) -> bool:
        """Whether a word or a comma and a blank stand right before a place: so most provisions stand."""
        before = self.kept[start - 2 : start]
        return before[1:] == " " and (before[0].isalnum() or before[0] == ",")

    def line_start(self, start: int) -> bool:
        """Whether a place is the first of a line, quotes and list marks aside."""
        return not self.inside_line(start) and self.opens_line(start)

    def opens_line(self, start: int) -> bool:
        """Whether only quotes and list marks part a place that is not inside a line from its beginning."""
        place = self.folded.at(start) if start < len(self.text) else 0
        if self.folded.original[place - 1 : place] == "\n":
            return True
        before = self.folded.original[max(0, place - 6) : place].rstrip(_OPENING)
        if before[-1:] == ">":
            return self._begins_block(place)
        return not before or before[-1] in "\n\r\u2029"

    def _begins_block(self, place: int) -> bool:
        """Whether the tags in front of a place begin a line or stand where one begins."""
        before = self.folded.original[max(0, place - 200) : place].rstrip(_OPENING)
        while before.endswith(">") and (tag := before.rfind("<")) >= 0:
            if _BLOCK.match(before, tag):
                return True
            before = before[:tag].rstrip(_OPENING)
        return not before or before[-1] in "\n\r\u2029"

    def capital(self, start: int) -> bool:
        """Whether the original has a capital here."""
        return self.kept[start : start + 1].isupper()

    def sentence_break(self, start: int, end: int) -> bool:
        """Whether a sentence ends between two places."""
        if start >= end:
            return False
        if end - start < _WIDEST_WORD:
            gap = slice(start, end + 1)
            if (told := _gap_breaks(self.text[gap], self.kept[gap], end - start)) is not None:
                return told
        return _breaks(self.text, self.kept, start, end)


@lru_cache(4096)
def _gap_breaks(text: str, kept: str, end: int) -> bool | None:
    """Whether a sentence ends in a short stretch of text; None where the words before it decide that."""
    stop = text.find(".")
    return (
        None if 0 <= stop < text.find(" ") or (stop >= 0 and " " not in text) else _breaks(text, kept, 0, end)
    )


def _breaks(text: str, kept: str, start: int, end: int) -> bool:
    if text.find("\n", start, end) >= 0:
        return True
    for found in _ENDS.finditer(text, start, end + 1):
        if found.end() <= end and (text[found.start()] != "." or _ends_sentence(text, kept, found)):
            return True
    return False


def _ends_sentence(text: str, kept: str, found: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not behind an abbreviation, nor before a small letter."""
    place, end = found.span()
    if not (end >= len(text) or kept[end].isupper() or text[end] in '"»“(§'):
        return False
    before = max(0, place - _WIDEST_WORD)
    chunk = text[before:place]
    word = chunk[chunk.rfind(" ") + 1 :]
    if word.isdecimal() and len(word) < len(chunk):
        return len(word) > _ORDINAL
    if word.isalpha() and word.isascii() and len(word) < len(chunk):
        return len(word) > 1 and word not in _SHORT_WORDS
    return not _ABBREVIATED.search(text, before, place)
