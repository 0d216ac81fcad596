"""Answering a job inside a worker: a query in some format, a graph, warnings alone, the description."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from asylgraf.errors import NoSuchFormat, UnknownThing
from asylgraf.namespaces import PREFIXES
from asylgraf.sparql.description import describe
from asylgraf.sparql.evaluate import Found, Functions, checked, evaluate
from asylgraf.sparql.formats import GRAPHS, RESULTS
from asylgraf.sparql.frames import Head
from asylgraf.sparql.lint import Lint
from asylgraf.sparql.reply import Reply
from asylgraf.sparql.syntax import Reading

_RESULT_FORMATS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPH_FORMATS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


Manner = Mapping[str, Any]
"""How a query is asked; it is shared with other jobs, and never changed."""
About = Callable[[object], list[ox.Quad]]
"""What follows in a case."""


class Answering:
    """One snapshot and the ways to ask it."""

    def __init__(
        self, store: ox.Store, about: About, functions: Functions | None = None, lint: Lint | None = None
    ) -> None:
        self._functions = functions
        self._store = store
        self._about = about
        self._lint = lint or Lint(store)
        self._tasks = {
            "query": self._query,
            "case": self._case,
            "graph": self._graph,
            "lint": self._warnings,
            "description": self._description,
        }

    def answer(self, job: Manner, query: str, reply: Reply) -> None:
        """Do what the job says."""
        self._tasks[job["task"]](job, query, reply)

    def _query(self, job: Manner, query: str, reply: Reply) -> None:
        reading = checked(query, job["depth"])
        doubts = self._lint.warnings(query, reading)
        found = self._found(job, query, reading)
        reply.head = Head("", reading.volatile, tuple(map(str, doubts)))
        if isinstance(found, ox.QueryTriples):
            _write_triples(found, job, reply, reading)
        else:
            _write_results(found, job, reply)

    def _found(self, job: Manner, query: str, reading: Reading) -> Found:
        return evaluate(self._store, query, reading, (job["default"], job["named"]), self._functions)

    def _case(self, job: Manner, query: str, reply: Reply) -> None:
        # What follows in the case is added to this worker's own copy of the graph, which dies with it.
        quads = self._about(job["case"])
        self._store.extend([*quads, *(ox.Quad(q.subject, q.predicate, q.object) for q in quads)])
        self._query(job, query, reply)

    def _graph(self, job: Manner, query: str, reply: Reply) -> None:
        if job["about"] and not self._store.contains_named_graph(ox.NamedNode(job["about"])):
            raise UnknownThing(f"There is no graph <{job['about']}>.", where="graph")
        self._query(job, query, reply)

    def _warnings(self, job: Manner, query: str, reply: Reply) -> None:
        reading = checked(query, job["depth"])
        self._found(job, query, reading)
        reply.json({"warnings": [doubt.to_json() for doubt in self._lint.warnings(query, reading)]})

    def _description(self, job: Manner, _query: str, reply: Reply) -> None:
        _write_triples(
            describe(self._store, job["about"], job["version"], job["examples"]), job, reply, Reading()
        )


def _write_results(found: Found, job: Manner, reply: Reply) -> None:
    media = job["select"]
    if media is None:
        raise NoSuchFormat(f"The answer to this query can be given as {', '.join(RESULTS)}.")
    reply.head = reply.head._replace(media=media)
    found.serialize(output=cast(IO[bytes], reply), format=_RESULT_FORMATS[RESULTS[media]])  # type: ignore[arg-type]


def _write_triples(triples: Iterable[ox.Triple], job: Manner, reply: Reply, reading: Reading) -> None:
    media = job["graph"]
    if media is None:
        raise NoSuchFormat(f"The answer to this query can be given as {', '.join(GRAPHS)}.")
    reply.head = reply.head._replace(media=media)
    prefixes = {**PREFIXES, **reading.prefixes} if media == "text/turtle" else None
    ox.serialize(
        triples, output=cast(IO[bytes], reply), format=_GRAPH_FORMATS[GRAPHS[media]], prefixes=prefixes
    )
