"""The law of a day: one ontology made of every version that still governs some case on that day.

The class of a provision is the union, over those versions, of scope and rule; a newer version takes the cases
in its scope and its predecessor keeps the others. What a provision overrides is taken from the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from asylgraf.graph.calendar import latest_start
from asylgraf.graph.dataset import Dataset
from asylgraf.graph.expressions import (
    EVERY,
    NO,
    Expression,
    Has,
    Named,
    Not,
    Within,
    both,
    either,
)
from asylgraf.graph.law import (
    Condition,
    Consequence,
    Defined,
    Labels,
    Law,
    OnDay,
    Period,
    Standing,
    Version,
    governing,
)
from asylgraf.graph.reading import asyl, read_law
from asylgraf.graph.references import check_references
from asylgraf.namespaces import short

BARS = asyl("Bars")
_KIND_ORDER = ("Grants", "Bars", "MayRefuse", "Inadmissible", "Responsibility", "ForbidsRemoval", "Appeal")


@dataclass(frozen=True)
class Live:
    """A version that governs some case on the day, and the versions that override it there."""

    version: Version
    governs: Expression
    overridden_by: tuple[str, ...]

    @property
    def part(self) -> str:
        """The class of the cases it covers: in its scope, and its rule holds."""
        return self.version.iri + "#part"

    @property
    def applies(self) -> str:
        """The class of the cases it covers that nothing overrides."""
        return self.version.iri + "#applies"


@dataclass(frozen=True)
class OutcomeClass:
    """A consequence and the class of the cases it follows in; no versions: not in force that day.

    `unsure` are the versions of its provisions, those that repeal them too, whose first day is not known.
    """

    consequence: Consequence
    kind: str
    effect: str
    value: str | None
    provision: str
    versions: tuple[Version, ...]
    decided_by: str | None
    appeal_to: str | None
    unsure: tuple[str, ...]

    @property
    def iri(self) -> str:
        """The address of the class."""
        return self.consequence.iri + "#applies"

    @property
    def standing(self) -> Standing:
        """The weakest standing of the versions it rests on and of their starts."""
        return max((max(v.standing, v.start.standing) for v in self.versions), default=Standing.Checked)


@dataclass(frozen=True)
class Family:
    """Permits of which a case gets the first that applies."""

    iri: str
    permits: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Consolidation:
    """The law of one day, as this graph knew it on another; equal when made of the same files."""

    on: date
    known: date | None
    practice: bool
    digest: str
    law: Law
    classes: Mapping[str, Expression]
    background: Mapping[str, Expression]
    live: Mapping[str, tuple[Live, ...]]
    outcomes: tuple[OutcomeClass, ...]
    families: tuple[Family, ...]
    periods: Mapping[str, Period]
    starts: Mapping[str, Labels]

    @property
    def _key(self) -> tuple[str, date, date | None, bool]:
        return self.digest, self.on, self.known, self.practice

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Consolidation) and other._key == self._key

    def __hash__(self) -> int:
        return hash(self._key)

    @cached_property
    def by_version(self) -> dict[str, Live]:
        """The live versions by address."""
        return {live.version.iri: live for lives in self.live.values() for live in lives}


def consolidated(
    dataset: Dataset, on: date, known: date | None = None, *, practice: bool = True
) -> Consolidation:
    """The law of the day `on`, as recorded by `known`; without `practice`, only what binds as law."""
    return consolidate(read_law(dataset, known), on, known, dataset.digest, practice=practice)


def consolidate(
    law: Law, on: date, known: date | None, digest: str, *, practice: bool = True
) -> Consolidation:
    """The law of the day, from the law of every day."""
    versions = {p: tuple(v for v in vs if practice or not v.practice) for p, vs in law.versions.items()}
    live = _with_overrides(law, {p: _living(vs, on) for p, vs in versions.items()})
    classes = dict(_classes(law, live, on))
    unsure = {p: tuple(v for v, begun in governing(vs, on) if not begun) for p, vs in versions.items()}
    outcomes = _outcomes(law, versions, live, unsure)
    classes |= {outcome.iri: _follows(outcome, live) for outcome in outcomes}
    families = _families(outcomes)
    classes |= _granted(families)
    check_references(law, classes)
    return Consolidation(
        on=on,
        known=known,
        practice=practice,
        digest=digest,
        law=law,
        classes=classes,
        background={iri: Named(iri) for iri in law.axioms} | _implications(law),
        live=live,
        outcomes=outcomes,
        families=families,
        periods={iri + "#reached": c for iri, c in law.conditions.items() if isinstance(c, Period) and c.end},
        starts=_starts(law, unsure),
    )


def _starts(law: Law, unsure: Mapping[str, tuple[Version, ...]]) -> dict[str, Labels]:
    """The acts whose first day is not known, by the fact that they had started."""
    those = (version for versions in unsure.values() for version in versions)
    return {started(version): law.labels.get(version.enacted_by, {}) for version in those}


def started(version: Version) -> str:
    """The unanswerable fact that a version whose first day is not known had started."""
    return f"{version.enacted_by}#started-{version.start.earliest}-{version.start.latest}"


def _living(versions: tuple[Version, ...], on: date) -> tuple[Live, ...]:
    """Newest first, every version that governs some case: in its scope and in no newer version's."""
    found: list[Live] = []
    taken: list[Expression] = []
    for version, begun in governing(versions, on):
        scope: Expression = Named(version.scope) if version.scope else EVERY
        claims = scope if begun else both(scope, Has(started(version), value=True))
        if not version.repeal:
            found.append(Live(version, both(claims, *(Not(t) for t in taken)), ()))
        taken.append(claims)
    return tuple(found)


