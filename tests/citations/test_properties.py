"""What holds for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.citations.annotated import sentences, surfaces

from asylgraf.citations import cite, resolve
from asylgraf.citations.annotate import opening, same, strip_html, to_html, to_markdown, to_text
from asylgraf.citations.fold import fold
from asylgraf.citations.outputs import utf8_places, utf16_places
from asylgraf.citations.pages import HtmlText

WORDS = (
    "§", "§§ ", " 7", " 9 c", "stk. 1", ", ", " og ", " eller ", "jf. ", "artikel 3", "Article 8",
    " of the ", "Convention", "udlændingelovens ", "EMRK", "(2)",
    "(", ")", "-", "\n", "\n\n", "nr. 2", "litra d", "no. 41738/10", " v. ", "Denmark", "Savran",
    "Regulation (EU) No 604/2013", "2011/95/EU", "C-163/17", "<b>",
    "</a>", "&amp;", "lov nr. 153 af 18. februar 2015", "31. maj", "i ", "\u00ad", "\u00a0", "\u2011",
    "å", "a\u030a", "😀", "\ud800", "ECLI:EU:C:2019:218",
)  # fmt: skip
texts = st.one_of(
    st.text(st.characters(codec=None), max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=40).map("".join),
)
pages = st.lists(
    st.sampled_from(
        (*WORDS, "<p>", "<script>", "</script>", "<a href='§ 7'>", "<!--", "-->", "&aelig;", "&", "<")
    ),
    max_size=40,
).map("".join)


@given(texts)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_each_span_holds_its_words(text: str) -> None:
    found = cite(text)
    assert surfaces(text, found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(earlier.start <= later.start for earlier, later in pairwise(found))


@given(texts)
@settings(max_examples=150, deadline=None)
def test_annotate_then_strip_gives_the_text(text: str) -> None:
    assert strip_html(to_html(text, cite(text))) == text


@given(texts)
@settings(max_examples=150, deadline=None)
def test_a_typed_citation_is_never_an_exception(text: str) -> None:
    resolve(text)


@given(texts)
@settings(max_examples=150, deadline=None)
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    places = [folded.at(place) for place in range(len(folded.text))]
    assert places == sorted(set(places))
    assert all(0 <= place < len(text) for place in places)


@given(pages)
@settings(max_examples=200, deadline=None)
def test_a_page_without_its_links_is_the_page(page: str) -> None:
    read = HtmlText(page)
    linked = read.linked(cite(read.text))
    stripped = linked
    for found in cite(read.text):
        stripped = stripped.replace(opening(found, same), "")
    assert stripped.replace("</a>", "") == page.replace("</a>", "")


@given(texts)
@settings(max_examples=100, deadline=None)
def test_places_in_bytes_and_units_hold_the_words(text: str) -> None:
    found = cite(text)
    raw, wide = text.encode("utf-8", "surrogatepass"), text.encode("utf-16-le", "surrogatepass")
    for one, (start, end), (first, last) in zip(
        found, utf8_places(text, found), utf16_places(text, found), strict=True
    ):
        assert raw[start:end].decode("utf-8", "surrogatepass") == one.surface
        assert wide[2 * first : 2 * last].decode("utf-16-le", "surrogatepass") == one.surface


@pytest.mark.parametrize("text", sentences(), ids=lambda text: text.name)
def test_every_writer_keeps_every_word(text: object) -> None:
    words = text.text  # type: ignore[attr-defined]
    found = cite(words)
    assert strip_html(to_html(words, found)) == words
    assert to_text(words, []) == words
    assert to_markdown(words, []) == words


@pytest.mark.parametrize(
    "piece",
    [
        "§",
        "§ ",
        "(",
        "§ 1(",
        "stk. 1, ",
        "1/2 ",
        " v. ",
        "§ 7-",
        "udlændingelovens ",
        "og ",
        "<a ",
        "Article 1 of ",
        " mod ",
    ],
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert surfaces(text, cite(text))
    assert strip_html(to_html(text, [])) == text
