"""Enough questions are asked of more than one day, and enough of them get another answer there."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.test_competency import QUESTIONS, written_answers

IN_TIME = [question for question in QUESTIONS if len({w["on"] for w in written_answers(question)} - {""}) > 1]
"""The questions about law in time: those with answers written for two days or more."""


def answers(question: Path) -> list[str]:
    """The answer of each day, as written."""
    return [str(written["rows"]) for written in written_answers(question)]


def test_at_least_forty_questions_are_about_law_in_time() -> None:
    assert len(IN_TIME) >= 40


def test_at_least_thirty_of_them_are_answered_otherwise_on_another_day() -> None:
    assert len([question for question in IN_TIME if len(set(answers(question))) > 1]) >= 30


@pytest.mark.parametrize("question", IN_TIME, ids=lambda path: path.stem)
def test_no_day_is_answered_twice(question: Path) -> None:
    days = [written["on"] for written in written_answers(question)]
    assert len(days) == len(set(days))
