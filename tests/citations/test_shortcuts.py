"""What is done to be quick gives what the long way gives."""

from __future__ import annotations

import ahocorasick_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.citations.annotated import sentences

from asylgraf.citations import automaton
from asylgraf.citations.atlas import Atlas
from asylgraf.citations.automaton import Automaton, by_automaton, by_pattern
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


@pytest.mark.parametrize("length", [119, 120, 121])
def test_a_run_is_read_alike_whether_it_is_just_short_enough_to_be_kept_or_not(length: int) -> None:
    run = ("§ 2, " + "1," * 60)[:length]
    assert len(run) == length
    assert parse_run(run, "da") == read_run(run, "da")


def test_a_sign_that_ends_a_run_is_read_to_its_end() -> None:
    assert [item.whole for item in parse_run("artikel 8, §", "da")] == ["article"]


@given(st.text(st.sampled_from(" \n\t-<>pbr/aA§1.å\u00ad\u030aÅ“🙂"), max_size=60))
def test_a_folded_text_has_its_own_letters_beside_it(text: str) -> None:
    folded = fold(text)
    assert len(folded.kept) == len(folded.text)
    for place, letter in enumerate(folded.kept):
        assert letter in ("\n", " ", folded.original[folded.at(place)])


word_lists = st.lists(st.text("ab§", min_size=1, max_size=5), min_size=1, unique=True)


@given(word_lists, st.text("ab§ ", max_size=60))
def test_words_are_found_by_pattern_as_by_automaton(words: list[str], text: str) -> None:
    found = list(by_pattern(words)(text))
    assert found == list(by_automaton(ahocorasick_rs, words)(text))
    assert found == list(by_automaton(ahocorasick_rs, words, dense=True)(text))


def test_every_anchor_is_found_without_the_library_too(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [anchor.word for anchor in atlas.anchors.order]
    monkeypatch.setattr(automaton, "rust", None)
    alone = Automaton(words)
    for text in sentences():
        folded = fold(text.text).text
        assert list(alone.find(folded)) == list(atlas.anchors.find(folded))


def test_much_text_is_read_as_little_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automaton, "_MUCH", 10)
    words = Automaton(["stk", "stk. 1", "§"])
    assert [list(words.find("§ 7, stk. 1")) for _ in range(2)] == [[(2, 0, 1), (1, 5, 11)]] * 2
