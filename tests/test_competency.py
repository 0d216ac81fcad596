"""The questions the graph must answer, each with an answer written by hand from the law and the sources."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from asylgraf.graph import open_graph
from asylgraf.namespaces import ID, ONTOLOGY, OWL, RDF, RDFS
from asylgraf.resources import data

ANSWERS = Path(__file__).parent / "competency"
QUESTIONS = sorted((data("queries") / "competency").glob("*.rq"))
ANY_DAY = date(2025, 1, 1)


@cache
def snapshot(on: date) -> ox.Store:
    return open_graph().snapshot(on)


def compact(term: object) -> str | None:
    """A term as the answers write it: the address below `id/`, `asyl:` and a name, or the literal's text."""
    if isinstance(term, ox.NamedNode):
        return term.value.replace(ONTOLOGY, "asyl:").removeprefix(ID)
    return term.value if isinstance(term, ox.Literal) else None


def rows(question: Path, on: date) -> list[list[str | None]]:
    """What the graph answers for the day, in the order of the question."""
    found = snapshot(on).query(question.read_text(encoding="utf-8"))
    assert isinstance(found, ox.QuerySolutions)
    return [[compact(row[variable]) for variable in found.variables] for row in found]


def written_answers(question: Path) -> list[dict[str, Any]]:
    """The answers as written: every value a text, since YAML would read the key `on` as true."""
    text = (ANSWERS / f"{question.stem}.yaml").read_text(encoding="utf-8")
    return list(yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 (builds texts, lists and mappings only)


def answers() -> list[Any]:
    """Each question with each day it is asked for and the answer of that day."""
    return [
        pytest.param(question, written, id=f"{question.stem} {written['on'] or 'on any day'}")
        for question in QUESTIONS
        for written in written_answers(question)
    ]


@pytest.mark.parametrize(("question", "written"), answers())
def test_the_graph_answers(question: Path, written: dict[str, Any]) -> None:
    on = date.fromisoformat(written["on"]) if written["on"] else ANY_DAY
    expected = [[None if cell == "null" else cell for cell in row] for row in written["rows"]]
    assert rows(question, on) == expected


def test_every_written_answer_has_its_question() -> None:
    assert {path.stem for path in ANSWERS.glob("*.yaml")} == {path.stem for path in QUESTIONS}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_begins_with_its_question(question: Path) -> None:
    first = question.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith("?")


READ_ELSEWHERE = {ONTOLOGY + module for module in ("cases", "conditions", "proofs")}
"""Modules whose classes rules, cases and proofs read."""


def mentioned() -> set[str]:
    """Every address that a question or its answer names."""
    asked = [question.read_text(encoding="utf-8") for question in QUESTIONS]
    found = {ONTOLOGY + name for text in asked for name in re.findall(r"asyl:(\w+)", text)}
    found |= {ID + name for text in asked for name in re.findall(r"<([a-z][^>: ]*)>", text)}
    cells = {
        cell for question in QUESTIONS for a in written_answers(question) for row in a["rows"] for cell in row
    }
    return found | {
        cell.replace("asyl:", ONTOLOGY) if cell.startswith("asyl:") else ID + cell for cell in cells
    }


def objects(subject: str, predicate: str) -> set[str]:
    """What the graph says of a thing by a relation."""
    if re.search(r"[\s<>\"{}|^`\\\\]", subject):
        return set()
    quads = open_graph().store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
    return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}


def used_classes() -> set[str]:
    """The classes that questions name, by themselves, by a thing or a relation; and those above them."""
    ways = (RDF + "type", RDFS + "domain", RDFS + "range")
    used = mentioned()
    used |= {found for name in used for way in ways for found in objects(name, way)}
    while above := {found for name in used for found in objects(name, RDFS + "subClassOf")} - used:
        used |= above
    return used


def test_every_class_is_used_by_a_question() -> None:
    kind = ox.NamedNode(RDF + "type")
    classes = {
        quad.subject.value
        for quad in open_graph().store.quads_for_pattern(None, kind, ox.NamedNode(OWL + "Class"))
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(ONTOLOGY)
    }
    asked = {name for name in classes if not objects(name, RDFS + "isDefinedBy") & READ_ELSEWHERE}
    assert sorted(name.removeprefix(ONTOLOGY) for name in asked - used_classes()) == []
