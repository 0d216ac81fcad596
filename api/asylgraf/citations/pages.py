"""HTML in, HTML with links out: every byte that is not a citation stays as it was."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final

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


class HtmlText:
    """The words of an HTML page, with the way back to their bytes."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.places: list[int] = []
        """Where each character of the text begins in the page."""
        self.ends: list[int] = []
        self.closed: list[bool] = []
        """Whether a character stands where no link may be set."""
        words: list[str] = []
        for start, end, character, closed in _characters(page):
            words.append(character)
            self.places.append(start)
            self.ends.append(end)
            self.closed.append(closed)
        self.text = "".join(words)

    def linked(self, citations: Iterable[Citation], address: Address = same) -> str:
        """The page with links around its citations; every other byte as it was."""
        pieces: list[str] = []
        done = 0
        for citation in outermost(citations):
            if any(self.closed[citation.start : citation.end]):
                continue
            for start, end in self._runs(citation):
                pieces.append(self.page[done:start])
                pieces.append(f"{opening(citation, address)}{self.page[start:end]}</a>")
                done = end
        pieces.append(self.page[done:])
        return "".join(pieces)

    def _runs(self, citation: Citation) -> list[tuple[int, int]]:
        """The unbroken stretches of page under a citation: a link never crosses a tag."""
        runs: list[tuple[int, int]] = []
        for at in range(citation.start, citation.end):
            start, end = self.places[at], self.ends[at]
            if start == end:
                continue
            if runs and runs[-1][1] == start:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        return [run for run in runs if self.page[slice(*run)].strip()]


def _characters(page: str) -> Iterable[tuple[int, int, str, bool]]:
    """Start, end, character and whether links are forbidden, for each character that a reader sees."""
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
            yield done, done, "\n", False
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


def _words(page: str, start: int, end: int, *, closed: bool) -> Iterable[tuple[int, int, str, bool]]:
    done = start
    for entity in _ENTITY.finditer(page, start, end):
        yield from ((at, at + 1, page[at], closed) for at in range(done, entity.start()))
        character = html.unescape(entity.group())
        yield entity.start(), entity.end(), character[:1] or " ", closed
        yield from ((entity.end(), entity.end(), more, closed) for more in character[1:])
        done = entity.end()
    yield from ((at, at + 1, page[at], closed) for at in range(done, end))
