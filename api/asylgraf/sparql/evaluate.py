"""Evaluating a query on one snapshot, with mistakes in the words of SPARQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox

from asylgraf.errors import BadQuery, BrokenQuery, FederatedQuery, NotAQuery, TooComplexQuery
from asylgraf.namespaces import BASE, PREFIXES
from asylgraf.sparql.dataset import choose
from asylgraf.sparql.limits import Limits
from asylgraf.sparql.syntax import Reading, read

FUNCTION = BASE + "function/"
"""Where the functions of this endpoint have their addresses."""
Functions = Mapping[ox.NamedNode, Callable[..., ox.Literal | None]]

Found = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)+"|\b[A-Z]{2,}\b')


def checked(query: str, depth: int = Limits.depth) -> Reading:
    """What the query is; refused here if no engine should see it."""
    reading = read(query)
    if reading.update:
        raise NotAQuery(f"{reading.form} is an update; this graph is read-only.")
    if reading.service:
        raise FederatedQuery(
            "SERVICE would send parts of the query elsewhere; ask the other endpoint yourself."
        )
    if reading.depth > depth:
        raise TooComplexQuery(f"The brackets nest {reading.depth} deep; the limit is {depth}.")
    return reading


def evaluate(
    store: ox.Store,
    query: str,
    reading: Reading,
    dataset: tuple[Sequence[str], Sequence[str]] = ((), ()),
    functions: Functions | None = None,
) -> Found:
    """What the engine finds, over the data set that the request or else the query names."""
    default, named = dataset if any(dataset) else (reading.default_graphs, reading.named_graphs)
    chosen = choose(store, default, named)
    if functions is None and FUNCTION in query:
        functions = word_functions(store)
    try:
        return chosen.store.query(
            query,
            default_graph=chosen.default,
            named_graphs=chosen.named,
            custom_functions=dict(functions) if functions else None,
        )
    except SyntaxError as mistake:
        raise broken(query, str(mistake)) from None
    except (ValueError, RuntimeError, OSError) as mistake:
        raise BadQuery(f"The engine refuses the query: {mistake}.") from None


def word_functions(store: ox.Store) -> Functions:
    """The functions that find words, over an index made now."""
    from asylgraf.sparql.fulltext import FullText  # its libraries are slow to import, and rarely wanted

    return FullText(store).functions


def broken(query: str, message: str) -> BrokenQuery:
    """The engine's message with line, column and what stands there."""
    match = _PLACE.match(message)
    if match is None:
        return BrokenQuery(f"{message}.", 1, 1)
    line, column, expected = int(match[1]), int(match[2]), match[3]
    if "Prefix not found" in expected:
        return BrokenQuery(_undeclared(query, line, column), line, column)
    words = ", ".join(dict.fromkeys(_QUOTED.findall(expected)))
    found = _standing(query, line, column)
    wanted = f"; expected {words}" if words else f"; {expected.strip()}" if "[" not in expected else ""
    return BrokenQuery(f"{found}{wanted}.", line, column)


def _standing(query: str, line: int, column: int) -> str:
    lines = query.splitlines() or [""]
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    return f"The parser stops at “{rest[:30]}”" if rest else "The parser stops at the end of the query"


def _undeclared(query: str, line: int, column: int) -> str:
    before = query.splitlines()[line - 1][: column - 1]
    name = (
        re.search(r"([\w.\-]*):[^\s:]*$", before) or re.search(r"([\w.\-]*)$", before) or [before, before]
    )[1]
    known = PREFIXES.get(str(name))
    help_ = f"; write PREFIX {name}: <{known}> above it" if known else ""
    return f"The prefix “{name}:” is not declared{help_}."
