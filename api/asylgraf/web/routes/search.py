"""GET /search: things by name, in both languages."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.errors import BadParameter
from asylgraf.service.meant import citation_meant
from asylgraf.service.search import Found, in_figures
from asylgraf.web.negotiation import HTML, JSON, media_of
from asylgraf.web.own import search_own
from asylgraf.web.routes.sparql import endpoint_of
from asylgraf.web.site import Site, site_of
from asylgraf.web.view import View

router = APIRouter()


@router.get("/search")
async def search(request: Request, q: str = "") -> Response:
    """The things whose names come nearest to `q`, best first; then what graphs added to the server say."""
    site = site_of(request)
    media, view = media_of(request, (HTML, JSON)), site.view(request)
    if len(q) > 200:
        raise BadParameter("A search is at most 200 characters.", where="q")
    found = await run_in_threadpool(_found, site, q, view) if q.strip() else []
    own = await search_own(request, endpoint_of(request), view, q) if q.strip() else []
    if media == HTML:
        return site.page("search.html", view, asked=q, found=found, own=own)
    more = (
        {} if site.settings.store is None else {"own": None if own is None else [asdict(one) for one in own]}
    )
    return JSONResponse({"q": q, "found": [_json(site, one, view) for one in found], **more})


def _found(site: Site, q: str, view: View) -> list[Found]:
    """What a citation stands for first, then things by name."""
    named = site.search.find(q, view.language)
    cited = citation_meant(in_figures(q))
    if cited is None or cited not in site.things(view.known).addresses:
        return named
    first = Found(cited, site.names.text(cited, view.language), view.language, site.search.kind(cited))
    return [first, *(one for one in named if one.iri != cited)]


def _json(site: Site, found: Found, view: View) -> dict[str, str | None]:
    kind = site.kind_word(found.iri, found.kind, view) if found.kind else None
    return {"iri": found.iri, "name": found.name, "language": found.language, "kind": kind}
