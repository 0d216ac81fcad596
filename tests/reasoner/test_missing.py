"""Sets of missing facts settle what they say, and no smaller set does; tried with every answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import combinations, product
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from tests.reasoner.made_up import BOOLEANS, NAMES, ON, Lawmaker, made_up_case

from asylgraf.errors import ContradictoryFacts, CyclicLaw
from asylgraf.graph import open_graph
from asylgraf.graph.consolidated import Consolidation, consolidate
from asylgraf.reasoner import Missing, Outcome, assess, missing, next_question
from asylgraf.reasoner.missing import MOST_FACTS, MOST_SETS

LAWS, CASES_A_LAW = 36, 2
DAYS = [
    f"{year}-{day}" for year in (2012, 2013, 2014, 2015, 2017) for day in ("01-20", "01-21", "11-13", "11-14")
]
ANSWERS: dict[str, list[Any]] = {
    **{name: [True, False] for name in BOOLEANS},
    "state": list(NAMES),
    "number": list(range(-1, 7)),
    "from": DAYS,
    "to": DAYS,
}


@cache
def law_of(number: int) -> Consolidation | None:
    try:
        return consolidate(Lawmaker(number).law(), ON, None, f"made-up law {number}")
    except CyclicLaw:
        return None


NUMBERS = [n for n in range(LAWS) if law_of(n)]


def undetermined(number: int) -> Iterator[tuple[dict[str, Any], Outcome]]:
    """Outcomes that are open, with the facts that leave them open; days are known exactly or not at all."""
    law = law_of(number) or pytest.fail("only laws without a circle are tried")
    for k in range(CASES_A_LAW):
        case = made_up_case(number * CASES_A_LAW + k)
        facts = {n: v for n, v in case.items() if not (n in ("from", "to") and isinstance(v, dict))}
        try:
            found = assess(law, facts)
        except ContradictoryFacts:
            continue
        yield from ((facts, outcome) for outcome in found.outcomes if outcome.outcome == "undetermined")


def answers_to(name: str, facts: Mapping[str, Any]) -> list[Any]:
    """What the fact could be; for a day also those on which a period from or to the other day turns."""
    other = facts.get({"from": "to", "to": "from"}.get(name, ""))
    if not isinstance(other, str):
        return ANSWERS[name]
    way, day = (1 if name == "to" else -1), date.fromisoformat(other)
    turning = [day + way * relativedelta(months=m) + timedelta(d) for m in (1, 3, 12) for d in (-1, 0, 1)]
    return [*ANSWERS[name], *(day.isoformat() for day in turning)]


def settled(outcome: Outcome, facts: Mapping[str, Any], asked: tuple[str, ...]) -> set[str]:
    """Every word that answers to these facts can bring about."""
    words = set()
    for answers in product(*(answers_to(name, facts) for name in asked)):
        told = {**facts, **dict(zip(asked, answers, strict=True))}
        try:
            found = assess(outcome.prover.day, told)
        except ContradictoryFacts:
            continue
        words.add(found.outcome(outcome.rule.consequence.iri).outcome)
    return words - {"undetermined"}


def names_of(found: Missing) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    for one in found.sets:
        ways = {word for word, can in (("holds", one.can_hold), ("fails", one.can_fail)) if can}
        yield tuple(fact.name for fact in one.facts), ways


@pytest.mark.parametrize("number", NUMBERS)
def test_a_set_of_missing_facts_can_settle_the_outcome_as_it_says(number: int) -> None:
    for facts, outcome in undetermined(number):
        for names, ways in names_of(missing(outcome)):
            if len(names) <= 3:
                assert ways <= settled(outcome, facts, names), (facts, outcome.rule.consequence.iri, names)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_part_of_a_set_settles_it_that_way(number: int) -> None:
    for facts, outcome in undetermined(number):
        for names, ways in names_of(missing(outcome)):
            if len(names) <= 3:
                for part in combinations(names, len(names) - 1):
                    assert not ways & settled(outcome, facts, part), (facts, names, part)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_single_fact_that_settles_it_is_left_out(number: int) -> None:
    for facts, outcome in undetermined(number):
        listed = [set(names) for names, _ in names_of(missing(outcome))]
        for name in ANSWERS:
            if name not in facts and settled(outcome, facts, (name,)):
                assert {name} in listed, (facts, name)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_set_of_booleans_decides_the_share_of_its_answers_that_settle(number: int) -> None:
    for facts, outcome in undetermined(number):
        for one in missing(outcome).sets:
            names = [fact.name for fact in one.facts]
            if set(names) <= set(BOOLEANS):
                told = [answered(outcome, facts, dict(zip(names, answers, strict=True)))
                        for answers in product([True, False], repeat=len(names))]  # fmt: skip
                possible = [word for word in told if word]
                settled = [word for word in possible if word != "undetermined"]
                assert one.decides == pytest.approx(len(settled) / len(possible)), (facts, names)


def answered(outcome: Outcome, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> str | None:
    """How the outcome comes out with these answers; nothing where they cannot be."""
    try:
        found = assess(outcome.prover.day, {**facts, **answers})
    except ContradictoryFacts:
        return None
    return found.outcome(outcome.rule.consequence.iri).outcome


@pytest.mark.parametrize("number", NUMBERS)
def test_the_next_question_is_about_something_open(number: int) -> None:
    for facts, outcome in undetermined(number):
        asked = next_question(assess(outcome.prover.day, facts))
        assert asked is None or not isinstance(facts.get(asked.name), bool | str | int), facts


def test_what_is_cut_at_fifty_sets_or_six_facts_says_so() -> None:
    """Of a case of which nothing is told, a spouse's permit hangs on more than can be listed."""
    found = assess(open_graph().consolidated(date(2024, 5, 1)), {})
    cut, whole = (missing(found.outcome(name)) for name in ("family-partner", "hopeless-return"))
    assert len(cut.sets) == MOST_SETS == 50
    assert max(len(one.facts) for one in cut.sets) == MOST_FACTS == 6
    assert not cut.complete
    assert whole.complete
    assert 0 < len(whole.sets) < 50


def test_an_interview_asks_of_nothing_twice_and_settles_the_outcome() -> None:
    """Answered with no each time, it ends with the fear that nobody can be a refugee without."""
    law, told, asked = open_graph().consolidated(date(2024, 5, 1)), {"asylumApplied": True}, list[str]()
    outcome = assess(law, told, "standard").outcome("convention-status")
    while outcome.outcome == "undetermined":
        fact = next_question(assess(law, told, "standard"), [outcome])
        assert fact is not None
        assert fact.name not in told
        asked.append(fact.name)
        told |= {fact.name: False}
        outcome = assess(law, told, "standard").outcome("convention-status")
    assert outcome.outcome == "fails"
    assert asked == ["protectedAtHome", "wellFoundedFear"], "either could settle it, and the first did not"
