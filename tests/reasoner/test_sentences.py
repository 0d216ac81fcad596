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
        ("en", "from a day between 1983-10-01 and 2001-08-01"),
        ("da", "fra en dag mellem 1983-10-01 og 2001-08-01"),
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
    after = steps.index("    ✓ not: applied from 14 November 2014") + 1
    assert steps[after] == "      ✗ day of the asylum application: 2014-11-01"
    said = [step.strip(" ✓✗?").removesuffix(": yes").removesuffix(": no") for step in steps]
    assert not [one for one, other in pairwise(said) if one == other]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["longest sentence in months (at least 6", "not covered by section 7(1)", "not all of these"]),
        ("da", ["længste straf i måneder (mindst 6", "ikke omfattet af § 7, stk. 1", "ikke alle disse"]),
    ],
)
def test_bounds_and_what_must_not_be_are_told_as_what_they_are(language: str, told: list[str]) -> None:
    found = assess(open_graph().consolidated(date(2024, 5, 1)), {}, "none")
    words = "\n".join(text(outcome, language) for outcome in found.outcomes)
    assert [one for one in told if one not in words] == []
    assert ": \n" not in words
