"""The law of every change date: consistent, satisfiable, OWL 2 DL, and readable by others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.referee.answers import Answers
from tests.referee.parts import groups

from asylgraf.graph import open_graph
from asylgraf.graph.check.profile import ontology_triples, violations
from asylgraf.graph.consolidated import Consolidation
from asylgraf.graph.expressions import NO, And, Expression, Named, Or
from asylgraf.graph.owl import Writer, ontology, serialize
from asylgraf.namespaces import ONTOLOGY, OWL, RDF
from asylgraf.reasoner.referee import Hermit, Thirds, canaries

DAYS = open_graph().change_dates()
pytestmark = pytest.mark.java
EVERY_DAY = [pytest.param(day, marks=[] if day == DAYS[-1] else pytest.mark.slow) for day in DAYS]
"""The newest day in every run, the others by hand."""


def never(law: Consolidation) -> set[str]:
    """The classes written as empty: of a provision not in force, or of a switch that is off (§ 37 m)."""
    return {iri for iri, expression in law.classes.items() if is_empty(law, expression)}


def is_empty(law: Consolidation, expression: Expression) -> bool:
    """Whether the expression is no case, or made of such as leave nothing."""
    match expression:
        case Named(iri):
            return expression == NO or (iri in law.classes and is_empty(law, law.classes[iri]))
        case And(parts):
            return any(is_empty(law, part) for part in parts)
        case Or(parts):
            return all(is_empty(law, part) for part in parts)
        case _:
            return False


def test_every_class_can_have_cases_unless_nothing_is_in_force() -> None:
    law = open_graph().consolidated(DAYS[-1])
    writer = Thirds(law)
    writer.write()
    canaries.write(writer)
    hermit = Hermit(writer.out)
    canaries.check(hermit.can_be)
    assert hermit.can_be((ONTOLOGY + "Case", True))
    assert {iri for iri in law.classes if not hermit.can_be((iri, True))} == never(law)


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_class_can_have_cases_in_the_part_of_the_law_it_rests_on(day: date, answers: Answers) -> None:
    law = open_graph().consolidated(day)
    assert all(answers.can_be(group, [frozenset()]) == [True] for group in groups(law))
    can_be = answers.have_cases(law, law.classes)
    assert {iri for iri, can in can_be.items() if not can} == never(law)


@pytest.mark.parametrize("day", EVERY_DAY, ids=str)
def test_the_law_of_a_day_is_owl_2_dl(day: date) -> None:
    assert violations(ontology(open_graph().consolidated(day))) == []


def test_the_ontology_is_owl_2_dl() -> None:
    assert violations(ontology_triples(open_graph())) == []


def test_what_is_not_owl_2_dl_is_reported() -> None:
    writer = Writer(open_graph().consolidated(DAYS[-1]))
    writer.write()
    writer.say(ONTOLOGY + "asylumApplied", RDF + "type", OWL + "ObjectProperty")
    assert violations(writer.out)


@pytest.mark.parametrize("day", EVERY_DAY, ids=str)
def test_the_law_of_a_day_opens_in_owlready2(day: date, tmp_path: Path) -> None:
    import owlready2

    law = open_graph().consolidated(day)
    path = tmp_path / "law.owl"
    path.write_bytes(serialize(ontology(law)))
    world = owlready2.World()
    opened = world.get_ontology(path.as_uri()).load()
    assert {cls.iri for cls in opened.classes()} >= law.classes.keys()
