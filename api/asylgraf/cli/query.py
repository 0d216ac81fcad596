"""`asylgraf query`: ask the graph in SPARQL."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.options import AsJson, Known, On, day, today
from asylgraf.cli.output import console, waiting
from asylgraf.errors import BrokenQuery

if TYPE_CHECKING:
    import pyoxigraph as ox
    from rich.table import Table

    from asylgraf.sparql.shelf import Shelf
    from asylgraf.sparql.syntax import Reading


class Code(StrEnum):
    """The languages in which a named query can be asked."""

    curl = "curl"
    python = "python"
    asylgraf = "asylgraf"
    r = "r"


_SPARQL = re.compile(r"\s*(?:PREFIX|BASE|SELECT|ASK|DESCRIBE|CONSTRUCT|#)\b", re.IGNORECASE)


def query(  # noqa: PLR0913 - a parameter is an option
    text: Annotated[
        str, typer.Argument(metavar="QUERY", help="SPARQL, a file with it, the name of a query, or -.")
    ],
    *,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="A parameter of a named query; can be repeated."),
    ] = None,
    on: On = None,
    known: Known = None,
    limit: Annotated[int | None, typer.Option(help="Rows of a named query.", min=1)] = None,
    offset: Annotated[int, typer.Option(help="Rows of it to leave out before them.", min=0)] = 0,
    code: Annotated[
        Code | None, typer.Option("--code", help="Print code that asks a named query, and do not ask.")
    ] = None,
    cite: Annotated[
        bool, typer.Option("--cite", help="Print how to cite the answer, and do not ask.")
    ] = False,
    site: Annotated[
        str, typer.Option(metavar="URL", help="The running site that the code or the citation names.")
    ] = "http://127.0.0.1:8000",
    store: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Graphs of your own, from asylgraf load, to ask with the law."),
    ] = None,
    backend: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            envvar="ASYLGRAF_BACKEND",
            help="A store elsewhere that holds the graph (asylgraf backend load), or another Asylgraf.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Ask the graph in SPARQL; SELECT prints a table, CONSTRUCT and DESCRIBE print Turtle.

    [bold]Examples:[/bold]

    asylgraf query 'SELECT ?p { ?p a asyl:Permit }'

    asylgraf query question.rq --on 2014-06-01 --json

    asylgraf query who-decides --set provision=dk/aliens-act/7/1

    asylgraf query who-decides --set provision=dk/aliens-act/7/1 --on 2014-06-01 --code r
    """
    if code is not None:
        page = {"limit": str(limit or ""), "offset": str(offset or "")}
        typer.echo(_code(code, text, site, _values(values), {"on": on or "", "known": known or "", **page}))
        return
    from asylgraf.sparql.evaluate import checked

    when, then = day(on, "on") or today(), day(known, "known")
    written = _read(text, _values(values), (limit, offset))
    added = _prefixes(written)
    with waiting("Asking…"):
        try:
            reading = checked(added + written)
            if cite:
                typer.echo(_citation(added + written, when, then, site))
                return
            if backend and store is None:
                show = _asked_elsewhere(backend, added + written, when, then)
            else:
                show = _asked_here(_snapshot(when, then, store), added + written, reading)
        except BrokenQuery as mistake:
            raise _where_written(mistake, added) from None
    show(json)


