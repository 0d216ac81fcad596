"""All words of a list found in one pass over a text, leftmost first and longest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from importlib import import_module
from types import ModuleType
from typing import Final

rust: ModuleType | None
try:
    rust = import_module("ahocorasick_rs")
except ImportError:  # no wheel for this machine: slower, and the same
    rust = None

Place = tuple[int, int, int]
"""Index of a word, start and end."""

_MUCH: Final = 1 << 20
"""Letters; who has read so many will read more."""
_SHORT: Final = 4096
"""Letters; in so many, words are looked for one by one."""
_FEW: Final = 2
"""Words; so few are looked for one by one in any text."""


class Automaton:
    """Finds words in texts whose letters are all among the first 256, so that a byte is a letter."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._read = 0

    def find(self, text: str) -> Sequence[Place]:
        """Every place of a word; none overlaps another."""
        self._read += len(text)
        return self._quick(text) if self._read >= _MUCH else self._small(text)

    @cached_property
    def _small(self) -> Callable[[str], Sequence[Place]]:
        """Made at once."""
        return by_pattern(self.words) if rust is None else by_automaton(rust, self.words)

    @cached_property
    def _quick(self) -> Callable[[str], Sequence[Place]]:
        """Twice as quick, made in the time of half a megabyte."""
        return self._small if rust is None else by_automaton(rust, self.words, dense=True)


class Signs:
    """Words any of which tells something about a whole text."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._automaton = Automaton(words)

    def stand_in(self, text: str) -> bool:
        """Whether a text has one of them."""
        if len(text) < _SHORT or len(self.words) <= _FEW:
            return any(map(text.__contains__, self.words))
        return any(map(text[:_SHORT].__contains__, self.words)) or bool(self._automaton.find(text))

    def places_in(self, text: str) -> list[int]:
        """Where they begin."""
        return [start for _, start, _ in self._automaton.find(text)]


def by_automaton(
    library: ModuleType, words: Sequence[str], *, dense: bool = False
) -> Callable[[str], Sequence[Place]]:
    """Words found by the Aho-Corasick automaton of a library; a dense one has a table for every state."""
    how = library.Implementation.DFA if dense else library.Implementation.ContiguousNFA
    encoded = [word.encode("latin-1") for word in words]
    built = library.BytesAhoCorasick(encoded, matchkind=library.MatchKind.LeftmostLongest, implementation=how)
    return lambda text: built.find_matches_as_indexes(text.encode("latin-1"))


def by_pattern(words: Sequence[str]) -> Callable[[str], Sequence[Place]]:
    """Words found by one pattern, shaped as a tree of their beginnings."""
    pattern, index = re.compile(_tree(words)), {word: n for n, word in enumerate(words)}
    return lambda text: [(index[found.group()], *found.span()) for found in pattern.finditer(text)]


def _tree(words: Iterable[str]) -> str:
    """A pattern of words in which no two branches begin alike."""
    branches: dict[str, list[str]] = {}
    for word in words:
        branches.setdefault(word[:1], []).append(word[1:])
    ends = branches.pop("", None) is not None
    forked = "|".join(re.escape(first) + _tree(rest) for first, rest in branches.items())
    if not forked:
        return ""
    return f"(?:{forked}){'?' if ends else ''}" if ends or len(branches) > 1 else forked
