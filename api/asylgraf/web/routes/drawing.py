"""GET /graph: what stands around a thing, what cites what, or everything; drawn, and the same as a list."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from asylgraf.errors import AsylgrafError, BadParameter
from asylgraf.namespaces import BASE, ID, ONTOLOGY
from asylgraf.service.cases import release
from asylgraf.service.drawing import Drawing, Wish, draw
from asylgraf.service.drawing_json import drawing_json, graphml
from asylgraf.service.meant import meant
from asylgraf.service.statements import place_of
from asylgraf.service.things import Things, whole_address
from asylgraf.web.negotiation import HTML, JSON, media_of
from asylgraf.web.offline import policy, scripts, styles
from asylgraf.web.site import Site, site_of
from asylgraf.web.tree import Tree
from asylgraf.web.view import View, brief

router = APIRouter()

GRAPHML = "application/graphml+xml"
OFFLINE = "file"
"""The format that is one page to keep and to open without a network."""
START = ID + "dk/aliens-act/7"
_OPENED = 40
_KEPT = 16
"""How many of the drawings last asked for are kept."""


class Asked(BaseModel):
    """What the address of a drawing says; lists are of short addresses, with commas between."""

    node: str = START
    to: str = ""
    steps: int = Field(1, ge=1, le=3)
    what: Literal["around", "law", "all"] = "around"
    group: str = ""
    most: int | None = Field(None, ge=1, le=2500)
    open: str = ""
    shut: str = ""
    hide: str = ""
    without: str = ""


@router.get("/graph")
def drawing(request: Request, asked: Annotated[Asked, Query()]) -> Response:
    """What stands within some steps of `node`, the way `to` another, what cites what, or everything."""
    site = site_of(request)
    form = request.query_params.get("format")
    media = form if form in (OFFLINE, "graphml") else media_of(request, (HTML, JSON))
    view = site.view(request)
    key = (request.url.query, view.language, view.on, media)
    if key not in site.drawings:
        if len(site.drawings) >= _KEPT:
            site.drawings.pop(next(iter(site.drawings)))
        site.drawings[key] = _answer(site, view, asked, media)
    return site.drawings[key]


def _answer(site: Site, view: View, asked: Asked, media: str) -> Response:
    """The drawing in a format; the same for everyone who asks, so that a class waits for it once."""
    things, graph = site.things(view.known), site.day_graph(view.on, view.known)
    found = draw(things, graph, _wish(things, asked))
    if media == "graphml":
        return Response(graphml(things, found, view.language), media_type=GRAPHML)
    if media == JSON:
        told = drawing_json(things, found, view.on, view.language)
        return JSONResponse(told, headers={"vary": "accept, accept-language"})
    return _page(site, things, view, found, offline=media == OFFLINE)


def _wish(things: Things, asked: Asked) -> Wish:
    return Wish(
        centre=meant(things, asked.node),
        what=asked.what,
        to=meant(things, asked.to) if asked.to else None,
        steps=asked.steps,
        opened=_listed(asked.open, "open"),
        shut=frozenset(_listed(asked.shut, "shut")),
        kinds_out=frozenset(_words(asked.hide, "hide")),
        relations_out=frozenset(_relation(word) for word in _words(asked.without, "without")),
        grouped=asked.group == "1",
        most=asked.most,
    )


def _page(site: Site, things: Things, view: View, found: Drawing, *, offline: bool) -> HTMLResponse:
    told = compact(drawing_json(things, found, view.on, view.language))
    kept = "&".join(f"{name}={value}" for name, value in view.kept.items())
    told |= {"base": BASE, "kept": kept, "offline": offline}
    extra: dict[str, Any] = {"policy": policy(), "scripts": scripts(), "styles": styles()} if offline else {}
    page = site.page(
        "graph_file.html" if offline else "graph.html",
        view,
        found=found,
        wish=found.wish,
        told=told,
        tree=Tree(found),
        relations_seen=sorted({relation for _, relation, _ in found.relations}),
        things=things,
        titled=lambda iri: things.titled(iri, view.language),
        called=lambda iri: _called(things, iri, view.language),
        release=release(site.graph),
        **extra,
    )
    if offline:
        page.headers["content-disposition"] = f'attachment; filename="asylgraf-{view.on}.html"'
    return page


def _called(things: Things, iri: str, language: str) -> str:
    """What a field of the form can say of a thing: its name, or its address where the name means another."""
    name = things.names.text(iri, language)
    try:
        return name if meant(things, name) == iri else brief(iri)
    except AsylgrafError:
        return brief(iri)


def compact(told: dict[str, Any]) -> dict[str, Any]:
    """The drawing with numbers in place of addresses, as the page's script reads it."""
    place = {node["iri"]: number for number, node in enumerate(told["nodes"])}
    seen = {(edge["relation"], edge["name"]) for edge in told["edges"]}
    relations = sorted(seen, key=lambda pair: (place_of(pair[0]), pair[0]))  # as the list has them
    number = {relation: at for at, (relation, _) in enumerate(relations)}
    return told | {
        "nodes": [
            {**node, "from": place.get(node["from"], -1), "relation": number.get(node["relation"], -1)}
            for node in told["nodes"]
        ],
        "edges": [[place[e["from"]], number[e["relation"]], place[e["to"]]] for e in told["edges"]],
        "relations": [
            {"iri": iri, "key": iri.removeprefix(ONTOLOGY), "name": name} for iri, name in relations
        ],
    }


def _words(written: str, name: str) -> list[str]:
    found = [word for word in written.split(",") if word]
    if len(found) > _OPENED:
        raise BadParameter(f"At most {_OPENED} things can be named here.", where=name)
    return found


def _listed(written: str, name: str) -> tuple[str, ...]:
    """The things named in a list of short addresses."""
    return tuple(dict.fromkeys(whole_address(word) for word in _words(written, name)))


def _relation(word: str) -> str:
    return word if "://" in word else ONTOLOGY + word
