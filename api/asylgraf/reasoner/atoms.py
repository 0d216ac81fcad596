"""Atoms: the smallest questions the rules ask of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from asylgraf.graph.expressions import And, Expression, Has, Not, OneOf, Or, Within


@dataclass(frozen=True, order=True)
class Yes:
    """A boolean fact is true."""

    fact: str


@dataclass(frozen=True, order=True)
class Is:
    """A fact has this value of its enumeration."""

    fact: str
    value: str


@dataclass(frozen=True, order=True)
class AtLeast:
    """A number, or a day as its ordinal, is at least this."""

    fact: str
    bound: int


Atom = Yes | Is | AtLeast


def atoms(expression: Expression) -> Iterator[Atom]:
    """The atoms an expression is made of, not looking into named classes."""
    match expression:
        case Has(fact, value):
            yield Yes(fact) if isinstance(value, bool) else Is(fact, value)
        case OneOf(fact, values):
            yield from (Is(fact, value) for value in values)
        case Within(fact, minimum, maximum):
            yield from (
                AtLeast(fact, b) for b in (minimum, None if maximum is None else maximum + 1) if b is not None
            )
        case And(parts) | Or(parts):
            for part in parts:
                yield from atoms(part)
        case Not(part):
            yield from atoms(part)
