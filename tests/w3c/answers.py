"""Comparing answers as SPARQL means them: rows without order, names of blank nodes without weight."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "byte", "short")}
_TABLES = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = frozenset[tuple[str, Term]]


@dataclass(frozen=True)
class Answer:
    """Yes or no, rows, or triples."""

    boolean: bool | None = None
    rows: tuple[Row, ...] | None = None
    triples: frozenset[ox.Triple] | None = None


def same(found: Answer, expected: Answer, *, lax: bool = False) -> bool:
    """Whether two answers mean the same; with `lax`, a row may come more or less often."""
    if found.rows is None or expected.rows is None:
        return found.boolean == expected.boolean and _graph(found.triples) == _graph(expected.triples)
    ours, theirs = Counter(_named(found.rows)), Counter(_named(expected.rows))
    return set(ours) == set(theirs) if lax else ours == theirs


def of_engine(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Answer:
    """The answer of the store."""
    if isinstance(found, ox.QueryBoolean):
        return Answer(boolean=bool(found))
    if isinstance(found, ox.QueryTriples):
        return Answer(triples=frozenset(found))
    names = [variable.value for variable in found.variables]
    return Answer(rows=tuple(_row((name, row[name]) for name in names) for row in found))


def of_file(path: Path) -> Answer:
    """The answer that a file of the suite expects."""
    if path.suffix in _TABLES:
        return of_engine(ox.parse_query_results(path=str(path), format=_TABLES[path.suffix]))
    if path.suffix == ".csv":
        return of_csv(path.read_text(encoding="utf-8"))
    triples = ox.parse(path=str(path), format=_GRAPHS[path.suffix], base_iri=path.resolve().as_uri())
    found = frozenset(ox.Triple(q.subject, q.predicate, q.object) for q in triples)
    return _table(found) or Answer(triples=found)


def of_csv(text: str) -> Answer:
    """A table that knows no types: every cell is plain text."""
    names, *rows = list(csv.reader(io.StringIO(text)))
    return Answer(
        rows=tuple(
            _row((name, _plain(cell)) for name, cell in zip(names, row, strict=True)) for row in rows if row
        )
    )


def of_body(body: bytes, media: str) -> Answer:
    """The answer in the body of a response."""
    if media == "text/csv":
        return of_csv(body.decode())
    if media == "application/n-triples":
        triples = ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
        return Answer(triples=frozenset(ox.Triple(q.subject, q.predicate, q.object) for q in triples))
    table = {"application/sparql-results+json": ".srj", "text/tab-separated-values": ".tsv"}[media]
    return of_engine(ox.parse_query_results(body, format=_TABLES[table]))


def _plain(cell: str) -> Term | None:
    if cell.startswith("_:"):
        return ox.BlankNode(cell[2:])
    return ox.Literal(cell) if cell else None


def _row(cells: Iterable[tuple[str, Term | None]]) -> Row:
    return frozenset((name, term) for name, term in cells if term is not None)


def _table(triples: frozenset[ox.Triple]) -> Answer | None:
    """The table that a graph describes in the words of the first suite, if it describes one."""
    said: dict[Term, dict[str, list[Term]]] = {}
    for triple in triples:
        said.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(triple.object)
    table = next((about for about in said.values() if RS + "resultVariable" in about), None)
    yes = next((about[RS + "boolean"][0] for about in said.values() if RS + "boolean" in about), None)
    if isinstance(yes, ox.Literal):
        return Answer(boolean=yes.value == "true")
    if table is None:
        return None
    solutions = [said[solution].get(RS + "binding", []) for solution in table.get(RS + "solution", [])]
    cells = [[(said[b][RS + "variable"][0], said[b][RS + "value"][0]) for b in row] for row in solutions]
    return Answer(
        rows=tuple(
            _row((name.value, term) for name, term in row if isinstance(name, ox.Literal)) for row in cells
        )
    )


def _named(rows: Iterable[Row]) -> list[frozenset[tuple[str, object]]]:
    """Rows whose blank nodes have names that follow from their place, and whose numbers are values."""
    listed = list(rows)
    if not any(isinstance(term, ox.BlankNode) for row in listed for _, term in row):
        return [frozenset((name, _value(term)) for name, term in row) for row in listed]
    data = ox.Dataset(_quads(listed))
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    named: dict[Term, set[tuple[str, object]]] = {}
    for quad in data:
        named.setdefault(quad.subject, set()).add((quad.predicate.value, _value(quad.object)))
    empty = [frozenset[tuple[str, object]]()] * sum(not row for row in listed)
    return [*map(frozenset, named.values()), *empty]


def _quads(rows: Iterable[Row]) -> Iterable[ox.Quad]:
    for number, row in enumerate(rows):
        subject = ox.BlankNode(f"row{number}")
        yield from (ox.Quad(subject, ox.NamedNode("var:" + name), _by_value(term)) for name, term in row)


def _by_value(term: Term) -> Term:
    value = _value(term)
    return ox.Literal(str(value)) if isinstance(value, Decimal) else term


def _value(term: object) -> object:
    """A number by its value, since the store keeps values and not spellings; anything else as it is."""
    if isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS:
        try:
            return Decimal(term.value).normalize()
        except InvalidOperation:
            return term
    return term


def _graph(triples: frozenset[ox.Triple] | None) -> frozenset[object] | None:
    if triples is None:
        return None
    data = ox.Dataset(ox.Quad(t.subject, t.predicate, _by_value(t.object)) for t in triples)
    data.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(data)
