"""HermiT and the compiled rules agree: on the cases on file, and on cases made for each rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from tests.cases_on_file import CaseOnFile, cases
from tests.referee.generated import cases_for, rules_of

from asylgraf.graph import open_graph
from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import And, Expression, Has, Not, OneOf, Or, Within
from asylgraf.reasoner.case import read_case
from asylgraf.reasoner.compiled import compile_law, compiled
from asylgraf.reasoner.referee import Comparison, compare, held_against, judge, questions

pytestmark = pytest.mark.java
LAW = Path(__file__).parents[1] / "law"
TINY = (LAW / "tiny.ttl", LAW / "tiny.trig")
DAYS = open_graph().change_dates()
NEWEST = DAYS[-1:]
QUICK, WHOLE = 3, 200


def day_of(case: CaseOnFile) -> tuple[date, date | None, str]:
    return case.on, case.known or date.max, case.presume


GROUPS = [(key, list(group)) for key, group in groupby(sorted(cases(), key=day_of), key=day_of)]
LARGEST = sorted(GROUPS, key=lambda group: -len(group[1]))[:3]


def agree(found: Comparison, capsys: pytest.CaptureFixture[str], what: str) -> None:
    """Print the counts, and fail on any difference."""
    with capsys.disabled():
        print(f"\n{what}: {found}")  # noqa: T201
    assert found.cases
    assert found.differences == ()


def on_file(group: tuple[Any, list[CaseOnFile]]) -> Comparison:
    (on, _, presume), listed = group
    law = open_graph().consolidated(on, listed[0].known)
    return compare(law, [case.facts for case in listed], presume)


def made(
    law: Consolidation, count: int, rules: Sequence[str] = ()
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Cases for each rule, and the classes to ask about: every consequence and each of those rules."""
    rules = rules or rules_of(law)
    return [facts for rule in rules for facts in cases_for(law, rule, count, seed=1)], (
        *questions(law),
        *rules,
    )


def generated(on: date, count: int, every: int = 1) -> Comparison:
    law = open_graph().consolidated(on)
    listed, classes = made(law, count, rules_of(law)[::every])
    return compare(law, listed, classes=classes)


@pytest.mark.parametrize("group", LARGEST, ids=lambda group: str(group[0][0]))
def test_they_agree_on_the_days_with_most_cases_on_file(
    group: tuple[Any, list[CaseOnFile]], capsys: pytest.CaptureFixture[str]
) -> None:
    agree(on_file(group), capsys, f"cases on file, {group[0][0]}")


@pytest.mark.parametrize("day", NEWEST, ids=str)
def test_they_agree_on_a_few_cases_made_for_each_rule(day: date, capsys: pytest.CaptureFixture[str]) -> None:
    agree(generated(day, QUICK, every=4), capsys, f"{QUICK} cases for every fourth rule, {day}")


@pytest.mark.slow
def test_they_agree_on_every_case_on_file(capsys: pytest.CaptureFixture[str]) -> None:
    whole = [on_file(group) for group in GROUPS]
    agree(sum(whole[1:], start=whole[0]), capsys, f"all cases on file, {len(whole)} days")


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_they_agree_on_cases_made_for_each_rule(day: date, capsys: pytest.CaptureFixture[str]) -> None:
    agree(generated(day, WHOLE), capsys, f"{WHOLE} cases a rule, {day}")


def test_they_agree_on_a_made_up_law_with_numbers_periods_and_enumerations(
    capsys: pytest.CaptureFixture[str],
) -> None:
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    listed = [facts for rule in rules_of(law) for facts in cases_for(law, rule, 50, seed=2)]
    agree(compare(law, listed, classes=tuple(law.classes)), capsys, "a made-up law")


def mutants(law: Consolidation) -> list[tuple[str, Consolidation]]:
    """The law of a day with one rule read wrongly, in each way that is easily made."""
    found: list[tuple[str, Consolidation]] = []
    for iri in sorted(law.by_version):
        rule = iri + "#rule"
        for wrong in misread(law.classes[rule]):
            changed = replace(law, digest=f"{law.digest} {len(found)}", classes={**law.classes, rule: wrong})
            found.append((rule, changed))
    return found


def misread(expression: Expression) -> list[Expression]:
    """The expression with `and` for `or`, one condition forgotten, or a value or bound slightly off."""
    match expression:
        case And(parts) | Or(parts):
            kind = type(expression)
            swapped: Expression = Or(parts) if isinstance(expression, And) else And(parts)
            fewer: list[Expression] = [kind(parts[:k] + parts[k + 1 :]) for k in range(len(parts))]
            return [swapped, *fewer]
        case Has(fact, bool(value)):
            return [Has(fact, not value)]
        case Within(fact, minimum, maximum):
            return [Within(fact, None if minimum is None else minimum + 1, maximum)]
        case Not(part):
            return [part]
        case OneOf() | _:
            return [Not(expression)]


def missed(law: Consolidation, wrong: Sequence[tuple[str, Consolidation]], count: int) -> list[str]:
    """The rules of which a wrong reading was not found out."""
    listed, classes = made(law, count, sorted({rule for rule, _ in wrong}))
    read = [read_case(law.law, facts) for facts in listed]
    judged = judge(law, read, classes)
    assert not held_against(judged, compiled(law), listed, classes=classes).differences
    return [
        rule
        for rule, mutant in wrong
        if not held_against(judged, compile_law(mutant), listed, classes=classes).differences
    ]


@pytest.mark.parametrize("day", NEWEST, ids=str)
def test_a_rule_read_wrongly_is_found_out(day: date) -> None:
    law = open_graph().consolidated(day)
    wrong = mutants(law)
    assert missed(law, wrong[:: len(wrong) // 5], 40) == []


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_rule_read_wrongly_is_found_out(day: date, capsys: pytest.CaptureFixture[str]) -> None:
    law = open_graph().consolidated(day)
    wrong = mutants(law)
    with capsys.disabled():
        print(f"\n{day}: {len(wrong)} wrong readings")  # noqa: T201
    assert missed(law, wrong, 40) == []
