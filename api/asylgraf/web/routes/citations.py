"""POST /citations, and the page where a text is pasted and read with its links."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from asylgraf.citations import ALIENS_ACT
from asylgraf.citations.documents import KINDS
from asylgraf.errors import RequestTooLarge, WrongMediaType
from asylgraf.service.citing import FORMS
from asylgraf.sparql.work import Work
from asylgraf.web.guard import LARGEST_TEXT
from asylgraf.web.negotiation import media_of, wants_page
from asylgraf.web.routes.sparql import endpoint_of
from asylgraf.web.site import site_of

router = APIRouter()

_UNKEPT = {"cache-control": "no-store", "vary": "accept"}
_SANDBOX = {"content-security-policy": "sandbox; default-src 'none'"}
"""A page that someone sent comes back as theirs: nothing in it runs, and it is not of this site."""
_LINES = "application/x-ndjson"
_OBJECTS = ("application/json", "", "application/x-www-form-urlencoded")
"""Kinds of bodies read as JSON: also what programs say that were not told what they send."""
_TEXT = {"type": "string"}
_UNITS = {**_TEXT, "enum": ["code-points", "utf-8", "utf-16"]}
_BODY = {
    "type": "object",
    "properties": {
        "text": _TEXT,
        "html": _TEXT,
        "on": {**_TEXT, "format": "date"},
        "base": _TEXT,
        "units": _UNITS,
    },
    "anyOf": [{"required": ["text"]}, {"required": ["html"]}],
}
_SENT = {
    "application/json": {"schema": _BODY},
    _LINES: {"schema": {**_TEXT, "description": "A line for each text: such an object, with an `id`"}},
    **{kind: {"schema": {**_TEXT, "format": "binary"}} for kind in KINDS},
}
_LIMITS: dict[int | str, dict[str, Any]] = {
    413: {"description": "The text, or what is to be said of it, is too long"},
    503: {"description": "Every worker is taken; Retry-After says when to come back"},
    504: {"description": "Reading the text reached the deadline"},
    507: {"description": "Reading the text reached the memory limit"},
}


@router.post(
    "/citations",
    responses={200: {"description": "The citations", "content": {media: {} for media in FORMS}}, **_LIMITS},
    openapi_extra={"requestBody": {"content": _SENT, "required": True}},
)
async def citations(request: Request) -> Response:
    """The citations of a text, a page or a document, or the same with its links; in the form asked for.

    A body of JSON lines (`application/x-ndjson`) has many texts, each answered by a line.
    """
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    media = "application/x-ndjson" if sent == _LINES else media_of(request, tuple(FORMS))
    if sent == _LINES:
        work = await _worked(request, "each_cited")
    elif sent in KINDS:
        work = await _worked(request, "document_cited", _asked_of(request, sent, media))
    elif sent in _OBJECTS or sent.endswith("+json"):
        work = await _worked(request, "cited", media)
    else:
        kinds = ", ".join((*_OBJECTS[:1], _LINES, *KINDS))
        raise WrongMediaType(
            f"“{sent}” is no text to cite from; expected one of {kinds}.", where="content-type"
        )
    headers = _UNKEPT | (_SANDBOX if media == "text/html" else {})
    return StreamingResponse(work.chunks(), media_type=media, headers=headers)


@router.get("/citations", include_in_schema=False)
def where_to_paste(request: Request) -> Response:
    """Who comes here without a text is led to the page to paste one into."""
    return RedirectResponse(site_of(request).view(request).href("/cite"), 303)


def _asked_of(request: Request, kind: str, media: str) -> dict[str, object]:
    """What is asked of a document in the query of its address."""
    query = request.query_params
    base, units = query.get("base", ALIENS_ACT), query.get("units", "code-points")
    return {"kind": kind, "media": media, "on": query.get("on"), "base": base, "units": units}


async def _worked(request: Request, function: str, argument: object = None) -> Work:
    """What a function answers to the body, in a worker and under its limits."""
    client = request.client.host if request.client else ""
    pool = endpoint_of(request).pool
    return await pool.run(
        f"asylgraf.service.citing:{function}", argument, await _body(request), client=client
    )


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_TEXT:
            raise RequestTooLarge(f"A text to cite from is at most {LARGEST_TEXT} bytes.", where="body")
    return bytes(body)


@router.get("/cite")
def page(request: Request) -> Response:
    """The page to paste a text into."""
    site = site_of(request)
    return site.page("citations.html", site.view(request), written="", pieces=[], found=[], known=())


@router.post("/cite", responses=_LIMITS)
async def linked(request: Request) -> Response:
    """The pasted text with its links; shown as text, so that nothing in it runs."""
    work = await _worked(request, "pasted")
    answer = b"".join([chunk async for chunk in work.chunks()])
    return await run_in_threadpool(_shown, request, answer)


def _shown(request: Request, answer: bytes) -> Response:
    told = json.loads(answer)
    if not wants_page(request):
        return JSONResponse({"citations": told["found"]}, headers=_UNKEPT)
    site = site_of(request)
    view = site.view(request)
    known = set(site.things(view.known).addresses)
    shown = site.page("citations.html", view, known=known, **told)
    shown.headers.update({"cache-control": "no-store"})
    return shown
