"""GET /facts: what a case can say, for the form and for programs."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.reasoner import fact_json
from asylgraf.service.topics import topics
from asylgraf.web.negotiation import HTML, JSON, media_of
from asylgraf.web.site import site_of

router = APIRouter()


@router.get("/facts")
def facts(request: Request) -> Response:
    """Every fact with its name, type, kind, labels and questions."""
    site = site_of(request)
    media, view = media_of(request, (JSON, HTML)), site.view(request)
    things = site.things(view.known)
    if media == HTML:
        return site.page("facts.html", view, topics=topics(things))
    listed = sorted(things.law.facts.values(), key=lambda fact: fact.name)
    return JSONResponse([fact_json(fact) for fact in listed], headers={"vary": "accept, accept-language"})
