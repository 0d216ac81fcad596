"""Flips flip, no smaller change does, and what nobody can change is left alone when asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.reasoner.made_up import made_up_case
from tests.reasoner.test_missing import ANSWERS, CASES_A_LAW, NUMBERS, law_of

from asylgraf.errors import ContradictoryFacts
from asylgraf.graph import open_graph
from asylgraf.graph.consolidated import Consolidation
from asylgraf.reasoner import Assessment, Flip, Outcome, assess, flips
from asylgraf.reasoner.report import value_json
from asylgraf.resources import data

OPPOSITE = {"holds": "fails", "fails": "holds"}


def settled(number: int) -> Iterator[tuple[dict[str, Any], Outcome]]:
    law = law_of(number) or pytest.fail("only laws without a circle are tried")
    for k in range(CASES_A_LAW):
        facts = made_up_case(number * CASES_A_LAW + k)
        found = answer(law, facts)
        for outcome in found.outcomes if found else ():
            if outcome.value is not None and outcome.rule.versions:
                yield facts, outcome


def answer(law: Consolidation, facts: dict[str, Any]) -> Assessment | None:
    try:
        return assess(law, facts)
    except ContradictoryFacts:
        return None


def after(facts: dict[str, Any], flip: Flip) -> dict[str, Any]:
    """The case file with the changes made."""
    return {**facts, **{change.fact.name: value_json(change.after) for change in flip.changes}}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_flip_turns_the_outcome_around(number: int) -> None:
    for facts, outcome in settled(number):
        for flip in flips(outcome):
            found = assess(outcome.prover.day, after(facts, flip)).outcome(outcome.rule.consequence.iri)
            assert found.outcome == flip.after.outcome == OPPOSITE[outcome.outcome], (facts, flip.changes)
            assert flip.after.proof.value is flip.after.value


@pytest.mark.parametrize("number", NUMBERS)
def test_a_flip_of_several_facts_is_shown_only_where_no_single_fact_flips(number: int) -> None:
    for facts, outcome in settled(number):
        singly = {
            name
            for name, values in ANSWERS.items()
            for value in values
            if name in facts
            and (found := answer(outcome.prover.day, {**facts, name: value}))
            and found.outcome(outcome.rule.consequence.iri).outcome == OPPOSITE[outcome.outcome]
        }
        shown = flips(outcome)
        if singly:
            assert singly <= {change.fact.name for flip in shown for change in flip.changes}, facts
            assert all(len(flip.changes) == 1 for flip in shown)


def test_days_that_nobody_can_change_hide_no_change_of_other_facts() -> None:
    file = data("kb") / "examples" / "refugee-with-an-entry-ban.json"
    case = json.loads(file.read_text(encoding="utf-8"))
    law = open_graph().consolidated(date(2024, 5, 1))
    status = assess(law, case["facts"], "standard").outcome("convention-status")
    assert {c.fact.name for flip in flips(status, only_possible=True) for c in flip.changes} == {
        "entryBanInRegister",
        "familyUnityReason",
        "otherParticularReason",
    }


def test_what_nobody_can_change_is_marked_and_can_be_left_out() -> None:
    seen = 0
    for number in NUMBERS:
        for _, outcome in settled(number):
            for flip in flips(outcome):
                fact = flip.changes[0].fact
                law = outcome.prover.day.law
                fixed = replace(law, facts={**law.facts, fact.iri: replace(fact, unchangeable=True)})
                day = replace(outcome.prover.day, law=fixed, digest=f"{number} fixed {fact.name}")
                again = assess(day, {c.fact.name: value_json(c.before) for c in flip.changes})
                same = again.outcome(outcome.rule.consequence.iri)
                touched = {c.fact.name for other in flips(same, only_possible=True) for c in other.changes}
                assert fact.name not in touched
                marked = {
                    c.possible for other in flips(same) for c in other.changes if c.fact.name == fact.name
                }
                assert marked <= {False}
                seen += bool(marked)
        if seen > 5:
            return
    pytest.fail("no flip was found")
