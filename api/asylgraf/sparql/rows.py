"""Answers as Python values: rows, triples, or yes and no."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self

import pyoxigraph as ox

from asylgraf.namespaces import RDF, XSD
from asylgraf.sparql.evaluate import Found, checked, evaluate
from asylgraf.sparql.shelf import Shelf

if TYPE_CHECKING:
    import networkx as nx
    import rdflib


class Iri(str):
    """The address of a thing."""

    __slots__ = ()


class Text(str):
    """Words in a language."""

    __slots__ = ("language",)
    language: str

    def __new__(cls, value: str, language: str) -> Self:
        """Words, and the tag of their language."""
        text = super().__new__(cls, value)
        text.language = language
        return text


Cell = Iri | Text | str | bool | int | float | Decimal | date | datetime | None

_READERS: Final[dict[str, Callable[[str], Cell]]] = {
    XSD + "boolean": lambda written: written in ("true", "1"),
    XSD + "integer": int,
    XSD + "int": int,
    XSD + "long": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "date": date.fromisoformat,
    XSD + "dateTime": datetime.fromisoformat,
}
_PLAIN = (XSD + "string", RDF + "langString")


@dataclass(frozen=True)
class Rows:
    """A table: its columns, and a value or nothing in each of them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def to_json(self) -> dict[str, Any]:
        """Columns and rows as JSON values; a term keeps its type."""
        return {"columns": list(self.columns), "rows": [[_json(cell) for cell in row] for row in self.rows]}

    def pandas(self) -> Any:  # noqa: ANN401 - pandas is optional, and so is its type
        """A data frame; needs pandas."""
        import pandas as pd  # type: ignore[import-untyped, unused-ignore]

        return pd.DataFrame(list(self.rows), columns=list(self.columns))


@dataclass(frozen=True)
class Triples:
    """A set of triples."""

    triples: tuple[ox.Triple, ...]

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)

    def turtle(self) -> str:
        """The triples as Turtle."""
        data = ox.serialize(self.triples, format=ox.RdfFormat.TURTLE) or b""
        return data.decode()

    def rdflib(self) -> rdflib.Graph:
        """The triples as an rdflib graph."""
        import rdflib

        return rdflib.Graph().parse(data=self.turtle(), format="turtle")

    def networkx(self) -> nx.MultiDiGraph[str]:
        """A graph with an edge for each triple between things; its key is the relation."""
        import networkx as nx

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for triple in self.triples:
            if not isinstance(triple.object, ox.Literal):
                graph.add_edge(_name(triple.subject), _name(triple.object), key=triple.predicate.value)
        return graph


def query(
    snapshot: ox.Store | Shelf, text: str, *, default: Sequence[str] = (), named: Sequence[str] = ()
) -> Rows | Triples | bool:
    """The answer to a query, in this process and without limits."""
    return typed(evaluate(snapshot, text, checked(text), (default, named)))


def typed(found: Found) -> Rows | Triples | bool:
    """What the engine found as Python values."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    if isinstance(found, ox.QueryTriples):
        return Triples(tuple(dict.fromkeys(found)))
    columns = tuple(variable.value for variable in found.variables)
    return Rows(columns, tuple(tuple(value(solution[column]) for column in columns) for solution in found))


def from_json(data: bytes | str) -> Rows | bool:
    """SPARQL JSON results as Python values."""
    told: Mapping[str, Any] = json.loads(data)
    if "boolean" in told:
        return bool(told["boolean"])
    columns = tuple(told["head"]["vars"])
    bindings = told["results"]["bindings"]
    return Rows(
        columns, tuple(tuple(_told(binding.get(column)) for column in columns) for binding in bindings)
    )


def value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Cell:
    """A term as the Python value that means the same."""
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return Iri(term.value)
    if isinstance(term, ox.Literal):
        return _literal(term.value, term.language, term.datatype.value)
    return str(term)


def _told(cell: Mapping[str, str] | None) -> Cell:
    if cell is None:
        return None
    if cell["type"] == "uri":
        return Iri(cell["value"])
    if cell["type"] == "bnode":
        return "_:" + cell["value"]
    return _literal(cell["value"], cell.get("xml:lang"), cell.get("datatype", _PLAIN[0]))


def _literal(written: str, language: str | None, datatype: str) -> Cell:
    if language:
        return Text(written, language)
    try:
        return _READERS.get(datatype, str)(written)
    except (ValueError, ArithmeticError):
        return written


def _json(cell: Cell) -> object:
    if isinstance(cell, Iri):
        return {"iri": str(cell)}
    if isinstance(cell, Text):
        return {"text": str(cell), "language": cell.language}
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, Decimal) else cell


def _name(term: ox.NamedNode | ox.BlankNode | ox.Triple | ox.Literal) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
