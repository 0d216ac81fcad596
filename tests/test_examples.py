"""The cases shown to people are whole, and come out as a lawyer would write them down."""

from __future__ import annotations

import pytest
from tests.cases_on_file import EXAMPLES, CaseOnFile, cases, example
from tests.test_cases import check

from asylgraf.resources import data

SHOWN = sorted(path.stem for path in (data("kb") / "examples").glob("*.json"))


@pytest.mark.parametrize(
    "case", [case for case in cases() if case.file == EXAMPLES.stem], ids=lambda c: c.name
)
def test_the_example_comes_out_as_written_down(case: CaseOnFile) -> None:
    check(case)


@pytest.mark.parametrize("name", SHOWN)
def test_an_example_is_told_in_both_languages_and_named_in_the_expected_outcomes(name: str) -> None:
    told = example(name)
    assert set(told["title"]) == set(told["story"]) == {"da", "en"}
    assert told["source"]
    assert f"example: {name}" in EXAMPLES.read_text(encoding="utf-8")
