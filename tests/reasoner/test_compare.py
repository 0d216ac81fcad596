"""What changed in the law: differences that are there are found, with a case that shows each."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.graph.writing import TINY, act, opened, version
from tests.reasoner.made_up import Lawmaker, made_up_case
from tests.reasoner.test_missing import NUMBERS

from asylgraf.errors import ContradictoryFacts, CyclicLaw
from asylgraf.graph import LawGraph, open_graph
from asylgraf.graph.consolidated import Consolidation, consolidate
from asylgraf.namespaces import local
from asylgraf.reasoner import Difference, Review, assess, compare, review
from asylgraf.reasoner.order import in_order
from asylgraf.reasoner.review_report import wording

BEFORE, AFTER = date(2012, 1, 1), date(2016, 1, 1)


@cache
def tiny() -> LawGraph:
    return open_graph(files=TINY)


def differences(one: date, other: date) -> dict[str, Difference]:
    found = compare(tiny().consolidated(one), tiny().consolidated(other))
    return {local(d.consequence.iri): d for d in found.consequences}


def test_an_amended_permit_differs_and_a_case_shows_it() -> None:
    found = differences(BEFORE, AFTER)
    assert list(found) == ["low"]
    (witness,) = found["low"].witnesses
    assert (witness.before.outcome, witness.after.outcome) == ("holds", "fails")
    assert witness.facts == {"appliedOn": "2015-01-01", "heldSince": "2013-01-02"}
    assert found["low"].cause == "law"


def test_the_same_law_on_two_days_does_not_differ() -> None:
    found = compare(tiny().consolidated(date(2015, 6, 1)), tiny().consolidated(AFTER))
    assert not [*found.provisions, *found.consequences]


def test_a_change_of_law_is_shown_by_a_case_that_time_has_changed_too(tmp_path: Path) -> None:
    """Held from 2015 and for a year: nobody in June 2015; two years later the rule may have gone."""
    since = 'asyl:Since a owl:Class ; asyl:ofDate asyl:heldSince ; asyl:onOrAfter "2015-01-01"^^xsd:date .\n'
    entitled = "asyl:consequence asyl:Entitles ; asyl:brings <consequence/own> ; asyl:effect asyl:Shall"
    long_ago = 'asyl:inForceFrom "2010-01-01"^^xsd:date'
    unsure = 'asyl:inForceNotBefore "2017-01-01"^^xsd:date ; asyl:inForceNotAfter "2018-01-01"^^xsd:date'
    held = "[ owl:intersectionOf ( asyl:Since asyl:HeldAYear ) ]"
    rule = since + version("tiny/9", start=long_ago, rule=held, brings=entitled)
    gone = version("tiny/9", key="gone", start=unsure, rule="", brings="asyl:repeals true")
    law = opened(act(tmp_path, rule), act(tmp_path, gone, name="gone"))
    found = compare(*(law.consolidated(on, date(2026, 3, 1)) for on in (date(2015, 6, 1), date(2017, 6, 1))))
    (difference,) = (d for d in found.consequences if local(d.consequence.iri) == "own")
    (witness,) = difference.witnesses
    assert difference.cause == "law"
    assert (witness.before.outcome, witness.after.outcome) == ("fails", "undetermined")
    assert date(2015, 1, 1) <= date.fromisoformat(str(witness.facts["heldSince"])) <= date(2016, 6, 1)


def test_a_provision_is_shown_with_its_versions_of_both_days() -> None:
    (found,) = compare(tiny().consolidated(BEFORE), tiny().consolidated(AFTER)).provisions
    assert [local(v.iri) for v in found.before] == ["a"]
    assert [local(v.iri) for v in found.after] == ["b", "a"]
    assert found.covers


def test_what_an_outcome_asks_on_one_day_stands_beside_what_it_asks_on_the_other(tmp_path: Path) -> None:
    """Were it at the end, the diagrams of an outcome that was rewritten would swell."""
    general = "[ a owl:Restriction ; owl:onProperty asyl:general ; owl:hasValue true ]"
    rule = f"[ owl:intersectionOf ( asyl:Applied asyl:InDanger {general} ) ]"
    grant = GRANT + " ; asyl:effect asyl:Shall"
    law = opened(act(tmp_path, version("tiny/1", rule=rule, brings=grant)))
    days = [law.consolidated(on, date(2026, 3, 1)) for on in (AFTER, date(2021, 1, 1))]
    asked = list(dict.fromkeys(local(atom.fact) for atom in in_order(days)))
    assert asked.index("general") < asked.index("appliedOn")


@cache
def two_days(number: int) -> tuple[Consolidation, Consolidation] | None:
    law = Lawmaker(number).law()
    try:
        one, other = (
            consolidate(law, on, None, f"compared {number}") for on in (date(2011, 6, 1), date(2015, 6, 1))
        )
    except CyclicLaw:
        return None
    return one, other


COMPARED = [n for n in NUMBERS if two_days(n)]


@pytest.mark.parametrize("number", COMPARED)
def test_every_witness_has_another_outcome_when_assessed_again(number: int) -> None:
    days = two_days(number) or pytest.fail("only laws without a circle are tried")
    for difference in compare(*days).consequences:
        for witness in difference.witnesses:
            iri = difference.consequence.iri
            before, after = (assess(law, witness.facts, "standard").outcome(iri) for law in days)
            assert before.value is witness.before.value
            assert after.value is witness.after.value
            assert before.value is not after.value


@pytest.mark.parametrize("number", COMPARED)
def test_no_difference_that_some_case_shows_is_left_out(number: int) -> None:
    days = two_days(number) or pytest.fail("only laws without a circle are tried")
    listed = {difference.consequence.iri for difference in compare(*days).consequences}
    for k in range(12):
        facts = made_up_case(number * 12 + k)
        try:
            found = [assess(law, facts) for law in days]
        except ContradictoryFacts:
            continue
        for before, after in zip(found[0].outcomes, found[1].outcomes, strict=False):
            one = before.rule.consequence.iri
            if {before.value, found[1].outcome(one).value} == {True, False}:
                assert one in listed, (facts, after)


def test_a_sound_law_has_nothing_to_be_found() -> None:
    found = review(tiny().consolidated(AFTER))
    assert not [*found.conflicts, *found.never, *found.implied, *found.idle]


def rule(name: str, expression: str, brings: str) -> str:
    """A provision with one version, in Turtle."""
    return f"""
