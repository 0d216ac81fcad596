"""The words of a researcher's own texts: an index on disk beside their graphs, written as they are loaded.

A text has the number that its hash gives it, so that none of the texts is kept twice or held in memory; the
index knows which thing says it in which graph, so that nobody has to look through the graphs for it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

from asylgraf.sparql.fulltext import every, indexed, vocabulary

_FILE: Final = "words.db"
_MADE: Final = """
    CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(words, content='', tokenize='ascii');
    CREATE TABLE IF NOT EXISTS seen(number INTEGER PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS says(
        number INTEGER, graph TEXT, thing TEXT, PRIMARY KEY (number, graph, thing)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS vocabulary(word TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Said(NamedTuple):
    """A text, the thing that has it, and the graph that says so."""

    text: str
    thing: str
    graph: str


def add(folder: Path, said: Callable[[], Iterable[Said]], known: Iterable[str] = ()) -> None:
    """Index texts, which are gone through twice: once for the words that compounds may be made of.

    `known` are texts whose words compounds may be made of too.
    """
    with closing(sqlite3.connect(folder / _FILE)) as index, index:
        index.executescript(_MADE)
        new = ((word,) for word in vocabulary(chain(known, (one.text for one in said()))))
        index.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", new)
        words = frozenset(word for (word,) in index.execute("SELECT word FROM vocabulary"))
        for text, thing, graph in said():
            number = number_of(text)
            if thing:
                index.execute("INSERT OR IGNORE INTO says VALUES (?, ?, ?)", (number, graph, thing))
            if index.execute("INSERT OR IGNORE INTO seen VALUES (?)", (number,)).rowcount:
                told = number, " ".join(indexed(text, words))
                index.execute("INSERT INTO texts(rowid, words) VALUES (?, ?)", told)


def forget(folder: Path, graphs: Iterable[str]) -> None:
    """Forget what graphs say that are taken out."""
    with closing(sqlite3.connect(folder / _FILE)) as index, index:
        index.executescript(_MADE)
        index.executemany("DELETE FROM says WHERE graph = ?", ((graph,) for graph in graphs))


def best(asked: Mapping[str, Any]) -> list[tuple[int, str, str]]:
    """The `most` texts of `folder` that fit `words` best: number, thing and graph, the best first."""
    words = every(asked["words"])
    found = words_of(Path(asked["folder"]))
    return found.places(words, asked["most"]) if found and words else []


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

    def places(self, asked: str, most: int) -> list[tuple[int, str, str]]:
        """Where the texts stand that fit best."""
        query = """SELECT number, thing, says.graph FROM (
                SELECT rowid, rank FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?
            ) AS fitting JOIN says ON number = fitting.rowid ORDER BY fitting.rank, thing LIMIT ?"""
        return list(self._index.execute(query, (asked, most, most)))

    def fit(self, text: str, words: str) -> float:
        """How well a text fits the words; 0 if one of them is not in it."""
        if words not in self._found:
            asked = every(words)
            query = "SELECT rowid, -bm25(texts) FROM texts WHERE texts MATCH ?"
            self._found[words] = dict(self._index.execute(query, (asked,))) if asked else {}
        return self._found[words].get(number_of(text), 0.0)


def number_of(text: str) -> int:
    """The number of a text."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1
