"""Answers of an immutable graph, kept within a bound."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

LARGEST = 1 << 20
"""Bytes above which an answer is not worth keeping."""
_RAW = 8192
_OVERHEAD = 512


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it goes over the wire; in tuples of bytes, which the collector need not look through."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: bytes


class Cache:
    """The answers asked for most lately, found by their meaning, and by the very bytes of a request."""

    def __init__(self, limit: int) -> None:
        self.hits = 0
        self.misses = 0
        self.used = 0
        self.pages = 0
        """How often everything was forgotten."""
        self._limit = limit
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._aliases: OrderedDict[Hashable, Hashable] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        """The answer with that meaning."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def known(self, raw: Hashable) -> Kept | None:
        """The answer to a request with those very bytes."""
        key = self._aliases.get(raw)
        return None if key is None else self.get(key)

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep an answer; those longest unused go."""
        if len(kept.body) > min(LARGEST, self._limit) or key in self._kept:
            return
        self._kept[key] = kept
        self.used += len(kept.body) + _OVERHEAD
        while self.used > self._limit:
            _, gone = self._kept.popitem(last=False)
            self.used -= len(gone.body) + _OVERHEAD

    def alias(self, raw: tuple[bytes, ...], key: Hashable) -> None:
        """Remember what a request's bytes mean."""
        if sum(map(len, raw)) <= _RAW:
            self._aliases[raw] = key
            while len(self._aliases) > 4096:
                self._aliases.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._aliases.clear()
        self.used = 0
        self.pages += 1
