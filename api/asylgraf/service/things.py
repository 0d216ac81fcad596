"""What the graph says of a thing, and who says so: all that a page or a command shows of an address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyoxigraph as ox
from rapidfuzz import process

from asylgraf.errors import BrokenLaw, UnknownThing
from asylgraf.graph import LawGraph
from asylgraf.graph.expressions import Expression, OneOf, read
from asylgraf.graph.files import CATALOGUE
from asylgraf.graph.index import Index
from asylgraf.namespaces import BASE, DCT, ID, ONTOLOGY, OWL, PROV, RDF, RDFS, short
from asylgraf.service.names import Names, in_order
from asylgraf.service.search import Search
from asylgraf.service.statements import place_of

PARTS = ("", "#rule", "#case", "#applies", "#part", "#granted")
"""A thing and the classes of cases that share its page."""
DEFINITION_OF = ONTOLOGY + "usedInDefinitionOf"
MOST = 250
"""How many values of one relation are listed."""
IN_CHAPTER, CHAPTER_OF = ONTOLOGY + "inChapter", ONTOLOGY + "chapterOf"
_TYPE = RDF + "type"
_ABOUT = (
    *(ONTOLOGY + name for name in ("partOf", "versionOf", "inProcedure", "chapterOf")),
    RDFS + "isDefinedBy",
)


@dataclass(frozen=True)
class Value:
    """One object of a statement (an address, a text or a class of cases) and the graphs that state it."""

    iri: str | None
    text: str | None
    language: str | None
    datatype: str | None
    expression: Expression | None
    graphs: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """What one relation says; `count` is of all values, also those not listed."""

    relation: str
    values: tuple[Value, ...]
    count: int


@dataclass(frozen=True)
class Voice:
    """Who says what stands in a named graph, how well founded, recorded when, drawn from what."""

    graph: str
    speaker: str | None
    standing: str | None
    recorded_on: str | None
    sources: tuple[str, ...]
    ontology: bool


@dataclass(frozen=True)
class Thing:
    """Everything the graph says of one address."""

    iri: str
    kinds: tuple[str, ...]
    path: tuple[str, ...]
    says: tuple[Group, ...]
    said_of: tuple[Group, ...]
    voices: tuple[Voice, ...]


class Things:
    """The graph as it was known on a day, asked about one thing at a time."""

    def __init__(self, graph: LawGraph, known: date | None = None) -> None:
        self.graph = graph
        self.names = Names(graph)
        self.law = graph.law(known)
        self._visible = graph.visible(known) | {CATALOGUE.value}

    @cached_property
    def search(self) -> Search:
        """Things by name."""
        return Search(self.graph)

    def thing(self, iri: str) -> Thing:
        """What is said of an address; UnknownThing, with the nearest ones, if nothing is."""
        if not _is_address(iri):
            raise UnknownThing("No thing can have an address like that.", where=iri)
        own = self.quads(iri)
        about = self.mentions(iri)
        if not own and not about and not self.holds(iri):
            near = self._near(iri)
            hint = f" Did you mean {', '.join(map(short, near))}?" if near else ""
            raise UnknownThing(f"Nothing in the graph has the address {short(iri)}.{hint}", iri, near)
        graphs = sorted(
            {q.graph_name.value for q in (*own, *about) if isinstance(q.graph_name, ox.NamedNode)}
        )
        return Thing(
            iri=iri,
            kinds=tuple(sorted({kind for q in own if (kind := _kind(q, iri))})),
            path=self.path(iri),
            says=self._says(own),
            said_of=self._said_of(iri, about),
            voices=tuple(self.voice(name) for name in graphs if name != CATALOGUE.value),
        )

    def quads(self, iri: str) -> list[ox.Quad]:
        """Every statement about the thing and its classes of cases, not those inside a class expression."""
        return [q for part in PARTS for q in self._match(ox.NamedNode(iri + part), None)]

    def everything(self) -> Iterator[ox.Quad]:
        """Every statement of the graphs that were known."""
        return self._match(None, None)

    def mentions(self, iri: str) -> list[ox.Quad]:
        """Every statement whose object the thing is."""
        found = (self._match(None, ox.NamedNode(iri + part)) for part in PARTS)
        own = {iri + part for part in PARTS}
        return [q for quads in found for q in quads if _name(q.subject) not in own]

    def description(self, iri: str) -> list[ox.Triple]:
        """The statements about a thing as RDF, class expressions included, each once."""
        quads = [q for quad in self.quads(iri) for q in self._closure(quad)]
        return list(dict.fromkeys(ox.Triple(q.subject, q.predicate, q.object) for q in quads))

    def holds(self, graph: str) -> tuple[str, ...]:
        """The things that a named graph says something of."""
        quads = self.graph.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        named = {q.subject.value.partition("#")[0] for q in quads if isinstance(q.subject, ox.NamedNode)}
        return tuple(sorted(named, key=in_order)) if graph in self._visible else ()

    def path(self, iri: str) -> tuple[str, ...]:
        """What the thing is part of, outermost first."""
        steps: list[str] = []
        above = self._above(iri)
        while above and above not in (iri, *steps):
            steps.append(above)
            above = self._above(above)
        return tuple(reversed(steps))

    def nesting(self, iri: str) -> tuple[str, ...]:
        """What the thing stands in, outermost first: its path, with the chapters that no address tells."""
        steps = [*self.path(iri), iri]
        return tuple(one for step in steps for one in (*self.values(step, IN_CHAPTER), step))[:-1]

    def chapters(self, iri: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The chapters of an instrument, each with its sections."""
        return tuple((one, self.having(one, IN_CHAPTER)) for one in self.having(iri, CHAPTER_OF))

    def titled(self, iri: str, language: str) -> str:
        """The name of a thing; of a chapter, with what it is about."""
        title = self.texts(iri, DCT + "title").get(language) if self.values(iri, CHAPTER_OF) else None
        name = self.names.text(iri, language)
        return f"{name}: {title}" if title else name

    def parts(self, iri: str) -> tuple[str, ...]:
        """What is part of the thing, as people count."""
        found = {_name(q.subject) for q in self._match(None, ox.NamedNode(iri), ONTOLOGY + "partOf")}
        return tuple(sorted(filter(None, found), key=in_order))

    def contents(self, iri: str) -> tuple[str, ...]:
        """What is part of the thing; of a chapter, its sections."""
        return self.parts(iri) or self.having(iri, IN_CHAPTER)

    def values(self, iri: str, relation: str) -> tuple[str, ...]:
        """The addresses or texts that a relation leads to."""
        quads = self._match(ox.NamedNode(iri), None, relation)
        found = {q.object.value for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal)}
        return tuple(sorted(found, key=in_order))

    def texts(self, iri: str, relation: str) -> dict[str, str]:
        """The text of a relation in each language."""
        quads = self._match(ox.NamedNode(iri), None, relation)
        return {
            q.object.language: q.object.value
            for q in quads
            if isinstance(q.object, ox.Literal) and q.object.language
        }

    def having(self, iri: str, relation: str) -> tuple[str, ...]:
        """The things that a relation leads to this one from."""
        found = {_name(q.subject) for q in self._match(None, ox.NamedNode(iri), relation)}
        return tuple(sorted(filter(None, found), key=in_order))

    def inherited(self, iri: str, relation: str) -> tuple[tuple[str, ...], str] | None:
        """The values that the thing, or the nearest it is part of, has; and whose they are."""
        for place in (iri, *reversed(self.path(iri))):
            if found := self.values(place, relation):
                return found, place
        return None

    def voice(self, graph: str) -> Voice:
        """Who says what stands in a named graph."""

        def one(relation: str) -> str | None:
            return next(iter(self.values(graph, relation)), None)

        return Voice(
            graph=graph,
            speaker=one(ONTOLOGY + "speaker"),
            standing=one(ONTOLOGY + "standing"),
            recorded_on=one(ONTOLOGY + "recordedOn"),
            sources=self.values(graph, PROV + "wasDerivedFrom"),
            ontology=graph.startswith(ONTOLOGY),
        )

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Every address of ours that the graph says something of."""
        names = {q.subject.value for q in self.graph.store if isinstance(q.subject, ox.NamedNode)}
        return tuple(sorted({name.partition("#")[0] for name in names if name.startswith(BASE)}))

    def _match(
        self,
        subject: ox.NamedNode | ox.BlankNode | None,
        object_: ox.NamedNode | ox.BlankNode | None,
        relation: str = "",
    ) -> Iterator[ox.Quad]:
        predicate = ox.NamedNode(relation) if relation else None
        quads = self.graph.store.quads_for_pattern(subject, predicate, object_, None)
        return (q for q in quads if _name(q.graph_name) in self._visible)

    def _closure(self, quad: ox.Quad) -> Iterator[ox.Quad]:
        yield quad
        if isinstance(quad.object, ox.BlankNode):
            for below in self._match(quad.object, None):
                yield from self._closure(below)

    def _above(self, iri: str) -> str | None:
        return next((value for relation in _ABOUT for value in self.values(iri, relation)), None)

    def _near(self, iri: str) -> tuple[str, ...]:
        return tuple(m for m, _, _ in process.extract(iri, self.addresses, limit=3, score_cutoff=85))

    def _says(self, quads: Iterable[ox.Quad]) -> tuple[Group, ...]:
        by_relation: dict[str, dict[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, list[ox.Quad]]] = {}
        for quad in quads:
            by_relation.setdefault(quad.predicate.value, {}).setdefault(quad.object, []).append(quad)
        groups = (
            Group(relation, tuple(sorted(map(self._value, found.values()), key=_value_order)), len(found))
            for relation, found in by_relation.items()
        )
        return tuple(sorted(groups, key=lambda group: self._relation_order(group.relation)))

    def _value(self, quads: list[ox.Quad]) -> Value:
        graphs = tuple(sorted({_name(q.graph_name) or "" for q in quads}))
        object_ = quads[0].object
        match object_:
            case ox.NamedNode():
                return Value(object_.value, None, None, None, None, graphs)
            case ox.Literal():
                return Value(None, object_.value, object_.language, object_.datatype.value, None, graphs)
        return Value(None, None, None, None, self._expression(quads[0]), graphs)

    def _expression(self, quad: ox.Quad) -> Expression | None:
        index = Index(self._closure(quad))
        if isinstance(quad.object, ox.BlankNode) and (listed := index.value(quad.object, OWL + "oneOf")):
            return OneOf("", tuple(name for member in index.members(listed) if (name := _name(member))))
        try:
            return read(index, quad.object, _name(quad.subject) or "")
        except BrokenLaw:
            return None

    def _said_of(self, iri: str, quads: Iterable[ox.Quad]) -> tuple[Group, ...]:
        by_relation: dict[str, dict[str, set[str]]] = {}
        for quad in quads:
            relation, subject = self._owner(quad)
            if subject and subject.partition("#")[0] != iri:
                by_relation.setdefault(relation, {}).setdefault(subject, set()).add(
                    _name(quad.graph_name) or ""
                )
        return tuple(
            Group(relation, _subjects(found), len(found))
            for relation, found in sorted(by_relation.items(), key=lambda item: self._relation_order(item[0]))
        )

    def _owner(self, quad: ox.Quad) -> tuple[str, str | None]:
        """The named thing that a statement stands in, also when inside a class expression."""
        relation, subject, seen = quad.predicate.value, quad.subject, 0
        while isinstance(subject, ox.BlankNode) and seen < 50:
            above = next(self._match(None, subject), None)
            if above is None:
                return relation, None
            relation, subject, seen = DEFINITION_OF, above.subject, seen + 1
        if quad.predicate.value == OWL + "equivalentClass":
            relation = DEFINITION_OF
        return relation, _name(subject)

    def _relation_order(self, relation: str) -> tuple[int, str]:
        return place_of(relation), self.names.text(relation, "en")


def _subjects(found: dict[str, set[str]]) -> tuple[Value, ...]:
    ordered = sorted(found, key=in_order)[:MOST]
    return tuple(Value(iri, None, None, None, None, tuple(sorted(found[iri]))) for iri in ordered)


def _kind(quad: ox.Quad, iri: str) -> str | None:
    return _name(quad.object) if quad.predicate.value == _TYPE and _name(quad.subject) == iri else None


def _name(node: object) -> str | None:
    return node.value if isinstance(node, ox.NamedNode) else None


def _value_order(value: Value) -> tuple[int, tuple[tuple[int, int | str], ...]]:
    kind = 0 if value.iri else 1 if value.text else 2
    return kind, in_order(value.iri or value.text or "")


def whole_address(text: str) -> str:
    """The address meant by a full one, a short one (dk/aliens-act/7/3) or one below ontology/ or graph/."""
    text = text.strip().strip("<>")
    if "://" in text:
        return text
    text = text.removeprefix("/").removeprefix("id/")
    if text.startswith("asyl:"):
        return ONTOLOGY + text.removeprefix("asyl:")
    return BASE + text if text.startswith(("ontology/", "graph/")) else ID + text


def _is_address(iri: str) -> bool:
    try:
        ox.NamedNode(iri)
    except ValueError:
        return False
    return True
