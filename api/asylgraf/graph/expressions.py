"""Class expressions: what a rule or a condition says of a case, in the grammar of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from asylgraf.errors import BrokenLaw
from asylgraf.graph.index import Index, Term
from asylgraf.namespaces import ONTOLOGY, OWL, XSD, short

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


def read(index: Index, node: Term | None, where: str) -> Expression:
    """The expression at a node; anything outside the grammar of rules is an error that names it."""
    if isinstance(node, ox.NamedNode):
        return Named(node.value)
    if not isinstance(node, ox.BlankNode):
        raise BrokenLaw(f"A class expression is expected, not {node}.", where=short(where))
    for property_, reader in _READERS.items():
        value = index.value(node, property_)
        if value is not None:
            return reader(index, node, value, where)
    raise BrokenLaw("This class expression is outside the grammar of rules.", where=short(where))


def _parts(index: Index, value: Term, where: str) -> tuple[Expression, ...]:
    parts = tuple(read(index, member, where) for member in index.members(value))
    if not parts:
        raise BrokenLaw("An intersection or union has no members.", where=short(where))
    return parts


def _and(index: Index, _node: ox.BlankNode, value: Term, where: str) -> Expression:
    return And(_parts(index, value, where))


def _or(index: Index, _node: ox.BlankNode, value: Term, where: str) -> Expression:
    return Or(_parts(index, value, where))


def _not(index: Index, _node: ox.BlankNode, value: Term, where: str) -> Expression:
    return Not(read(index, value, where))


def _restriction(index: Index, node: ox.BlankNode, fact: Term, where: str) -> Expression:
    if not isinstance(fact, ox.NamedNode):
        raise BrokenLaw("A restriction must be on a named fact.", where=short(where))
    has = index.value(node, OWL + "hasValue")
    if isinstance(has, ox.Literal) and has.datatype.value == XSD + "boolean":
        return Has(fact.value, has.value in ("true", "1"))
    if isinstance(has, ox.NamedNode):
        return Has(fact.value, has.value)
    some = index.value(node, OWL + "someValuesFrom")
    if isinstance(some, ox.BlankNode):
        return _some(index, fact.value, some, where)
    raise BrokenLaw(
        f"The restriction on {short(fact.value)} is outside the grammar of rules.", where=short(where)
    )


def _some(index: Index, fact: str, node: ox.BlankNode, where: str) -> Expression:
    one_of = index.value(node, OWL + "oneOf")
    if one_of is not None:
        return OneOf(
            fact, tuple(sorted(m.value for m in index.members(one_of) if isinstance(m, ox.NamedNode)))
        )
    facets = index.value(node, OWL + "withRestrictions")
    if facets is None or index.text(node, OWL + "onDatatype") != XSD + "integer":
        raise BrokenLaw(f"The range of {short(fact)} is outside the grammar of rules.", where=short(where))
    return _within(index, fact, list(index.members(facets)), where)


def _within(index: Index, fact: str, facets: list[Term], where: str) -> Within:
    lower: list[int] = []
    upper: list[int] = []
    for facet in facets:
        for name, bounds, shift in _FACETS:
            text = index.text(facet, XSD + name) if isinstance(facet, ox.BlankNode) else None
            if text is not None:
                (lower if bounds == "lower" else upper).append(int(text) + shift)
    if not lower and not upper:
        raise BrokenLaw(f"The bounds of {short(fact)} are outside the grammar of rules.", where=short(where))
    return Within(fact, max(lower, default=None), min(upper, default=None))


_FACETS = (
    ("minInclusive", "lower", 0),
    ("minExclusive", "lower", 1),
    ("maxInclusive", "upper", 0),
    ("maxExclusive", "upper", -1),
)
_READERS: dict[str, Callable[[Index, ox.BlankNode, Term, str], Expression]] = {
    OWL + "intersectionOf": _and,
    OWL + "unionOf": _or,
    OWL + "complementOf": _not,
    OWL + "onProperty": _restriction,
}
