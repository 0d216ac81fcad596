"""Class expressions: what a rule or a condition says of a case, in the grammar of rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from asylgraf.errors import BrokenLaw
from asylgraf.graph.index import Index, Term
from asylgraf.namespaces import ONTOLOGY, OWL, RDF, XSD, short

CASE, NOTHING = ONTOLOGY + "Case", OWL + "Nothing"


@dataclass(frozen=True)
class Named:
    """A class that has a name: a condition, a provision's cases, every case, or no case."""

    iri: str


@dataclass(frozen=True)
class And:
    """All of these."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Or:
    """At least one of these."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Not:
    """None of this."""

    part: Expression


@dataclass(frozen=True)
class Has:
    """A fact has this value: true or false, or one of an enumeration."""

    fact: str
    value: bool | str


@dataclass(frozen=True)
class OneOf:
    """A fact has one of these values of an enumeration."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Within:
    """A number (or a day, as its ordinal) lies between these bounds, both included."""

    fact: str
    minimum: int | None
    maximum: int | None


Expression = Named | And | Or | Not | Has | OneOf | Within

EVERY, NO = Named(CASE), Named(NOTHING)


def both(*parts: Expression) -> Expression:
    """The intersection, without what adds nothing to it."""
    wanted = tuple(dict.fromkeys(part for part in parts if part != EVERY))
    if NO in wanted:
        return NO
    return And(wanted) if len(wanted) > 1 else wanted[0] if wanted else EVERY


def either(*parts: Expression) -> Expression:
    """The union, without what adds nothing to it."""
    wanted = tuple(dict.fromkeys(part for part in parts if part != NO))
    if EVERY in wanted:
        return EVERY
    return Or(wanted) if len(wanted) > 1 else wanted[0] if wanted else NO


def names(expression: Expression) -> Iterator[str]:
    """Every named class in the expression."""
    match expression:
        case Named(iri):
            yield iri
        case And(parts) | Or(parts):
            for part in parts:
                yield from names(part)
        case Not(part):
            yield from names(part)


def tests(expression: Expression) -> Iterator[Has | OneOf | Within]:
    """Every test of a fact in the expression, not looking into named classes."""
    match expression:
        case Has() | OneOf() | Within():
            yield expression
        case And(parts) | Or(parts):
            for part in parts:
                yield from tests(part)
        case Not(part):
            yield from tests(part)


def read(index: Index, node: Term | None, where: str, inside: frozenset[Term] = frozenset()) -> Expression:
    """The expression at a node; anything outside the grammar of rules is an error that names it.

    `inside` are the expressions this one stands in: none may stand in itself.
    """
    if isinstance(node, ox.NamedNode):
        return Named(node.value)
    if not isinstance(node, ox.BlankNode):
        raise BrokenLaw(f"A class expression is expected, not {node}.", where=short(where))
    if node in inside:
        raise BrokenLaw("A class expression stands within itself.", where=short(where))
    said = [(reader, value) for key, reader in _READERS.items() for value in index.objects(node, key)]
    if len(said) != 1:
        raise BrokenLaw("This class expression is outside the grammar of rules.", where=short(where))
    reader, value = said[0]
    return reader(index, node, value, _Place(where, inside | {node}))


@dataclass(frozen=True)
class _Place:
    """Where an expression stands: the class it defines, and the expressions around it."""

    iri: str
    inside: frozenset[Term]

    def broken(self, message: str) -> BrokenLaw:
        """The error that names the place."""
        return BrokenLaw(message, where=short(self.iri))

    def members(self, index: Index, head: Term) -> list[Term]:
        """The members of a list; one that is broken or goes round in a circle is an error."""
        found, seen = list[Term](), set[Term]()
        while head != _NIL:
            first, rest = ([], []) if isinstance(head, ox.Literal | ox.Triple) else _cell(index, head)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise self.broken("A list is not whole.")
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return found


def _cell(index: Index, node: ox.NamedNode | ox.BlankNode) -> tuple[list[Term], list[Term]]:
    return index.objects(node, RDF + "first"), index.objects(node, RDF + "rest")


def _parts(index: Index, value: Term, place: _Place) -> tuple[Expression, ...]:
    members = place.members(index, value)
    if not members:
        raise place.broken("An intersection or union has no members.")
    return tuple(read(index, member, place.iri, place.inside) for member in members)


def _and(index: Index, _node: ox.BlankNode, value: Term, place: _Place) -> Expression:
    return And(_parts(index, value, place))


def _or(index: Index, _node: ox.BlankNode, value: Term, place: _Place) -> Expression:
    return Or(_parts(index, value, place))


def _not(index: Index, _node: ox.BlankNode, value: Term, place: _Place) -> Expression:
    return Not(read(index, value, place.iri, place.inside))


def _restriction(index: Index, node: ox.BlankNode, fact: Term, place: _Place) -> Expression:
    if not isinstance(fact, ox.NamedNode):
        raise place.broken("A restriction must be on a named fact.")
    said = {p.removeprefix(OWL): index.objects(node, p) for p in index.properties(node)}
    kinds = said.keys() - {"onProperty", RDF + "type"}
    if kinds == {"hasValue"} and len(said["hasValue"]) == 1:
        return _has(fact.value, said["hasValue"][0], place)
    if kinds == {"someValuesFrom"} and len(said["someValuesFrom"]) == 1:
        return _some(index, fact.value, said["someValuesFrom"][0], place)
    raise place.broken(f"The restriction on {short(fact.value)} is outside the grammar of rules.")


def _has(fact: str, value: Term, place: _Place) -> Has:
    if isinstance(value, ox.NamedNode):
        return Has(fact, value.value)
    truth = _TRUTHS.get(value.value) if isinstance(value, ox.Literal) else None
    if truth is None or not isinstance(value, ox.Literal) or value.datatype.value != XSD + "boolean":
        raise place.broken(f"The value of {short(fact)} is outside the grammar of rules.")
    return Has(fact, truth)


def _some(index: Index, fact: str, node: Term, place: _Place) -> Expression:
    said = index.properties(node) - {RDF + "type"} if isinstance(node, ox.BlankNode) else set()
    if isinstance(node, ox.BlankNode) and said == {OWL + "oneOf"}:
        members = place.members(index, index.objects(node, OWL + "oneOf")[0])
        named = [member.value for member in members if isinstance(member, ox.NamedNode)]
        if named and len(named) == len(members):
            return OneOf(fact, tuple(sorted(set(named))))
    if isinstance(node, ox.BlankNode) and said == {OWL + "onDatatype", OWL + "withRestrictions"}:
        whole_numbers = index.text(node, OWL + "onDatatype") == XSD + "integer"
        facets = index.objects(node, OWL + "withRestrictions")
        if whole_numbers and len(facets) == 1:
            return _within(index, fact, facets[0], place)
    raise place.broken(f"The range of {short(fact)} is outside the grammar of rules.")


def _within(index: Index, fact: str, facets: Term, place: _Place) -> Within:
    lower: list[int] = []
    upper: list[int] = []
    for facet in place.members(index, facets):
        side, bound = _bound(index, facet) or (None, 0)
        if side is None:
            raise place.broken(f"The bounds of {short(fact)} are outside the grammar of rules.")
        (lower if side == "lower" else upper).append(bound)
    if not lower and not upper:
        raise place.broken(f"The bounds of {short(fact)} are outside the grammar of rules.")
    return Within(fact, max(lower, default=None), min(upper, default=None))


def _bound(index: Index, facet: Term) -> tuple[str, int] | None:
    """Which side a facet bounds, and the last whole number inside; nothing for any other facet."""
    said = index.properties(facet) if isinstance(facet, ox.BlankNode) else set()
    if len(said) != 1 or not isinstance(facet, ox.BlankNode):
        return None
    (name,) = said
    values = index.objects(facet, name)
    side, shift = _FACETS.get(name.removeprefix(XSD), (None, 0))
    if side is None or len(values) != 1 or not isinstance(values[0], ox.Literal):
        return None
    whole = _WHOLE.fullmatch(values[0].value)
    return (side, int(values[0].value) + shift) if whole else None


_NIL = ox.NamedNode(RDF + "nil")
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_FACETS = {
    "minInclusive": ("lower", 0),
    "minExclusive": ("lower", 1),
    "maxInclusive": ("upper", 0),
    "maxExclusive": ("upper", -1),
}
_READERS: dict[str, Callable[[Index, ox.BlankNode, Term, _Place], Expression]] = {
    OWL + "intersectionOf": _and,
    OWL + "unionOf": _or,
    OWL + "complementOf": _not,
    OWL + "onProperty": _restriction,
}
