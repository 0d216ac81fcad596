"""Full text inside SPARQL: labels, definitions, summaries and notes, in Danish and English, ranked.

    PREFIX text: <https://w3id.org/asylgraf/function/>
    SELECT ?thing ?score {
        ?thing skos:prefLabel ?label
        BIND(text:score(?label, "opholdstilladelse") AS ?score) FILTER(?score > 0)
    } ORDER BY DESC(?score)

`text:matches(?literal, "words")` is true when every word is there; `text:score` says how well, and is 0 when
one is not. Words are found by their stem; æ, ø and å also as ae, oe, aa and as a, o, a; compounds by their
parts.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Any, Final, Protocol

import pyoxigraph as ox
import snowballstemmer

from asylgraf.sparql.evaluate import FUNCTION

_WORD: Final = re.compile(r"\w+")
_FULL: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae"})
_SHORT: Final = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ö": "o", "ä": "a"})
_STEMMERS: Final[tuple[Any, ...]] = (snowballstemmer.stemmer("danish"), snowballstemmer.stemmer("english"))
_PART, _JOINTS = 4, ("", "s", "e")
"""The shortest part of a compound, and what may stand between two."""

Function = Callable[..., ox.Literal | None]


class Words(Protocol):
    """Texts that are indexed elsewhere."""

    def fit(self, text: str, words: str) -> float:
        """How well a text fits the words; 0 if one of them is not in it."""


class FullText:
    """An index of every text in a language that a store holds; `own` knows a researcher's own texts."""

    def __init__(self, store: ox.Store, own: Words | None = None) -> None:
        self._own = own
        found = {
            quad.object.value
            for quad in store.quads_for_pattern(None, None, None, None)
            if isinstance(quad.object, ox.Literal) and quad.object.language
        }
        self._texts = {text: number for number, text in enumerate(sorted(found))}
        self._found: dict[str, dict[int, float]] = {}
        self._index = sqlite3.connect(":memory:", check_same_thread=False)
        self._index.execute("PRAGMA temp_store=MEMORY")
        self._index.execute("CREATE VIRTUAL TABLE texts USING fts5(words, content='', tokenize='ascii')")
        known = vocabulary(self._texts)
        rows = ((number, " ".join(indexed(text, known))) for text, number in self._texts.items())
        self._index.executemany("INSERT INTO texts(rowid, words) VALUES (?, ?)", rows)

    @cached_property
    def functions(self) -> dict[ox.NamedNode, Function]:
        """What a query may call."""
        return {
            ox.NamedNode(FUNCTION + "matches"): self._matches,
            ox.NamedNode(FUNCTION + "score"): self._score,
        }

    def search(self, words: str) -> dict[int, float]:
        """The texts in which every word stands, and how well each fits."""
        if words not in self._found:
            asked = every(words)
            query = "SELECT rowid, -bm25(texts) FROM texts WHERE texts MATCH ?"
            self._found[words] = dict(self._index.execute(query, (asked,))) if asked else {}
        return self._found[words]

    def _fit(self, text: ox.Literal, words: ox.Literal) -> float | None:
        number = self._texts.get(text.value)
        if number is not None:
            return self.search(words.value).get(number, 0.0)
        return None if self._own is None else self._own.fit(text.value, words.value)

    def _score(self, text: ox.Literal, words: ox.Literal) -> ox.Literal | None:
        fit = self._fit(text, words)
        return None if fit is None else ox.Literal(float(fit))

    def _matches(self, text: ox.Literal, words: ox.Literal) -> ox.Literal | None:
        fit = self._fit(text, words)
        return None if fit is None else ox.Literal(fit > 0)


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts that can be a part of another, and their Danish stems."""
    words = {word for text in texts for word in _WORD.findall(text.lower())}
    parts = {word for word in words if len(word) >= _PART and not word.isdigit()}
    return frozenset(parts | {stem for word in parts if len(stem := _stem(word)) >= _PART})


def indexed(text: str, known: Container[str]) -> Iterator[str]:
    """What a text is found by: its words, and the known parts of them."""
    for word in _WORD.findall(text.lower()):
        yield from _forms(word)
        for part in _parts(word, known):
            yield from _forms(part)


def every(words: str) -> str:
    """What to ask an index for texts with every one of these words."""
    return " AND ".join(_either(_forms(word)) for word in _WORD.findall(words.lower()))


def _parts(word: str, known: Container[str]) -> set[str]:
    parts = set()
    for place in range(_PART, len(word) - _PART + 1):
        head, tail = word[:place], word[place:]
        heads = [head.removesuffix(joint) for joint in _JOINTS if head.endswith(joint)]
        first = next((h for h in heads if h in known), None)
        if first and (tail in known or _stem(tail) in known):
            parts |= {first, tail}
    return parts


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The Danish stem, which compounds end in like any other word: torturrisikoen, risiko."""
    stem: str = _STEMMERS[0].stemWord(word)
    return stem


@lru_cache(maxsize=50_000)
def _forms(word: str) -> tuple[str, ...]:
    """The stems of a word in both languages, in letters everyone can type."""
    stems = {stemmer.stemWord(word) for stemmer in _STEMMERS}
    return tuple(sorted({_plain(stem.translate(table)) for stem in stems for table in (_FULL, _SHORT)}))


def _plain(word: str) -> str:
    spread = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in spread if letter.isascii() and letter.isalnum()) or "_"


def _either(forms: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{form}"' for form in forms) + ")"
