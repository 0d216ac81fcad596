"""A compiled law read back from disk answers as it did; a file that does not fit is not used."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asylgraf.graph import open_graph
from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import Within
from asylgraf.reasoner import kept
from asylgraf.reasoner.compiled import Compiled, compile_law, compiled

LAW = open_graph().consolidated(date(2003, 5, 1))
NEXT_DAY = open_graph().consolidated(date(2003, 5, 2))


def parts_of(program: Compiled) -> tuple[object, ...]:
    """All that a compiled law says."""
    return program.atoms, program.table, program.entails, program.axioms, program.components


COMPILED = parts_of(compile_law(LAW))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a law that was compiled and kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    again()
    (found,) = kept.folder().glob("*.json")
    return found


def again() -> tuple[object, ...]:
    """The law as a new process would get it."""
    compiled.cache_clear()
    return parts_of(compiled(LAW))


def test_what_was_kept_is_what_was_compiled(file: Path) -> None:
    assert file.stem == name_of(LAW)
    assert again() == COMPILED


def name_of(law: Consolidation) -> str:
    return kept.key(law, kept.bounds(law))


def test_the_next_day_reads_the_same_file_and_draws_its_own_bounds(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kept.bounds(NEXT_DAY) != kept.bounds(LAW)
    expected = parts_of(compile_law(NEXT_DAY))
    monkeypatch.delattr("asylgraf.reasoner.compiled.compile_law")
    assert parts_of(compiled(NEXT_DAY)) == expected
    assert expected[0] != again()[0]
    assert list(file.parent.glob("*.json")) == [file]


def test_what_counts_of_bounds_is_their_order() -> None:
    def drawing(one: int, other: int) -> str:
        made = {"one": Within("age", one, None), "other": Within("age", None, other)}
        return name_of(replace(LAW, classes=made))

    assert drawing(15, 18) == drawing(60, 70)
    assert len({drawing(15, 18), drawing(18, 15), drawing(16, 15)}) == 3, "and a bound may be shared"


def bound_of(parts: dict[str, Any]) -> list[Any]:
    """Some atom about a bound."""
    return next(atom for atom in parts["atoms"] if atom[0] == "AtLeast")


Damage = Callable[[dict[str, Any]], object]
DAMAGES: dict[str, Damage] = {
    "a circle": lambda parts: parts["rows"].__setitem__(5, [0, 9, 9]),
    "a bound there is not": lambda parts: bound_of(parts).__setitem__(2, 99),
    "a bound before the lowest": lambda parts: bound_of(parts).__setitem__(2, -1),
    "an atom there is not": lambda parts: parts["rows"].__setitem__(5, [10_000, 0, 1]),
    "too few classes": lambda parts: parts["entails"].pop(),
    "a class that leads nowhere": lambda parts: parts["entails"].__setitem__(0, [10**6, 0]),
    "another kind of atom": lambda parts: parts["atoms"].__setitem__(0, ["Maybe", "x"]),
    "no rows": lambda parts: parts.pop("rows"),
    "words for numbers": lambda parts: parts["rows"].__setitem__(5, ["a", "b", "c"]),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_file_that_does_not_fit_the_law_is_not_used(file: Path, damage: Damage) -> None:
    parts = json.loads(file.read_bytes())
    damage(parts)
    file.write_text(json.dumps(parts), encoding="utf-8")
    assert again() == COMPILED


@pytest.mark.parametrize("content", ["", "[]", "{", "null", "\x00"])
def test_a_broken_file_is_written_anew(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    again()
    assert json.loads(file.read_bytes())["rows"]


def test_only_the_last_used_are_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    for name in "abcde":
        kept.store(name, {})
    assert len(list(file.parent.glob("*.json"))) == 3


def test_where_nothing_can_be_written_the_law_is_compiled_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asylgraf").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert again() == COMPILED