def _asked_here(store: ox.Store | Shelf, text: str, reading: Reading) -> Callable[[bool], None]:
    """How to print the answer of a store in this process."""
    import pyoxigraph as ox

    from asylgraf.sparql.evaluate import evaluate

    found = evaluate(store, text, reading)
    if isinstance(found, ox.QueryTriples):
        return lambda json: _triples(found, json=json)
    told = partial(found.serialize, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return lambda json: _raw(told()) if json else _truth(found)
    return lambda json: _raw(told()) if json else _solutions(found)


def _asked_elsewhere(url: str, text: str, on: date, known: date | None) -> Callable[[bool], None]:
    """How to print the answer of a store elsewhere, which was asked as the library asks it."""
    from asylgraf.graph import open_graph
    from asylgraf.service.backend import RemoteLaw, access_from
    from asylgraf.sparql.remote import Remote
    from asylgraf.sparql.rows import Triples

    access = access_from(os.environ, url)
    if access is None:
        raise typer.BadParameter("This is no address of a store.", param_hint="--backend")
    answer, reply = RemoteLaw(Remote(access), open_graph()).told(text, on, known)
    if isinstance(answer, Triples):
        return lambda json: _triples(answer, json=json)
    if isinstance(answer, bool):
        return lambda json: _raw(reply.body) if json else _truth(answer)
    return lambda json: _raw(reply.body) if json else _table(answer.columns, answer.rows)


def _snapshot(on: date, known: date | None, folder: Path | None) -> ox.Store | Shelf:
    """The law of a day, with a folder's graphs beside it if one is named."""
    from asylgraf.graph import open_graph
    from asylgraf.service.questions import kept

    law = kept(open_graph(), on, known)
    if folder is None:
        return law
    from asylgraf.sparql.shelf import graphs, on_day

    graphs(folder)
    return on_day(folder, law)


def _citation(query: str, on: date, known: date | None, site: str) -> str:
    """What to write in a footnote; `known` is as far as this graph knows, if no day is given."""
    from asylgraf.graph import open_graph
    from asylgraf.sparql.lasting import Cited

    graph = open_graph()
    last = max((r.recorded_on for r in graph.records.values() if r.recorded_on), default=None)
    return Cited(query, on, known or last, graph.digest).text(site.rstrip("/"))


def _code(code: Code, name: str, site: str, values: Mapping[str, str], clocks: Mapping[str, str]) -> str:
    """Code that asks the named query on those days."""
    from asylgraf.sparql.named import find
    from asylgraf.sparql.snippets import snippets

    for clock in ("on", "known"):
        day(clocks[clock] or None, clock)
    found = find(name)
    found.terms(values)
    return snippets(site.rstrip("/"), found, {**values, **clocks})[code.value]


def _read(asked: str, values: Mapping[str, str], page: tuple[int | None, int]) -> str:
    """The query meant: SPARQL as written, the text of a file, or a named query with its values."""
    if asked == "-":
        return sys.stdin.read()
    if _SPARQL.match(asked) or "{" in asked:
        return asked
    if len(asked) < 1000 and Path(asked).is_file():
        return Path(asked).read_text(encoding="utf-8")
    from asylgraf.sparql.named import find

    return find(asked).bound(values, limit=page[0], offset=page[1])


def _values(written: list[str] | None) -> dict[str, str]:
    """The values of parameters, as `name=value`."""
    found: dict[str, str] = {}
    for one in written or []:
        name, given, value = one.partition("=")
        if not given:
            raise typer.BadParameter(f"“{one}” is not NAME=VALUE.", param_hint="--set")
        found[name] = value
    return found


def _prefixes(text: str) -> str:
    """Declarations of our prefixes that the query uses without declaring them."""
    from asylgraf.namespaces import PREFIXES

    declared = text.lower()
    missing = (p for p in PREFIXES if f"{p}:" in text and f"prefix {p}:" not in declared)
    return "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in missing)


def _where_written(mistake: BrokenQuery, added: str) -> BrokenQuery:
    column = mistake.column - len(added) if mistake.line == 1 else mistake.column
    return BrokenQuery(mistake.detail, mistake.line, max(1, column))


def _triples(found: Iterable[ox.Triple], *, json: bool) -> None:
    import pyoxigraph as ox

    from asylgraf.namespaces import PREFIXES

    form = ox.RdfFormat.JSON_LD if json else ox.RdfFormat.TURTLE
    _raw(ox.serialize(found, format=form, prefixes=PREFIXES))


def _raw(written: bytes | None) -> None:
    typer.echo((written or b"").decode())


def _truth(found: object) -> None:
    typer.echo("yes" if found else "no")


def _solutions(found: ox.QuerySolutions) -> None:
    names = [name.value for name in found.variables]
    _table(names, [[row[name] for name in names] for row in found])


def _table(names: Sequence[str], found: Iterable[Sequence[object]]) -> None:
    rows = [[_cell(cell) for cell in row] for row in found]
    screen = console()
    if screen.is_terminal:
        screen.print(_fitted(names, rows))
    else:
        typer.echo("\n".join(_lines(names, rows)))
    typer.echo(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", err=True)


def _fitted(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """The rows in columns that wrap at the width of the terminal."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(*names, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    return table


def _lines(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows in columns, a line each however long: for a pipe, where a hundred thousand may come."""
    flat = [names, *([" ".join(cell.split("\n")) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*flat, strict=True)]
    for row in flat:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()


def _cell(term: object) -> str:
    """A term of the store, or a value of a row, as people read it."""
    import pyoxigraph as ox

    from asylgraf.namespaces import short
    from asylgraf.sparql.rows import Iri

    if isinstance(term, ox.NamedNode | Iri):
        return short(term.value if isinstance(term, ox.NamedNode) else term)
    if isinstance(term, ox.Literal):
        return term.value
    if isinstance(term, bool):
        return str(term).lower()
    return "" if term is None else str(term)
