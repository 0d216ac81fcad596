"""GET /health: whether the site is up, and what it serves."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request

from asylgraf.service.cases import release
from asylgraf.web.site import site_of

router = APIRouter()


@router.get("/health")
def health(request: Request) -> dict[str, Any]:
    """The state of the site: `ok`, the release, the day it is in Copenhagen."""
    site = site_of(request)
    return {"status": "ok", "release": release(site.graph), "today": site.today().isoformat()}
