"""Formats of answers, and which of them a client wants."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

RESULTS: Final[dict[str, str]] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
"""The media types of a table or a yes or no, the preferred one first."""

GRAPHS: Final[dict[str, str]] = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
}
"""The media types of a set of triples, the preferred one first."""

_RESULT_NAMES: Final[dict[str, str]] = {
    **{media: media for media in RESULTS},
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
_GRAPH_NAMES: Final[dict[str, str]] = {
    **{media: media for media in GRAPHS},
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
    "application/json": "application/ld+json",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
}
CHARSET: Final = frozenset({"text/csv", "text/tab-separated-values", "text/turtle"})


def content_type(media: str) -> str:
    """The media type as a header says it."""
    return f"{media}; charset=utf-8" if media in CHARSET else media


@lru_cache(maxsize=1024)
def wanted(accept: str) -> tuple[str | None, str | None]:
    """The media type for a table and the one for triples; nothing where none of ours is acceptable."""
    return best(accept, _RESULT_NAMES), best(accept, _GRAPH_NAMES)


def best(accept: str, names: Mapping[str, str]) -> str | None:
    """The media type that a client wants most of those offered; the first where it does not care."""
    plain = accept.strip().lower()
    if plain in ("", "*/*"):
        return next(iter(names.values()))
    if plain in names:
        return names[plain]
    return _negotiated(accept, names)


def _negotiated(accept: str, names: Mapping[str, str]) -> str | None:
    # werkzeug is slow to import, and most clients name one type.
    from werkzeug.datastructures import MIMEAccept
    from werkzeug.http import parse_accept_header

    chosen = parse_accept_header(accept, MIMEAccept).best_match(list(names))
    return None if chosen is None else names[chosen]


@lru_cache(maxsize=256)
def gzips(accept_encoding: str) -> bool:
    """Whether a client reads gzip."""
    for part in accept_encoding.lower().split(","):
        name, _, quality = part.partition(";")
        if name.strip() in ("gzip", "*"):
            return quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False
