"""The words of a run, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from asylgraf.citations.units import LONGEST_RUN, TOKEN


class Token(NamedTuple):
    """One word of a run."""

    kind: str
    start: int
    end: int
    text: str


def tokens(text: str, language: str) -> Iterator[Token]:
    """Every word from the first unit on, as far as the text can be read as a run."""
    pattern, at = TOKEN[language], 0
    for _ in range(LONGEST_RUN):
        found = pattern.match(text, at)
        if not found or found.end() == at:
            return
        yield Token(found.lastgroup or "", at, found.end(), found.group())
        at = found.end()
