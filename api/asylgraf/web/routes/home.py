"""GET /: what this is, and where to start."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from asylgraf.namespaces import ID, ONTOLOGY
from asylgraf.service.examples import examples
from asylgraf.web.site import HOME, site_of

router = APIRouter()

KINDS = (
    *(
        "Act",
        "AmendingAct",
        "Consolidation",
        "Convention",
        "EuropeanUnionAct",
        "Provision",
        "Practice",
        "Permit",
    ),
    *(
        "Judgment",
        "Authority",
        "Board",
        "Court",
        "Organisation",
        "Procedure",
        "Step",
        "Factor",
        "Fact",
        "Source",
    ),
)


@router.get("/", include_in_schema=False)
def home(request: Request) -> Response:
    """The first page."""
    site, view = site_of(request), site_of(request).view(request)
    law = site.graph.consolidated(view.on, view.known)
    permits = [o for o in law.outcomes if o.kind == ONTOLOGY + "Grants" and o.versions]
    things = site.things(view.known)
    sections = [s for s in things.parts(ID + "dk/aliens-act") if things.parts(s) or s in things.law.versions]
    kinds = [ONTOLOGY + kind for kind in KINDS if ONTOLOGY + kind in site.graph.law().labels]
    cases = list(examples().values())
    return site.page("home.html", view, permits=permits, sections=sections, kinds=kinds, examples=cases)


@router.get("/favicon.ico", include_in_schema=False)
def icon() -> FileResponse:
    """The icon, where browsers look for it on pages of data."""
    return FileResponse(HOME / "static/icon.svg", media_type="image/svg+xml")
