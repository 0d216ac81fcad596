"""What follows from the law is kept between runs, and only under what it follows from."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from asylgraf.graph import open_graph
from asylgraf.service import derived, remembered

TRIPLES = [
    ox.Triple(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("tre\nlinjer", language="da")),
    ox.Triple(ox.BlankNode("b"), ox.NamedNode("a:p"), ox.BlankNode("b")),
]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_what_was_kept_is_found_under_its_name_only() -> None:
    remembered.store("one", TRIPLES)
    assert remembered.load("one") == TRIPLES
    assert remembered.load("two") is None


def test_a_file_that_is_not_whole_is_not_used() -> None:
    remembered.store("one", TRIPLES)
    file = remembered.folder() / "one.nt"
    file.write_bytes(file.read_bytes()[:-20])
    assert remembered.load("one") is None


def test_only_the_last_are_kept() -> None:
    for number in range(remembered.MOST + 3):
        remembered.store(str(number), [])
    assert len(list(remembered.folder().iterdir())) == remembered.MOST


def test_another_law_or_another_day_has_another_name() -> None:
    assert len({remembered.key("law"), remembered.key("other law"), remembered.key("law", "day")}) == 3


def test_a_folder_that_cannot_be_used_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    remembered.store("one", TRIPLES)
    assert remembered.load("one") is None


def test_the_examples_are_the_same_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "key", lambda *_: "the same law and program")
    first = derived.examples_in(open_graph())
    monkeypatch.delattr(derived, "_example")
    assert derived.examples_in(open_graph()) == first
