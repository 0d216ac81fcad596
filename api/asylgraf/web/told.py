"""What a mistake says on a page: its sentence in the language of the page, and the name of the field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

Said = str | list[str]
TOLD: Final[Mapping[str, Mapping[str, Said]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_GAP: Final = re.compile(r"\{(\w+)\}")
_PLACE: Final = re.compile(r"[Ll]ine (\d+), column (\d+)")
_AS_JSON: Final = re.compile(r',? \{"[^}]*\}')
_BETWEEN: Final = re.compile(r"(, | or )")


def _patterns(section: str) -> list[tuple[re.Pattern[str], str, Said]]:
    """The sentences with gaps, those that say most of themselves first."""
    told = sorted(TOLD[section].items(), key=lambda pair: -len(_GAP.sub("", pair[0])))
    return [(_with_gaps(english), english, said) for english, said in told]


def _with_gaps(sentence: str) -> re.Pattern[str]:
    pieces = _GAP.split(sentence)
    written = (f"(?P<{piece}>.+)" if place % 2 else re.escape(piece) for place, piece in enumerate(pieces))
    return re.compile("".join(written), re.DOTALL)


_SENTENCES: Final = _patterns("sentences")
_HINTS: Final = [
    (re.compile(f"(?P<before>.+){p.pattern}", re.DOTALL), e, s) for p, e, s in _patterns("hints")
]


@dataclass(frozen=True)
class Telling:
    """What tells mistakes in a language.

    `fact` gives the name of a fact by its short name, and `reasons` words the axioms that a text quotes.
    """

    language: str
    fact: Callable[[str], str | None]
    reasons: Callable[[str], str]

    def sentence(self, detail: str) -> Markup:
        """What a mistake says; marked as English where there is no Danish for it."""
        told = self._sentence(detail)
        if told is None:
            return Markup('<span lang="en">{}</span>').format(detail)
        return escape(told)

    def field(self, where: str | None) -> str | None:
        """What a person calls the field or the place of a mistake, if it is one a person sees."""
        if not where:
            return None
        if where in TOLD["fields"]:
            return self._in_language(where, TOLD["fields"][where])
        if _PLACE.fullmatch(where):
            return self._placed(where).capitalize()
        return self.fact(where.removeprefix("facts."))

    def _sentence(self, detail: str) -> str | None:
        for pattern, english, said in _HINTS:
            found = pattern.fullmatch(detail)
            before = found and self._sentence(found["before"])
            if found and before:
                return before + self._filled(english, said, found.groupdict())
        for pattern, english, said in _SENTENCES:
            if found := pattern.fullmatch(detail):
                return self._filled(english, said, found.groupdict())
        return detail if self.language == "en" else None

    def _filled(self, english: str, said: Said, gaps: Mapping[str, str]) -> str:
        template = self._in_language(english, said)
        told = _GAP.sub(lambda gap: self._part(gap[1], gaps[gap[1]]), template)
        return told.replace("“", "”") if self.language == "da" else told

    def _part(self, gap: str, value: str) -> str:
        """What stands in a gap: names of facts, places and what is expected are said; all else stays."""
        if gap.endswith("facts"):
            return ", ".join(self.fact(name) or name for name in value.split(", "))
        if gap == "reasons":
            return self.reasons(value)
        if gap == "place":
            return self._placed(value)
        return self._wanted(value) if gap in ("wanted", "ends", "kind") else value

    def _wanted(self, value: str) -> str:
        plain = _AS_JSON.sub("", value)
        if plain in TOLD["parts"]:
            return self._in_language(plain, TOLD["parts"][plain])
        return "".join(map(self._word, _BETWEEN.split(plain)))

    def _word(self, word: str) -> str:
        if word == " or ":
            return " eller " if self.language == "da" else word
        for start in ("one of", "a date such as"):
            if word.startswith(start + " "):
                return self._wanted(start) + word.removeprefix(start)
        return self._in_language(word, TOLD["parts"].get(word, [word, word]))

    def _placed(self, written: str) -> str:
        words = r"Linje \1, kolonne \2" if self.language == "da" else r"Line \1, column \2"
        return _PLACE.sub(words, written)

    def _in_language(self, english: str, said: Said) -> str:
        if isinstance(said, list):
            return said[self.language == "da"]
        return said if self.language == "da" else english
