"""POST /citations, GET /resolve, and the page where a text is pasted and read with its links."""

from __future__ import annotations

import json
from urllib.parse import quote

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from asylgraf.citations import Citation, UnknownCitation, cite, resolve
from asylgraf.citations.documents import Document, as_document
from asylgraf.citations.outputs import to_json_lines
from asylgraf.errors import BadParameter, BadRequest, RequestTooLarge, UnknownThing
from asylgraf.namespaces import BASE
from asylgraf.service.cases import day_of
from asylgraf.web.negotiation import wants_page
from asylgraf.web.site import site_of

router = APIRouter()

LARGEST = 10 << 20
"""Bytes of the largest text."""
_LONGEST_CITATION = 200
_UNKEPT = {"cache-control": "no-store"}


def citations_of(text: str, *, html: bool, base: str, on: str | None) -> tuple[Document, list[Citation]]:
    """A text as a document, with its citations: what a worker runs."""
    document = as_document(text, html=html)
    return document, cite(document.text, base=base, on=day_of(on, "on"))


@router.post("/citations")
async def citations(request: Request) -> Response:
    """The citations of a text or page; as NDJSON, one a line, for many."""
    asked = await _asked(request)
    html = "html" in asked
    text, on, base = (
        asked.get("html" if html else "text"),
        asked.get("on"),
        asked.get("base", "dk/aliens-act"),
    )
    if not isinstance(text, str) or not isinstance(on, str | None) or not isinstance(base, str):
        raise BadRequest(
            "The body has `text` or `html`, and may have `on` and `base`, each a string.", where="body"
        )
    _, found = await run_in_threadpool(citations_of, text, html=html, base=base, on=on)
    if "ndjson" in request.headers.get("accept", ""):
        lines = "".join(f"{line}\n" for line in to_json_lines(found))
        return Response(lines, media_type="application/x-ndjson", headers=_UNKEPT)
    return JSONResponse({"citations": [citation.to_json() for citation in found]}, headers=_UNKEPT)


async def _asked(request: Request) -> dict[str, object]:
    body = await _body(request)
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON.", where="body") from None
    if not isinstance(asked, dict) or not {"text", "html"} & asked.keys():
        raise BadRequest(
            'The body is an object with `text` or `html`: {"text": "§ 7, stk. 1"}.', where="body"
        )
    return asked


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise RequestTooLarge(f"A text to cite from is at most {LARGEST} bytes.", where="body")
    return bytes(body)


@router.get("/resolve")
def resolved(q: str, on: str | None = None) -> Response:
    """To the page of what a citation means; a list where it means several things or none surely."""
    if len(q) > _LONGEST_CITATION:
        raise BadParameter(f"A citation is at most {_LONGEST_CITATION} characters.", where="q")
    found = resolve(q, on=day_of(on, "on"))
    if isinstance(found, UnknownCitation):
        raise UnknownThing(f"“{q}” is no citation that can be read.", where="q")
    if len(found) == 1 and found[0].iri is not None and not found[0].meaning.members:
        return RedirectResponse("/" + quote(found[0].iri.removeprefix(BASE)), 303)
    return JSONResponse({"q": q, "citations": [citation.to_json() for citation in found]}, status_code=300)


@router.get("/cite")
def page(request: Request) -> Response:
    """The page to paste a text into."""
    site = site_of(request)
    return site.page("citations.html", site.view(request), written="", pieces=[], found=[])


@router.post("/cite")
async def linked(request: Request) -> Response:
    """The pasted text with its links; shown as text, so that nothing in it runs."""
    from urllib.parse import parse_qs

    fields = parse_qs((await _body(request)).decode("utf-8", "replace"), max_num_fields=10)
    written = fields.get("text", [""])[0]
    document, found = await run_in_threadpool(
        citations_of, written, html=written.lstrip().startswith("<"), base="dk/aliens-act", on=None
    )
    if not wants_page(request):
        return JSONResponse({"citations": [citation.to_json() for citation in found]}, headers=_UNKEPT)
    site = site_of(request)
    answer = site.page(
        "citations.html",
        site.view(request),
        written=written,
        pieces=pieces_of(document.text, found),
        found=found,
    )
    answer.headers.update(_UNKEPT)
    return answer


def pieces_of(text: str, citations: list[Citation]) -> list[tuple[str, Citation | None]]:
    """A text cut where its links begin and end."""
    from asylgraf.citations.annotate import outermost

    pieces: list[tuple[str, Citation | None]] = []
    done = 0
    for citation in outermost(citations):
        pieces.append((text[done : citation.start], None))
        pieces.append((citation.surface, citation))
        done = citation.end
    return [piece for piece in (*pieces, (text[done:], None)) if piece[0]]
