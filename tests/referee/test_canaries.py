"""HermiT stopping short is an error, never an answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from asylgraf.errors import AsylgrafError, RefereeFailed
from asylgraf.graph import open_graph
from asylgraf.graph.expressions import Named, Not, Within
from asylgraf.namespaces import ONTOLOGY, OWL
from asylgraf.reasoner.case import Case, Choice
from asylgraf.reasoner.referee import Hierarchy, classify, judge
from asylgraf.reasoner.referee.canaries import BASE, CANARIES, Canary, check, write
from asylgraf.reasoner.referee.hermit import read_hierarchy
from asylgraf.reasoner.referee.judgement import Thirds

LAW = Path(__file__).parents[1] / "law"
TINY = (LAW / "tiny.ttl", LAW / "tiny.trig")


def all_right() -> Hierarchy:
    """A hierarchy in which every canary is where it must be."""
    found = Hierarchy()
    for canary in CANARIES:
        for upper in canary.inside if canary.possible else {OWL + "Nothing"}:
            found.add(canary.iri, upper)
    return found


def test_canaries_that_came_out_right_pass() -> None:
    check(all_right())


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.iri.removeprefix(BASE))
def test_a_canary_that_is_not_found_where_it_must_be_is_an_error(canary: Canary) -> None:
    found = all_right()
    del found.direct[canary.iri]
    with pytest.raises(RefereeFailed, match="canary"):
        check(found)


def test_a_canary_found_where_it_must_not_be_is_an_error() -> None:
    found = all_right()
    found.add(BASE + "open", BASE + "Singing")
    with pytest.raises(RefereeFailed, match="open"):
        check(found)


@pytest.mark.parametrize("text", ["", "Ontology(\n)\n"])
def test_an_empty_answer_is_an_error(text: str) -> None:
    with pytest.raises(RefereeFailed):
        read_hierarchy(text)


def test_classes_that_are_the_same_lie_below_each_other() -> None:
    found = read_hierarchy(
        "SubClassOf( <urn:a> <urn:b> )\nEquivalentClasses( <urn:b> <urn:c> owl:Nothing )\n"
    )
    assert found.above("urn:a") >= {"urn:b", "urn:c", OWL + "Nothing"}
    assert found.is_impossible("urn:a")


@pytest.mark.java
def test_hermit_that_cannot_read_the_ontology_is_an_error() -> None:
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    writer = Thirds(law)
    writer.data("urn:day", "date")
    with pytest.raises(AsylgrafError):
        classify(writer.out)


@pytest.mark.java
def test_every_number_is_told_from_its_neighbours_at_a_bound() -> None:
    """HermiT loses entailments where bounds meet; with numbers written three apart it does not."""
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    writer = Thirds(law)
    writer.write()
    write(writer)
    weight = BASE + "weight"
    for bound in (3, 735_599):
        for name, low, high in (("up", bound, None), ("down", None, bound), ("only", bound, bound)):
            writer.define(f"urn:{name}:{bound}", Within(weight, low, high))
            writer.define(f"urn:not:{name}:{bound}", Not(Named(f"urn:{name}:{bound}")))
        for value in (bound - 1, bound, bound + 1):
            writer.below(f"urn:case:{bound}:{value - bound}", Within(weight, value, value))
    found = classify(writer.out)
    for bound in (3, 735_599):
        for step, inside in ((-1, {"down"}), (0, {"down", "only", "up"}), (1, {"up"})):
            above = found.above(f"urn:case:{bound}:{step}")
            wanted = {f"urn:{'' if n in inside else 'not:'}{n}:{bound}" for n in ("up", "down", "only")}
            assert {iri for iri in above if iri.endswith(f":{bound}")} == wanted


@pytest.mark.java
def test_the_referee_knows_what_cannot_be() -> None:
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    yes = Choice(frozenset({True}))
    clash = Case({ONTOLOGY + "danger": yes, ONTOLOGY + "safe": yes}, frozenset(), {})
    fine = Case({ONTOLOGY + "danger": yes}, frozenset(), {})
    first, second = judge(law, [clash, fine], [law.outcomes[0].iri])
    assert (first.possible, second.possible) == (False, True)
