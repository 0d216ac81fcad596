"""Terms of a query that stand nowhere in the graph: a typo must not read as “the law says nothing”."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from asylgraf.namespaces import BASE, PREFIXES, RDF, XSD
from asylgraf.sparql.syntax import Mention, Reading, Role, unescaped
from asylgraf.sparql.terms import Terms, base

FUNCTIONS = ("http://www.w3.org/2005/xpath-functions", XSD, BASE + "function/")
"""Addresses that name datatypes and functions: they need not stand in the graph."""

_CLOSE, _CLOSE_WHOLE = 70, 88
_KINDS: dict[Role, str] = {
    "class": "class",
    "property": "property",
    "graph": "graph",
    "prefix": "prefix",
    "term": "term",
}


@dataclass(frozen=True)
class Doubt:
    """A term that stands nowhere in the graph, and those that look like it."""

    kind: str
    written: str
    iri: str
    line: int
    column: int
    nearest: tuple[str, ...]

    def __str__(self) -> str:
        near = f" Did you mean {' or '.join(self.nearest)}?" if self.nearest else ""
        place = f"Line {self.line}, column {self.column}"
        return f"{place}: the {self.kind} {self.written} stands nowhere in this graph.{near}"

    def to_json(self) -> dict[str, Any]:
        """The doubt as an object, with its sentence."""
        return {**vars(self), "nearest": list(self.nearest), "message": str(self)}


class Lint:
    """What one snapshot knows of."""

    def __init__(self, store: ox.Store, near: ox.Store | None = None, own: Terms | None = None) -> None:
        """`near` is part of the store, and `own` what the rest speaks in, if that is too large to search."""
        self._store = store
        self._near = near or store
        self._own = own or Terms()

    def warnings(self, query: str, reading: Reading) -> list[Doubt]:
        """Every unknown term, once, in the order of the query."""
        text = unescaped(query)
        seen: set[str] = set()
        doubts = []
        for mention in reading.mentions:
            if mention.iri not in seen and not self._known(mention, reading):
                doubts.append(self._doubt(mention, reading, text))
            seen.add(mention.iri)
        return doubts

    def _known(self, mention: Mention, reading: Reading) -> bool:
        if mention.role == "prefix":
            return self._known_prefix(mention, reading)
        if mention.iri.startswith(FUNCTIONS):
            return True
        try:
            return self._stands(ox.NamedNode(mention.iri), graph=mention.role == "graph")
        except ValueError:
            return False

    def _known_prefix(self, mention: Mention, reading: Reading) -> bool:
        if mention.iri in _NAMESPACES or mention.iri.startswith(FUNCTIONS):
            return True
        used = [m for m in reading.mentions if m.role != "prefix" and m.iri.startswith(mention.iri)]
        if not used or any(self._known(m, reading) for m in used):
            return True
        ours = mention.written.removesuffix(":") in PREFIXES
        return not ours and any(t.startswith(mention.iri) for t in (*self._own.namespaces, *self._terms))

    def _stands(self, node: ox.NamedNode, *, graph: bool) -> bool:
        if graph:
            return self._store.contains_named_graph(node)
        look = self._store.quads_for_pattern
        return (
            _some(look(node, None, None, None))
            or _some(look(None, None, node, None))
            or _some(look(None, node, None, None))
            or self._stands(node, graph=True)
        )

    def _doubt(self, mention: Mention, reading: Reading, text: str) -> Doubt:
        before = text[: mention.at]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        found = self._nearest_prefix(mention) if mention.role == "prefix" else self._nearest(mention)
        nearest = tuple(_written(iri, reading) for iri in found)
        return Doubt(_kind(mention), mention.written, mention.iri, line, column, nearest)

    def _nearest_prefix(self, mention: Mention) -> list[str]:
        same = PREFIXES.get(mention.written.removesuffix(":"))
        return [same] if same else _close(mention.iri, _NAMESPACES, _CLOSE_WHOLE)

    def _nearest(self, mention: Mention) -> list[str]:
        candidates = self._candidates(mention.role)
        namespace = base(mention.iri)
        own = {iri[len(namespace) :]: iri for iri in candidates if base(iri) == namespace}
        near = _close(mention.iri[len(namespace) :], own, _CLOSE)
        return [own[name] for name in near] or _close(mention.iri, candidates, _CLOSE_WHOLE)

    def _candidates(self, role: Role) -> list[str]:
        if role == "graph":
            return sorted(g.value for g in self._store.named_graphs() if isinstance(g, ox.NamedNode))
        return self._classes if role == "class" else self._terms

    @cached_property
    def _classes(self) -> list[str]:
        found = self._select(f"SELECT DISTINCT ?x {{ {{ [] a ?x }} UNION {{ ?x a <{_OWL_CLASS}> }} }}")
        return sorted(self._own.names.union(found))

    @cached_property
    def _terms(self) -> list[str]:
        subjects = self._select("SELECT DISTINCT ?x { ?x ?p ?o }")
        return sorted({*subjects, *self._select("SELECT DISTINCT ?x { ?s ?x ?o }"), *self._classes})

    def _select(self, query: str) -> list[str]:
        found = cast(ox.QuerySolutions, self._near.query(query, use_default_graph_as_union=True))
        return sorted(s["x"].value for s in found if isinstance(s["x"], ox.NamedNode))


_NAMESPACES = sorted(PREFIXES.values())
_OWL_CLASS = PREFIXES["owl"] + "Class"


def _close(wanted: str, names: Iterable[str], cutoff: int) -> list[str]:
    found = process.extract(wanted, list(names), scorer=fuzz.ratio, limit=3, score_cutoff=cutoff)
    return [name for name, _, _ in found]


def _some(quads: Iterator[ox.Quad]) -> bool:
    return next(quads, None) is not None


def _kind(mention: Mention) -> str:
    # By the ontology's own rule, properties begin with a small letter and classes with a capital.
    if mention.role != "term" or not mention.iri.startswith((PREFIXES["asyl"], RDF)):
        return _KINDS[mention.role]
    return "property" if mention.iri[len(base(mention.iri)) :][:1].islower() else "term"


def _written(iri: str, reading: Reading) -> str:
    known = {**PREFIXES, **reading.prefixes}
    fitting = [(len(base), name) for name, base in known.items() if base and iri.startswith(base)]
    if not fitting:
        return f"<{iri}>"
    length, name = max(fitting)
    rest = iri[length:]
    return f"{name}:{rest}" if rest.replace("-", "").replace("_", "").isalnum() else f"<{iri}>"
