"""GET /compare: what differs between the law of two days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.namespaces import ONTOLOGY
from asylgraf.web.negotiation import HTML, JSON, media_of
from asylgraf.web.routes.sparql import endpoint_of
from asylgraf.web.site import Site, site_of
from asylgraf.web.view import View

router = APIRouter(tags=["Law"])

_KEYS = ("on_a", "on_b", "known")


@router.get("/compare")
async def compare(request: Request) -> Response:
    """What differs between the law of `on_a` and of `on_b`, each with the smallest case that shows it."""
    site = site_of(request)
    media, view = media_of(request, (JSON, HTML)), site.view(request)
    kept = {"lang", "on", "format"}
    asked = {name: value for name, value in request.query_params.items() if name in _KEYS or name not in kept}
    if media == HTML:
        asked = {**_last_change(site, view), **{name: value for name, value in asked.items() if value}}
    client = request.client.host if request.client else ""
    function = "asylgraf.service.reasoning:difference"
    told = cast(dict[str, Any], await endpoint_of(request).pool.call(function, asked, client=client))
    if media == JSON:
        return JSONResponse(told, headers={"vary": "accept, accept-language"})
    return site.page("compare.html", view, told=told, fact=ONTOLOGY, cases=_cases(told))


def _last_change(site: Site, view: View) -> dict[str, str]:
    """The day of the last change of the law by the day asked about, and the day before."""
    days = [day for day in site.graph.change_dates(view.known) if day <= view.on]
    latest = days[-1] if days else view.on
    before = latest - timedelta(days=1) if latest > date.min else latest
    return {"on_a": before.isoformat(), "on_b": latest.isoformat()}


def _cases(told: Mapping[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each consequence that differs, with each case that shows it."""
    return [(one, witness) for one in told["consequences"] for witness in one["witnesses"][:2]]
