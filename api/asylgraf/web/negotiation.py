"""In which format and language an answer is given: as the address asks, or else as the client prefers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from werkzeug.datastructures import LanguageAccept, MIMEAccept
from werkzeug.http import parse_accept_header

from asylgraf.errors import BadParameter, NoSuchFormat

LANGUAGES: Final = ("en", "da")
HTML: Final = "text/html"
JSON: Final = "application/json"
TURTLE: Final = "text/turtle"
JSON_LD: Final = "application/ld+json"
N_TRIPLES: Final = "application/n-triples"
FORMATS: Final[Mapping[str, str]] = {
    "html": HTML,
    "json": JSON,
    "ttl": TURTLE,
    "jsonld": JSON_LD,
    "nt": N_TRIPLES,
}
"""What `?format=` may say, best first."""


def media_of(request: Request, offered: tuple[str, ...]) -> str:
    """The format to answer in; NoSuchFormat if none of those offered will do."""
    asked = request.query_params.get("format")
    if asked is not None:
        if FORMATS.get(asked) not in offered:
            known = ", ".join(name for name, media in FORMATS.items() if media in offered)
            raise NoSuchFormat(f"There is no format “{asked[:30]}” here; there are {known}.", where="format")
        return FORMATS[asked]
    header = request.headers.get("accept") or "*/*"
    best = parse_accept_header(header, MIMEAccept).best_match(offered)
    if best is None:
        raise NoSuchFormat(f"This can be given as {', '.join(offered)}.", where="Accept")
    return str(best)


def wants_page(request: Request) -> bool:
    """Whether a mistake is best told as a page."""
    if request.query_params.get("format", "html") != "html":
        return False
    accept = parse_accept_header(request.headers.get("accept", ""), MIMEAccept)
    return bool(accept.best_match((JSON, "application/problem+json", HTML), default=JSON) == HTML)


def language_of(request: Request, asked: str | None) -> str:
    """The language of the page: the one asked for before Accept-Language before English."""
    if asked is not None:
        if asked not in LANGUAGES:
            raise BadParameter(
                f"There is no language “{asked[:20]}” here; there are da and en.", where="lang"
            )
        return asked
    header = parse_accept_header(request.headers.get("accept-language", ""), LanguageAccept)
    return str(header.best_match(LANGUAGES, default="en"))
