"""Proofs in words say what the case is, in both languages."""

from __future__ import annotations

from datetime import date

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
