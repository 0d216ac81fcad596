"""Annotate: a text with its citations made into links, and nothing else changed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from asylgraf.citations.records import Citation

Address = Callable[[str], str]
"""From the IRI of what is cited to where a link should lead."""


def _same(iri: str) -> str:
    return iri


def outermost(citations: Iterable[Citation]) -> list[Citation]:
    """The citations to link: none inside another, none without a target."""
    kept: list[Citation] = []
    for citation in sorted(citations, key=lambda c: (c.start, -c.end)):
        if citation.meaning.linked and citation.end > citation.start and (not kept or citation.start >= kept[-1].end):
            kept.append(citation)
    return kept


def to_html(text: str, citations: Iterable[Citation], address: Address = _same) -> str:
    """Plain text as HTML with links; the text itself is escaped."""
    return _woven(text, citations, html.escape, lambda c, words: f"{_open(c, address)}{words}</a>")


def to_markdown(text: str, citations: Iterable[Citation], address: Address = _same) -> str:
    """Text with Markdown links; what is already a link, code or an address stays as it is."""
    closed = [found.span() for found in _MARKDOWN_CLOSED.finditer(text)]
    free = [c for c in citations if not _inside(c, closed)]
    return _woven(text, free, str, lambda c, words: f"[{_bracketed(words)}](<{address(c.iri or '')}>)")


def to_text(text: str, citations: Iterable[Citation], address: Address = _same) -> str:
    """Text with each target in angle brackets behind its citation."""
    return _woven(text, citations, str, lambda c, words: f"{words} <{address(c.iri or '')}>")


def strip_html(linked: str) -> str:
    """The text that `to_html` was given."""
    return html.unescape(_OUR_LINK.sub(lambda found: found[1], linked))


_MARKDOWN_CLOSED: Final = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|!?\[[^\]\n]{0,2000}\]\([^)\n]{0,2000}\)|!?\[[^\]\n]{0,2000}\]\[[^\]\n]{0,200}\]|<[^<>\s]{1,2000}>|^ {0,3}\[[^\]\n]{1,200}\]:.*$|https?://\S+",
    re.DOTALL | re.MULTILINE,
)
_OUR_LINK: Final = re.compile(r'<a class="citation" href="[^"]*" data-status="[a-z_]*" data-rule="[^"]*">(.*?)</a>', re.DOTALL)


def _inside(citation: Citation, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < citation.end and citation.start < end for start, end in spans)


def _bracketed(words: str) -> str:
    return words.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]") if "[" in words or "]" in words else words


def _open(citation: Citation, address: Address) -> str:
    href, rule = html.escape(address(citation.iri or "")), html.escape(citation.meaning.rule)
    return f'<a class="citation" href="{href}" data-status="{citation.status}" data-rule="{rule}">'


def _woven(text: str, citations: Iterable[Citation], plain: Callable[[str], str], linked: Callable[[Citation, str], str]) -> str:
    pieces: list[str] = []
    done = 0
    for citation in outermost(citations):
        pieces.append(plain(text[done : citation.start]))
        pieces.append(linked(citation, plain(text[citation.start : citation.end])))
        done = citation.end
    pieces.append(plain(text[done:]))
    return "".join(pieces)


# HTML in, HTML with links out

_MARKUP: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*(?:>|\Z)|</?[a-zA-Z](?:[^>\"']|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))*(?:>|\Z)", re.DOTALL
)
_TAG_NAME: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_CLOSED: Final = frozenset(("a", "script", "style", "textarea", "title", "button", "select", "option", "code", "noscript", "template", "svg", "math", "iframe", "head"))
_RAW: Final = frozenset(("script", "style", "textarea", "title"))
_BLOCKS: Final = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "td", "th", "tr", "table", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dd", "dt", "hr", "pre")
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


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

    def linked(self, citations: Iterable[Citation], address: Address = _same) -> str:
        """The page with links around its citations; every other byte as it was."""
        pieces: list[str] = []
        done = 0
        for citation in outermost(citations):
            if any(self.closed[citation.start : citation.end]):
                continue
            for start, end in self._runs(citation):
                pieces.append(self.page[done:start])
                pieces.append(f"{_open(citation, address)}{self.page[start:end]}</a>")
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
        yield from _words(page, done, found.start(), closed=shut[0] > 0)
        done = found.end()
        raw = _step(tag, found.group(), shut)
        if tag in _BLOCKS:
            yield done, done, "\n", False
    yield from _words(page, done, len(page), closed=shut[0] > 0 or bool(raw))


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
