"""The law in a store elsewhere: loaded there graph by graph, and asked there about any day.

Stores disagree on what a query without a data set sees, so every query names its graphs: the merge of all,
and the links that hold on the day. Blank nodes have addresses there, since they would not be the same in
two graphs otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, product
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from asylgraf.errors import AsylgrafError, BackendNotLoaded
from asylgraf.graph import LawGraph
from asylgraf.graph.snapshots import in_force
from asylgraf.namespaces import BASE, DCT, GRAPH, ID
from asylgraf.service.derived import examples_in
from asylgraf.service.questions import kept
from asylgraf.sparql import selftest
from asylgraf.sparql.graphstore import GraphStore
from asylgraf.sparql.named import queries
from asylgraf.sparql.remote import Access, Remote, Reply
from asylgraf.sparql.rows import Rows, Triples, query
from asylgraf.sparql.sources import Calendar, Day, calendar_of
from asylgraf.sparql.syntax import read, tokens

MANIFEST = GRAPH + "derived/backend"
GENID = BASE + ".well-known/genid/"
_IDENTIFIER = DCT + "identifier"

_ABOUT: Final = {
    "provision": "dk/aliens-act/7/1",
    "thing": "echr/3",
    "procedure": "procedure/asylum-today",
    "decided": "status/permanent-residence",
}
"""What the ready questions are asked about when a store is checked."""

_LOOKED_AT: Final = 50
"""Wrong rows that are compared with as many right ones, to show what differs."""

Graphs = Iterator[tuple[str, list[ox.Triple]]]
Row = tuple[object, ...]


def access_from(settings: Mapping[str, str], url: str | None = None) -> Access | None:
    """The store that the settings name: ASYLGRAF_BACKEND, and what it wants to know of who asks."""
    address = url or settings.get("ASYLGRAF_BACKEND")
    if not address:
        return None
    user, password, token = (settings.get(f"ASYLGRAF_BACKEND_{n}", "") for n in ("USER", "PASSWORD", "TOKEN"))
    return Access(
        address, user, password, token, settings.get("ASYLGRAF_BACKEND_AUTH", "").lower() == "digest"
    )


@dataclass(frozen=True)
class RemoteLaw:
    """The law in a store elsewhere."""

    remote: Remote
    graph: LawGraph
    _version: list[str] = field(default_factory=list, repr=False)
    """The version that an endpoint of Asylgraf's own has, once it was asked."""

    def ask(self, text: str, on: date, known: date | None = None) -> Rows | Triples | bool:
        """The answer to a query about the law of a day; BackendNotLoaded if another version is there."""
        return self.told(text, on, known)[0]

    def told(self, text: str, on: date, known: date | None = None) -> tuple[Rows | Triples | bool, Reply]:
        """The same, and the reply in which the store gave it."""
        if not any(token.keyword == "BASE" for token in tokens(text)):  # some stores take no second one
            text = f"BASE <{BASE}> {text}"
        if self._is_ours():
            days = {"on": on.isoformat(), **({"known": known.isoformat()} if known else {})}
            return self.remote.told(text, fields=days)
        reading = read(text)
        if reading.default_graphs or reading.named_graphs:
            return self.remote.told(text)
        key = calendar_of(self.graph).key(on, known)
        named = self._names(key, known) if any(token.keyword == "GRAPH" for token in tokens(text)) else []
        return self.remote.told(text, [merged_name(key), in_force_name(key)], named)

    def _names(self, key: Day, known: date | None) -> list[str]:
        return [
            *sorted(self.graph.visible(known)),
            GRAPH + "catalogue",
            examples_name(key),
            in_force_name(key),
        ]

    def _is_ours(self) -> bool:
        """Whether the store is an endpoint of Asylgraf's own, which knows days; otherwise, what it holds."""
        if not self._version:
            headers = self.remote.send("ASK {}", {}).headers
            found = headers.get("asylgraf-version", "") if "asylgraf-on" in headers else ""
            self._version.append(found)
            if not found:
                self._check_loaded()
        return bool(self._version[0])

    def _check_loaded(self) -> None:
        here = f"<{MANIFEST}>"
        found = self.remote.ask(f"SELECT ?v {{ {here} <{_IDENTIFIER}> ?v }}", [MANIFEST])
        versions = [str(row["v"]) for row in found] if isinstance(found, Rows) else []
        if versions != [self.graph.digest]:
            self._version.clear()
            held = f"version {versions[0][:12]}" if versions else "no version of Asylgraf"
            said = f"The store holds {held}, not {self.graph.digest[:12]}; run asylgraf backend load."
            raise BackendNotLoaded(said, where=self.remote.access.url)


def merged_name(key: Day) -> str:
    """The graph of every statement once, as known then."""
    return f"{GRAPH}derived/merged{_known(key)}"


def in_force_name(key: Day) -> str:
    """The graph of the links that hold on that day."""
    return f"{GRAPH}derived/in-force/{key[0]}{_known(key)}"


def examples_name(key: Day) -> str:
    """The graph of the example cases, as known then."""
    return f"{GRAPH}derived/examples{_known(key)}"


def _known(key: Day) -> str:
    return f"/known/{key[1]}" if key[1] else ""


