"""GET /health: whether the site is up, and what it serves."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.service.cases import program_version
from asylgraf.sparql.metrics import health as health_of
from asylgraf.web.routes.sparql import endpoint_of
from asylgraf.web.site import site_of

router = APIRouter()


@router.get("/health", responses={503: {"description": "Queries cannot be answered at present"}})
async def health(request: Request) -> Response:
    """The state of the site: `ok`, the release, the day it is in Copenhagen, and the workers."""
    told = health_of(endpoint_of(request))
    release = f"{program_version()}+{told['version']}" if told["version"] else None
    named = {"release": release, "today": site_of(request).today().isoformat()}
    headers = {"cache-control": "no-store"}
    return JSONResponse({**told, **named}, 200 if told["status"] == "ok" else 503, headers)
