"""Cases with known answers, put into every run: stopping short must not pass for agreeing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from asylgraf.errors import RefereeFailed
from asylgraf.graph.expressions import Expression, Has, Not, Or, Within, both
from asylgraf.graph.owl import Writer
from asylgraf.reasoner.referee.hermit import Claim

BASE = "urn:asylgraf:canary:"
SINGS, WEIGHT = BASE + "sings", BASE + "weight"
CLASS, COMPLEMENT, HEAVY, EITHER = BASE + "Singing", BASE + "NotSinging", BASE + "Heavy", BASE + "Either"


@dataclass(frozen=True)
class Canary:
    """A made-up case, the classes it must be in and those that it is not known to be in."""

    iri: str
    facts: Expression
    inside: frozenset[str]
    outside: frozenset[str]
    possible: bool = True


_HOLDS = Canary(
    BASE + "holds", Has(SINGS, value=True), frozenset({CLASS, EITHER}), frozenset({COMPLEMENT, HEAVY})
)
_FAILS = Canary(
    BASE + "fails", Has(SINGS, value=False), frozenset({COMPLEMENT, EITHER}), frozenset({CLASS, HEAVY})
)
_OPEN = Canary(
    BASE + "open", Within(WEIGHT, 8, None), frozenset({HEAVY, EITHER}), frozenset({CLASS, COMPLEMENT})
)
_THRESHOLD = Canary(
    BASE + "threshold", Within(WEIGHT, 7, 7), frozenset({HEAVY, EITHER}), frozenset({CLASS, COMPLEMENT})
)
_IMPOSSIBLE = Canary(
    BASE + "impossible",
    both(Has(SINGS, value=True), Has(SINGS, value=False)),
    frozenset(),
    frozenset(),
    possible=False,
)
CANARIES = (_HOLDS, _FAILS, _OPEN, _THRESHOLD, _IMPOSSIBLE)


def write(writer: Writer) -> None:
    """Two facts, four classes and four cases that no law knows of."""
    writer.data(SINGS, "boolean")
    writer.data(WEIGHT, "integer")
    for iri, expression in _classes():
        writer.define(iri, expression)
    for canary in CANARIES:
        writer.below(canary.iri, canary.facts)


def _classes() -> Iterator[tuple[str, Expression]]:
    yield CLASS, Has(SINGS, value=True)
    yield COMPLEMENT, Not(Has(SINGS, value=True))
    yield HEAVY, Within(WEIGHT, 7, None)
    yield EITHER, Or((Has(SINGS, value=True), Has(SINGS, value=False)))


def check(can_be: Callable[..., bool]) -> None:
    """An error if any canary came out otherwise than it must; `can_be` answers whether claims go together."""
    for canary in CANARIES:
        here: Claim = (canary.iri, True)
        found = can_be(here), *(not can_be(here, (iri, False)) for iri in sorted(canary.inside))
        loose = [can_be(here, (iri, False)) for iri in sorted(canary.outside)]
        if found[0] is not canary.possible or not all((*found[1:], *loose)):
            name = canary.iri.removeprefix(BASE)
            raise RefereeFailed(f"The canary “{name}” came out wrong: {found} and {loose}.")