def _with_overrides(law: Law, live: dict[str, tuple[Live, ...]]) -> dict[str, tuple[Live, ...]]:
    reaching: dict[str, list[Version]] = {}
    for lives in live.values():
        for one in lives:
            for target in one.version.overrides:
                reaching.setdefault(target, []).append(one.version)
    return {p: tuple(_overridden(law, one, reaching) for one in lives) for p, lives in live.items()}


def _overridden(law: Law, one: Live, reaching: dict[str, list[Version]]) -> Live:
    version = one.version
    candidates = [*reaching.get(version.provision, []), *reaching.get(version.iri, [])]
    overriding = sorted({v.iri for v in candidates if v.kind != BARS or version.kind in law.favourable})
    return Live(version, one.governs, tuple(overriding))


def _classes(law: Law, live: dict[str, tuple[Live, ...]], on: date) -> Iterable[tuple[str, Expression]]:
    for iri, condition in law.conditions.items():
        yield iri, _condition(condition, on)
    for provision, lives in live.items():
        for one in lives:
            rule = one.version.iri + "#rule"
            yield rule, one.version.rule
            yield one.part, both(Named(rule), one.governs)
            yield one.applies, both(Named(one.part), *(Not(Named(o + "#applies")) for o in one.overridden_by))
        yield provision + "#case", either(*(Named(one.part) for one in lives))
        yield provision + "#applies", either(*(Named(one.applies) for one in lives))


def _condition(condition: Condition, on: date) -> Expression:
    match condition:
        case Defined(expression=expression):
            return expression
        case OnDay(fact=fact, on_or_after=after, before=before):
            return Within(
                fact, after.toordinal() if after else None, before.toordinal() - 1 if before else None
            )
        case Period(start=start, end=None, duration=duration, more=more):
            latest = latest_start(on, duration, more)
            return NO if latest is None else Within(start, None, latest)
        case Period(iri=iri):
            return Has(iri + "#reached", value=True)


def _implications(law: Law) -> dict[str, Expression]:
    """Between two dates, a longer period that has been reached means that every shorter one has."""
    between = [c for c in law.conditions.values() if isinstance(c, Period) and c.end]
    found: dict[str, Expression] = {}
    for longer in between:
        for shorter in between:
            if longer is not shorter and _entails(longer, shorter):
                name = f"{longer.iri}#implies-{shorter.iri.rsplit('/', 1)[-1]}"
                found[name] = either(Not(Named(longer.iri)), Named(shorter.iri))
    return found


def _entails(longer: Period, shorter: Period) -> bool:
    if (longer.start, longer.end) != (shorter.start, shorter.end):
        return False
    one, other = longer.duration, shorter.duration
    reaches = one.months >= other.months and one.days >= other.days
    return reaches and (longer.more or not shorter.more or one != other)


def _outcomes(
    law: Law,
    versions: dict[str, tuple[Version, ...]],
    live: dict[str, tuple[Live, ...]],
    unsure: Mapping[str, tuple[Version, ...]],
) -> tuple[OutcomeClass, ...]:
    by_consequence: dict[str, list[Version]] = {}
    for versions_of_one in versions.values():
        for version in versions_of_one:
            if version.brings:
                by_consequence.setdefault(version.brings, []).append(version)
    living = frozenset(one.version.iri for lives in live.values() for one in lives)
    found = [_outcome(law.consequences[iri], vs, living, unsure) for iri, vs in by_consequence.items()]
    return tuple(sorted(found, key=_order))


def _outcome(
    consequence: Consequence,
    versions: list[Version],
    living: frozenset[str],
    unsure: Mapping[str, tuple[Version, ...]],
) -> OutcomeClass:
    newest_first = sorted(versions, key=lambda v: (v.start.latest, v.iri), reverse=True)
    here = tuple(v for v in newest_first if v.iri in living)
    latest = here[0] if here else newest_first[0]
    return OutcomeClass(
        consequence=consequence,
        kind=latest.kind or "",
        effect=latest.effect or "",
        value=latest.value,
        provision=latest.provision,
        versions=here,
        decided_by=latest.decided_by,
        appeal_to=latest.appeal_to,
        unsure=tuple(v.iri for p in dict.fromkeys(v.provision for v in here) for v in unsure[p]),
    )


def _order(outcome: OutcomeClass) -> tuple[int, str, int, str]:
    kind = short(outcome.kind)
    place = _KIND_ORDER.index(kind) if kind in _KIND_ORDER else len(_KIND_ORDER)
    return place, outcome.consequence.family or "", outcome.consequence.rank, outcome.consequence.iri


def _follows(outcome: OutcomeClass, live: dict[str, tuple[Live, ...]]) -> Expression:
    brings = outcome.consequence.iri
    return either(*(Named(o.applies) for lives in live.values() for o in lives if o.version.brings == brings))


def _families(outcomes: tuple[OutcomeClass, ...]) -> tuple[Family, ...]:
    shall = [o.consequence for o in outcomes if o.consequence.family and o.effect == "shall" and o.versions]
    found = sorted({c.family for c in shall if c.family})
    return tuple(
        Family(iri, tuple(c.iri for c in sorted(shall, key=lambda c: (c.rank, c.iri)) if c.family == iri))
        for iri in found
    )


def _granted(families: tuple[Family, ...]) -> dict[str, Expression]:
    """For each permit, the cases that get it: this and none above; for each family, those that get one."""
    found: dict[str, Expression] = {}
    for family in families:
        above: list[Expression] = []
        for permit in family.permits:
            applies = Named(permit + "#applies")
            found[permit + "#granted"] = both(applies, *(Not(a) for a in above))
            above.append(applies)
        found[family.iri + "#granted"] = either(*above)
    return found
