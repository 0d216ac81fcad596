"""Answering a job inside a worker: a query in some format, rows of a named query, or warnings alone."""

from __future__ import annotations

from typing import IO, Any, Final, cast

import pyoxigraph as ox

from asylgraf.errors import NoSuchFormat
from asylgraf.namespaces import PREFIXES
from asylgraf.sparql.evaluate import Found, checked, evaluate
from asylgraf.sparql.formats import GRAPHS, RESULTS
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


class Answering:
    """One snapshot and the ways to ask it."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._lint = Lint(store)

    def answer(self, job: dict[str, Any], reply: Reply) -> None:
        """Do what the job says."""
        query = job["query"]
        reading = checked(query, job["depth"])
        warnings = self._lint.warnings(query, reading) if job.get("lint") else []
        reply.head(volatile=reading.volatile, warnings=[str(w) for w in warnings])
        if job.get("only") == "lint":
            evaluate(self._store, query, reading)
            reply.json({"warnings": [w.to_json() for w in warnings]})
            return
        self._write(job, reading, reply)

    def _write(self, job: dict[str, Any], reading: Reading, reply: Reply) -> None:
        found = evaluate(self._store, job["query"], reading, job["default"], job["named"])
        media = _media(job, found)
        reply.head(media=media, form=reading.form)
        output = cast(IO[bytes], reply)
        if isinstance(found, ox.QueryTriples):
            ox.serialize(
                found, output=output, format=_GRAPH_FORMATS[GRAPHS[media]], prefixes=_prefixes(reading, media)
            )
        else:
            found.serialize(output=output, format=_RESULT_FORMATS[RESULTS[media]])


def _media(job: dict[str, Any], found: Found) -> str:
    triples = isinstance(found, ox.QueryTriples)
    media = job["graph"] if triples else job["select"]
    if media is None:
        offered = ", ".join(GRAPHS if triples else RESULTS)
        raise NoSuchFormat(f"The answer to this query can be given as {offered}.")
    return str(media)


def _prefixes(reading: Reading, media: str) -> dict[str, str] | None:
    return {**PREFIXES, **reading.prefixes} if media == "text/turtle" else None
