"""Every rule has cases in which it holds, fails and is undetermined, and so has each side of a change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

import pytest
from tests.cases_on_file import CaseOnFile, cases

from asylgraf.graph import LawGraph, open_graph
from asylgraf.graph.history import standing_at
from asylgraf.graph.law import Version
from asylgraf.namespaces import ID
from asylgraf.reasoner.assessment import know
from asylgraf.reasoner.case import read_case
from asylgraf.reasoner.compiled import compiled
from asylgraf.reasoner.knowledge import WORDS

FIRST = date(2001, 8, 2)
"""The law is known from the consolidation of 1 August 2001 on."""


@cache
def outcomes() -> dict[str, frozenset[tuple[str, str]]]:
    """For each version, by its short address: how its rule came out in the cases on file."""
    found: dict[str, set[tuple[str, str]]] = {}
    for case in sorted(cases(), key=lambda case: case.on):
        for version, word in rules_of(open_graph(), case):
            found.setdefault(version, set()).add((word, case.on.isoformat()))
    return {version: frozenset(words) for version, words in found.items()}


def rules_of(graph: LawGraph, case: CaseOnFile) -> Iterator[tuple[str, str]]:
    """Each rule that governs some case on the day, and whether it holds for this one."""
    law = graph.consolidated(case.on, case.known)
    knowledge, _ = know(compiled(law), read_case(law.law, case.facts, case.presume))
    for iri, live in law.by_version.items():
        yield iri.removeprefix(ID), WORDS[knowledge.of(live.part)]


def versions() -> list[Version]:
    """Every version that says something of its own and can govern a case since 2001."""
    return [v for vs in open_graph().law().versions.values() for v in vs if not v.repeal and governs_once(v)]


@cache
def alive() -> frozenset[str]:
    """The versions that govern some case on some change date."""
    law = open_graph().law()
    days = [day for day in open_graph().change_dates() if day >= FIRST] + [FIRST]
    standing = (standing_at(law, provision, day) for day in days for provision in law.versions)
    return frozenset(version.iri for versions in standing for version in versions)


def governs_once(version: Version) -> bool:
    return version.iri in alive()


def words_for(version: Version) -> set[str]:
    """The words that some case must come out with: a rule of every case or of none knows one only."""
    text = str(version.rule)
    if text.endswith("ontology/Case')"):
        return {"holds"}
    return {"fails"} if text.endswith("#Nothing')") else {"holds", "fails", "undetermined"}


@pytest.mark.parametrize("version", versions(), ids=lambda v: v.iri.removeprefix(ID))
def test_the_rule_has_a_case_for_each_way_it_can_come_out(version: Version) -> None:
    found = {word for word, _ in outcomes().get(version.iri.removeprefix(ID), ())}
    assert sorted(words_for(version) - found) == []


def changes() -> list[tuple[str, date]]:
    """Each provision and each certain day since 2001 on which it changed."""
    law = open_graph().law()
    return sorted(
        {
            (provision, version.start.latest)
            for provision, found in law.versions.items()
            for version in found
            if version.start.earliest == version.start.latest > FIRST
        }
    )


def sides(provision: str, day: date) -> set[str]:
    """On which sides of a change a case was decided that the provision's versions of that time govern."""
    graph = open_graph()
    before = graph.consolidated(day - timedelta(days=1)).live.get(provision, ())
    after = graph.consolidated(day).live.get(provision, ())
    days = {on for live in before for _, on in outcomes().get(live.version.iri.removeprefix(ID), ())}
    later = {on for live in after for _, on in outcomes().get(live.version.iri.removeprefix(ID), ())}
    found = {"before"} if not before or any(on < day.isoformat() for on in days) else set()
    return found | ({"after"} if not after or any(on >= day.isoformat() for on in later) else set())


@pytest.mark.parametrize(("provision", "day"), changes(), ids=lambda x: str(x).removeprefix(ID))
def test_both_sides_of_a_change_have_cases(provision: str, day: date) -> None:
    assert sorted({"before", "after"} - sides(provision, day)) == []
