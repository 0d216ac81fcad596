"""Whole texts: what is cited is found, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.citations.annotated import Annotated, Score, is_link, look_alikes, score, sentences, surfaces

from asylgraf.citations import UnknownCitation, cite, resolve


def test_the_set_is_as_large_as_it_claims() -> None:
    texts = sentences()
    assert len(texts) >= 80
    assert sum(len(text.expected) for text in texts) >= 300
    assert sum(len(spans) for _, spans in look_alikes()) >= 60


@pytest.mark.parametrize("text", sentences(), ids=lambda text: text.name)
def test_what_a_text_cites_is_found_and_nothing_else(text: Annotated) -> None:
    found = cite(text.text)
    missed, wrong = score(text, found, {})
    assert [text.text[one.start : one.end] for one in missed] == []
    assert [(one.surface, one.iri) for one in wrong] == []
    assert surfaces(text.text, found)


def test_spans_are_those_marked_by_hand() -> None:
    scores: dict[str, Score] = {}
    for text in sentences():
        score(text, cite(text.text), scores)
    exact, every = sum(one.exact for one in scores.values()), sum(one.all for one in scores.values())
    assert exact / every >= 0.98


@pytest.mark.parametrize(
    ("text", "spans"), look_alikes(), ids=lambda value: value[:30] if isinstance(value, str) else ""
)
def test_look_alikes_are_not_linked(text: str, spans: tuple[tuple[int, int], ...]) -> None:
    links = [one for one in cite(text) if is_link(one)]
    assert [
        one.surface for one in links if any(one.start < end and start < one.end for start, end in spans)
    ] == []


def strings() -> list[tuple[str, list[str]]]:
    lines = (Path(__file__).parent / "strings.tsv").read_text(encoding="utf-8").splitlines()
    return [(line.split("\t")[0], line.split("\t")[1].split()) for line in lines if not line.startswith("#")]


def test_there_are_158_strings() -> None:
    assert len(strings()) == 158


@pytest.mark.parametrize(
    ("written", "addresses"), strings(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_citation_as_typed_means_what_it_should(written: str, addresses: list[str]) -> None:
    found = resolve(written)
    meanings = [] if isinstance(found, UnknownCitation) else [one.meaning for one in found]
    assert ["+".join(one.members) or one.address or "-" for one in meanings] == [
        a for a in addresses if a != "-" or meanings
    ]
