"""GET /own?iri=…: what a researcher's own graphs say of a thing, for people and programs alike."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.web.negotiation import FORMATS, HTML, JSON, media_of
from asylgraf.web.own import is_own, name_of, said_of, triples_of
from asylgraf.web.routes.sparql import endpoint_of
from asylgraf.web.site import site_of

router = APIRouter()

_MARKED = {"vary": "accept, accept-language", "asylgraf-source": "own"}
"""None of this is Asylgraf's."""


@router.get("/own", operation_id="own")
async def own(request: Request, iri: str) -> Response:
    """What graphs from `asylgraf load` say of one IRI: a page, Turtle, JSON-LD, N-Triples or JSON."""
    site, endpoint = site_of(request), endpoint_of(request)
    media, view = media_of(request, tuple(FORMATS.values())), site.view(request)
    rows = await said_of(request, endpoint, view, iri)
    if media == JSON:
        return JSONResponse({"iri": iri, "own": True, "says": rows}, headers=_MARKED)
    if media != HTML:
        triples = await triples_of(request, endpoint, view, iri, media)
        return Response(triples, media_type=media, headers=_MARKED)
    offered = [name for name in FORMATS if name != "html"]
    named = name_of(rows, view.language)
    page = site.page("own.html", view, iri=iri, named=named, rows=rows, is_own=is_own, offered=offered)
    page.headers["asylgraf-source"] = "own"
    return page
