"""HermiT stopping short is an error, never an answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from asylgraf.errors import RefereeFailed
from asylgraf.graph import open_graph
from asylgraf.graph.expressions import Within
from asylgraf.namespaces import ONTOLOGY
from asylgraf.reasoner.case import Case, Choice, read_case
from asylgraf.reasoner.referee import Claim, Guess, Hermit, Thirds, judge
from asylgraf.reasoner.referee.canaries import BASE, CANARIES, Canary, check, write

LAW = Path(__file__).parents[1] / "law"
TINY = (LAW / "tiny.ttl", LAW / "tiny.trig")


def all_right(*claims: Claim) -> bool:
    """What can be of the canaries, as it must be."""
    canary = next(canary for canary in CANARIES if (canary.iri, True) in claims)
    return canary.possible and not any((iri, False) in claims for iri in canary.inside)


def test_canaries_that_came_out_right_pass() -> None:
    check(all_right)


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.iri.removeprefix(BASE))
def test_a_canary_that_can_be_when_it_must_not_or_the_other_way_is_an_error(canary: Canary) -> None:
    with pytest.raises(RefereeFailed, match="canary"):
        check(lambda *claims: all_right(*claims) is not ((canary.iri, True) in claims))


@pytest.mark.parametrize(
    ("canary", "iri"), [(one, iri) for one in CANARIES for iri in sorted(one.inside | one.outside)]
)
def test_a_canary_that_is_found_in_other_classes_is_an_error(canary: Canary, iri: str) -> None:
    wrong = {(canary.iri, True), (iri, False)}
    with pytest.raises(RefereeFailed, match=canary.iri.removeprefix(BASE)):
        check(lambda *claims: all_right(*claims) is not (set(claims) == wrong))


@pytest.mark.java
def test_an_ontology_that_hermit_cannot_read_is_an_error() -> None:
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    writer = Thirds(law)
    writer.data("urn:day", "date")
    with pytest.raises(RefereeFailed):
        Hermit(writer.out)


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
        for value in (bound - 1, bound, bound + 1):
            writer.below(f"urn:case:{bound}:{value - bound}", Within(weight, value, value))
    hermit = Hermit(writer.out)
    for bound in (3, 735_599):
        for step, inside in ((-1, {"down"}), (0, {"down", "only", "up"}), (1, {"up"})):
            case = (f"urn:case:{bound}:{step}", True)
            for name in ("up", "down", "only"):
                assert hermit.can_be(case, (f"urn:{name}:{bound}", True)) is (name in inside)
                assert hermit.can_be(case, (f"urn:{name}:{bound}", False)) is (name not in inside)


@pytest.mark.java
@pytest.mark.parametrize("guessed", [True, False, None])
def test_a_wrong_guess_does_not_change_the_judgement(guessed: bool | None) -> None:
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    asked = tuple(outcome.iri for outcome in law.outcomes)
    cases = [read_case(law.law, facts) for facts in ({}, {"appliedOn": "2014-01-01", "excluded": False})]
    turns = tuple(dict.fromkeys(asked, value) for value in (True, False)) if guessed is None else ()
    guess = Guess(dict.fromkeys(asked, guessed), turns)
    alone, told = judge(law, cases, [asked] * 2), judge(law, cases, [asked] * 2, [guess] * 2)
    assert alone == told
    assert set(alone[1].values.values()) > {True}


@pytest.mark.java
def test_the_referee_knows_what_cannot_be() -> None:
    law = open_graph(files=TINY).consolidated(date(2016, 1, 1))
    yes = Choice(frozenset({True}))
    clash = Case({ONTOLOGY + "danger": yes, ONTOLOGY + "safe": yes}, frozenset(), {})
    fine = Case({ONTOLOGY + "danger": yes}, frozenset(), {})
    first, second = judge(law, [clash, fine], [[law.outcomes[0].iri]] * 2)
    assert (first.possible, second.possible) == (False, True)
