"""HermiT and the compiled rules agree: on cases on file, on drawn ones, on each condition of each rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from tests.cases_on_file import CaseOnFile, cases
from tests.referee.answers import Answers
from tests.referee.bulk import asked_of, compared, judgements, pool
from tests.referee.drawn import Drawer, Facts
from tests.referee.misread import misreadings
from tests.referee.pairs import Pairing
from tests.referee.parts import part_of
from tests.referee.table import counted

from asylgraf.errors import RefereeFailed
from asylgraf.graph import open_graph
from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import Named
from asylgraf.reasoner.case import TRUTHS
from asylgraf.reasoner.compiled import compiled
from asylgraf.reasoner.referee import Comparison, Hermit, compare, held_against

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


def on_file(group: tuple[Any, list[CaseOnFile]], answers: Answers) -> Comparison:
    (on, _, presume), listed = group
    law = open_graph().consolidated(on, listed[0].known)
    return compared(law, [dict(case.facts) for case in listed], answers, presume)


def test_they_agree_on_a_few_cases_on_file(answers: Answers, record_property: Record) -> None:
    key, listed = LARGEST
    found = on_file((key, listed[:: len(listed) // FEW]), answers)
    agree(found, record_property, "cases on file", key[0])


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: f"{group[0][0]} {group[0][1]} {group[0][2]}")
def test_they_agree_on_every_case_on_file(
    group: tuple[Any, list[CaseOnFile]], answers: Answers, record_property: Record
) -> None:
    agree(on_file(group, answers), record_property, "cases on file", group[0][0])


@pytest.mark.slow
def test_they_agree_on_a_few_drawn_cases_under_the_whole_law(record_property: Record) -> None:
    law = open_graph().consolidated(NEWEST)
    found = compare(law, Drawer(law, seed=1).cases(3))
    agree(found, record_property, "drawn cases under the whole law", NEWEST)


def test_they_agree_on_drawn_cases(answers: Answers, record_property: Record) -> None:
    law = open_graph().consolidated(NEWEST)
    found = compared(law, [*Drawer(law, seed=2).cases(50), CANNOT_BE], answers)
    agree(found, record_property, "drawn cases", NEWEST)
    assert found.impossible


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_they_agree_on_drawn_cases_of_every_day(day: date, answers: Answers, record_property: Record) -> None:
    found = compared(open_graph().consolidated(day), pool(WHOLE), answers)
    agree(found, record_property, "drawn cases", day)


@pytest.mark.parametrize("presume", ["none", "standard"])
def test_reasons_settle_what_asking_about_each_case_does(answers: Answers, presume: str) -> None:
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    listed = [*Drawer(law, seed=3).cases(60), {"danger": True, "safe": True}]
    by_reasons = compared(law, listed, answers, presume)
    assert by_reasons == compare(law, listed, presume, classes=[asked_of(law)] * len(listed))
    assert by_reasons.impossible
    assert 0 < by_reasons.holds < by_reasons.questions - by_reasons.fails


def test_what_is_too_much_at_once_is_asked_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> bool:
        stopped.append(1)
        raise RefereeFailed("HermiT stopped.")

    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    claim = (law.outcomes[0].iri, False)
    part = part_of(law, claim[0])
    asks = sorted(iri for iri, fact in part.law.law.facts.items() if fact.type == "boolean")
    said = [frozenset({(iri, TRUTHS[truth])}) for iri in asks for truth in (True, False)]
    told, stopped = Answers().can_be(part, said, claim), list[int]()
    asked = Hermit.can_be
    monkeypatch.setattr(
        Hermit, "can_be", lambda self, *claims, one_of=(): (stop if one_of else asked)(self, *claims)
    )
    assert Answers().can_be(part, said, claim) == told
    assert stopped
    monkeypatch.setattr(Hermit, "can_be", stop)
    with pytest.raises(RefereeFailed):
        Answers().can_be(part, said[:1], claim)


def test_a_class_compiled_from_another_is_found_out(answers: Answers) -> None:
    """Cases that come out wrongly differ, whatever the wrong rules give as reasons."""
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    first, second = (outcome.iri for outcome in law.outcomes[:2])
    right = compiled(law)
    wrong = {**right.entails, Named(first): right.entails[Named(second)]}
    found = compared(law, Drawer(law, seed=3).cases(60), answers, program=replace(right, entails=wrong))
    assert {difference.about for difference in found.differences} == {first}
    assert {(one.ours, one.referee) for one in found.differences} >= {(True, False), (None, False)}


def test_they_agree_on_a_made_up_law_with_numbers_periods_and_enumerations(record_property: Record) -> None:
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    listed = Drawer(law, seed=2).cases(100)
    found = compare(law, listed, classes=[tuple(law.classes)] * len(listed))
    agree(found, record_property, "drawn cases of a made-up law", law.on)


LOTS = [*((day, 0) for day in DAYS[:-1]), *((NEWEST, lot) for lot in range(12))]
"""The rules of a day all at once; of the newest, which has most, in lots."""


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


def not_found_out(law: Consolidation, rules: Sequence[str], answers: Answers, record: Record) -> list[str]:
    """The rules of which a wrong reading agrees with HermiT on every case; the right reading must."""
    wrong = list(misreadings(law, rules))
    listed, asked, alone = paired(law, rules)
    pairs = len(listed) // 2
    listed, asked = [*listed, *(one.telling for one in wrong)], [*asked, *((one.rule,) for one in wrong)]
    judged = judgements(law, listed, asked, answers)
    found = held_against(judged, compiled(law), listed, classes=asked)
    met = [judgement.values[rule] for judgement, (rule, *_) in zip(judged, asked, strict=True)]
    assert met[: 2 * pairs] == [True, False] * pairs
    missed = []
    for one in wrong:
        here = [k for k, (rule, *_) in enumerate(asked) if rule == one.rule]
        about = [(one.rule,)] * len(here)
        judging, told = [judged[k] for k in here], [listed[k] for k in here]
        if not held_against(judging, one.program, told, classes=about).differences:
            missed.append(f"{one.rule}: {one.wording}")
    counts = {"pairs": pairs, "without_a_pair": alone, "read_wrongly": len(wrong)}
    agree(found, record, "each condition of each rule", law.on, **counts, found_out=len(wrong) - len(missed))
    return missed


def test_each_condition_decides_and_a_rule_read_wrongly_is_found_out(
    answers: Answers, record_property: Record
) -> None:
    rules = rules_last_alive_on(NEWEST)[::20]
    assert not_found_out(open_graph().consolidated(NEWEST), rules, answers, record_property) == []


@pytest.mark.slow
@pytest.mark.parametrize(("day", "lot"), LOTS, ids=str)
def test_each_condition_decides_and_every_rule_read_wrongly_is_found_out(
    day: date, lot: int, answers: Answers, record_property: Record
) -> None:
    if rules := rules_last_alive_on(day)[lot :: sum(day == other for other, _ in LOTS)]:
        assert not_found_out(open_graph().consolidated(day), rules, answers, record_property) == []
