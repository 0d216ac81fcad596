"""The page of everything: /id/…, /ontology/… and /graph/…, for people and programs alike."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pyoxigraph as ox
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from asylgraf.graph.history import standing_at
from asylgraf.graph.law import Version
from asylgraf.namespaces import BASE, ONTOLOGY, PREFIXES, RDFS, SKOS
from asylgraf.service.differences import pairs
from asylgraf.service.dossier import dossier, dossier_json, is_provision
from asylgraf.service.names import in_order
from asylgraf.service.things import Thing, Things, Voice
from asylgraf.service.things_json import thing_json
from asylgraf.web.negotiation import FORMATS, HTML, JSON, JSON_LD, N_TRIPLES, TURTLE, media_of
from asylgraf.web.site import Site, site_of
from asylgraf.web.view import View

router = APIRouter()


class Side(NamedTuple):
    """What one source, or several, say where others say something else."""

    iri: str
    says: tuple[str, str] | None
    sources: tuple[str, ...]
    as_of: str | None


_RDF = {TURTLE: ox.RdfFormat.TURTLE, JSON_LD: ox.RdfFormat.JSON_LD, N_TRIPLES: ox.RdfFormat.N_TRIPLES}
_VARY = {"vary": "accept, accept-language"}


@router.get("/id/{path:path}", operation_id="thing")
@router.get("/ontology/{path:path}", operation_id="term")
@router.get("/graph/{path:path}", operation_id="namedGraph")
def thing(request: Request, path: str) -> Response:  # noqa: ARG001 -- the whole address is read
    """Everything the graph says of one address: a page, Turtle, JSON-LD, N-Triples or JSON."""
    site = site_of(request)
    media, view = media_of(request, tuple(FORMATS.values())), site.view(request)
    things = site.things(view.known)
    iri = BASE.rstrip("/") + request.url.path.rstrip("/")
    said = things.thing(iri)
    if media == HTML:
        return _page(site, view, things, said)
    return _json(things, said, view) if media == JSON else _rdf(things, said, media)


def _rdf(things: Things, said: Thing, media: str) -> Response:
    prefixes = {
        name: PREFIXES[name] for name in ("asyl", "rdf", "rdfs", "owl", "xsd", "skos", "dct", "prov", "eli")
    }
    triples = things.description(said.iri)
    return Response(
        ox.serialize(triples, format=_RDF[media], prefixes=prefixes), media_type=media, headers=_VARY
    )


def _json(things: Things, said: Thing, view: View) -> Response:
    found = thing_json(things, said)
    if is_provision(things, said.iri):
        found["law"] = dossier_json(things, dossier(things, said.iri, view.on))
    return JSONResponse(found, headers=_VARY)


def _page(site: Site, view: View, things: Things, said: Thing) -> Response:
    provision = dossier(things, said.iri, view.on) if is_provision(things, said.iri) else None
    return site.page(
        "thing.html",
        view,
        said=said,
        provision=provision,
        pairs=pairs(things, provision.stages, view.language) if provision else {},
        things=things,
        summary=_in_language(things, said.iri, view.language),
        bringing=_bringing(things, said.iri, view.on) if said.iri in things.law.consequences else None,
        own_first=lambda values: sorted(values, key=lambda v: v.language not in (None, view.language)),
        tree=things.contents(said.iri),
        titled=lambda iri: things.titled(iri, view.language),
        within=lambda iri, outer: things.names.within(iri, outer, view.language),
        sides=_sides(things, said.iri, view.language),
        outline=site.outline(said.iri, view.on, view.known),
        fact=things.law.facts.get(said.iri),
        holds=things.holds(said.iri),
        offered=[name for name in FORMATS if name != "html"],
        texts=things.values(said.iri, RDFS + "seeAlso"),
        numbers={voice.graph: number for number, voice in enumerate(said.voices, start=1)},
        titles={voice.graph: _told(site, voice, view) for voice in said.voices},
    )


def _bringing(things: Things, iri: str, on: date) -> list[Version]:
    """The versions in force on a day that grant a permit, or bring another consequence."""
    found = {v for name in ("grants", "brings") for v in things.having(iri, ONTOLOGY + name)}
    places = sorted({version.partition("/v/")[0] for version in found}, key=in_order)
    return [v for place in places for v in standing_at(things.law, place, on) if v.iri in found]


def _sides(things: Things, iri: str, language: str) -> list[Side]:
    """What each side of a disagreement says, where, and as of when."""

    def side(one: str) -> Side:
        days = things.values(one, ONTOLOGY + "asOf")
        said = _in_language(things, one, language)
        return Side(one, said, things.values(one, ONTOLOGY + "saidIn"), days[0] if days else None)

    return [side(one) for one in things.values(iri, ONTOLOGY + "side")]


def _told(site: Site, voice: Voice, view: View) -> str:
    """Who says so, how well founded and as of when: what hovering over a statement shows."""
    told = [site.names.text(iri, view.language) for iri in (voice.speaker, voice.standing) if iri]
    return ", ".join([*told, *filter(None, [voice.recorded_on])]) or site.names.text(
        voice.graph, view.language
    )


def _in_language(things: Things, iri: str, language: str) -> tuple[str, str] | None:
    """The thing in a sentence, and the sentence's language."""
    for relation in (SKOS + "definition", ONTOLOGY + "summary"):
        found = things.texts(iri, relation)
        for choice in (language, "en", "da"):
            if choice in found:
                return found[choice], choice
    return None
