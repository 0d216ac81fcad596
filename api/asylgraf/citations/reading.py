"""A text under the reader's eye: its folded form, what was found so far, and small looks around."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from asylgraf.citations.atlas import Atlas
from asylgraf.citations.fold import Folded
from asylgraf.citations.mentions import Found, Mention, Pointed
from asylgraf.citations.records import Meaning, Status

_INSTITUTION: Final = re.compile(
    r"(?:(?:europa-parlamentets og rådets|rådets|kommissionens|council|commission|"
    r"european parliament and council|parliament and council|"
    r"european parliament and of the council|delegated|implementing|framework|gennemførelses|"
    r"delegerede|eu's|eu|recast|the|den|det) )+$"
)
_DETERMINER: Final = re.compile(
    r"(?:^|[^\w])((?:the|this|that|den|det|de|denne|dette|said|same|samme|nævnte|pågældende|latter|"
    r"such|omhandlede|its|their|(?:19|20)\d\d) )+$"
)
_TIME: Final = (
    "gældende", "daværende", "udgave", "version", "ordlyd", "affattelse", "formulering", "som den var",
    " then ", "former ", "in force", "as it read", "(før", "(inden", "(prior", "(before", "as of", "as at",
)  # fmt: skip
_ENDS: Final = re.compile(r"\n|[.!?;:]['\"»”)\]]* ")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:stk|nr|art|pkt|jf|jfr|cf|no|nos|lit|m\.v|mv|dvs|bl\.a|f\.eks|ff|f|e\.g|i\.e|v|vs|para|"
    r"paras|sec|mr|mrs|dr|kap|hhv|ca|inkl|lovbekg|u|udl|p|s|m\.fl|smh|sml|pct|"
    r"januar|februar|kl|evt|bek|lbk|arts|app|appl|eds?|al|sect|st)|\b\d{1,2}|\b[a-z])$"
)


class Reading:
    """One pass over one text."""

    def __init__(self, folded: Folded, atlas: Atlas) -> None:
        self.folded = folded
        self.text = folded.text
        self.atlas = atlas
        self.found = Found()
        self.done = 0
        """Where the last mention ended."""

    @cached_property
    def speaks_of_time(self) -> bool:
        """Whether the text has any word by which law is dated."""
        return any(word in self.text for word in _TIME)

    def add(self, mention: Mention) -> None:
        """Keep a mention; those that start before the last one ended are dropped."""
        self.found.mentions.append(mention)
        self.done = max(self.done, mention.end)

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
        found = _INSTITUTION.search(self.text, max(0, start - 70), start)
        return found.start() if found else start

    def reach(self, start: int) -> int:
        """Where words that belong to an instrument without being cited begin: "the", "samme", "Rådets"."""
        found = _DETERMINER.search(self.text, max(0, start - 24), start)
        return self.before_institution(found.start(1) if found else start)

    def line_start(self, start: int) -> bool:
        """Whether a place is the first of a line, quotes and list marks aside."""
        place = self.folded.at(start) if start < len(self.text) else 0
        before = self.folded.original[max(0, place - 6) : place].rstrip(" \t»\"“”'„•*-")
        return not before or before[-1] in "\n\r\u2029"

    def capital(self, start: int) -> bool:
        """Whether the original has a capital here."""
        return start < len(self.text) and self.folded.written(start, start + 1)[:1].isupper()

    def sentence_break(self, start: int, end: int) -> bool:
        """Whether a sentence ends between two places."""
        for found in _ENDS.finditer(self.text, start, end):
            if found.group() == "\n":
                return True
            if found.group()[0] in "!?":
                return True
            if found.group()[0] in ".;" and self._ends_sentence(found):
                return True
        return False

    def _ends_sentence(self, found: re.Match[str]) -> bool:
        if found.group()[0] == ";":
            return False
        if _ABBREVIATED.search(self.text, max(0, found.start() - 12), found.start()):
            return False
        return found.end() >= len(self.text) or self.capital(found.end()) or self.text[found.end()] in '"»“(§'
