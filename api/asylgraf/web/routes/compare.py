"""GET /compare: what differs between the law of two days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.errors import TooSlow
from asylgraf.namespaces import ONTOLOGY
from asylgraf.service.cases import day_of
from asylgraf.service.differences import amended
from asylgraf.service.reasoning import day_asked
from asylgraf.web.negotiation import HTML, JSON, media_of
from asylgraf.web.routes.sparql import endpoint_of
from asylgraf.web.site import Site, site_of
from asylgraf.web.view import View

router = APIRouter(tags=["Law"])

_KEYS = ("on_a", "on_b", "known")
_FUNCTION = "asylgraf.service.reasoning:difference"
_KEPT = 64


@router.get("/compare")
async def compare(request: Request) -> Response:
    """What differs between the law of `on_a` and of `on_b`, each with the smallest case that shows it."""
    site = site_of(request)
    media, view = media_of(request, (JSON, HTML)), site.view(request)
    kept = {"lang", "on", "format"}
    asked = {name: value for name, value in request.query_params.items() if name in _KEYS or name not in kept}
    if media == HTML:
        given = {name: value for name, value in asked.items() if value}
        asked = {**_change(site, view, given.get("on_b")), **given}
    if media == JSON:
        told = await _compared(request, asked)
        return JSONResponse(told, headers={"vary": "accept, accept-language"})
    try:
        told = await _compared(request, asked)
    except TooSlow:
        told = _without_cases(site, view, asked)
    provisions = sorted(told["provisions"], key=lambda one: bool(one["before"] == one["after"]))
    return site.page(
        "compare.html", view, told=told, provisions=provisions, fact=ONTOLOGY, cases=_cases(told)
    )


async def _compared(request: Request, asked: Mapping[str, str]) -> dict[str, Any]:
    """The answer of a worker; the law of two days does not change, so the last answers are kept."""
    kept, key = site_of(request).compared, tuple(sorted(asked.items()))
    if key not in kept:
        client = request.client.host if request.client else ""
        told = await endpoint_of(request).pool.call(_FUNCTION, dict(asked), client=client)
        if len(kept) >= _KEPT:
            kept.pop(next(iter(kept)))
        kept[key] = cast(dict[str, Any], told)
    return kept[key]


def _without_cases(site: Site, view: View, asked: Mapping[str, str]) -> dict[str, Any]:
    """The provisions that differ, when the cases that show it cannot be found in time."""
    days = [day_asked(asked[name], name) for name in ("on_a", "on_b")]
    provisions = amended(site.things(view.known), *days)
    return {
        "onA": asked["on_a"],
        "onB": asked["on_b"],
        "provisions": provisions,
        "consequences": [],
        "slow": True,
    }


def _change(site: Site, view: View, on_b: str | None) -> dict[str, str]:
    """A day and the day before: the one given, or the last change of the law by the day asked about."""
    latest = day_of(on_b, "on_b") or max(
        (day for day in site.changed(view.known) if day <= view.on), default=view.on
    )
    before = latest - timedelta(days=1) if latest > date.min else latest
    return {"on_a": before.isoformat(), "on_b": latest.isoformat()}


def _cases(told: Mapping[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each consequence that differs, with each case that shows it."""
    return [(one, witness) for one in told["consequences"] for witness in one["witnesses"][:2]]
