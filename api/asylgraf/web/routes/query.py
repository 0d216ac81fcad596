"""GET /query: a page to ask the graph in SPARQL, with ready questions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from asylgraf.errors import AsylgrafError, TooBusy, TooLargeAnswer, TooMuchMemory, TooSlow, UnknownThing
from asylgraf.namespaces import PREFIXES
from asylgraf.service.meant import meant
from asylgraf.sparql.addresses import number
from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.lasting import Cited
from asylgraf.sparql.named import NamedQuery, find, queries
from asylgraf.sparql.snippets import snippets
from asylgraf.web.asking import answer_to
from asylgraf.web.guard import EDITOR_POLICY
from asylgraf.web.kept import Archives
from asylgraf.web.routes.sparql import endpoint_of
from asylgraf.web.site import HOME, Site, site_of
from asylgraf.web.view import KEPT, View

router = APIRouter()

FIRST = """PREFIX asyl: <https://w3id.org/asylgraf/ontology/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?provision ?permit WHERE {
    ?place asyl:versionInForce ?version ; skos:prefLabel ?provision .
    ?version asyl:grants/skos:prefLabel ?permit .
    FILTER(LANG(?provision) = "%s" && LANG(?permit) = "%s")
}
ORDER BY ?provision
"""
_LIMITS = (TooLargeAnswer, TooBusy, TooSlow, TooMuchMemory)
"""What the editor may be told by its status alone."""
PAGE = 200
"""Rows of a ready question on one page."""
_OF_PAGE = ("name", "query", *KEPT, "version", "limit", "offset", "format")
"""What the address of a ready question may say besides its parameters."""


@dataclass(frozen=True)
class Answer:
    """A table, yes or no, or Turtle."""

    columns: tuple[str, ...] = ()
    rows: tuple[Mapping[str, Mapping[str, str]], ...] = ()
    yes: bool | None = None
    turtle: str | None = None
    doubts: tuple[str, ...] = ()
    """Terms of the query that stand nowhere in the graph."""


@router.get("/query", include_in_schema=False)
async def query(request: Request) -> Response:
    """The page; with `query`, its answer too; with `name`, a ready question."""
    site, view = site_of(request), site_of(request).view(request)
    given = dict(request.query_params)
    named = find(given["name"]) if given.get("name") else None
    mistake: AsylgrafError | None = None
    answer: Answer | None = None
    text = given.get("query") or (named.text if named else FIRST % (view.language, view.language))
    try:
        if named and not given.get("query"):
            answer = await _ready(request, view, named, given)
        elif given.get("query"):
            answer = await _ask(request, view, text)
    except AsylgrafError as found:
        mistake = found
    page = site.page(
        "query.html",
        view,
        status=mistake.status if mistake else 200,
        text=text,
        named=named,
        given=given,
        ready=list(queries().values()),
        answer=answer,
        columns=_columns(site, view, answer) if named and answer else (answer or Answer()).columns,
        code=_code(request, view, named, given) if named and answer else {},
        turn=_turn(named, given, answer) if named and answer else {},
        page=PAGE,
        cited=_cited(request, await _endpoint(request), view, named, given) if answer else None,
        mistake=mistake,
        limits={limit.status: limit.title for limit in _LIMITS},
        prefixes=PREFIXES,
        editor=(HOME / "static/vendor/yasgui.min.js").is_file(),
    )
    page.headers["content-security-policy"] = EDITOR_POLICY
    return page


def _columns(site: Site, view: View, answer: Answer) -> tuple[str, ...]:
    """The columns of a ready question that say anything, and more than the name of a thing beside them."""

    def named(row: Mapping[str, Mapping[str, str]]) -> set[str]:
        return {
            site.names.text(cell["value"], view.language) for cell in row.values() if cell["type"] == "uri"
        }

    told = [named(row) for row in answer.rows]

    def repeats(column: str) -> bool:
        cells = [(row[column], names) for row, names in zip(answer.rows, told, strict=True) if column in row]
        return bool(cells) and all(c["type"] != "uri" and c["value"] in names for c, names in cells)

    filled = {column for row in answer.rows for column in row}
    return tuple(column for column in answer.columns if column in filled and not repeats(column))


async def _ready(request: Request, view: View, named: NamedQuery, given: Mapping[str, str]) -> Answer | None:
    """The answer to a ready question, page by page; nothing while a parameter is missing."""
    values = _values(site_of(request), view, named, given)
    known = {p.name for p in named.parameters}
    if values.keys() <= known and any(p.required and p.name not in values for p in named.parameters):
        return None
    page = {"limit": PAGE + 1, "offset": number(given.get("offset"), "offset") or 0} if named.pages else {}
    return await _ask(request, view, named.bound(values, **page))


def _values(site: Site, view: View, named: NamedQuery, given: Mapping[str, str]) -> dict[str, str]:
    """The values of the parameters; a thing may be written as an address, a citation or a name."""
    values = {name: value for name, value in given.items() if value and name not in _OF_PAGE}
    for p in named.parameters:
        if p.type == "iri" and p.name in values:
            values[p.name] = _meant(site, view, p.name, values[p.name])
    return values | {p.name: view.language for p in named.parameters if p.type == "language"}


def _meant(site: Site, view: View, name: str, written: str) -> str:
    """The thing that a person means by what is written in a field."""
    try:
        return meant(site.things(view.known), written)
    except UnknownThing as mistake:
        mistake.where = name
        raise


def _turn(named: NamedQuery, given: Mapping[str, str], answer: Answer) -> dict[str, str | None]:
    """Where the pages before and after begin, if there are any."""
    offset = number(given.get("offset"), "offset") or 0
    before = {"before": str(offset - PAGE) if offset > PAGE else None} if offset else {}
    after = {"after": str(offset + PAGE)} if named.pages and len(answer.rows) > PAGE else {}
    return {**before, **after}


def _code(request: Request, view: View, named: NamedQuery, given: Mapping[str, str]) -> dict[str, str]:
    """The same question as code that asks this site."""
    days = {"on": view.on.isoformat(), "known": view.known.isoformat() if view.known else ""}
    return snippets(
        str(request.base_url).rstrip("/"), named, {**_values(site_of(request), view, named, given), **days}
    )


async def _endpoint(request: Request) -> Endpoint:
    """The endpoint of the version that the address names, or else of the one that is served."""
    archives: Archives = request.app.state.archives
    return await archives.endpoint(request.query_params.get("version")) or endpoint_of(request)


def _cited(
    request: Request, endpoint: Endpoint, view: View, named: NamedQuery | None, given: Mapping[str, str]
) -> str:
    """What to write in a footnote: with an address that keeps query, days and version."""
    calendar = endpoint.pool.calendar
    last = date.fromisoformat(calendar.records[-1]) if calendar.records else None
    text = given.get("query") or (named.bound(_values(site_of(request), view, named, given)) if named else "")
    title = named.title if named and not given.get("query") else ""
    cited = Cited(text, view.on, view.known or last, calendar.digest, title)
    return cited.text(str(request.base_url).rstrip("/"))


async def _ask(request: Request, view: View, text: str) -> Answer:
    told = await answer_to(request, await _endpoint(request), view, text)
    return replace(_read(told.media, told.body), doubts=told.doubts)


def _read(media: str, body: bytes) -> Answer:
    if "json" not in media:
        return Answer(turtle=body.decode())
    found: dict[str, Any] = json.loads(body)
    if "boolean" in found:
        return Answer(yes=found["boolean"])
    return Answer(tuple(found["head"]["vars"]), tuple(found["results"]["bindings"]))
