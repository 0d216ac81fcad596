"""The law of a day put together from versions: scopes, repeals, unsure starts, overrides, corrections."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.graph.writing import act, opened, version

from asylgraf.errors import BrokenLaw, CyclicLaw, DataError, NotYetRecorded
from asylgraf.graph import LawGraph
from asylgraf.graph.expressions import NO
from asylgraf.namespaces import ID
from asylgraf.reasoner import assess

BEFORE, AFTER = date(2019, 12, 31), date(2020, 1, 1)
OLD = {"applied": True, "appliedOn": "2014-06-01", "danger": False, "excluded": False}
NEW = OLD | {"appliedOn": "2016-06-01", "heldSince": "2016-05-01"}


def outcome(
    graph: LawGraph, on: date, facts: dict[str, Any], consequence: str = "low", *, known: date | None = None
) -> str:
    return assess(graph.consolidated(on, known), facts).outcome(consequence).outcome


def starting(earliest: str, latest: str) -> str:
    return f'asyl:inForceNotBefore "{earliest}"^^xsd:date ; asyl:inForceNotAfter "{latest}"^^xsd:date'


def test_a_version_begins_on_its_day_and_ends_its_predecessor(tmp_path: Path) -> None:
    graph = opened(act(tmp_path, version("tiny/2", rule="asyl:InDanger")))
    assert outcome(graph, BEFORE, OLD) == "holds"
    assert outcome(graph, AFTER, OLD) == "fails"
    assert [live.version.iri for live in graph.consolidated(AFTER).live[ID + "tiny/2"]] == [
        ID + "tiny/2/v/new"
    ]


def test_a_version_with_a_scope_leaves_the_other_cases_to_its_predecessor(tmp_path: Path) -> None:
    scoped = version("tiny/2", rule="owl:Nothing", more="; asyl:scope asyl:AppliedFrom2015")
    graph = opened(act(tmp_path, scoped))
    assert outcome(graph, AFTER, OLD) == "holds"
    assert outcome(graph, AFTER, NEW) == "fails"
    without_day = {name: value for name, value in OLD.items() if name != "appliedOn"}
    assert outcome(graph, AFTER, without_day) == "undetermined"


def test_a_new_provision_with_a_scope_has_nothing_for_older_cases(tmp_path: Path) -> None:
    brings = "asyl:consequence asyl:Entitles ; asyl:brings <consequence/benefit> ; asyl:effect asyl:Shall"
    scoped = version("tiny/9", brings=brings, more="; asyl:scope asyl:AppliedFrom2015")
    graph = opened(act(tmp_path, scoped))
    assert outcome(graph, BEFORE, NEW, "benefit") == "not in force"
    assert outcome(graph, AFTER, NEW, "benefit") == "holds"
    assert outcome(graph, AFTER, OLD, "benefit") == "fails"


def test_a_repealed_provision_grants_nothing(tmp_path: Path) -> None:
    graph = opened(act(tmp_path, version("tiny/2", rule="", brings="asyl:repeals true")))
    assert outcome(graph, BEFORE, OLD) == "holds"
    assert outcome(graph, AFTER, OLD) == "not in force"
    assert graph.consolidated(AFTER).classes[ID + "tiny/2#case"] == NO


def test_a_repeal_for_some_cases_keeps_the_law_for_the_others(tmp_path: Path) -> None:
    repeal = version("tiny/2", rule="", brings="asyl:repeals true", more="; asyl:scope asyl:AppliedFrom2015")
    graph = opened(act(tmp_path, repeal))
    assert outcome(graph, AFTER, OLD) == "holds"
    assert outcome(graph, AFTER, NEW) == "fails"


def test_a_day_between_the_ends_of_an_unsure_start_is_tried_both_ways(tmp_path: Path) -> None:
    start = starting("2020-01-01", "2020-06-30")
    graph = opened(act(tmp_path, version("tiny/2", start=start, rule="asyl:InDanger")))
    assert outcome(graph, date(2019, 12, 31), OLD) == "holds"
    assert outcome(graph, date(2020, 3, 1), OLD) == "undetermined"
    assert outcome(graph, date(2020, 6, 30), OLD) == "fails"
    agreed = OLD | {"danger": True}
    assert outcome(graph, date(2020, 3, 1), agreed) == "holds", "both versions grant it"
    found = assess(graph.consolidated(date(2020, 3, 1)), agreed).outcome("low")
    assert [iri.rsplit("/", 1)[-1] for iri in found.rule.unsure] == ["new"]


def test_a_repeal_whose_first_day_is_unsure_is_told(tmp_path: Path) -> None:
    gone = version("tiny/1", start=starting("2020-01-01", "2020-06-30"), rule="", brings="asyl:repeals true")
    law = opened(act(tmp_path, gone)).consolidated(date(2020, 3, 1))
    assert len(law.starts) == 1
    found = assess(law, OLD | {"danger": True}).outcome("high")
    assert found.outcome == "undetermined"
    assert [iri.rsplit("/", 1)[-1] for iri in found.rule.unsure] == ["new"]
    assert [step.kind for step in found.proof.steps() if step.value is None][-1] == "start"


def test_two_versions_of_one_act_with_an_unsure_start_begin_together(tmp_path: Path) -> None:
    start = starting("2020-01-01", "2020-06-30")
    repeal = version("tiny/1", start=start, rule="", brings="asyl:repeals true")
    moved = version("tiny/2", start=start, rule="[ owl:intersectionOf ( asyl:Applied asyl:InDanger ) ]")
    graph = opened(act(tmp_path, repeal + moved))
    law = graph.consolidated(date(2020, 3, 1))
    assert len(law.starts) == 1
    (grant,) = assess(law, OLD | {"danger": True}).grants
    assert grant.surely_one
    assert len(grant.possible) == 2


def test_an_override_takes_the_case_from_the_other_provision() -> None:
    graph = opened()
    assert outcome(graph, AFTER, OLD | {"excluded": True}) == "fails"
    law = graph.consolidated(AFTER)
    assert law.by_version[ID + "tiny/1/v/a"].overridden_by == (ID + "tiny/3/v/a",)


BENEFIT = "asyl:consequence asyl:Entitles ; asyl:brings <consequence/benefit> ; asyl:effect asyl:Shall"
BURDEN = "asyl:consequence asyl:MayRefuse ; asyl:brings <consequence/burden> ; asyl:effect asyl:May"
KINDS = "asyl:Entitles a asyl:FavourableConsequence . "


@pytest.mark.parametrize(
    ("kind", "benefit", "burden"), [("Bars", "fails", "holds"), ("Inadmissible", "fails", "fails")]
)
def test_a_bar_reaches_only_what_is_favourable(kind: str, benefit: str, burden: str, tmp_path: Path) -> None:
    bar = f"asyl:consequence asyl:{kind} ; asyl:brings <consequence/new-bar> ; asyl:effect asyl:Shall"
    over = "; asyl:overrides <tiny/8> , <tiny/9>"
    statements = KINDS + version("tiny/8", brings=BENEFIT) + version("tiny/9", brings=BURDEN)
    graph = opened(
        act(tmp_path, statements + version("tiny/10", rule="asyl:InDanger", brings=bar, more=over))
    )
    facts = OLD | {"danger": True}
    assert outcome(graph, AFTER, facts, "benefit") == benefit
    assert outcome(graph, AFTER, facts, "burden") == burden
    assert outcome(graph, AFTER, OLD, "benefit") == outcome(graph, AFTER, OLD, "burden") == "holds"


def test_what_is_covered_stays_covered_when_overridden(tmp_path: Path) -> None:
    covered = version("tiny/9", rule="<tiny/1#case>", brings=BURDEN)
    applied = version("tiny/8", rule="<tiny/1#applies>", brings=BENEFIT)
    graph = opened(act(tmp_path, covered + applied))
    facts = OLD | {"danger": True, "excluded": True}
    assert outcome(graph, AFTER, facts, "burden") == "holds"
    assert outcome(graph, AFTER, facts, "benefit") == "fails"


def test_an_overriding_provision_that_is_repealed_overrides_no_more(tmp_path: Path) -> None:
    graph = opened(act(tmp_path, version("tiny/3", rule="", brings="asyl:repeals true")))
    assert outcome(graph, BEFORE, OLD | {"excluded": True}) == "fails"
    assert outcome(graph, AFTER, OLD | {"excluded": True}) == "holds"


def test_provisions_that_refer_to_each_other_in_a_circle_are_an_error(tmp_path: Path) -> None:
    circle = version("tiny/8", rule="<tiny/9#case>") + version("tiny/9", rule="<tiny/8#applies>")
    graph = opened(act(tmp_path, circle))
    assert outcome(graph, BEFORE, OLD) == "holds"
    with pytest.raises(CyclicLaw, match=r"tiny/8.*tiny/9"):
        graph.consolidated(AFTER)


def test_a_correction_is_seen_from_the_day_it_was_recorded(tmp_path: Path) -> None:
    wrong = act(tmp_path, version("tiny/2", rule="asyl:InDanger"), recorded="2026-02-01")
    right = act(
        tmp_path,
        version("tiny/2", rule="asyl:Applied"),
        name="right",
        recorded="2026-03-01",
        also="; asyl:replaces <../graph/new/reading>",
    )
    graph = opened(wrong, right)
    assert outcome(graph, AFTER, OLD, known=date(2026, 1, 31)) == "holds", "the act was not known yet"
    assert outcome(graph, AFTER, OLD, known=date(2026, 2, 28)) == "fails"
    assert outcome(graph, AFTER, OLD, known=date(2026, 3, 1)) == "holds"
    assert outcome(graph, AFTER, OLD) == "holds"


def test_before_the_first_record_nothing_was_known() -> None:
    with pytest.raises(NotYetRecorded, match="2026-01-01"):
        opened().consolidated(AFTER, date(2025, 12, 31))


MISTAKES = {
    "a scope that is no condition": version("tiny/9", more="; asyl:scope asyl:Sometimes"),
    "no start": version("tiny/9", start="asyl:note 'none'"),
    "a start that is no day": version("tiny/9", start='asyl:inForceFrom "2020-02-30"^^xsd:date'),
    "a window that ends before it begins": version("tiny/9", start=starting("2020-02-01", "2020-01-01")),
    "no rule": version("tiny/9", rule=""),
    "two rules": version("tiny/9") + "<tiny/9/v/new#rule> owl:equivalentClass asyl:InDanger .",
    "nothing brought": version("tiny/9", brings="asyl:consequence asyl:Bars ; asyl:effect asyl:Shall"),
    "no effect": version("tiny/9", brings="asyl:consequence asyl:Grants ; asyl:grants <permit/low>"),
    "no act": version("tiny/9").replace("asyl:enactedBy <act/new> ;", ""),
    "no standing": version("tiny/9").replace("asyl:standing asyl:Checked ;", ""),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_version_that_does_not_fit_is_an_error_that_names_it(mistake: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenLaw) as caught:
        opened(act(tmp_path, MISTAKES[mistake])).consolidated(AFTER)
    assert "tiny/9" in str(caught.value)


EXCLUDED = "[ a owl:Restriction ; owl:onProperty asyl:excluded ; {} ]"
OUTSIDE = {
    "owl:allValuesFrom": EXCLUDED.format("owl:allValuesFrom asyl:Case"),
    "owl:cardinality": EXCLUDED.format("owl:cardinality 2"),
    "owl:hasSelf": f"[ owl:unionOf ( asyl:Applied {EXCLUDED.format('owl:hasSelf true')} ) ]",
    "owl:oneOf": "[ owl:oneOf ( <a> <b> ) ]",
    "xsd:pattern": "[ a owl:Restriction ; owl:onProperty asyl:age ; owl:someValuesFrom [ owl:onDatatype"
    ' xsd:integer ; owl:withRestrictions ( [ xsd:pattern "a" ] ) ] ]',
    "owl:disjointWith": "asyl:Applied ; owl:disjointWith asyl:InDanger",
    "rdfs:subClassOf": "asyl:Applied ; rdfs:subClassOf asyl:InDanger",
}


@pytest.mark.parametrize("construct", OUTSIDE)
def test_what_the_grammar_does_not_have_is_named_with_its_place(construct: str, tmp_path: Path) -> None:
    file = act(tmp_path, version("tiny/9", rule=OUTSIDE[construct]))
    with pytest.raises(BrokenLaw) as caught:
        opened(file).consolidated(AFTER)
    line = 1 + next(k for k, text in enumerate(file.read_text().splitlines()) if "#rule> a owl:Class" in text)
    assert str(caught.value).startswith(f"{file}:{line}: tiny/9/v/new#rule: ")
    assert construct in caught.value.detail


def test_a_circle_is_told_with_its_place(tmp_path: Path) -> None:
    file = act(tmp_path, version("tiny/8", rule="<tiny/9#case>") + version("tiny/9", rule="<tiny/8#applies>"))
    with pytest.raises(CyclicLaw, match="tiny/8/v/new#rule → tiny/9#case → ") as caught:
        opened(file).consolidated(date(2021, 1, 1))
    assert str(caught.value).startswith(f"{file}:")


def test_a_broken_file_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"new\.trig:\d+"):
        opened(act(tmp_path, "<a> <b> ."))


def test_no_graph_stands_in_two_files(tmp_path: Path) -> None:
    one = act(tmp_path, version("tiny/9"))
    other = tmp_path / "other.trig"
    other.write_bytes(one.read_bytes())
    with pytest.raises(DataError, match="stands also"):
        opened(one, other)


def test_change_dates_are_those_on_which_a_version_may_begin(tmp_path: Path) -> None:
    graph = opened(act(tmp_path, version("tiny/9", start=starting("2020-01-01", "2020-06-30"))))
    assert graph.change_dates() == (date(2010, 1, 1), date(2015, 1, 1), date(2020, 1, 1), date(2020, 6, 30))


def test_a_longer_period_implies_a_shorter_one() -> None:
    """More than three years have only passed when at least two have."""
    facts = OLD | {"appliedOn": {"min": "2015-01-01"}, "heldSince": {"max": "2010-01-01"}}
    law = opened().consolidated(AFTER)
    assert [iri.rsplit("#", 1)[-1] for iri in law.background if "implies" in iri] == ["implies-HeldTwoYears"]
    assert assess(law, facts).outcome("low").outcome == "holds"