def remote_graphs(graph: LawGraph) -> Graphs:
    """All that a store must hold, graph by graph; the last one says that it is all there."""
    named = _Addresses(graph.digest[:12])
    for name, quads in graph.loaded.graphs.items():
        yield name, [named.triple(quad) for quad in quads]
    calendar = calendar_of(graph)
    for known in _knowledge(calendar):
        yield from _of_knowledge(graph, calendar, known, named)
    told = ox.Triple(ox.NamedNode(MANIFEST), ox.NamedNode(_IDENTIFIER), ox.Literal(graph.digest))
    yield MANIFEST, [told]


def _of_knowledge(graph: LawGraph, calendar: Calendar, known: date | None, named: _Addresses) -> Graphs:
    examples = examples_in(graph, known)
    first = calendar.key(date.fromisoformat(calendar.changes[0]), known)
    statements = [named.triple(quad) for quad in chain(graph.quads(known), examples)]
    yield merged_name(first), list(dict.fromkeys(statements))
    yield examples_name(first), [named.triple(quad) for quad in examples]
    days = {
        calendar.key(date.min, known),
        *(calendar.key(date.fromisoformat(d), known) for d in calendar.changes),
    }
    for day in sorted(days, key=str):
        on = date.fromisoformat(day[0] or "")
        yield in_force_name(day), list(in_force(graph.law(known), on))


def _knowledge(calendar: Calendar) -> list[date | None]:
    return [None, *(date.fromisoformat(day) for day in calendar.records[:-1])]


class _Addresses:
    """Addresses for blank nodes, the same in every graph."""

    def __init__(self, version: str) -> None:
        self._base = f"{GENID}{version}/"
        self._known: dict[ox.BlankNode, ox.NamedNode] = {}

    def triple(self, quad: ox.Quad) -> ox.Triple:
        """The triple of a quad, without blank nodes."""
        subject, object_ = self._named(quad.subject), self._named(quad.object)
        if isinstance(subject, ox.Literal):
            raise TypeError("A literal is no subject.")
        return ox.Triple(subject, quad.predicate, object_)

    def _named(
        self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
    ) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
        if not isinstance(term, ox.BlankNode):
            return term
        return self._known.setdefault(term, ox.NamedNode(f"{self._base}{len(self._known)}"))


def loaded_into(store: GraphStore, graph: LawGraph) -> tuple[int, int]:
    """Load all that a store must hold; how many graphs and triples that were."""
    sizes = [store.put(name, triples) for name, triples in _everything(graph)]
    return len(sizes), sum(sizes)


def written_to(file: Path, graph: LawGraph) -> int:
    """Write all that a store must hold as N-Quads; how many there are."""
    quads = [
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(name))
        for name, triples in _everything(graph)
        for triple in triples
    ]
    ox.serialize(quads, str(file), format=ox.RdfFormat.N_QUADS)
    return len(quads)


def _everything(graph: LawGraph) -> Graphs:
    # What says that all is there comes last.
    return chain(selftest.graphs(), remote_graphs(graph))


def checked_law(remote: Remote, graph: LawGraph, on: date) -> Iterator[selftest.Finding]:
    """Whether a store answers the ready questions about the law of a day as this copy of the graph does."""
    law, here = RemoteLaw(remote, graph), kept(graph, on, None)
    for name, ready in queries().items():
        values = {p.name: ID + _ABOUT[p.name] for p in ready.parameters if p.name in _ABOUT}
        text = ready.bound(values)
        says = "The answer about the law differs from that of this copy"
        check = selftest.Check(name, text, says, harms=True, graphs="law", expected=())
        try:
            there, expected = law.ask(text, on), query(here, text)
        except BackendNotLoaded:
            raise
        except AsylgrafError as mistake:
            yield selftest.Finding(check, right=False, found=mistake.detail)
            continue
        yield selftest.Finding(check, *_compared(there, expected))


def _compared(there: Rows | Triples | bool, here: Rows | Triples | bool) -> tuple[bool, str]:
    if not isinstance(there, Rows) or not isinstance(here, Rows):
        return there == here, str(there)
    more, less = Counter(there.rows) - Counter(here.rows), Counter(here.rows) - Counter(there.rows)
    if not more and not less:
        return True, ""
    rows = "1 row" if len(there) == 1 else f"{len(there)} rows"
    sizes = f"{more.total()} of them wrong" if len(there) == len(here) else f"not {len(here)}"
    return False, f"{rows}, {sizes}; {_example(here.columns, list(more), list(less))}"


def _example(columns: Sequence[str], more: Sequence[Row], less: Sequence[Row]) -> str:
    """What differs in the two rows that are most alike; a whole row where there is none to compare with."""
    if not more or not less:
        said = "for example it lacks" if less else "for example it has besides"
        return f"{said} {', '.join(map(_told, (less or more)[0]))}"
    pairs = product(more[:_LOOKED_AT], less[:_LOOKED_AT])
    wrong, right = max(pairs, key=lambda pair: sum(a == b for a, b in zip(*pair, strict=True)))
    cells = [
        f"{name} {_told(a)} instead of {_told(b)}"
        for name, a, b in zip(columns, wrong, right, strict=True)
        if a != b
    ]
    same = next((_told(a) for a, b in zip(wrong, right, strict=True) if a == b and a is not None), "")
    return f"for example {', '.join(cells)}{f' where it says {same}' if same else ''}"


def _told(cell: object) -> str:
    return "nothing" if cell is None else str(cell)
