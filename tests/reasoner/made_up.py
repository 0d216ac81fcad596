"""Made-up laws and cases, by number: small enough to try every completion, yet of every kind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

from asylgraf.graph.calendar import Duration
from asylgraf.graph.expressions import And, Expression, Has, Named, Not, OneOf, Or, Within
from asylgraf.graph.law import (
    Axiom,
    Condition,
    Consequence,
    Defined,
    Fact,
    Law,
    OnDay,
    Period,
    Presumption,
    Standing,
    Start,
    Version,
)
from asylgraf.namespaces import ID, ONTOLOGY

DAYS = [date(2014, 1, 31), date(2014, 11, 14), date(2015, 2, 20)]
ON = date(2015, 2, 20)
FAMILY = ID + "permit-family/made-up"
VALUES = tuple(ONTOLOGY + name for name in ("First", "Second", "Third", "Fourth"))
NAMES = [value.rsplit("/", 1)[-1] for value in VALUES]
BOOLEANS = ("a", "b", "c")
SOME_DAYS = ["2013-12-31", "2014-01-31", "2014-11-13", "2014-11-14", "2015-01-20", "2015-02-20"]


def fact(name: str, kind: str, values: tuple[str, ...] = (), *, presumed: bool | None = None) -> Fact:
    """A fact with nothing said of it but its type."""
    return Fact(
        iri=ONTOLOGY + name,
        type=kind,  # type: ignore[arg-type]
        kind="plain",
        label={},
        question={},
        definition={},
        values=values,
        answered_by=(),
        matters_under=(),
        allowed_by=(),
        companion=None,
        presumption=None if presumed is None else Presumption(presumed, {}),
        unchangeable=False,
        topic=None,
        order=0,
    )


FACTS = {
    f.iri: f
    for f in (
        *(fact(name, "boolean", presumed=False if name == "c" else None) for name in BOOLEANS),
        fact("state", "enumeration", VALUES),
        fact("number", "integer"),
        fact("from", "date"),
        fact("to", "date"),
    )
}


def some(chance: Random, among: Iterable[str], most: int = 9) -> list[str]:
    """A few of these, in order."""
    listed = sorted(among)
    return sorted(chance.sample(listed, min(most, chance.randint(0, len(listed)))))


class Lawmaker:
    """Makes one law; the same number makes the same law."""

    def __init__(self, number: int) -> None:
        self.chance = Random(number)  # noqa: S311
        self.conditions: dict[str, Condition] = {}

    def law(self) -> Law:
        """Three provisions; the later ones may refer to and override the earlier."""
        self._conditions()
        scopes = [iri for iri in sorted(self.conditions) if not iri.endswith(("One", "Two"))]
        axioms = self._axioms()
        provisions = [f"{ID}made-up/{n}" for n in range(3)]
        enacted = {p: self._versions(p, provisions[:n], scopes) for n, p in enumerate(provisions)}
        brought = sorted({v.brings for vs in enacted.values() for v in vs if v.brings})
        return Law(
            facts=FACTS,
            conditions=self.conditions,
            axioms=axioms,
            versions=enacted,
            consequences={i: Consequence(i, {}, FAMILY if "permit" in i else None, 1) for i in brought},
            favourable=frozenset({ONTOLOGY + "Grants", ONTOLOGY + "Entitles"}),
            provisions=frozenset(provisions),
            labels={},
        )

    def _conditions(self) -> None:
        for name, first in zip(("AfterFirst", "AfterSecond"), DAYS, strict=False):
            if self.chance.random() < 0.5:
                end = self.chance.choice([None, DAYS[2]])
                iri = ONTOLOGY + name
                self.conditions[iri] = OnDay(iri, ONTOLOGY + "from", first, end)
        for name in some(self.chance, ["Short", "Long", "ToDay"], most=2):
            duration, more = Duration(self.chance.choice([1, 3, 12]), 0), self.chance.random() < 0.5
            end_fact = None if name == "ToDay" else ONTOLOGY + "to"
            iri = ONTOLOGY + name
            self.conditions[iri] = Period(iri, ONTOLOGY + "from", end_fact, duration, more)
        for name in ("One", "Two"):
            iri = ONTOLOGY + name
            self.conditions[iri] = Defined(iri, self.expression(sorted(self.conditions)))

    def _axioms(self) -> dict[str, Axiom]:
        found: dict[str, Axiom] = {}
        for k in range(self.chance.randint(0, 2)):
            iri = f"{ONTOLOGY}Axiom{k}"
            self.conditions[iri] = Defined(iri, Or((self._boolean(), self._leaf([]))))
            found[iri] = Axiom(iri, {}, {})
        return found

    def _versions(self, provision: str, below: list[str], scopes: list[str]) -> tuple[Version, ...]:
        listed = [self._version(provision, k, below, scopes) for k in range(self.chance.randint(1, 3))]
        return tuple(sorted(listed, key=lambda v: (v.start.latest, v.start.earliest, v.iri)))

    def _version(self, provision: str, k: int, below: list[str], scopes: list[str]) -> Version:
        year = self.chance.choice([2010, 2012, 2014, 2016])
        until = year + (2 if self.chance.random() < 0.2 else 0)
        references = [f"{p}#{part}" for p in below for part in ("case", "applies")]
        kind, number = self.chance.choice(["Grants", "Grants", "Bars", "Entitles"]), provision[-1]
        return Version(
            iri=f"{provision}/v/{k}",
            provision=provision,
            enacted_by=f"{ID}act/{year}",
            start=Start(date(year, 1, 1), date(until, 1, 1), Standing.Checked),
            scope=self.chance.choice([None, *scopes]),
            rule=self.expression([*references, ONTOLOGY + "One", ONTOLOGY + "Two", *scopes]),
            repeal=self.chance.random() < 0.1,
            overrides=tuple(some(self.chance, below)),
            continues=(),
            kind=ONTOLOGY + kind,
            brings=f"{ID}{'permit' if kind == 'Grants' else 'consequence'}/{number}",
            effect="shall",
            value=None,
            decided_by=None,
            appeal_to=None,
            standing=Standing.Checked,
            summary={},
            graph="graph",
            practice=False,
        )

    def expression(self, named: list[str], depth: int = 2) -> Expression:
        """A class expression over the facts and the names."""
        kind = self.chance.choice(["leaf", "and", "or", "not"] if depth else ["leaf"])
        if kind == "leaf":
            return self._leaf(named)
        if kind == "not":
            return Not(self.expression(named, depth - 1))
        parts = tuple(self.expression(named, depth - 1) for _ in range(self.chance.randint(2, 3)))
        return And(parts) if kind == "and" else Or(parts)

    def _leaf(self, named: list[str]) -> Expression:
        kind = self.chance.choice(["boolean", "boolean", "number", "state", "states", *["name"] * 3])
        if kind == "name" and named:
            return Named(self.chance.choice(named))
        if kind == "number":
            low, size = self.chance.randint(0, 3), self.chance.randint(0, 3)
            return Within(ONTOLOGY + "number", low, None if size == 3 else low + size)
        if kind == "state":
            return Has(ONTOLOGY + "state", self.chance.choice(VALUES))
        if kind == "states":
            return OneOf(ONTOLOGY + "state", tuple(some(self.chance, VALUES, most=3)) or VALUES[:2])
        return self._boolean()

    def _boolean(self) -> Expression:
        return Has(ONTOLOGY + self.chance.choice(BOOLEANS), self.chance.random() < 0.5)


def made_up_case(number: int) -> dict[str, Any]:
    """A case in the shape of a case file: most facts told, some partly, some not."""
    chance = Random(number)  # noqa: S311
    told: dict[str, Any] = {name: chance.random() < 0.5 for name in BOOLEANS}
    told |= {"state": _state(chance), "number": _number(chance), "from": _day(chance), "to": _day(chance)}
    left_out = some(chance, told, most=3)
    return {name: value for name, value in told.items() if name not in left_out}


def _state(chance: Random) -> object:
    several = some(chance, NAMES, most=3)
    return {"in": several} if len(several) > 1 else chance.choice(NAMES)


def _number(chance: Random) -> object:
    low, high = sorted((chance.randint(-1, 5), chance.randint(-1, 5)))
    return chance.choice([low, high, {"min": low, "max": high}, {"max": high}, {"min": low, "max": None}])


def _day(chance: Random) -> object:
    low, high = sorted((chance.choice(SOME_DAYS), chance.choice(SOME_DAYS)))
    return chance.choice([low, high, {"min": low, "max": high}, {"min": low}])
