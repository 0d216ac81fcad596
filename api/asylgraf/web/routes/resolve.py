"""GET /resolve: from a citation as typed to the page of what it means, or to what it may mean."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from asylgraf.citations import ALIENS_ACT, Citation, Status, UnknownCitation, resolve
from asylgraf.errors import BadParameter, UnknownProvision, UnknownThing
from asylgraf.namespaces import BASE, ID
from asylgraf.service.cases import day_of
from asylgraf.web.negotiation import wants_page
from asylgraf.web.site import Site, site_of

router = APIRouter()

_LONGEST = 200
_NEAR = 8


@router.get("/resolve")
def resolved(request: Request, q: str, on: str | None = None, base: str = ALIENS_ACT) -> Response:
    """To the page of what a citation means; a list where it means several things or none surely.

    A section that names no act is one of `base`. A provision that the act never had is not found, though it
    has an address.
    """
    if len(q) > _LONGEST:
        raise BadParameter(f"A citation is at most {_LONGEST} characters.", where="q")
    site = site_of(request)
    found = _read(site, q, on, base)
    if len(found) == 1 and found[0].iri is not None and not found[0].meaning.members:
        return _onward(request, site, found[0].iri)
    if wants_page(request):
        return _choices(request, site, q, found)
    told = {"q": q, "citations": [citation.to_json() for citation in found]}
    return JSONResponse(told, status_code=300, headers={"vary": "accept"})


def _read(site: Site, q: str, on: str | None, base: str) -> Sequence[Citation]:
    """What a citation means; an error, with what has a name like it, if nothing can be meant."""
    found = resolve(q, on=day_of(on, "on"), base=base)
    if isinstance(found, UnknownCitation):
        near = tuple(one.iri for one in site.search.find(q, "da")[:_NEAR])
        raise UnknownThing(f"“{q}” is no citation that can be read.", where="q", near=near)
    if all(citation.meaning.status is Status.NO_SUCH_PROVISION for citation in found):
        above = tuple(c.iri.rpartition("/")[0] for c in found if c.iri)
        near = tuple(iri for iri in dict.fromkeys(above) if iri in site.things(None).addresses)
        raise UnknownProvision(f"“{q}” can be read, but there is no such provision.", where="q", near=near)
    return found


def _onward(request: Request, site: Site, iri: str) -> Response:
    """To the page of a thing, on the same day and in the same language."""
    address = "/" + quote(iri.removeprefix(BASE))
    return RedirectResponse(site.view(request).href(address), 303, headers={"vary": "accept"})


def _choices(request: Request, site: Site, q: str, found: Sequence[Citation]) -> Response:
    """The page of a citation that means several things, or may mean one of several."""
    view = site.view(request)
    known = set(site.things(view.known).addresses)

    def meanings(citation: Citation) -> list[str]:
        meaning = citation.meaning
        several = [ID + address for address in (*meaning.members, *meaning.candidates)]
        return several or [iri for iri in (citation.iri,) if iri]

    rows = [(one.surface, one.meaning.status, meanings(one)) for one in found]
    return site.page("resolve.html", view, status=300, asked=q, rows=rows, known=known)