<tiny/{name}> a asyl:Provision .
<tiny/{name}/v/a> asyl:versionOf <tiny/{name}> ; asyl:enactedBy <act/a> ;
    asyl:inForceFrom "2010-01-01"^^xsd:date ; asyl:standing asyl:Checked ; asyl:effect asyl:Shall ; {brings} .
<tiny/{name}/v/a#rule> a owl:Class ; owl:equivalentClass [ owl:intersectionOf ( {expression} ) ] .
"""


GRANT = "asyl:consequence asyl:Grants ; asyl:grants <permit/high>"
DEADLINE = (
    'asyl:consequence asyl:Deadline ; asyl:brings <consequence/deadline> ; asyl:value "P{}D"^^xsd:duration'
)
NOT_EXCLUDED = "[ a owl:Restriction ; owl:onProperty asyl:excluded ; owl:hasValue false ]"
SAFE = "[ a owl:Restriction ; owl:onProperty asyl:safe ; owl:hasValue true ]"


def reviewed(folder: Path, statements: str) -> Review:
    extra = act(folder, statements)
    return review(open_graph(files=[*TINY, extra]).consolidated(AFTER))


def test_two_deadlines_for_one_case_are_a_conflict(tmp_path: Path) -> None:
    rules = rule("4", "asyl:Applied asyl:InDanger", DEADLINE.format(7)) + rule(
        "5", "asyl:Applied " + NOT_EXCLUDED, DEADLINE.format(15)
    )
    (conflict,) = reviewed(tmp_path, rules).conflicts
    assert {local(conflict.one.provision), local(conflict.other.provision)} == {"4", "5"}
    assert conflict.facts == {"applied": True, "danger": True}


BAR = "asyl:consequence asyl:Bars ; asyl:brings <consequence/own-bar> {}"


@pytest.mark.parametrize(
    ("bar", "grant", "overrides", "conflicts"),
    [
        ("own/4/2", "own/4/1", "", 1),
        ("own/5/2", "own/4/1", "", 0),
        ("own/4/2", "own/4/1", "; asyl:overrides <tiny/own/4/1>", 0),
    ],
)
def test_a_bar_and_a_grant_of_one_section_conflict_unless_one_gives_way(
    tmp_path: Path, bar: str, grant: str, overrides: str, conflicts: int
) -> None:
    rules = rule(grant, "asyl:Applied asyl:InDanger", GRANT)
    rules += rule(bar, "asyl:Applied " + NOT_EXCLUDED, BAR.format(overrides))
    found = reviewed(tmp_path, rules).conflicts
    assert len(found) == conflicts
    assert all({local(c.one.provision), local(c.other.provision)} == {"1", "2"} for c in found)


def test_two_deadlines_of_one_section_conflict_where_both_apply(tmp_path: Path) -> None:
    one, other = DEADLINE.format(7), DEADLINE.format(15).replace("deadline>", "other-deadline>")
    rules = rule("own/4/1", "asyl:Applied asyl:InDanger", one)
    both = reviewed(tmp_path, rules + rule("own/4/2", "asyl:Applied " + NOT_EXCLUDED, other))
    assert [conflict.facts for conflict in both.conflicts] == [{"applied": True, "danger": True}]
    apart = reviewed(tmp_path, rules + rule("own/4/2", f"asyl:Applied {SAFE}", other))
    assert apart.conflicts == ()


@pytest.mark.parametrize(("place", "conflicts"), [("own/4/1/nr/2", 1), ("own/4/2", 0)])
def test_two_periods_conflict_within_one_subsection(tmp_path: Path, place: str, conflicts: int) -> None:
    one = DEADLINE.format(7).replace("Deadline", "Period")
    other = DEADLINE.format(15).replace("Deadline", "Period").replace("deadline>", "other-deadline>")
    rules = rule("own/4/1/nr/1", "asyl:Applied asyl:InDanger", one)
    rules += rule(place, "asyl:Applied " + NOT_EXCLUDED, other)
    assert len(reviewed(tmp_path, rules).conflicts) == conflicts


def test_a_condition_that_is_not_in_force_that_day_is_passed_over(tmp_path: Path) -> None:
    later = rule("5", "asyl:InDanger", "").replace("2010-01-01", "2030-01-01")
    either = f"[ a owl:Class ; owl:unionOf ( {SAFE} <tiny/5#applies> ) ]"
    assert reviewed(tmp_path, later + rule("4", f"asyl:Applied {either}", GRANT)).idle == ()


def test_a_rule_that_another_implies_adds_nothing(tmp_path: Path) -> None:
    (found,) = reviewed(
        tmp_path, rule("4", f"asyl:Applied asyl:InDanger asyl:HeldAYear {NOT_EXCLUDED}", GRANT)
    ).implied
    assert (local(found.version.provision), local(found.by.provision)) == ("4", "1")


def test_a_rule_against_a_background_axiom_never_holds(tmp_path: Path) -> None:
    (found,) = reviewed(tmp_path, rule("4", f"asyl:InDanger {SAFE}", GRANT)).never
    assert local(found.provision) == "4"


def test_a_condition_that_follows_from_another_never_matters(tmp_path: Path) -> None:
    not_safe = SAFE.replace("true", "false")
    (found,) = reviewed(tmp_path, rule("4", f"asyl:InDanger {not_safe}", GRANT)).idle
    assert wording(found.condition) == "safe value false"
    assert found.since is not None
    assert wording(found.since) == "InDanger"


def test_a_rule_with_another_target_is_not_implied(tmp_path: Path) -> None:
    """Both bring the same bar, but each stands in the way of another permit."""
    narrow, wide = "; asyl:overrides <tiny/1>", "; asyl:overrides <tiny/2>"
    one = rule("4", "asyl:Applied asyl:InDanger", BAR.format(narrow))
    assert reviewed(tmp_path, one + rule("5", "asyl:InDanger", BAR.format(wide))).implied == ()
    (found,) = reviewed(tmp_path, one + rule("5", "asyl:InDanger", BAR.format(narrow))).implied
    assert (local(found.version.provision), local(found.by.provision)) == ("4", "5")
