"""Proofs in words say what the case is, in both languages."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from asylgraf.graph import open_graph
from asylgraf.reasoner import assess, text

FACTS = {
    "asylumApplied": True,
    "wellFoundedFear": True,
    "persecutedForReligion": True,
    "harmFromAuthorities": True,
}


@pytest.fixture(scope="module")
def proofs() -> dict[str, str]:
    """The proof of convention status in each language."""
    found = assess(open_graph().consolidated(date(2024, 5, 1)), FACTS, "standard")
    return {language: text(found.outcome("convention-status"), language) for language in ("en", "da")}


@pytest.mark.parametrize(
    ("language", "title", "absent"),
    [
        ("en", "convention status: holds", "✓ protected at home: no"),
        ("da", "konventionsstatus: gælder", "✓ beskyttet i hjemlandet: nej"),
    ],
)
def test_a_fact_that_follows_is_told_as_it_is_where_a_rule_asks_for_its_absence(
    proofs: dict[str, str], language: str, title: str, absent: str
) -> None:
    first, *steps = proofs[language].splitlines()
    assert first.lower() == title
    assert absent in [step.strip() for step in steps]


@pytest.mark.parametrize(
    ("language", "between"),
    [
        ("en", "in force from a day between 1 October 1983 and 1 August 2001; "),
        ("da", "i kraft fra en dag mellem 1. oktober 1983 og 1. august 2001; "),
    ],
)
def test_a_first_day_that_is_not_known_lies_between_two(
    proofs: dict[str, str], language: str, between: str
) -> None:
    assert between in proofs[language]


def test_nothing_is_told_twice_in_a_row() -> None:
    facts = {"asylumAppliedOn": "2014-11-01", "riskOfInhumanTreatment": True, "harmFromAuthorities": True}
    found = assess(open_graph().consolidated(date(2016, 1, 1)), facts, "standard")
    steps = text(found.outcome("protection-status")).splitlines()[2:]
    assert "    ✓ asylum applied for: yes" in steps
    after = steps.index("    ✓ applied from 14 November 2014: no") + 1
    assert steps[after] == "      ✗ day of the asylum application: 1 November 2014"
    said = [step.strip(" ✓✗?").removesuffix(": yes").removesuffix(": no") for step in steps]
    assert not [one for one, other in pairwise(said) if one == other]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["longest sentence in months (at least 6", "not covered by section 7(1)", "none of these"]),
        ("da", ["længste straf i måneder (mindst 6", "ikke omfattet af § 7, stk. 1", "ingen af disse"]),
    ],
)
def test_bounds_and_what_must_not_be_are_told_as_what_they_are(language: str, told: list[str]) -> None:
    found = assess(open_graph().consolidated(date(2024, 5, 1)), {}, "none")
    words = "\n".join(text(outcome, language) for outcome in found.outcomes)
    assert [one for one in told if one not in words] == []
    assert ": \n" not in words


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            [
                "✗ section 7(1) does not apply (Act no. 365 of 6 June 2002, in force from 1 July 2002; ",
                "✗ applied from 1 July 2002: yes, but it must not be so",
            ],
        ),
        (
            "da",
            [
                "✗ § 7, stk. 1 finder ikke anvendelse (lov nr. 365 af 6. juni 2002, i kraft fra ",
                "✗ søgt fra 1. juli 2002: ja, men det må ikke være tilfældet",
            ],
        ),
    ],
)
def test_a_version_names_its_act_and_what_must_not_be_says_so(language: str, told: list[str]) -> None:
    """Two versions of section 7(1) are told, each by the act that it comes from."""
    facts = {"asylumAppliedOn": "2014-11-01", "wellFoundedFear": False}
    found = assess(open_graph().consolidated(date(2016, 1, 1)), facts, "standard")
    words = text(found.outcome("convention-status"), language)
    assert [one for one in told if one not in words] == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "(DRC Asylum: Getting asylum in Denmark, from 20 February 2015; not checked)"),
        ("da", "(DRC Asylum: at få asyl i Danmark, fra 20. februar 2015; ikke kontrolleret)"),
    ],
)
def test_practice_is_not_said_to_be_in_force(language: str, told: str) -> None:
    found = assess(open_graph().consolidated(date(2024, 5, 1)), {}, "standard")
    assert told in text(found.outcome("discrimination-not-enough"), language)


ACT_1009 = {
    "en": "Consolidation Act no. 1009 of 2 September 2024",
    "da": "lovbekendtgørelse nr. 1009 af 2. september 2024",
}


@pytest.mark.parametrize(
    ("language", "said", "permit"),
    [
        (
            "en",
            [
                "✓ whether or not {} had taken effect",
                "• if {} had taken effect",
                "• if {} had not yet taken effect",
            ],
            "✓ holds a refugee’s permit: no (presumed, since nobody raised it)",
        ),
        (
            "da",
            [
                "✓ uanset om {} var trådt i kraft",
                "• hvis {} var trådt i kraft",
                "• hvis {} endnu ikke var trådt i kraft",
            ],
            "✓ har opholdstilladelse som flygtning: nej (formodet, da ingen har rejst det)",
        ),
    ],
)
def test_an_unsure_first_day_that_does_not_matter_is_told_both_ways(
    language: str, said: list[str], permit: str
) -> None:
    """The consolidation took effect in 2023 or 2024; before and after, the ties are weighed."""
    facts = {
        "holdsPermanentResidence": True,
        "basisOfPermitGoneOrWrong": False,
        "otherRevocationGround": False,
        "conditionsOfPermitBreached": True,
        "tiesWeighAgainstRevocation": False,
    }
    found = assess(open_graph().consolidated(date(2024, 5, 1)), facts, "standard")
    steps = text(found.outcome("ties-weighed-before-revocation"), language).splitlines()
    assert [told.format(ACT_1009[language]) for told in said] == [steps[k].strip() for k in (1, 2, 8)]
    assert steps[6].strip() == permit


def test_what_follows_is_told_with_the_axiom_it_follows_from_and_no_other() -> None:
    facts = {"asylumApplied": True, "refusedInFirstInstance": False}
    found = assess(open_graph().consolidated(date(2024, 5, 1)), facts, "standard")
    steps = text(found.outcome("hopeless-return")).splitlines()
    follows = [k for k, step in enumerate(steps) if "it follows from" in step]
    assert {steps[k].strip() for k in follows} == {"✓ it follows from “a final refusal follows a first”"}
    assert {steps[k + 1].strip() for k in follows} == {"• refused in first instance: no"}


def test_a_number_that_follows_from_a_presumption_says_so() -> None:
    law = open_graph().consolidated(date(2024, 5, 1))
    found = assess(law, {"permanentResidenceAppliedOn": "2024-01-01"}, "standard").outcome(
        "permanent-residence"
    )
    steps = [step.strip() for step in text(found).splitlines()]
    after = steps.index("✓ longest sentence in months (at most 5): yes") + 1
    assert steps[after : after + 2] == [
        "✓ it follows from “no sentence has no months”",
        "• sentenced to prison: no (presumed, since nobody raised it)",
    ]
    assert any(fact.endswith("everSentenced") for fact in found.rests_on.presumptions)
