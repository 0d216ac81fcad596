"""HTML in, HTML with links out: every byte that is not a citation stays as it was."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final, NamedTuple

from asylgraf.citations.annotate import Address, opening, outermost, same
from asylgraf.citations.patterns import lazy
from asylgraf.citations.records import Citation

_MARKUP: Final = lazy(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*(?:>|\Z)|</?[a-zA-Z](?:[^>\"']|"
    r"\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))*(?:>|\Z)",
    re.DOTALL,
)
_TAG_NAME: Final = lazy(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED: Final = frozenset(
    (
        "a",
        "script",
        "style",
        "textarea",
        "title",
        "button",
        "select",
        "option",
        "code",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "head",
    )
)
_RAW: Final = frozenset(("script", "style", "textarea", "title"))
"""Elements whose content is no text of the page."""
_BLOCKS: Final = frozenset(
    (
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "td",
        "th",
        "tr",
        "table",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "dd",
        "dt",
        "hr",
        "pre",
    )
)
_ENTITY: Final = lazy(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


class Piece(NamedTuple):
    """Words of a text and the stretch of page they were read from."""

    words: str
    start: int
    end: int
    closed: bool
    """Whether no link may be set here."""

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Where some of the words stand in the page; those of a character reference all at its own."""
        if self.end - self.start == len(self.words):
            return self.start + first, self.start + last
        return (self.start, self.end) if first == 0 else (self.end, self.end)


class HtmlText:
    """The words of an HTML page, with the way back to their bytes."""

    def __init__(self, page: str) -> None:
        self.page = page
        self._pieces = list(_pieces(page))
        self._starts = list(accumulate((len(piece.words) for piece in self._pieces), initial=0))
        """Where each piece begins in the text."""
        self.text = "".join(piece.words for piece in self._pieces)

    def linked(self, citations: Iterable[Citation], address: Address = same) -> str:
        """The page with links around its citations; every other byte as it was."""
        pieces: list[str] = []
        done = 0
        for citation in outermost(citations):
            for start, end in self._runs(citation):
                pieces.append(self.page[done:start])
                pieces.append(f"{opening(citation, address)}{self.page[start:end]}</a>")
                done = end
        pieces.append(self.page[done:])
        return "".join(pieces)

    def _runs(self, citation: Citation) -> list[tuple[int, int]]:
        """The unbroken stretches of page under a citation: a link crosses no tag and goes into no other."""
        runs: list[tuple[int, int]] = []
        at = bisect_right(self._starts, citation.start) - 1
        while at < len(self._pieces) and self._starts[at] < citation.end:
            piece, begins = self._pieces[at], self._starts[at]
            if piece.closed:
                return []
            start, end = piece.place(
                max(0, citation.start - begins), min(len(piece.words), citation.end - begins)
            )
            if runs and runs[-1][1] == start:
                runs[-1] = (runs[-1][0], end)
            elif start < end:
                runs.append((start, end))
            at += 1
        return [run for run in runs if self.page[slice(*run)].strip()]


def _pieces(page: str) -> Iterator[Piece]:
    """What a reader of the page sees, piece by piece."""
    done, shut, raw = 0, [0], ""
    for found in _MARKUP.finditer(page):
        name = _TAG_NAME.match(found.group())
        tag = name[1].lower() if name else ""
        if raw and not (tag == raw and found.group().startswith("</")):
            continue
        if not raw:
            yield from _words(page, done, found.start(), closed=shut[0] > 0)
        done = found.end()
        raw = _step(tag, found.group(), shut)
        if tag in _BLOCKS:
            yield Piece("\n", done, done, closed=False)
    if not raw:
        yield from _words(page, done, len(page), closed=shut[0] > 0)


def _step(tag: str, markup: str, shut: list[int]) -> str:
    """Count into and out of elements that take no links; the name of one whose content is raw."""
    if tag not in _CLOSED or markup.endswith("/>"):
        return ""
    if markup.startswith("</"):
        shut[0] = max(0, shut[0] - 1)
        return ""
    shut[0] += 1
    return tag if tag in _RAW else ""


def _words(page: str, start: int, end: int, *, closed: bool) -> Iterator[Piece]:
    """A stretch of page without tags: its words, and its character references read."""
    done = start
    for entity in _ENTITY.finditer(page, start, end):
        if done < entity.start():
            yield Piece(page[done : entity.start()], done, entity.start(), closed)
        yield Piece(html.unescape(entity.group()) or " ", entity.start(), entity.end(), closed)
        done = entity.end()
    if done < end:
        yield Piece(page[done:end], done, end, closed)
