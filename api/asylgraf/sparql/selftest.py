"""What a store elsewhere gets wrong: questions with known answers about data that was loaded for them."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

import pyoxigraph as ox

from asylgraf.errors import AsylgrafError, BackendFailed
from asylgraf.namespaces import GRAPH, ID, PREFIXES, XSD
from asylgraf.resources import data
from asylgraf.sparql.remote import Remote
from asylgraf.sparql.rows import Cell, Iri, Rows, Text, Triples

SMALL: Final = GRAPH + "derived/self-test"
LARGE: Final = GRAPH + "derived/self-test/large"
_T: Final = ID + "self-test/"
_DATA_SETS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "small": ((SMALL,), ()),
    "large": ((LARGE,), ()),
    "named": ((), (SMALL,)),
    "none": ((), ()),
}
_PROVISIONS, _LINKS = 12_000, 2000
"""Enough for a store that loses rows over ranges of days to lose some."""
_PROLOGUE = "".join(
    f"PREFIX {p}: <{iri}> " for p, iri in {"t": _T, **PREFIXES}.items() if p in ("t", "rdfs", "xsd")
)


@dataclass(frozen=True)
class Check:
    """A question with a known answer, and what is wrong with a store that gives another."""

    name: str
    query: str
    says: str
    harms: bool
    """Whether answers about the law can be wrong, and not only different."""
    graphs: str
    expected: tuple[object, ...]
    """Every answer that is right."""


@dataclass(frozen=True)
class Finding:
    """What a store answered to a check."""

    check: Check
    right: bool
    found: str


def checks() -> tuple[Check, ...]:
    """Every check, in the order in which they are made."""
    told = tomllib.loads((data("queries") / "backend/checks.toml").read_text(encoding="utf-8"))
    return tuple(_check(one) for one in told["check"])


def _check(told: Mapping[str, Any]) -> Check:
    says = told.get("wrong") or told["note"]
    query = _PROLOGUE + told["query"]
    return Check(told["name"], query, says, "wrong" in told, told.get("graphs", "small"), _expected(told))


def _expected(told: Mapping[str, Any]) -> tuple[object, ...]:
    if told.get("refused"):
        return ("refused",)
    if "any" in told:
        return tuple(_table(rows) for rows in told["any"])
    if "rows" in told:
        return (_table(told["rows"]),)
    if "ask" in told:
        return (("ask", told["ask"]),)
    return (("number", told.get("number", told.get("triples"))),)


def _table(rows: Sequence[Sequence[object]]) -> Counter[tuple[object, ...]]:
    return Counter(tuple(_told(cell) for cell in row) for row in rows)


def _told(cell: object) -> object:
    """A number by its value, truth apart from numbers."""
    if isinstance(cell, bool):
        return "truth", cell
    return float(cell) if isinstance(cell, int | float) else cell


def check(remote: Remote) -> Iterator[Finding]:
    """What the store answers to every check; BackendFailed if the data of the checks is not there."""
    if remote.ask(f"{_PROLOGUE}ASK {{ t:link-0 t:next ?next }}", [LARGE]) is not True:
        said = "The store does not hold the data of the checks; run asylgraf backend load."
        raise BackendFailed(said, where=remote.access.url)
    for one in checks():
        yield _made(remote, one)


def _made(remote: Remote, one: Check) -> Finding:
    default, named = _DATA_SETS[one.graphs]
    try:
        answer = remote.ask(one.query, default, named)
    except AsylgrafError as mistake:
        return Finding(one, "refused" in one.expected, mistake.detail)
    right = any(_as_expected(answer, expected) for expected in one.expected)
    return Finding(one, right, _shown(answer))


def _as_expected(answer: Rows | Triples | bool, expected: object) -> bool:
    if isinstance(answer, bool):
        return expected == ("ask", answer)
    if isinstance(expected, tuple) and expected[0] == "number":
        return bool(len(answer) == expected[1])
    return isinstance(answer, Rows) and expected == _written(answer)


def _written(rows: Rows) -> Counter[tuple[object, ...]]:
    return Counter(tuple(_cell(cell) for cell in row) for row in rows.rows)


def _cell(cell: Cell) -> object:
    if cell is None:
        return "-"
    if isinstance(cell, Iri):
        return "t:" + cell.removeprefix(_T) if cell.startswith(_T) else "graph:" + cell.removeprefix(GRAPH)
    if isinstance(cell, Text):
        return f'"{cell}"@{cell.language}'
    if isinstance(cell, bool):
        return "truth", cell
    if isinstance(cell, str):
        return str(cell)
    return cell.isoformat() if isinstance(cell, date) else float(cell)


def _shown(answer: Rows | Triples | bool) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, Triples):
        return f"{len(answer)} triples"
    first = ", ".join(str(cell) for cell in answer.rows[0]) if answer.rows else ""
    return f"{len(answer)} row{'' if len(answer) == 1 else 's'}{': ' if first else ''}{first}"


def graphs() -> Iterator[tuple[str, list[ox.Triple]]]:
    """The graphs that the checks ask about."""
    small = (data("queries") / "backend/data.ttl").read_bytes()
    yield (
        SMALL,
        [ox.Triple(q.subject, q.predicate, q.object) for q in ox.parse(small, format=ox.RdfFormat.TURTLE)],
    )
    yield LARGE, list(_large())


def _large() -> Iterator[ox.Triple]:
    for number in range(_PROVISIONS):
        provision = _node(f"provision-{number}")
        yield ox.Triple(provision, _node("partOf"), _node(f"section-{number % 50}"))
        for step in range(3):
            version = _node(f"version-{number}-{step}")
            start = date(1983, 1, 1) + timedelta(number * 37 % 7000 + step * 2000)
            yield ox.Triple(version, _node("versionOf"), provision)
            yield ox.Triple(version, _node("from"), _day(start))
            if step < 2:
                yield ox.Triple(version, _node("until"), _day(start + timedelta(2000)))
    for number in range(_LINKS):
        yield ox.Triple(_node(f"link-{number}"), _node("next"), _node(f"link-{number + 1}"))


@cache
def _node(name: str) -> ox.NamedNode:
    return ox.NamedNode(_T + name)


def _day(day: date) -> ox.Literal:
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date"))
