"""Partial cases made for a rule: around one that meets it and one that misses it by a single fact."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import Named
from asylgraf.graph.law import Fact
from asylgraf.namespaces import local
from asylgraf.reasoner.atoms import AtLeast, Is, Yes
from asylgraf.reasoner.compiled import FALSE, TRUE, Compiled, compiled

KNOWN = 0.7
Facts = dict[str, Any]


def cases_for(law: Consolidation, class_iri: str, count: int, seed: int) -> list[Facts]:
    """Cases that meet the class, that miss it by one fact, and that know only a part of either."""
    chance = Random(f"{class_iri} {seed}")  # noqa: S311
    program = compiled(law)
    found: list[Facts] = []
    while len(found) < count:
        meeting = _meeting(law, program, class_iri, chance)
        if meeting and chance.random() < 0.6:
            changed = chance.choice(sorted(meeting))
            meeting[changed] = _value(law, _fact(law, changed), chance)
        if chance.random() < 0.4:
            meeting = _partly(meeting, chance)
        found.append(_consistent(law, _partly(_everything(law, chance), chance) | meeting))
    return found


def _meeting(law: Consolidation, program: Compiled, class_iri: str, chance: Random) -> Facts:
    """Facts along one way through the rule's own diagram to where it holds."""
    row, _ = program.entails[Named(class_iri)]
    found: Facts = {}
    bounds: dict[str, dict[str, int]] = {}
    while row not in (FALSE, TRUE):
        number, low, high = program.table[row]
        value = chance.random() < 0.5
        if (high if value else low) == FALSE:
            value = not value
        atom, row = program.atoms[number], high if value else low
        if isinstance(atom, Yes) and atom.fact in law.law.facts:
            found[local(atom.fact)] = value
        elif isinstance(atom, Is) and value:
            found[local(atom.fact)] = local(atom.value)
        elif isinstance(atom, AtLeast):
            ends = bounds.setdefault(atom.fact, {})
            if value:
                ends["min"] = max(atom.bound, ends.get("min", atom.bound))
            else:
                ends["max"] = min(atom.bound - 1, ends.get("max", atom.bound))
    return found | {local(iri): _written(law, iri, ends) for iri, ends in bounds.items()}


def _written(law: Consolidation, iri: str, ends: dict[str, int]) -> object:
    """Numbers between two ends, or days, as a case file has them; ends that cross leave the lower."""
    if ends.get("min", 0) > ends.get("max", 10**9):
        del ends["max"]
    days = law.law.facts[iri].type == "date"
    return {end: str(date.fromordinal(value)) if days else value for end, value in ends.items()}


def _fact(law: Consolidation, name: str) -> Fact:
    return next(fact for fact in law.law.facts.values() if fact.name == name)


def _everything(law: Consolidation, chance: Random) -> Facts:
    return {f.name: _value(law, f, chance) for f in law.law.facts.values() if chance.random() < 0.5}


def _value(law: Consolidation, fact: Fact, chance: Random) -> object:
    if fact.type == "boolean":
        return chance.random() < 0.5
    if fact.type == "enumeration":
        return local(chance.choice(fact.values))
    if fact.type == "integer":
        return chance.randint(0, 70)
    first, last = sorted((chance.choice(_days(law, fact)), chance.choice(_days(law, fact))))
    return chance.choice([str(first), str(last), {"min": str(first), "max": str(last)}, {"max": str(last)}])


def _days(law: Consolidation, fact: Fact) -> list[date]:
    """Days on both sides of every day that the law draws, and the day of decision."""
    asked = (atom for atom in compiled(law).atoms if isinstance(atom, AtLeast) and atom.fact == fact.iri)
    drawn = {atom.bound + step for atom in asked for step in (-1, 0, 1)}
    return sorted({law.on, *map(date.fromordinal, drawn)})


def _partly(facts: Facts, chance: Random) -> Facts:
    return {name: value for name, value in sorted(facts.items()) if chance.random() < KNOWN}


def _consistent(law: Consolidation, facts: Facts) -> Facts:
    """Without the dates of what did not happen, which a case file may not give."""
    dated = [(f.name, local(f.companion)) for f in law.law.facts.values() if f.companion]
    impossible = {name for name, companion in dated if facts.get(companion) is False}
    return {name: value for name, value in facts.items() if name not in impossible}


def rules_of(law: Consolidation) -> tuple[str, ...]:
    """For each version alive on the day, the class of the cases in which it applies."""
    return tuple(sorted(iri + "#applies" for iri in law.by_version))
