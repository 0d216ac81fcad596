"""Evaluating a query on one snapshot, with mistakes in the words of SPARQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pyoxigraph as ox

from asylgraf.errors import BadQuery, FederatedQuery, NotAQuery, TooComplexQuery
from asylgraf.namespaces import BASE
from asylgraf.sparql.dataset import choose
from asylgraf.sparql.faults import broken
from asylgraf.sparql.limits import Limits
from asylgraf.sparql.shelf import Shelf
from asylgraf.sparql.syntax import Reading, read

FUNCTION = BASE + "function/"
"""Where the functions of this endpoint have their addresses."""
Functions = Mapping[ox.NamedNode, Callable[..., ox.Literal | None]]

Found = ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean


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
    store: ox.Store | Shelf,
    query: str,
    reading: Reading,
    dataset: tuple[Sequence[str], Sequence[str]] = ((), ()),
    functions: Functions | None = None,
) -> Found:
    """What the engine finds, over the data set that the request or else the query names.

    A relative address without a BASE is read below Asylgraf's own: `<id/dk/aliens-act/7/1>`.
    """
    default, named = dataset if any(dataset) else (reading.default_graphs, reading.named_graphs)
    chosen = choose(store.open() if isinstance(store, Shelf) else store, default, named)
    if functions is None and FUNCTION in query:
        functions = word_functions(store)
    try:
        return chosen.store.query(
            query,
            base_iri=BASE,
            default_graph=chosen.default,
            named_graphs=chosen.named,
            custom_functions=dict(functions) if functions else None,
        )
    except SyntaxError as mistake:
        raise broken(query, str(mistake)) from None
    except (ValueError, RuntimeError, OSError) as mistake:
        raise BadQuery(f"The engine refuses the query: {mistake}.") from None


def word_functions(store: ox.Store | Shelf) -> Functions:
    """The functions that find words, over an index made now; graphs on disk have theirs."""
    from asylgraf.sparql.fulltext import FullText  # its libraries are slow to import, and rarely wanted
    from asylgraf.sparql.ownwords import words_of

    if isinstance(store, Shelf):
        return FullText(store.law, words_of(store.folder)).functions
    return FullText(store).functions
