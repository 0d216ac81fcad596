"""GET /graph: a drawing of what stands around a thing, and the same as a list."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.namespaces import ID
from asylgraf.service.meant import meant
from asylgraf.service.surroundings import Near, graphml, surroundings, surroundings_json, way
from asylgraf.web.negotiation import HTML, JSON, media_of
from asylgraf.web.site import site_of

router = APIRouter()

GRAPHML = "application/graphml+xml"
START = ID + "dk/aliens-act/7"


@router.get("/graph")
def drawing(
    request: Request, node: str = START, to: str = "", steps: Annotated[int, Query(ge=1, le=3)] = 1
) -> Response:
    """What stands within some steps of `node`, or the shortest way `to` another, on the day asked about."""
    site = site_of(request)
    media = GRAPHML if request.query_params.get("format") == "graphml" else media_of(request, (HTML, JSON))
    view = site.view(request)
    things, graph = site.things(view.known), site.day_graph(view.on, view.known)
    centre = meant(things, node)
    found = (
        way(things, graph, centre, meant(things, to)) if to else surroundings(things, graph, centre, steps)
    )
    if media == GRAPHML:
        return Response(graphml(things, found, view.language), media_type=GRAPHML)
    told = surroundings_json(things, found, view.language)
    if media == JSON:
        return JSONResponse(told, headers={"vary": "accept, accept-language"})
    for one in told["nodes"]:
        one["page"] = view.href(one["iri"])
        one["around"] = view.href("/graph", node=one["iri"], steps=str(steps))
    return site.page("graph.html", view, found=found, told=told, below=_below(found.near), steps=steps, to=to)


def _below(near: tuple[Near, ...]) -> dict[str, list[Near]]:
    """The things reached from each thing."""
    found: dict[str, list[Near]] = {}
    for one in near:
        if one.reached_from:
            found.setdefault(one.reached_from, []).append(one)
    return found
