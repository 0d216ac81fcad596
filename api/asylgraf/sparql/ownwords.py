"""The words of a researcher's own texts: an index on disk beside their graphs, written as they are loaded.

A text has the number that its hash gives it, so that none of the texts is kept twice or held in memory.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import Final

from asylgraf.sparql.fulltext import every, indexed, vocabulary

_FILE: Final = "words.db"
_MADE: Final = """
    CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(words, content='', tokenize='ascii');
    CREATE TABLE IF NOT EXISTS seen(number INTEGER PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS vocabulary(word TEXT PRIMARY KEY) WITHOUT ROWID;
"""


def add(folder: Path, texts: Callable[[], Iterable[str]]) -> None:
    """Index texts, which are gone through twice: once for the words that compounds may be made of."""
    with closing(sqlite3.connect(folder / _FILE)) as index, index:
        index.executescript(_MADE)
        new = ((word,) for word in vocabulary(texts()))
        index.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", new)
        known = frozenset(word for (word,) in index.execute("SELECT word FROM vocabulary"))
        for text in texts():
            number = _number(text)
            if index.execute("INSERT OR IGNORE INTO seen VALUES (?)", (number,)).rowcount:
                told = number, " ".join(indexed(text, known))
                index.execute("INSERT INTO texts(rowid, words) VALUES (?, ?)", told)


def words_of(folder: Path) -> OwnWords | None:
    """The index of a folder; nothing if its graphs were loaded before there was one."""
    return OwnWords(folder / _FILE) if (folder / _FILE).is_file() else None


class OwnWords:
    """An index on disk, opened by who asks it first: a connection does not survive a fork."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found: dict[str, dict[int, float]] = {}

    @cached_property
    def _index(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)

    def fit(self, text: str, words: str) -> float:
        """How well a text fits the words; 0 if one of them is not in it."""
        if words not in self._found:
            asked = every(words)
            query = "SELECT rowid, -bm25(texts) FROM texts WHERE texts MATCH ?"
            self._found[words] = dict(self._index.execute(query, (asked,))) if asked else {}
        return self._found[words].get(_number(text), 0.0)


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1
