"""What is done to be quick gives what the long way gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from asylgraf.citations.fold import fold
from asylgraf.citations.runs import read_run
from asylgraf.citations.shapes import parse_run

PIECES = (
    "§ ", "§§ ", "stk. ", "nr. ", "litra ", "article ", "section ", "artikel ", "1", "2", "19", "7 a", "9 i",
    "A", "l", "(1)", "(a)", "2. pkt.", "1.2", "31. maj", "2010", ", ", " og ", " - ",
    " eller ", " jf. ", "-", ".", " ",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.sampled_from(("da", "en")))
def test_a_run_is_read_by_its_shape_as_digit_by_digit(run: str, language: str) -> None:
    assert parse_run(run, language) == read_run(run, language)


def test_a_run_with_more_digits_than_a_shape_holds_is_read_too() -> None:
    run = "§ 1, " + "12, " * 100
    assert parse_run(run, "da") == read_run(run, "da")
    assert len(parse_run(run, "da")) > 1


def test_a_sign_that_ends_a_run_is_read_to_its_end() -> None:
    assert [item.whole for item in parse_run("artikel 8, §", "da")] == ["article"]


@given(st.text(st.sampled_from(" \n\t-<>pbr/aA§1.å\u00ad\u030aÅ“🙂"), max_size=60))
def test_a_folded_text_has_its_own_letters_beside_it(text: str) -> None:
    folded = fold(text)
    assert len(folded.kept) == len(folded.text)
    for place, letter in enumerate(folded.kept):
        assert letter in ("\n", " ", folded.original[folded.at(place)])
