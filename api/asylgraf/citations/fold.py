"""A text made easy to read by machine, without losing the way back to where each character stood.

Folding lowers case, makes one kind of space, dash and apostrophe, joins words broken over lines,
drops invisible characters and tags, and leaves one space between words and one line feed between paragraphs.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Final

from asylgraf.citations.automaton import Automaton
from asylgraf.citations.patterns import lazy

_SPACES: Final = "\t\r\x0b\x0c\x85\u00a0\u202f\u205f\u3000\u2028\u2029" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_APOSTROPHES: Final = "\u2018\u2019\u02bc\u00b4`\u2032"
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"
_HIDDEN: Final = "\u00ad"
_MARKS: Final = {
    "\u030a": {"a\u030a": "å", "A\u030a": "Å"},
    "\u0308": {
        "u\u0308": "ü",
        "U\u0308": "Ü",
        "o\u0308": "ö",
        "O\u0308": "Ö",
        "a\u0308": "ä",
        "A\u0308": "Ä",
    },
    "\u0300": {"e\u0300": "è"},
}
_ACCENTS: Final = "".join(map(chr, range(0x300, 0x370)))
_ODD: Final = ((_SPACES, " "), (_DASHES, "-"), (_APOSTROPHES, "'"), (_INVISIBLE + _ACCENTS, _HIDDEN))
_GAP: Final = lazy(r"[ \n]{2,}")
_TAG: Final = lazy(r"</?(br|p|div|li|ul|ol|td|th|tr|table|h[1-6]|[a-z][a-z0-9]*)\b[^<>]{0,300}>")
_BLOCKS: Final = frozenset(
    ("br", "p", "div", "li", "ul", "ol", "td", "th", "tr", "table", *(f"h{n}" for n in range(1, 7)))
)
_BREAK: Final = lazy(r"(?<=[^\W\d_])- ?\n ?(?=[^\W\d_])")

_PARTED: Final = lazy(
    r"- (?=[a-zæøå]{3})(?!(?:og|eller|samt|til|men|som|and|nor|the|for|med|der|art|artikel|article|section|"
    r"stk|paragraf)\b)"
)
"""A hyphen that ended a line of which only a space is left: "udlændinge- lovens"."""

_ENTITIES: Final = {
    "nbsp": " ", "#160": " ", "sect": "§", "#167": "§", "ndash": "-", "#8211": "-", "mdash": "-", "shy": "",
    "aelig": "æ", "oslash": "ø", "aring": "å", "quot": '"', "raquo": "»", "laquo": "«", "rsquo": "'",
    "amp": "&",
}  # fmt: skip
_ENTITY: Final = lazy(rf"&({'|'.join(_ENTITIES)});")
_STARS: Final = lazy(r"(?<=\S)\*{1,3}|\*{1,3}(?=[^\s*])")
"""Marks of emphasis in Markdown, and stars that point to a note."""

_MONTHS: Final = (
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|january|"
    r"february|march|may|june|july|october)\b"
)
_UNFINISHED: Final = lazy(
    r"(?:(?<!chapter)(?<!part)(?<!title)(?<!section)(?<!annex)"
    r"[ \n](?:of|the|in|and|or|to|af|og|i|eller|den|det|de|efter|with|by|under|jf\.|cf\.|european|"
    r"european court|no\.|nos\.|nr\.|stk\.|art\.|article|articles|artikel|section|sections|§|§§)|"
    r"(?P<day>[ \n]\d{1,2}\.?)|"
    rf"(?P<month>[ \n]\d{{1,2}}\.? {_MONTHS})|"
    r"(?P<name>(?:qualification|procedures?|conditions|return|dublin(?: i{2,3})?|aliens|integration|refugee|"
    r"geneva|reunification|protection|status))|"
    r"(?P<kind>(?:communication|application|act|order|lov|lovbekendtgørelse|bekendtgørelse|forordning|direktiv|"
    r"regulation|directive|convention)))$"
)
"""The last words of a phrase that cannot end there."""
_CLOSING: Final = frozenset("!?:;,)]\"'»«")
_UNENDING: Final = frozenset(("no", "os", "nr", "tk", "rt", "jf", "cf"))
"""The last letters of the abbreviations among them."""
_GOES_ON: Final = lazy(r"(?![a-z0-9]{1,3}[.)] |[-•*·])")
"""What is no item of a list."""
_BEHIND: Final = {
    "day": lazy(_MONTHS),
    "month": lazy(r"(?:19|20)\d\d\b"),
    "name": lazy(r"(?:directive|regulation|convention|act|protocol)s?\b"),
    "kind": lazy(r"(?:no|nr)\.? ?\d|\(e[ucf]\)"),
}

_SUSPECTS: Final = Automaton(("- ", "-\n", "  ", "\n\n", " \n", "\n ", "&", "*", "<", _HIDDEN))
"""What everything that must go begins with; a gap may begin right behind a hyphen too."""
_AT_HYPHENS: Final = frozenset((0, 1))
Drop = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, the text it was made from, and where they differ in length."""

    text: str
    original: str
    kept: str
    """The folded text in its own letters, character for character: capitals and single line feeds stand."""
    _cuts: list[int] = field(default_factory=list)
    """Positions of the folded text before which characters were dropped."""
    _lost: list[int] = field(default_factory=list)
    """How many characters were dropped before each cut, all earlier ones included."""

    def at(self, position: int) -> int:
        """Where the character at a position of the folded text stands in the original."""
        if not self._cuts:
            return position
        cut = bisect_right(self._cuts, position)
        return position + self._lost[cut - 1] if cut else position

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of a stretch of the folded text."""
        cuts = self._cuts
        if not cuts:
            return start, end
        cut = bisect_right(cuts, start)
        lost = self._lost[cut - 1] if cut else 0
        within = cut == len(cuts) or cuts[cut] >= end
        return start + lost, end + lost if within else self.at(end - 1) + 1

    def written(self, start: int, end: int) -> str:
        """A stretch of the folded text as the original writes it."""
        first, last = self.span(start, end)
        return self.original[first:last]


def fold(text: str) -> Folded:
    """The text in one case and one spelling of spaces, dashes and quotes."""
    plain = _one_to_one(_composed(text))
    drops = list(_drops(plain))
    if not drops:
        return Folded(plain.replace("\n", " "), text, text)
    return _cut(plain, text, drops)


def fold_name(name: str) -> str:
    """A name in the spelling in which folded texts hold it."""
    return fold(name).text.strip()


def _composed(text: str) -> str:
    """Letters written as letter and ring or dots, as one letter and a hidden character."""
    for mark, pairs in _MARKS.items():
        if mark in text:
            for pair, letter in pairs.items():
                text = text.replace(pair, letter + _HIDDEN)
    return text


def _one_to_one(text: str) -> str:
    """Each character as one of the first 256: small letters, one dash, one quote, one space."""
    return text.encode("latin-1", _FOREIGN).translate(_SMALL).decode("latin-1")


def _plain_foreign(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters beyond the first 256, one for one."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain_letter, error.object[error.start : error.end])), error.end


@lru_cache(4096)
def _plain_letter(letter: str) -> str:
    for odds, plain in _ODD:
        if letter in odds:
            return plain
    base = unicodedata.normalize("NFKD", letter)[:1].lower()
    return (
        base
        if base < "\u0100" and len(base) == 1 and base not in "<>"
        else ("ÿ" if letter.isalnum() else "\x1a")
    )


def _small_letters() -> bytes:
    plain = {" ": _SPACES, "-": _DASHES, "'": _APOSTROPHES}
    table = [
        small if (small := chr(code).lower()) < "\u0100" and len(small) == 1 else chr(code)
        for code in range(256)
    ]
    for letter, odds in plain.items():
        for odd in odds:
            if odd < "\u0100":
                table[ord(odd)] = letter
    return "".join(table).encode("latin-1")


_SMALL: Final = _small_letters()
_FOREIGN: Final = "asylgraf-plain-letter"
codecs.register_error(_FOREIGN, _plain_foreign)


def _drops(text: str) -> Iterator[Drop]:
    """What must go: start, end, and the character that stands there instead, if any."""
    done = 0
    for kind, start, _ in _SUSPECTS.find(text):
        if start >= done and (drop := _drop(text, start)):
            done = drop[1]
            yield drop
        if kind in _AT_HYPHENS and start + 1 >= done and (drop := _drop(text, start + 1)):
            done = drop[1]
            yield drop


def _drop(text: str, at: int) -> Drop | None:
    """What must go from one place on."""
    match text[at : at + 1]:
        case " " | "\n":
            gap = _GAP.match(text, at)
            return (at, gap.end(), _instead(text, gap)) if gap else None
        case "-":
            broken = _BREAK.match(text, at) or (text[at - 1].isalpha() and _PARTED.match(text, at))
            return (at, broken.end(), "") if broken else None
        case "&":
            entity = _ENTITY.match(text, at)
            return (at, entity.end(), _ENTITIES[entity[1]]) if entity else None
        case "<":
            tag = _TAG.match(text, at)
            return (at, tag.end(), " " if tag[1] in _BLOCKS else "") if tag else None
        case "*":
            stars = _STARS.match(text, at)
            return (at, stars.end(), "") if stars else None
        case hidden:
            return (at, at + 1, "") if hidden == _HIDDEN else None


def _instead(text: str, gap: re.Match[str]) -> str:
    """What stands for a gap: a blank line parts paragraphs, unless a page was broken inside a phrase."""
    if gap.group().count("\n") < 2:
        return " "
    start, end = gap.span()
    last, word = text[start - 1 : start], text[start - 3 : start - 1]
    if last in _CLOSING or (last == "." and word not in _UNENDING and not word[-1:].isdigit()):
        return "\n"
    before = _UNFINISHED.search(text, max(0, start - 24), start)
    return " " if before and _GOES_ON.match(text, end) and _goes_with(text, before, end) else "\n"


def _goes_with(text: str, before: re.Match[str], end: int) -> bool:
    return before.lastgroup is None or _BEHIND[before.lastgroup].match(text, end) is not None


def _cut(plain: str, original: str, drops: list[Drop]) -> Folded:
    pieces: list[str] = []
    kept: list[str] = []
    cuts: list[int] = []
    lost: list[int] = []
    done = length = 0
    for start, end, instead in drops:
        if start < done:
            continue
        pieces.append(plain[done:start].replace("\n", " "))
        pieces.append(instead)
        kept.append(original[done:start])
        kept.append("\n" if instead and (plain[start] == "<" or "\n" in plain[start:end]) else instead)
        length += start - done + len(instead)
        cuts.append(length)
        lost.append(end - start - len(instead))
        done = end
    pieces.append(plain[done:].replace("\n", " "))
    kept.append(original[done:])
    return Folded("".join(pieces), original, "".join(kept), cuts, list(accumulate(lost)))
