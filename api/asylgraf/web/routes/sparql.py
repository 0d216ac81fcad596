"""The SPARQL endpoint's addresses: queries, named queries, graphs, measurements."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse
from starlette.types import Receive, Scope, Send

from asylgraf.errors import UnknownThing
from asylgraf.namespaces import PREFIXES
from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.formats import GRAPHS, RESULTS
from asylgraf.sparql.front import reader_of, wants_page
from asylgraf.sparql.metrics import measured
from asylgraf.sparql.named import LANGUAGES, NamedQuery, described, queries

router = APIRouter(tags=["SPARQL"])


def _parameter(name: str, schema: dict[str, Any], meaning: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema, "description": meaning}


_TABLES: dict[str, Any] = {media: {} for media in RESULTS}
_TRIPLES: dict[str, Any] = {media: {} for media in GRAPHS}
_PROBLEM: dict[str, Any] = {"content": {"application/problem+json": {}}}
_MISTAKES: dict[int | str, dict[str, Any]] = {
    400: {
        "description": "The query or a parameter cannot be read; line and column where there are any",
        **_PROBLEM,
    },
    406: {"description": "None of the formats asked for can be given", **_PROBLEM},
    413: {"description": "The request or the answer is too large", **_PROBLEM},
    503: {"description": "Every worker is taken; Retry-After says when to come back", **_PROBLEM},
    504: {"description": "The query reached its deadline", **_PROBLEM},
    507: {"description": "The query reached its memory limit", **_PROBLEM},
}
_DAY = {"type": "string", "format": "date"}
_CLOCKS = [
    _parameter("on", _DAY, "The day the law is asked about; today without it"),
    _parameter("known", _DAY, "What this graph had recorded by that day"),
    _parameter("version", {"type": "string"}, "The version of the graph that is meant; 404 if it is another"),
]
_PAGE = [
    _parameter("limit", {"type": "integer", "minimum": 1}, "How many rows, where the query sets no limit"),
    _parameter("offset", {"type": "integer", "minimum": 0}, "How many rows to leave out before them"),
]
_GRAPH_NAMES = {"type": "array", "items": {"type": "string", "format": "iri"}}
_DATASET = [
    _parameter("default-graph-uri", _GRAPH_NAMES, "Graphs whose merge is the default graph"),
    _parameter("named-graph-uri", _GRAPH_NAMES, "Graphs that GRAPH may name"),
]
_LINT = _parameter("lint", {"type": "string", "enum": ["json"]}, "Only the warnings about unknown terms")
_QUERY = {"type": "string", "description": "A SPARQL 1.1 query"}
_FORM = {"type": "object", "properties": {"query": _QUERY}, "required": ["query"]}
_POSTED = {
    "application/x-www-form-urlencoded": {"schema": _FORM},
    "application/sparql-query": {"schema": _QUERY},
}
_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The answer", "content": {**_TABLES, **_TRIPLES}},
    **_MISTAKES,
}


class _Relay(Response):
    """Hands a request to the endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__()
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reader = reader_of(scope["path"])
        if reader is None:
            raise UnknownThing("There is nothing at this address.")
        await self._endpoint.respond(scope, receive, send, reader)


def endpoint_of(request: Request) -> Endpoint:
    """The endpoint that a request came to."""
    endpoint: Endpoint = request.app.state.endpoint
    return endpoint


def _page(request: Request, **more: str) -> Response | None:
    """The page about the same question, for who reads pages."""
    if not wants_page(request.scope) or "." in more.get("name", ""):
        return None
    asked = urlencode([*more.items(), *request.query_params.multi_items()])
    return RedirectResponse(f"/query?{asked}" if asked else "/query", status_code=303)


@router.get(
    "/sparql",
    responses=_ANSWER,
    openapi_extra={"parameters": [_parameter("query", _QUERY, "The query"), *_DATASET, *_CLOCKS, _LINT]},
)
async def sparql(request: Request) -> Response:
    """Ask a SPARQL 1.1 query; without one, get the description of the service."""
    return _page(request) or _Relay(endpoint_of(request))


@router.post(
    "/sparql", responses=_ANSWER, openapi_extra={"requestBody": {"content": _POSTED, "required": True}}
)
async def sparql_posted(request: Request) -> Response:
    """Ask a query posted as a form or as `application/sparql-query`."""
    return _Relay(endpoint_of(request))


@router.get("/queries.json")
async def named() -> dict[str, Any]:
    """Every named query, with its question and parameters."""
    return {"queries": [described(query) for query in queries().values()]}


@router.get("/queries", include_in_schema=False)
async def all_named(request: Request) -> Response:
    """Lead to the named queries: a browser to the page that asks them, a program to their list."""
    return RedirectResponse("/query" if wants_page(request.scope) else "/queries.json", 303)


@router.get("/queries/{name}", include_in_schema=False)
async def named_query(request: Request, name: str) -> Response:
    """Ask a named query; `name.csv` and the like fix the format."""
    return _page(request, name=name) or _Relay(endpoint_of(request))


@router.get(
    "/graph-store",
    responses={200: {"description": "The graph", "content": _TRIPLES}, **_MISTAKES},
    openapi_extra={
        "parameters": [
            _parameter("graph", {"type": "string", "format": "iri"}, "The graph's name"),
            _parameter("default", {"type": "string", "maxLength": 0}, "Or the default graph"),
            *_CLOCKS,
        ]
    },
)
async def graph_store(request: Request) -> Response:
    """Read a graph: `?graph=<IRI>` or `?default`."""
    return _Relay(endpoint_of(request))


@router.get("/context.jsonld")
async def context() -> dict[str, Any]:
    """The JSON-LD context: the prefixes that Asylgraf writes."""
    return {"@context": dict(PREFIXES)}


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Measurements for Prometheus."""
    return Response(measured(endpoint_of(request)), media_type="text/plain; version=0.0.4; charset=utf-8")


def _schema(kind: str) -> dict[str, Any]:
    if kind == "language":
        return {"type": "string", "enum": list(LANGUAGES)}
    formats = {"iri": "iri", "date": "date"}
    plain = {"integer": "integer", "boolean": "boolean"}
    return {"type": plain.get(kind, "string"), **({"format": formats[kind]} if kind in formats else {})}


def _add(query: NamedQuery) -> None:
    async def ask(request: Request) -> Response:
        """Answer the question with the values given for its parameters, in the format asked for."""
        return _page(request, name=query.name) or _Relay(endpoint_of(request))

    told = [_parameter(p.name, _schema(p.type), p.meaning, required=p.required) for p in query.parameters]
    router.add_api_route(
        f"/queries/{query.name}",
        ask,
        responses=_ANSWER,
        summary=query.title,
        operation_id=f"query_{query.name}",
        openapi_extra={"parameters": [*told, *_CLOCKS, *(_PAGE if query.pages else [])]},
    )


for _query in queries().values():
    _add(_query)
