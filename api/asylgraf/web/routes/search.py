"""GET /search: things by name, in both languages."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.errors import BadParameter
from asylgraf.service.meant import citation_meant
from asylgraf.service.search import Found, in_figures
from asylgraf.web.negotiation import HTML, JSON, media_of
from asylgraf.web.site import Site, site_of
from asylgraf.web.view import View

router = APIRouter()


@router.get("/search")
def search(request: Request, q: str = "") -> Response:
    """The things whose names come nearest to `q`, best first."""
    site = site_of(request)
    media, view = media_of(request, (HTML, JSON)), site.view(request)
    if len(q) > 200:
        raise BadParameter("A search is at most 200 characters.", where="q")
    found = _found(site, q, view) if q.strip() else []
    if media == HTML:
        return site.page("search.html", view, asked=q, found=found)
    return JSONResponse({"q": q, "found": [_json(site, one, view) for one in found]})


def _found(site: Site, q: str, view: View) -> list[Found]:
    """What a citation stands for first, then things by name."""
    named = site.search.find(q, view.language)
    cited = citation_meant(in_figures(q))
    if cited is None or cited not in site.things(view.known).addresses:
        return named
    first = Found(cited, site.names.text(cited, view.language), view.language, site.search.kind(cited))
    return [first, *(one for one in named if one.iri != cited)]


def _json(site: Site, found: Found, view: View) -> dict[str, str | None]:
    kind = site.names.text(found.kind, view.language) if found.kind else None
    return {"iri": found.iri, "name": found.name, "language": found.language, "kind": kind}
