"""Citations of a text that someone sent: read, found and written out, all inside a worker."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast, get_args
from urllib.parse import parse_qs

from asylgraf.citations import ALIENS_ACT, Citation, cite
from asylgraf.citations.annotate import outermost
from asylgraf.citations.atlas import shipped_atlas
from asylgraf.citations.documents import as_document, document_of, make_ready
from asylgraf.citations.forms import Units, written
from asylgraf.errors import AsylgrafError, BadRequest
from asylgraf.service.cases import day_of
from asylgraf.sparql.reply import Written

_SHAPE: Final = "The body has `text` or `html`, and may have `on`, `base` and `units`, each a string."

FORMS: Final[Mapping[str, str]] = {
    "application/json": "json",
    "application/x-ndjson": "lines",
    "text/html": "html",
    "text/markdown": "markdown",
    "text/csv": "csv",
    "application/ld+json": "annotations",
    "application/n-triples": "rdf",
}
"""In what forms the citations of a text are given, by media type."""


Piece = tuple[str, dict[str, object] | None]
"""Some words of a text, and what they cite if they cite something."""


def cited(media: str, body: bytes) -> Written:
    """The answer to `POST /citations`, in the form asked for."""
    return _encoded(media, _written(FORMS[media], _object(body)))


def each_cited(_: object, body: bytes) -> Written:
    """The answer for many texts, each a line of the body: for each a line, written when it is read."""
    return _encoded(
        "application/x-ndjson",
        (f"{_line(number, line)}\n" for number, line in enumerate(body.splitlines(), 1) if line.strip()),
    )


def document_cited(argument: Mapping[str, Any], body: bytes) -> Written:
    """The answer for a document sent as it is: its kind, and the form, day, act and units asked for."""
    document = document_of(body, argument["kind"])
    found = cite(document.text, base=argument["base"], on=day_of(argument["on"], "on"))
    units = _units(argument["units"])
    return _encoded(argument["media"], written(FORMS[argument["media"]], document, found, None, units))


def _line(number: int, line: bytes) -> str:
    """The citations of one of many texts, or what is wrong with it: one mistake does not spoil the rest."""
    source = None
    try:
        asked = _object(line)
        source = str(asked["id"]) if "id" in asked else None
        return "".join(_written("json", asked, source))
    except AsylgrafError as mistake:
        return json.dumps({"source": source, "line": number, "error": str(mistake)}, ensure_ascii=False)


def _encoded(media: str, pieces: Iterable[str]) -> Written:
    return Written(media, (piece.encode("utf-8", "replace") for piece in pieces))


def _written(form: str, asked: Mapping[str, Any], source: str | None = None) -> Iterable[str]:
    html = "html" in asked
    text, on, base = asked["html" if html else "text"], asked.get("on"), asked.get("base", ALIENS_ACT)
    if not isinstance(text, str) or not isinstance(on, str | None) or not isinstance(base, str):
        raise BadRequest(_SHAPE, where="body")
    units = _units(asked.get("units", "code-points"))
    document = as_document(text, html=html)
    return written(form, document, cite(document.text, base=base, on=day_of(on, "on")), source, units)


def _units(asked: object) -> Units:
    for units in get_args(Units):
        if asked == units:
            return cast("Units", units)
    raise BadRequest(f"Places are counted in {', '.join(get_args(Units))}.", where="units")


def _object(body: bytes) -> dict[str, Any]:
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
    text = fields.get("text", [""])[0]
    document = as_document(text, html=text.lstrip().startswith("<"))
    found = cite(document.text)
    return {
        "written": text,
        "pieces": _trimmed(pieces_of(document.text, found)),
        "found": [citation.to_json() for citation in found],
    }


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """The pieces without the blank lines that a page has before its first words."""
    words, citation = pieces[0] if pieces else ("", None)
    return [(words.lstrip(), citation), *pieces[1:]]


def pieces_of(text: str, citations: Iterable[Citation]) -> list[Piece]:
    """A text cut where its links begin and end."""
    pieces: list[Piece] = []
    done = 0
    for citation in outermost(citations):
        pieces.append((text[done : citation.start], None))
        pieces.append((citation.surface, citation.to_json()))
        done = citation.end
    return [piece for piece in (*pieces, (text[done:], None)) if piece[0]]


def prepare(_: object = None) -> None:
    """Learn the names in the graph, and to read documents, before the first text comes."""
    shipped_atlas()
    make_ready()
