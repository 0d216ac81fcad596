"""Other addresses that answer from the pool: named queries, and graphs by the Graph Store Protocol."""

from __future__ import annotations

from typing import Final

from asylgraf.errors import BadParameter, BadRequest
from asylgraf.sparql.dataset import node
from asylgraf.sparql.formats import RESULTS
from asylgraf.sparql.named import find
from asylgraf.sparql.protocol import Asked, Request, one, read_fields, refuse_other_methods, wish
from asylgraf.sparql.question import Reader

_READING = ("GET", "HEAD", "OPTIONS")
_CLOCK = ("on", "known", "version")
_PAGE = ("limit", "offset")
_SUFFIXES: Final = {short: media for media, short in RESULTS.items()}


def named_query(name: str) -> Reader:
    """How `/queries/<name>` is read; `<name>.csv` and the like fix the format."""
    stem, _, suffix = name.partition(".")
    if suffix and suffix not in _SUFFIXES:
        raise BadRequest(f"A table can be given as {', '.join(_SUFFIXES)}, not as “{suffix}”.", where="name")

    def read(request: Request) -> Asked:
        refuse_other_methods(request, (*_READING, "POST"))
        fields = read_fields(request)
        values = {key: one(fields, key) or "" for key in fields if key not in (*_CLOCK, *_PAGE)}
        text = find(stem).bound(
            values,
            limit=number(one(fields, "limit"), "limit"),
            offset=number(one(fields, "offset"), "offset") or 0,
        )
        asked = wish(text, {key: fields[key] for key in _CLOCK if key in fields}, request)
        manner = asked.manner._replace(select=_SUFFIXES[suffix]) if suffix else asked.manner
        return Asked(text, manner)

    return read


def stored_graph(request: Request) -> Asked:
    """How a graph is read by the Graph Store Protocol: `?graph=<IRI>` or `?default`."""
    refuse_other_methods(request, _READING)
    fields = read_fields(request)
    graph = one(fields, "graph")
    if (graph is None) == ("default" not in fields):
        raise BadParameter("Name one graph: graph=<IRI>, or default.", where="graph")
    if graph is None:
        return wish("CONSTRUCT WHERE { ?s ?p ?o }", fields, request, task="graph")
    text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {node(graph, 'graph')} {{ ?s ?p ?o }} }}"
    return wish(text, fields, request, task="graph", about=graph)


def number(written: str | None, where: str) -> int | None:
    """A number of rows, as an address gives it."""
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 9:
        raise BadParameter(f"“{written}” is no number of rows.", where=where)
    return int(written)


def described(request: Request) -> Asked:
    """How the description of the service and its data is asked for at an address of its own."""
    refuse_other_methods(request, _READING)
    return wish("", {}, request, task="description", about=request.address)
