"""The named queries as functions, each with its parameters.

>>> from asylgraf import queries
>>> rows = queries.who_decides(provision="dk/aliens-act/7/1", on="2024-05-01")
>>> [str(row["decidesLabel"]) for row in rows]
['the Danish Immigration Service']

`run` takes the name as text, `pages` gives a long answer in parts, `names` lists them all. Parameters are
those that `asylgraf queries` and the page of the query tell; `on` is the day asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from inspect import Parameter, Signature
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asylgraf.graph import LawGraph
    from asylgraf.service.questions import Askable
    from asylgraf.sparql.named import NamedQuery
    from asylgraf.sparql.rows import Rows

__all__ = ["names", "pages", "run"]


def names() -> tuple[str, ...]:
    """The names of all queries."""
    from asylgraf.sparql.named import queries

    return tuple(queries())


def run(  # noqa: PLR0913 - the clocks, the page and the graph
    name: str,
    /,
    *,
    on: date | str,
    known: date | str | None = None,
    limit: int | None = None,
    offset: int = 0,
    graph: LawGraph | Askable | None = None,
    **values: object,
) -> Rows:
    """The answer to a named query about the law of a day; `limit` and `offset` choose a page of its rows."""
    from asylgraf import open as opened
    from asylgraf.service.questions import named

    return named(name, values, graph or opened(), on=on, known=known, limit=limit, offset=offset)


def pages(
    name: str,
    /,
    *,
    size: int = 1000,
    on: date | str,
    known: date | str | None = None,
    graph: LawGraph | Askable | None = None,
    **values: object,
) -> Iterator[Rows]:
    """The answer in pages of that many rows, asked for one after the other; the last is shorter."""
    offset = 0
    while True:
        page = run(name, on=on, known=known, limit=size, offset=offset, graph=graph, **values)
        if page.rows or not offset:
            yield page
        if len(page) < size:
            return
        offset += size


def __getattr__(name: str) -> Callable[..., Rows]:
    from asylgraf.sparql.named import queries

    query = None if name.startswith("_") else queries().get(name.replace("_", "-"))
    if query is None:
        raise AttributeError(f"There is no query “{name}”; asylgraf.queries.names() lists them.")
    return _function(query)


def __dir__() -> list[str]:
    return sorted([*__all__, *(name.replace("-", "_") for name in names())])


def _function(query: NamedQuery) -> Callable[..., Rows]:
    def ask(**given: object) -> Rows:
        return run(query.name, **given)  # type: ignore[arg-type]

    ask.__name__ = ask.__qualname__ = query.name.replace("-", "_")
    ask.__doc__ = "\n".join([query.title, "", *(f"{p.name}: {p.meaning}" for p in query.parameters)])
    told = {p.name: Parameter.empty if p.required else p.default for p in query.parameters}
    defaults = told | {"on": Parameter.empty, "known": None, "limit": None, "offset": 0, "graph": None}
    ask.__signature__ = Signature(  # type: ignore[attr-defined]
        [Parameter(name, Parameter.KEYWORD_ONLY, default=default) for name, default in defaults.items()]
    )
    return ask
