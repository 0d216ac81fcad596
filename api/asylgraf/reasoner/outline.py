"""The outline of the proofs of a day: of each class and condition what is the same in every case's proof.

Which steps of it a proof shows, and with what value, depends on the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

from asylgraf.graph.consolidated import OutcomeClass
from asylgraf.graph.expressions import CASE, NOTHING, And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.graph.law import NO_LABELS, Labels, Version
from asylgraf.reasoner.atoms import atoms

if TYPE_CHECKING:
    from asylgraf.reasoner.compiled import Compiled

Joined = Literal["all", "any", "one"]
"""How the value of a step comes from its parts: all of them, any of them, or the only one."""


@dataclass(frozen=True, eq=False, slots=True)
class About:
    """What a step is about: its address, its name, and its version and the name of its act if it is one."""

    iri: str | None = None
    label: Labels = field(default_factory=lambda: NO_LABELS)
    version: Version | None = None
    act: Labels = field(default_factory=lambda: NO_LABELS)


@dataclass(frozen=True, eq=False, slots=True)
class Outline:
    """One step of proofs, with the diagrams where it holds and where it fails, and the two as one.

    `asks` are the atoms that it or a step below it may speak of, a bit an atom.
    """

    kind: str
    expression: Expression
    rows: tuple[int, int]
    verdict: int
    joined: Joined
    parts: tuple[Outline, ...]
    about: About
    asks: int


class Outlines:
    """The outlines of one day, each worked out when a proof first needs it."""

    def __init__(self, program: Compiled) -> None:
        self._program = program
        self._day = program.law
        self._labels = program.law.law.labels
        self._of_outcomes: dict[str, Outline] = {}
        self.of = cache(self._of)

    def of_outcome(self, outcome: OutcomeClass) -> Outline:
        """A consequence and what it follows from; nothing when it is not in force."""
        iri, about = outcome.iri, outcome.consequence
        if iri not in self._of_outcomes:
            inside = self._inside(self._day.classes[iri]) if outcome.versions else _ALONE
            named = self._outline("consequence", Named(iri), inside, About(about.iri, about.label))
            self._of_outcomes[iri] = named
        return self._of_outcomes[iri]

    def _of(self, expression: Expression) -> Outline:
        match expression:
            case Named(iri):
                return self._named(iri, expression)
            case Not(part):
                overriding = isinstance(part, Named) and part.iri.endswith("#applies")
                kind = "override" if overriding else "not"
                return self._outline(kind, expression, ("one", (self.of(part),)))
            case And() | Or():
                inside = self._inside(expression)
                return self._outline(inside[0], expression, inside)
            case _:
                return self._leaf(expression)

    def _outline(
        self, kind: str, expression: Expression, inside: Inside, about: About | None = None
    ) -> Outline:
        rows = self._program.entails[expression]
        verdict = self._program.verdicts.of[rows]
        asks = self._program.asked_of({atom.fact for atom in atoms(expression)})
        for found in (*(self._program.support[row] for row in rows), *(part.asks for part in inside[1])):
            asks |= found
        return Outline(kind, expression, rows, verdict, *inside, about or About(), asks)

    def _named(self, iri: str, expression: Named) -> Outline:
        if iri in (CASE, NOTHING):
            return self._outline("every" if iri == CASE else "none", expression, _ALONE, About(iri))
        base, _, part = iri.partition("#")
        live = self._day.by_version.get(base)
        if live:
            version = live.version
            provision, act = (
                self._labels.get(one, NO_LABELS) for one in (version.provision, version.enacted_by)
            )
            about = About(iri, provision, version, act)
            parts = tuple(map(self.of, self._conjuncts(self._day.classes[iri])))
            return self._outline("version", expression, ("all", parts), about)
        kind = "provision" if part in ("case", "applies") else "condition"
        about = About(iri, self._labels.get(base, NO_LABELS))
        return self._outline(kind, expression, self._inside(self._day.classes[iri]), about)

    def _inside(self, expression: Expression) -> Inside:
        """What the value of an expression rests on."""
        match expression:
            case Or(parts):
                return "any", tuple(map(self.of, parts))
            case And():
                return "all", tuple(map(self.of, self._conjuncts(expression)))
            case _:
                return "one", (self.of(expression),)

    def _conjuncts(self, expression: Expression) -> Iterator[Expression]:
        """The conditions of a version one by one: its rule, its scope and what could override it."""
        match expression:
            case And(parts):
                for part in parts:
                    yield from self._conjuncts(part)
            case Named(iri) if iri.endswith(("#part", "#rule")):
                yield from self._conjuncts(self._day.classes[iri])
            case _:
                yield expression

    def _leaf(self, expression: Has | OneOf | Within) -> Outline:
        fact = expression.fact
        if fact in self._day.periods:
            period = self._day.periods[fact].iri
            about = About(period, self._labels.get(period, NO_LABELS))
            return self._outline("period", expression, _ALONE, about)
        if fact in self._day.starts:
            return self._outline("start", expression, _ALONE, About(fact, self._day.starts[fact]))
        return self._outline("fact", expression, _ALONE, About(fact, self.label(fact)))

    def label(self, fact: str) -> Labels:
        """The name of a fact, or of what an atom that is no fact stands for."""
        known = self._day.law.facts.get(fact)
        return known.label if known else self._labels.get(fact.partition("#")[0], NO_LABELS)


Inside = tuple[Joined, tuple[Outline, ...]]
_ALONE: Inside = ("all", ())
