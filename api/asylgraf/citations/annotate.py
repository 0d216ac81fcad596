"""Annotate: a text with its citations made into links, and nothing else changed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from asylgraf.citations.patterns import lazy
from asylgraf.citations.records import Citation

Address = Callable[[str], str]
"""From the IRI of what is cited to where a link should lead."""


def same(iri: str) -> str:
    """Link to the IRI itself."""
    return iri


def outermost(citations: Iterable[Citation]) -> list[Citation]:
    """The citations to link: none inside another, none without a target."""
    kept: list[Citation] = []
    for citation in sorted(citations, key=lambda c: (c.start, -c.end)):
        if (
            citation.meaning.linked
            and citation.end > citation.start
            and (not kept or citation.start >= kept[-1].end)
        ):
            kept.append(citation)
    return kept


def to_html(text: str, citations: Iterable[Citation], address: Address = same) -> str:
    """Plain text as HTML with links; the text itself is escaped."""
    return _woven(text, citations, html.escape, lambda c, words: f"{opening(c, address)}{words}</a>")


def to_markdown(text: str, citations: Iterable[Citation], address: Address = same) -> str:
    """Text with Markdown links; what is already a link, code or an address stays as it is."""
    closed = [found.span() for found in _MARKDOWN_CLOSED.finditer(text)]
    free = [_with_marks(text, c) for c in citations if not _inside(c, closed)]
    return _woven(text, free, str, lambda c, words: f"[{_bracketed(words)}](<{address(c.iri or '')}>)")


_MARKS: Final = lazy(r"(\*{1,3}|_{1,3}|~~)")


def _with_marks(text: str, citation: Citation) -> Citation:
    """A citation with the mark at its edge whose fellow stands inside it: "**lovens** § 7"."""
    marks = [found[1] for found in _MARKS.finditer(text, citation.start, citation.end)]
    single = next((mark for mark in marks if marks.count(mark) % 2), None)
    if single is None:
        return citation
    start, end = citation.start, citation.end
    if text.endswith(single, 0, start):
        return citation._replace(start=start - len(single), surface=single + citation.surface)
    if text.startswith(single, end):
        return citation._replace(end=end + len(single), surface=citation.surface + single)
    return citation


def to_text(text: str, citations: Iterable[Citation], address: Address = same) -> str:
    """Text with each target in angle brackets behind its citation."""
    return _woven(text, citations, str, lambda c, words: f"{words} <{address(c.iri or '')}>")


def strip_html(linked: str) -> str:
    """The text that `to_html` was given."""
    return html.unescape(_OUR_LINK.sub(lambda found: found[1], linked))


_MARKDOWN_CLOSED: Final = lazy(
    r"```.*?(?:```|\Z)|`[^`\n]*`|!?\[[^\]\n]{0,2000}\]\([^)\n]{0,2000}\)|"
    r"!?\[[^\]\n]{0,2000}\]\[[^\]\n]{0,200}\]|<[^<>\s]{1,2000}>|^ {0,3}\[[^\]\n]{1,200}\]:.*$|"
    r"https?://\S+",
    re.DOTALL | re.MULTILINE,
)
_OUR_LINK: Final = lazy(
    r'<a class="citation" href="[^"]*" data-status="[a-z_]*" data-rule="[^"]*">(.*?)</a>', re.DOTALL
)


def _inside(citation: Citation, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < citation.end and citation.start < end for start, end in spans)


def _bracketed(words: str) -> str:
    return (
        words.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        if "[" in words or "]" in words
        else words
    )


def opening(citation: Citation, address: Address) -> str:
    """The tag that opens a link to what is cited."""
    href, rule = html.escape(address(citation.iri or "")), html.escape(citation.meaning.rule)
    return f'<a class="citation" href="{href}" data-status="{citation.status}" data-rule="{rule}">'


def _woven(
    text: str,
    citations: Iterable[Citation],
    plain: Callable[[str], str],
    linked: Callable[[Citation, str], str],
) -> str:
    pieces: list[str] = []
    done = 0
    for citation in outermost(citations):
        pieces.append(plain(text[done : citation.start]))
        pieces.append(linked(citation, plain(text[citation.start : citation.end])))
        done = citation.end
    pieces.append(plain(text[done:]))
    return "".join(pieces)
