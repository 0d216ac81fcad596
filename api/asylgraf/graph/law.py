"""The law as read from the graph: facts, conditions, background axioms, provisions and their versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from asylgraf.graph.calendar import Duration
from asylgraf.graph.expressions import Expression
from asylgraf.namespaces import local

Labels = Mapping[str, str]
NO_LABELS: Labels = MappingProxyType({})


class Standing(IntEnum):
    """How well a statement is founded; the greater, the weaker."""

    Checked = 0
    Reported = 1
    Unchecked = 2


@dataclass(frozen=True)
class Presumption:
    """The value an exception takes when nobody has raised it, and why."""

    value: bool
    reason: Labels


@dataclass(frozen=True)
class Fact:
    """Something that is true of a case or has a value there."""

    iri: str
    type: Literal["boolean", "integer", "date", "enumeration"]
    kind: Literal["plain", "assessment", "decision"]
    label: Labels
    question: Labels
    definition: Labels
    values: tuple[str, ...]
    answered_by: tuple[str, ...]
    matters_under: tuple[str, ...]
    allowed_by: tuple[str, ...]
    companion: str | None
    presumption: Presumption | None
    unchangeable: bool
    topic: str | None
    order: int

    @property
    def name(self) -> str:
        """The name it has in a case file."""
        return local(self.iri)


@dataclass(frozen=True)
class Defined:
    """A condition given by a class expression."""

    iri: str
    expression: Expression


@dataclass(frozen=True)
class OnDay:
    """A condition on one date: on or after a day, before a day, or both."""

    iri: str
    fact: str
    on_or_after: date | None
    before: date | None


@dataclass(frozen=True)
class Period:
    """A condition on the time from one date to another, or to the day of decision."""

    iri: str
    start: str
    end: str | None
    duration: Duration
    more: bool


Condition = Defined | OnDay | Period


@dataclass(frozen=True)
class Axiom:
    """What cannot be otherwise in any case, and why."""

    iri: str
    label: Labels
    reason: Labels


@dataclass(frozen=True)
class Start:
    """The day a version came into force, or the days between which it did."""

    earliest: date
    latest: date
    standing: Standing

    def by(self, day: date) -> bool | None:
        """Whether it had started by that day; nothing where the graph does not know."""
        return True if day >= self.latest else False if day < self.earliest else None


@dataclass(frozen=True)
class Version:
    """What a provision says from a day on, for the cases in its scope."""

    iri: str
    provision: str
    enacted_by: str
    start: Start
    scope: str | None
    rule: Expression
    repeal: bool
    overrides: tuple[str, ...]
    continues: tuple[str, ...]
    kind: str | None
    brings: str | None
    effect: str | None
    value: str | None
    decided_by: str | None
    appeal_to: str | None
    standing: Standing
    summary: Labels
    graph: str
    practice: bool

    @cached_property
    def weakest(self) -> Standing:
        """The weaker of its own standing and that of its start."""
        return max(self.standing, self.start.standing)


def governing(versions: Iterable[Version], on: date) -> Iterator[tuple[Version, bool]]:
    """Newest first, the versions that may govern some case that day; and whether each has surely started.

    `versions` come oldest first. A version surely started ends what came before it: all of it when it is for
    all cases, otherwise what had the same scope.
    """
    ended: set[str] = set()
    for version in reversed(tuple(versions)):
        begun = version.start.by(on)
        if begun is not False and version.scope not in ended:
            yield version, bool(begun)
        if begun and version.scope is None:
            return
        if begun and version.scope:
            ended.add(version.scope)


@dataclass(frozen=True)
class Consequence:
    """What follows when a rule holds: a permit, a bar, an appeal and so on."""

    iri: str
    label: Labels
    family: str | None
    rank: int


@dataclass(frozen=True)
class Law:
    """Everything the reasoner needs, for every day."""

    facts: Mapping[str, Fact]
    conditions: Mapping[str, Condition]
    axioms: Mapping[str, Axiom]
    versions: Mapping[str, tuple[Version, ...]]
    consequences: Mapping[str, Consequence]
    favourable: frozenset[str]
    provisions: frozenset[str]
    labels: Mapping[str, Labels]

    @cached_property
    def by_name(self) -> dict[str, Fact]:
        """The facts by the names they have in case files."""
        return {fact.name: fact for fact in self.facts.values()}

    @cached_property
    def presumed(self) -> tuple[tuple[str, bool], ...]:
        """The facts presumed where nobody raises them, each with what is presumed."""
        facts = self.facts.items()
        return tuple((iri, fact.presumption.value) for iri, fact in facts if fact.presumption)
