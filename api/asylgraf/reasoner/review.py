"""The law of a day looked over: rules that contradict each other, never hold, repeat others or say too much.

All of it is exact, under the background axioms. Two shall-rules conflict when both apply to one case although
what they bring excludes each other: the same consequence with two values; two deadlines of one section; two
periods of one subsection or sentence, as each speaks of one permit and a case may have several; a bar and a
grant of one section where the bar does not override the grant; two permits of one family of which none comes
before the other. Each conflict is shown with a case. A condition never matters when the rule would be the
same without it; one that is not in force that day is passed over, since its day comes or is gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations, permutations

from asylgraf.graph.consolidated import BARS, Consolidation, Live
from asylgraf.graph.expressions import CASE, EVERY, NO, NOTHING, And, Expression, Named, Not, Or, both, either
from asylgraf.graph.law import Version
from asylgraf.namespaces import ID, ONTOLOGY
from asylgraf.reasoner.diagrams import Diagram, Diagrams
from asylgraf.reasoner.witness import Search

GRANTS = ONTOLOGY + "Grants"
DEADLINE, PERIOD = ONTOLOGY + "Deadline", ONTOLOGY + "Period"


@dataclass(frozen=True)
class Conflict:
    """Two versions whose shall-consequences exclude each other, and a case in which both apply."""

    one: Version
    other: Version
    facts: dict[str, object]


@dataclass(frozen=True)
class Implied:
    """A version whose every case another covers too, bringing and overriding as much: it adds nothing."""

    version: Version
    by: Version


@dataclass(frozen=True)
class Idle:
    """A condition in a version's rule that could be left out without changing a single case.

    `since` is a condition beside it that alone says as much, where there is one.
    """

    version: Version
    condition: Expression
    since: Expression | None


@dataclass(frozen=True)
class Review:
    """What was found in the law of a day."""

    law: Consolidation
    conflicts: tuple[Conflict, ...]
    never: tuple[Version, ...]
    implied: tuple[Implied, ...]
    idle: tuple[Idle, ...]


def review(law: Consolidation) -> Review:
    """Conflicts, rules that can never hold or that others imply, conditions that never matter."""
    reader = Reader(law)
    never = tuple(reader.never())
    return Review(
        law, tuple(reader.conflicts()), never, tuple(reader.implied(never)), tuple(reader.idle(never))
    )


@dataclass(frozen=True)
class Lessened:
    """A part of a rule, the rule without it, and what stands beside the part and how it is joined to it."""

    part: Expression
    without: Expression
    beside: tuple[Expression, ...]
    joined: Callable[..., Expression]


class Reader:
    """Reads the diagrams of one day."""

    def __init__(self, law: Consolidation) -> None:
        self._law = law
        self._diagrams = Diagrams(law)
        self._bdd = self._diagrams.bdd
        listed = (live for lives in law.live.values() for live in lives)
        self._live = sorted(listed, key=lambda live: live.version.iri)

    def never(self) -> Iterator[Version]:
        """Versions that cover no case, though they do not say so themselves."""
        for live in self._live:
            if live.version.rule != NO and not self._can_be(self._class(live.part)):
                yield live.version

    def conflicts(self) -> Iterator[Conflict]:
        """Pairs that apply to one case although what they bring excludes each other."""
        firm = [live for live in self._live if live.version.effect == "shall" and live.version.brings]
        for one, other in combinations(firm, 2):
            if self._exclude(one, other):
                yield from self._conflict(one, other)

    def _exclude(self, one: Live, other: Live) -> bool:
        """Whether what two rules bring cannot both be, and none of them gives way to the other."""
        first, second = one.version, other.version
        if second.iri in one.overridden_by or first.iri in other.overridden_by:
            return False
        if first.brings == second.brings:
            return first.value != second.value
        if self._rank(first) is not None and self._rank(first) == self._rank(second):
            return True
        if _section(first) != _section(second):
            return False
        if first.kind == second.kind:
            alone = first.kind == DEADLINE or (first.kind == PERIOD and _sentence(first) == _sentence(second))
            return alone and first.value != second.value
        return {first.kind, second.kind} == {BARS, GRANTS}

    def _rank(self, version: Version) -> tuple[str, int] | None:
        """The family of the permit that a version grants, and the permit's place in it."""
        permit = self._law.law.consequences[version.brings or ""]
        return (permit.family, permit.rank) if permit.family else None

    def _conflict(self, one: Live, other: Live) -> Iterator[Conflict]:
        together = self._class(one.applies) & self._class(other.applies)
        if self._can_be(together):
            cases = Search(self._diagrams, [self._law.on]).cases(together, self._axioms(together))
            facts = next(cases, {})
            yield Conflict(one.version, other.version, facts)

    def implied(self, never: tuple[Version, ...]) -> Iterator[Implied]:
        """Pairs of which the first brings, overrides and covers nothing that the second does not."""
        some = [live for live in self._live if live.version.brings and live.version not in never]
        for one, other in permutations(some, 2):
            if _says_as_much(one.version, other.version):
                outside = self._class(one.applies) & ~self._class(other.applies)
                if not self._can_be(outside):
                    yield Implied(one.version, other.version)

    def idle(self, never: tuple[Version, ...]) -> Iterator[Idle]:
        """The parts of rules whose absence changes no case that the version governs."""
        for live in self._live:
            if live.version not in never and live.version.rule not in (NO, EVERY):
                rule = self._diagrams.of(live.version.rule)
                governed = self._diagrams.of(live.governs)
                for one in self._lessened(live.version.rule):
                    shorter = self._diagrams.of(one.without)
                    differs = governed & ((rule & ~shorter) | (shorter & ~rule))
                    if not self._can_be(differs):
                        scope = (Named(live.version.scope),) if live.version.scope else ()
                        yield Idle(live.version, one.part, self._said_by(one, governed, scope))

    def _said_by(self, one: Lessened, governed: Diagram, scope: tuple[Expression, ...]) -> Expression | None:
        """The scope, or the condition beside a part, that alone makes it say nothing."""
        part = self._diagrams.of(one.part)
        for other in (*scope, *one.beside):
            found = self._diagrams.of(other)
            more = part & ~found if one.joined is either else found & ~part
            if not self._can_be(governed & more):
                return other
        return None

    def _class(self, iri: str) -> Diagram:
        return self._diagrams.of(Named(iri))

    def _axioms(self, diagram: Diagram) -> Diagram:
        support = self._bdd.support(diagram)
        near = (axiom for atoms, _, axiom in self._diagrams.components if atoms & support)
        return reduce(lambda a, b: a & b, near, self._bdd.true)

    def _lessened(self, expression: Expression) -> Iterator[Lessened]:
        """Each part of an expression, with the expression as it would be without that part."""
        if isinstance(expression, And | Or):
            joined = both if isinstance(expression, And) else either
            for place, part in enumerate(expression.parts):
                others = expression.parts[:place] + expression.parts[place + 1 :]
                if not self._says_nothing(part):
                    yield Lessened(part, joined(*others), others, joined)
                for one in self._lessened(part):
                    yield replace(one, without=joined(*others, one.without))
        elif isinstance(expression, Not):
            yield from (replace(one, without=Not(one.without)) for one in self._lessened(expression.part))

    def _says_nothing(self, part: Expression) -> bool:
        """Whether a part is every case or none, or a provision that is not in force that day."""
        named = part.part if isinstance(part, Not) else part
        if not isinstance(named, Named):
            return False
        return named.iri in (CASE, NOTHING) or (
            "#" in named.iri and self._class(named.iri) == self._bdd.false
        )

    def _can_be(self, diagram: Diagram) -> bool:
        return bool(diagram & self._axioms(diagram) != self._bdd.false)


def _section(version: Version) -> str:
    """The section that a version belongs to: what begins the address of its provision after the act."""
    return "/".join(version.provision.removeprefix(ID).split("/")[:3])


def _sentence(version: Version) -> str:
    """The subsection or sentence that a version belongs to: its address without numbers and clauses."""
    return re.split("/(?:nr|led|litra)/", version.provision)[0]


def _says_as_much(one: Version, other: Version) -> bool:
    """Whether the other brings the same, and overrides all that the one does."""
    same = (one.brings, one.effect, one.value) == (other.brings, other.effect, other.value)
    return same and set(one.overrides) <= set(other.overrides)
