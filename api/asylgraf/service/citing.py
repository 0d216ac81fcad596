"""Citations of a text that someone sent: read, found and written out, all inside a worker."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qs

from asylgraf.citations import ALIENS_ACT, Citation, cite
from asylgraf.citations.annotate import outermost, to_html, to_markdown
from asylgraf.citations.atlas import shipped_atlas
from asylgraf.citations.documents import Document, as_document
from asylgraf.citations.outputs import to_csv, to_json_lines, to_ntriples, to_web_annotations
from asylgraf.errors import BadRequest
from asylgraf.service.cases import day_of
from asylgraf.sparql.reply import Written

_SOURCE: Final = "urn:text"
"""What the text is called where a form needs a name for it."""
_SHAPE: Final = "The body has `text` or `html`, and may have `on` and `base`, each a string."

Form = Callable[[Document, Sequence[Citation]], Iterable[str]]


def _json(_: Document, found: Sequence[Citation]) -> Iterator[str]:
    yield '{"citations":['
    for number, line in enumerate(to_json_lines(found)):
        yield f",{line}" if number else line
    yield "]}"


def _html(document: Document, found: Sequence[Citation]) -> Iterator[str]:
    yield document.page.linked(found) if document.page else to_html(document.text, found)


def _annotations(document: Document, found: Sequence[Citation]) -> Iterator[str]:
    yield json.dumps(to_web_annotations(document.text, found, _SOURCE), ensure_ascii=False)


FORMS: Final[Mapping[str, Form]] = {
    "application/json": _json,
    "application/x-ndjson": lambda _, found: (f"{line}\n" for line in to_json_lines(found)),
    "text/html": _html,
    "text/markdown": lambda document, found: [to_markdown(document.text, found)],
    "text/csv": lambda _, found: [to_csv(found)],
    "application/ld+json": _annotations,
    "application/n-triples": lambda _, found: (f"{line}\n" for line in to_ntriples(found, _SOURCE)),
}
"""In what forms the citations of a text are given, by media type."""


def cited(media: str, body: bytes) -> Written:
    """The answer to `POST /citations`, in the form asked for."""
    asked = _asked(body)
    html = "html" in asked
    text, on, base = asked["html" if html else "text"], asked.get("on"), asked.get("base", ALIENS_ACT)
    if not isinstance(text, str) or not isinstance(on, str | None) or not isinstance(base, str):
        raise BadRequest(_SHAPE, where="body")
    document = as_document(text, html=html)
    found = cite(document.text, base=base, on=day_of(on, "on"))
    pieces = FORMS[media](document, found)
    return Written(media, (piece.encode("utf-8", "replace") for piece in pieces))


def _asked(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON.", where="body") from None
    if not isinstance(asked, dict) or not {"text", "html"} & asked.keys():
        raise BadRequest(
            'The body is an object with `text` or `html`: {"text": "§ 7, stk. 1"}.', where="body"
        )
    return asked


def pasted(_: object, body: bytes) -> dict[str, object]:
    """What the page of citations shows of a posted form: its text in pieces, some of them links."""
    fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=10)
    written = fields.get("text", [""])[0]
    document = as_document(written, html=written.lstrip().startswith("<"))
    found = cite(document.text)
    return {
        "written": written,
        "pieces": pieces_of(document.text, found),
        "found": [citation.to_json() for citation in found],
    }


def pieces_of(text: str, citations: Iterable[Citation]) -> list[tuple[str, dict[str, object] | None]]:
    """A text cut where its links begin and end."""
    pieces: list[tuple[str, dict[str, object] | None]] = []
    done = 0
    for citation in outermost(citations):
        pieces.append((text[done : citation.start], None))
        pieces.append((citation.surface, citation.to_json()))
        done = citation.end
    return [piece for piece in (*pieces, (text[done:], None)) if piece[0]]


def prepare() -> None:
    """Learn the names in the graph before the first text comes."""
    shipped_atlas()
