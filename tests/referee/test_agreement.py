"""HermiT and the compiled rules agree: on cases on file, on drawn ones, on each condition of each rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from tests.cases_on_file import CaseOnFile, cases
from tests.referee.bulk import Remembered, agreement, agreement_on
from tests.referee.drawn import Drawer, Facts
from tests.referee.misread import misreadings
from tests.referee.pairs import Pairing
from tests.referee.table import counted

from asylgraf.graph import open_graph
from asylgraf.graph.consolidated import Consolidation
from asylgraf.reasoner.compiled import compiled
from asylgraf.reasoner.referee import Comparison, compare, held_against, judged

pytestmark = pytest.mark.java
LAW = Path(__file__).parents[1] / "law"
TINY = (LAW / "tiny.ttl", LAW / "tiny.trig")
DAYS = open_graph().change_dates()
NEWEST = DAYS[-1]
WHOLE = 2_000
CANNOT_BE: Facts = {"protectedAtHome": True, "harmFromAuthorities": True}
Record = Callable[[str, object], None]


def day_of(case: CaseOnFile) -> tuple[date, date | None, str]:
    return case.on, case.known or date.max, case.presume


FEW = 30
GROUPS = [(key, list(group)) for key, group in groupby(sorted(cases(), key=day_of), key=day_of)]
LARGEST = max(GROUPS, key=lambda group: len(group[1]))


def agree(found: Comparison, record: Record, what: str, day: date, **more: int) -> None:
    """Have the counts printed, and fail on any difference."""
    record("referee", counted(what, day, found, **more))
    assert found.cases
    assert found.differences == ()


def on_file(group: tuple[Any, list[CaseOnFile]]) -> Comparison:
    (on, _, presume), listed = group
    law = open_graph().consolidated(on, listed[0].known)
    return agreement(law, [dict(case.facts) for case in listed], Remembered(), presume)


def test_they_agree_on_a_few_cases_on_file(record_property: Record) -> None:
    key, listed = LARGEST
    agree(on_file((key, listed[:: len(listed) // FEW])), record_property, "cases on file", key[0])


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: f"{group[0][0]} {group[0][1]} {group[0][2]}")
def test_they_agree_on_every_case_on_file(
    group: tuple[Any, list[CaseOnFile]], record_property: Record
) -> None:
    agree(on_file(group), record_property, "cases on file", group[0][0])


@pytest.mark.slow
def test_they_agree_on_a_few_drawn_cases_under_the_whole_law(record_property: Record) -> None:
    law = open_graph().consolidated(NEWEST)
    found = compare(law, Drawer(law, seed=1).cases(3))
    agree(found, record_property, "drawn cases under the whole law", NEWEST)


def test_they_agree_on_drawn_cases(record_property: Record) -> None:
    law = open_graph().consolidated(NEWEST)
    found = agreement(law, [*Drawer(law, seed=2).cases(50), CANNOT_BE], Remembered())
    agree(found, record_property, "drawn cases", NEWEST)
    assert found.impossible


@pytest.fixture(scope="module")
def remembered() -> Remembered:
    """What HermiT said of earlier days."""
    return Remembered()


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_they_agree_on_drawn_cases_of_every_day(
    day: date, remembered: Remembered, record_property: Record
) -> None:
    agree(agreement_on(day, WHOLE, remembered), record_property, "drawn cases", day)


def test_they_agree_on_a_made_up_law_with_numbers_periods_and_enumerations(record_property: Record) -> None:
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    listed = Drawer(law, seed=2).cases(100)
    found = compare(law, listed, classes=[tuple(law.classes)] * len(listed))
    agree(found, record_property, "drawn cases of a made-up law", law.on)


@cache
def rules_last_alive_on(day: date) -> tuple[str, ...]:
    """The rules of the versions that govern some case that day and on no later change date."""
    later = {iri for on in DAYS if on > day for iri in open_graph().consolidated(on).by_version}
    law, drawer = open_graph().consolidated(day), Drawer(open_graph().consolidated(day), seed=1)
    rules = sorted(iri + "#rule" for iri in law.by_version if iri not in later)
    return tuple(rule for rule in rules if Pairing(drawer).conditions(rule))


def paired(law: Consolidation, rules: Sequence[str]) -> tuple[list[Facts], list[tuple[str, ...]], int]:
    """Two cases for each condition of each rule, what to ask of each case, and how many have no pair."""
    pairing = Pairing(Drawer(law, seed=1))
    found = [pairing.pair(rule, number) for rule in rules for number in pairing.conditions(rule)]
    listed = [(case, pair.rule) for pair in found if pair for case in (pair.met, pair.missed)]
    asked: list[tuple[str, ...]] = [(rule, rule.removesuffix("rule") + "applies") for _, rule in listed]
    return [case for case, _ in listed], asked, found.count(None)


def not_found_out(law: Consolidation, rules: Sequence[str], record: Record) -> list[str]:
    """The rules of which a wrong reading agrees with HermiT on every case; the right reading must."""
    wrong = list(misreadings(law, rules))
    listed, asked, alone = paired(law, rules)
    pairs = len(listed) // 2
    listed, asked = [*listed, *(one.telling for one in wrong)], [*asked, *((one.rule,) for one in wrong)]
    judgements = judged(compiled(law), listed, classes=asked)
    found = held_against(judgements, compiled(law), listed, classes=asked)
    met = [judgement.values[rule] for judgement, (rule, *_) in zip(judgements, asked, strict=True)]
    assert met[: 2 * pairs] == [True, False] * pairs
    missed = []
    for one in wrong:
        here = [k for k, (rule, *_) in enumerate(asked) if rule == one.rule]
        about = [(one.rule,)] * len(here)
        judging, told = [judgements[k] for k in here], [listed[k] for k in here]
        if not held_against(judging, one.program, told, classes=about).differences:
            missed.append(f"{one.rule}: {one.wording}")
    counts = {"pairs": pairs, "without_a_pair": alone, "read_wrongly": len(wrong)}
    agree(found, record, "each condition of each rule", law.on, **counts, found_out=len(wrong) - len(missed))
    return missed


def test_each_condition_decides_and_a_rule_read_wrongly_is_found_out(record_property: Record) -> None:
    rules = rules_last_alive_on(NEWEST)[::20]
    assert not_found_out(open_graph().consolidated(NEWEST), rules, record_property) == []


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_condition_decides_and_every_rule_read_wrongly_is_found_out(
    day: date, record_property: Record
) -> None:
    if rules := rules_last_alive_on(day):
        assert not_found_out(open_graph().consolidated(day), rules, record_property) == []
