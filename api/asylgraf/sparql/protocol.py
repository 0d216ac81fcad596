"""The SPARQL 1.1 Protocol for queries: what a request asks, or which rule it breaks."""

from __future__ import annotations

import re
from binascii import a2b_qp
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple
from urllib.parse import unquote_to_bytes

from asylgraf.errors import (
    BadDate,
    BadParameter,
    BadRequest,
    NoSuchFormat,
    RequestTooLarge,
    WriteRefused,
    WrongMediaType,
    WrongMethod,
)
from asylgraf.sparql.formats import GRAPHS, RESULTS, gzips, wanted

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"

Task = Literal["query", "lint", "description", "graph"]
Fields = dict[str, list[str]]

_MOST_FIELDS = 10_000
_REMEMBERED = 16 << 10
"""Bytes of a body above which it is not remembered how its query was asked."""
_STRAY = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_PLAIN = bytes(range(ord("!"), ord("~") + 1))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Request(NamedTuple):
    """A request as HTTP brings it."""

    method: str
    query_string: bytes = b""
    content_type: str = ""
    content_encoding: str = ""
    accept: str = ""
    accept_encoding: str = ""
    body: bytes = b""
    address: str = ""


class Manner(NamedTuple):
    """How a query is asked: its data set, its two days, and the formats its answer may have."""

    default: tuple[str, ...]
    named: tuple[str, ...]
    on: date | None
    known: date | None
    version: str | None
    select: str | None
    graph: str | None
    gzip: bool = False
    task: Task = "query"
    about: str = ""


class Asked(NamedTuple):
    """A query, and how it is asked."""

    query: str
    manner: Manner


def asked(request: Request) -> Asked:
    """What the request asks; one without a query asks for the description of the service."""
    refuse_other_methods(request, METHODS)
    fields = read_fields(request)
    if "update" in fields:
        raise WriteRefused("This graph is read-only; updates are refused by design.")
    queries = fields.get("query", [])
    if not queries and request.method != "POST":
        return wish("", fields, request, task="description", about=request.address)
    if len(queries) != 1:
        raise BadParameter(f"A request has exactly one query; this one has {len(queries) or 'none'}.")
    return wish(queries[0], fields, request, task="lint" if one(fields, "lint") == "json" else "query")


def refuse_other_methods(request: Request, allowed: tuple[str, ...]) -> None:
    """Refuse a method that the address does not know."""
    if request.method not in allowed:
        raise WrongMethod(f"{request.method} is not allowed here; this address knows {', '.join(allowed)}.")


def wish(query: str, fields: Fields, request: Request, *, task: Task = "query", about: str = "") -> Asked:
    """A query with the data set, the days and the formats that the request names."""
    graphs = tuple(fields.get("default-graph-uri", ())), tuple(fields.get("named-graph-uri", ()))
    clock = one(fields, "on"), one(fields, "known"), one(fields, "version")
    make = _manner if len(request.body) <= _REMEMBERED else _manner.__wrapped__
    return Asked(query, make(graphs, clock, (request.accept, request.accept_encoding), task, about))


@lru_cache(maxsize=256)
def _manner(
    graphs: tuple[tuple[str, ...], tuple[str, ...]],
    clock: tuple[str | None, str | None, str | None],
    accepted: tuple[str, str],
    task: Task,
    about: str,
) -> Manner:
    select, graph = wanted(accepted[0])
    if graph is None and (task in ("description", "graph") or (task == "query" and select is None)):
        offered = (*RESULTS, *GRAPHS) if task == "query" else GRAPHS
        raise NoSuchFormat(f"The answer can be given as {', '.join(offered)}.")
    on, known, version = clock
    days = day(on, "on"), day(known, "known")
    return Manner(*graphs, *days, version, select, graph, gzips(accepted[1]), task, about)


def read_fields(request: Request) -> Fields:
    """The fields of the address, and of the body of a form."""
    fields = _parsed(request.query_string, "query string")
    if request.method == "POST":
        for name, values in _body_fields(request).items():
            fields.setdefault(name, []).extend(values)
    return fields


def _body_fields(request: Request) -> Fields:
    media, charset = _media(request.content_type)
    if media == _UPDATE:
        raise WriteRefused("This graph is read-only; updates are refused by design.")
    if media not in (FORM, DIRECT):
        said = f"“{media}”" if media else "no Content-Type"
        raise WrongMediaType(f"A query is posted as {DIRECT} or {FORM}, not with {said}.")
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise WrongMediaType(f"A query is read as UTF-8, not as {charset}.")
    if request.content_encoding not in ("", "identity"):
        raise WrongMediaType("A query is posted without Content-Encoding.")
    if media == FORM:
        return _parsed(request.body, "body")
    try:
        return {"query": [request.body.decode("utf-8")]}
    except UnicodeDecodeError:
        raise BadRequest("The body is not UTF-8.", where="body") from None


def _media(content_type: str) -> tuple[str, str]:
    media, *parameters = (part.strip() for part in content_type.split(";"))
    charset = next(
        (p.partition("=")[2].strip('" ') for p in parameters if p.lower().startswith("charset=")), ""
    )
    return media.lower(), charset.lower()


def _parsed(data: bytes, where: str) -> Fields:
    parts = data.split(b"&")
    if len(parts) > _MOST_FIELDS:
        raise RequestTooLarge(f"The {where} has more than {_MOST_FIELDS} fields.", where=where)
    fields: Fields = {}
    try:
        for part in filter(None, parts):
            name, _, value = part.partition(b"=")
            fields.setdefault(unquoted(name), []).append(unquoted(value))
    except UnicodeDecodeError:
        raise BadRequest(f"The {where} is not percent-encoded UTF-8.", where=where) from None
    return fields


def unquoted(written: bytes) -> str:
    """A name or a value of a form, percent-decoded; a percent sign that begins no byte stands for itself."""
    written = written.replace(b"+", b"%20")
    if b"%" not in written:
        return written.decode()
    if _STRAY.search(written) or written.translate(None, _PLAIN):
        return unquote_to_bytes(written).decode()
    # Quoted-printable is the same with another sign, and is decoded in C.
    return a2b_qp(written.replace(b"=", b"=3D").replace(b"%", b"=")).decode()


def one(fields: Fields, name: str) -> str | None:
    """A field that may be given once."""
    values = fields.get(name, [])
    if len(values) > 1:
        raise BadParameter(f"“{name}” is given {len(values)} times.", where=name)
    return values[0] if values else None


def day(written: str | None, where: str) -> date | None:
    """A day written as 2015-02-20."""
    if written is None:
        return None
    try:
        if _DAY.fullmatch(written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise BadDate(f"“{written}” is no day; a day is written like 2015-02-20.", where=where)
