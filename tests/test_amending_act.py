"""A change in the law is one new file: answers change from its day, for its cases, and nothing else does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.cases_on_file import cases

from asylgraf.errors import NotYetRecorded
from asylgraf.graph import LawGraph, open_graph
from asylgraf.graph.check.coverage import uncovered
from asylgraf.graph.check.days import unreadable_days
from asylgraf.namespaces import ID
from asylgraf.reasoner import assess

EVE, DAY = date(2026, 12, 31), date(2027, 1, 1)
ACT = """
@base <https://w3id.org/asylgraf/id/> .
@prefix asyl: <https://w3id.org/asylgraf/ontology/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<../graph/made-up/reading> a asyl:Reading ; asyl:recordedOn "2026-12-24"^^xsd:date .
GRAPH <../graph/made-up/reading> {
asyl:AppliedFrom2027 asyl:ofDate asyl:asylumAppliedOn ; asyl:onOrAfter "2027-01-01"^^xsd:date .
<dk/aliens-act/7/2/v/made-up> asyl:versionOf <dk/aliens-act/7/2> ; asyl:enactedBy <dk/act/made-up> ;
    asyl:inForceFrom "2027-01-01"^^xsd:date ; asyl:standing asyl:Checked ; asyl:scope asyl:AppliedFrom2027 ;
    asyl:consequence asyl:Grants ; asyl:grants <permit/protection-status> ; asyl:effect asyl:Shall .
<dk/aliens-act/7/2/v/made-up#rule> owl:equivalentClass [ owl:intersectionOf ( asyl:AsylumApplied
    [ a owl:Restriction ; owl:onProperty asyl:riskOfTorture ; owl:hasValue true ] ) ] .
}
"""
CORRECTION = """
@base <https://w3id.org/asylgraf/id/> .
@prefix asyl: <https://w3id.org/asylgraf/ontology/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<../graph/made-up/corrected> a asyl:Reading ; asyl:recordedOn "2027-03-01"^^xsd:date ;
    asyl:replaces <../graph/made-up/reading> .
GRAPH <../graph/made-up/corrected> { <dk/act/made-up> asyl:note "never passed" }
"""
MOVED = "2027-02-01"
"""The day on which the made-up act is later found to have started."""
HARM = {"riskOfTorture": False, "riskOfInhumanTreatment": True, "harmFromGeneralViolence": False}
HARM |= {"riskOfDeathPenalty": False, "protectedAtHome": False}


@pytest.fixture(scope="module")
def amended(tmp_path_factory: pytest.TempPathFactory) -> LawGraph:
    """The law with a made-up act, and a later record that it was never passed."""
    folder = tmp_path_factory.mktemp("made-up")
    return open_graph(
        (written(folder / "act-made-up.trig", ACT), written(folder / "corrected.trig", CORRECTION))
    )


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> LawGraph:
    """The law with the made-up act, and a later record that it started a month later."""
    folder = tmp_path_factory.mktemp("moved")
    corrected = ACT.replace("made-up/reading", "made-up/moved").replace("2026-12-24", "2027-03-01")
    corrected = corrected.replace('asyl:inForceFrom "2027-01-01"', f'asyl:inForceFrom "{MOVED}"')
    corrected = corrected.replace(
        "a asyl:Reading ;", "a asyl:Reading ; asyl:replaces <../graph/made-up/reading> ;"
    )
    return open_graph((written(folder / "act.trig", ACT), written(folder / "moved.trig", corrected)))


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def status(graph: LawGraph, on: date, applied: str, known: date | None = date(2027, 1, 15)) -> str:
    facts = HARM | {"asylumAppliedOn": applied}
    return assess(graph.consolidated(on, known), facts, "standard").outcome("protection-status").outcome


def test_the_act_counts_from_its_day_and_for_its_cases(amended: LawGraph) -> None:
    assert status(amended, EVE, "2026-12-01") == "holds"
    assert status(amended, DAY, "2026-12-31") == "holds", "applied for before the act"
    assert status(amended, DAY, "2027-01-01") == "fails", "only torture counts now"


def test_what_is_in_force_follows_the_act(amended: LawGraph) -> None:
    known = date(2027, 1, 15)
    for day, expected in ((EVE, []), (DAY, ["7/2"])):
        without, with_act = (graph.consolidated(day, known).live for graph in (open_graph(), amended))
        changed = {p for p in with_act if [v.version for v in with_act[p]] != [v.version for v in without[p]]}
        assert [iri.rsplit("/aliens-act/", 1)[-1] for iri in changed] == expected


def test_a_correction_takes_the_act_back_from_the_day_it_was_recorded(amended: LawGraph) -> None:
    assert status(amended, DAY, "2027-01-01", known=date(2027, 2, 28)) == "fails"
    assert status(amended, DAY, "2027-01-01", known=date(2027, 3, 1)) == "holds"
    assert status(amended, DAY, "2027-01-01", known=None) == "holds"
    assert status(amended, DAY, "2027-01-01", known=date(2026, 12, 1)) == "holds", "not recorded yet"


@pytest.mark.parametrize(
    ("on", "known", "expected"),
    [
        ("2027-01-31", "2027-02-28", "fails"),
        ("2027-01-31", "2027-03-01", "holds"),
        ("2027-01-31", None, "holds"),
        (MOVED, "2027-02-28", "fails"),
        (MOVED, "2027-03-01", "fails"),
        ("2026-12-31", "2027-02-28", "holds"),
        ("2026-12-31", "2027-03-01", "holds"),
    ],
)
def test_a_correction_of_a_date_is_seen_by_both_clocks(
    moved: LawGraph, on: str, known: str | None, expected: str
) -> None:
    """In January 2027 the answer depends on what was known; before and after, it does not."""
    clock = date.fromisoformat(known) if known else None
    assert status(moved, date.fromisoformat(on), "2027-01-05", clock) == expected


def test_the_start_that_was_corrected_is_kept_beside_the_new_one(moved: LawGraph) -> None:
    version = ID + "dk/aliens-act/7/2/v/made-up"
    starts = {
        known: next(
            v.start.latest for v in moved.law(known).versions[ID + "dk/aliens-act/7/2"] if v.iri == version
        )
        for known in (date(2027, 2, 28), date(2027, 3, 1))
    }
    assert list(starts.values()) == [date(2027, 1, 1), date.fromisoformat(MOVED)]


def test_a_correction_keeps_the_graph_sound(moved: LawGraph) -> None:
    assert [*unreadable_days(moved), *uncovered(moved)] == []


def test_known_before_the_first_record_is_an_error_that_names_the_first_day(amended: LawGraph) -> None:
    first = amended.first_record()
    assert first is not None
    with pytest.raises(NotYetRecorded, match=str(first)):
        amended.consolidated(DAY, date.fromordinal(first.toordinal() - 1))


def test_cases_on_file_are_not_changed_by_it(amended: LawGraph) -> None:
    for case in sorted(cases(), key=lambda case: case.on)[::24]:
        with_act = assess(amended.consolidated(case.on, date(2027, 1, 15)), case.facts, case.presume)
        assert [o.outcome for o in with_act.outcomes] == [o.outcome for o in case.answer().outcomes], (
            case.name
        )


def test_the_amended_graph_is_sound(amended: LawGraph) -> None:
    assert [*unreadable_days(amended), *uncovered(amended)] == []
