"""What stands before the web application: addresses that programs ask most are answered without it."""

from __future__ import annotations

import re
from functools import lru_cache

from asylgraf.errors import AsylgrafError
from asylgraf.sparql.addresses import described, named_query, stored_graph
from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.formats import GRAPHS as GRAPH_FORMATS
from asylgraf.sparql.formats import RESULTS
from asylgraf.sparql.http import App, Gone, Receive, Scope, Send, header, problem
from asylgraf.sparql.protocol import asked
from asylgraf.sparql.question import Reader

_WEIGHT = re.compile(r"[01](\.\d{0,3})?")

SPARQL, QUERIES, GRAPHS, VOID = "/sparql", "/queries/", "/graph-store", "/.well-known/void"


class Front:
    """An application with the endpoint before it; a browser that wants a page is let through."""

    def __init__(self, app: App, endpoint: Endpoint) -> None:
        self._app = app
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the endpoint if the address is one of its own."""
        if scope["type"] != "http" or wants_page(scope):
            await self._app(scope, receive, send)
            return
        try:
            reader = reader_of(scope["path"])
            endpoint, receive = await self._answering(scope, receive) if reader else (self._endpoint, receive)
        except AsylgrafError as mistake:
            await problem(send, mistake, [])
            return
        except Gone:
            return
        if reader is None:
            await self._app(scope, receive, send)
        else:
            await endpoint.respond(scope, receive, send, reader)

    async def _answering(self, scope: Scope, receive: Receive) -> tuple[Endpoint, Receive]:  # noqa: ARG002
        """The endpoint that answers a request, and the request, still to be read."""
        return self._endpoint, receive


@lru_cache(maxsize=256)
def reader_of(path: str) -> Reader | None:
    """How that address reads what it is asked; nothing if it is not the endpoint's."""
    if path == SPARQL:
        return asked
    if path == GRAPHS:
        return stored_graph
    if path == VOID:
        return described
    if path.startswith(QUERIES) and "/" not in path.removeprefix(QUERIES) and path != QUERIES:
        return named_query(path.removeprefix(QUERIES))
    return None


def wants_page(scope: Scope) -> bool:
    """Whether it is a browser that asks, for its reader."""
    return scope["method"] in ("GET", "HEAD") and _is_browsers(str(header(scope, b"accept"), "latin-1"))


@lru_cache(maxsize=1024)
def _is_browsers(accept: str) -> bool:
    """Whether a page is wanted more than what only programs read."""
    wanted = dict(map(_quality, accept.lower().split(",")))
    page = wanted.get("text/html", 0.0)
    return page > max(wanted.get(media, 0.0) for media in (*RESULTS, *GRAPH_FORMATS))


def _quality(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    told = next((p.removeprefix("q=") for p in parameters if p.startswith("q=")), "1")
    return name, float(told) if _WEIGHT.fullmatch(told) else 0.0
