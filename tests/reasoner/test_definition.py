"""The compiled rules say what the definition says, on made-up laws and cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from tests.graph.writing import act, opened, version
from tests.reasoner.definition import Complete, Day
from tests.reasoner.made_up import FAMILY, ON, Lawmaker, made_up_case

from asylgraf.errors import ContradictoryFacts, CyclicLaw
from asylgraf.graph.consolidated import Consolidation, consolidate
from asylgraf.graph.law import Law
from asylgraf.reasoner import Assessment, assess
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.proof import Prover

LAWS, CASES_A_LAW, MOST = 120, 6, 2_000


ASKED = "[ a owl:Restriction ; owl:onProperty asyl:{} ; owl:hasValue true ]"
BENEFIT = "asyl:consequence asyl:Entitles ; asyl:brings <consequence/benefit> ; asyl:effect asyl:Shall"


@cache
def made_up_law(number: int) -> tuple[Law, Consolidation] | None:
    """The law of that number, consolidated; nothing where it goes round in a circle."""
    law = Lawmaker(number).law()
    try:
        return law, consolidate(law, ON, None, f"made-up law {number}")
    except CyclicLaw:
        return None


@lru_cache(maxsize=1)
def cases(number: int) -> list[tuple[Mapping[str, Any], list[Complete]]]:
    """Cases under a law, each with all its completions, where these are not too many to try."""
    law, _ = made_up_law(number) or pytest.fail("only laws without a circle are tried")
    drawn = (made_up_case(number * CASES_A_LAW + k) for k in range(CASES_A_LAW))
    tried = ((facts, Day(law, ON).completions(facts, MOST)) for facts in drawn)
    return [(facts, list(found)) for facts, found in tried if found is not None]


def answer(law: Consolidation, facts: Mapping[str, Any], presume: str = "none") -> Assessment | None:
    try:
        return assess(law, facts, presume)
    except ContradictoryFacts:
        return None


def word(values: set[bool]) -> str:
    return "undetermined" if len(values) == 2 else "holds" if values == {True} else "fails"


NUMBERS = [n for n in range(LAWS) if made_up_law(n)]


@pytest.fixture(scope="module", params=NUMBERS)
def number(request: pytest.FixtureRequest) -> int:
    """A made-up law; the tests of one follow each other, so that its cases are drawn once."""
    found: int = request.param
    return found


def test_made_up_laws_meet_every_kind_of_answer() -> None:
    """Without this the comparisons below could agree about nothing."""
    seen: dict[str, int] = {}
    for number in NUMBERS:
        for facts, everyone in cases(number):
            found = answer(made_up_law(number)[1], facts)  # type: ignore[index]
            words = ["impossible"] if found is None else [o.outcome for o in found.outcomes]
            for one in words:
                seen[one] = seen.get(one, 0) + 1
            assert (found is None) is not bool(everyone)
    assert (
        min(seen.get(w, 0) for w in ("holds", "fails", "undetermined", "not in force", "impossible")) >= 10
    ), seen


def test_an_outcome_holds_when_it_follows_however_the_unknown_turns_out(number: int) -> None:
    law, consolidated = made_up_law(number) or pytest.fail("only laws without a circle are tried")
    day = Day(law, ON)
    for facts, everyone in cases(number):
        found = answer(consolidated, facts)
        for outcome in found.outcomes if found else ():
            consequence = outcome.rule.consequence.iri
            expected = word({day.follows(consequence, case) for case in everyone})
            assert outcome.outcome == (expected if outcome.rule.versions else "not in force"), facts
            assert outcome.rule.versions or expected == "fails", facts


def test_a_grant_is_the_first_permit_that_applies(number: int) -> None:
    law, consolidated = made_up_law(number) or pytest.fail("only laws without a circle are tried")
    permits = sorted(iri for iri, c in law.consequences.items() if c.family == FAMILY)
    for facts, everyone in cases(number):
        found = answer(consolidated, facts)
        granted = {Day(law, ON).granted(permits, case) for case in everyone}
        for grant in found.grants if found else ():
            assert grant.sure == (next(iter(granted)) if len(granted) == 1 else None), facts
            assert set(grant.possible) == granted - {None}, facts
            assert grant.surely_one is (None not in granted), facts


def test_more_knowledge_never_changes_an_answer_given(number: int) -> None:
    _, consolidated = made_up_law(number) or pytest.fail("only laws without a circle are tried")
    for facts, _ in cases(number):
        after = answer(consolidated, facts)
        for left_out in facts:
            less = {name: value for name, value in facts.items() if name != left_out}
            before = answer(consolidated, less)
            for earlier, later in (
                zip(before.outcomes, after.outcomes, strict=True) if before and after else ()
            ):
                assert earlier.outcome in (later.outcome, "undetermined"), (facts, left_out)


def test_a_presumption_is_an_exception_that_nobody_had_to_deny(number: int) -> None:
    _, consolidated = made_up_law(number) or pytest.fail("only laws without a circle are tried")
    for facts, _ in cases(number):
        presumed, denied = (
            answer(consolidated, facts, "standard"),
            answer(consolidated, {"c": False, **facts}),
        )
        if presumed and denied:
            assert [o.outcome for o in presumed.outcomes] == [o.outcome for o in denied.outcomes], facts


def test_every_outcome_has_a_proof_of_its_own_value(number: int) -> None:
    _, consolidated = made_up_law(number) or pytest.fail("only laws without a circle are tried")
    for facts, _ in cases(number):
        found = answer(consolidated, facts, "standard")
        for outcome in found.outcomes if found else ():
            assert outcome.proof.value is outcome.value
            assert len(list(outcome.proof.steps())) > 1 or not outcome.rule.versions


@pytest.mark.parametrize("presume", ["none", "standard"])
def test_a_proof_is_the_same_when_nothing_was_worked_out_before(number: int, presume: str) -> None:
    """What the case does not touch is taken from the case of which nothing is told."""
    _, consolidated = made_up_law(number) or pytest.fail("only laws without a circle are tried")
    for facts, _ in cases(number):
        found = answer(consolidated, facts, presume)
        for outcome in found.outcomes if found else ():
            know, case = outcome.prover.knowledge, outcome.prover.case
            anew = Prover(Knowledge(know.program, know.known), case)
            assert outcome.value is anew.knowledge.of(outcome.rule.iri), facts
            assert outcome.proof == anew.prove(outcome.rule), facts


def test_of_what_fails_the_nearest_to_success_comes_first(tmp_path: Path) -> None:
    """General danger asks for two changes, the age for one; the rule names the danger first."""
    danger, general = (ASKED.format(name) for name in ("danger", "general"))
    age = "[ a owl:Restriction ; owl:onProperty asyl:age ; owl:someValuesFrom [ owl:onDatatype xsd:integer ;"
    age += " owl:withRestrictions ( [ xsd:minInclusive 18 ] ) ] ]"
    rule = f"[ owl:unionOf ( [ owl:intersectionOf ( {danger} {general} ) ] {age} ) ]"
    law = opened(act(tmp_path, version("tiny/9", rule=rule, brings=BENEFIT))).consolidated(date(2021, 1, 1))
    told = {"danger": False, "general": False, "age": 10}
    proof = assess(law, told).outcome("benefit").proof
    (found,) = [step for step in proof.steps() if step.kind == "any"]
    assert [step.kind for step in found.children] == ["fact", "all"]
