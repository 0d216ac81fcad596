"""Practice stands beside the provision it is about, on its day, and changes nothing of the law."""

from __future__ import annotations

from datetime import date

import pytest

from asylgraf.graph import open_graph
from asylgraf.namespaces import ID
from asylgraf.reasoner import assess
from asylgraf.service.dossier import dossier, dossier_json
from asylgraf.service.things import Things

SEVEN_ONE = ID + "dk/aliens-act/7/1"
AFGHAN = ID + "practice/refugee-appeals-board/afghan-women"
WOMAN = {"asylumAppliedOn": "2022-06-01", "afghanWomanOrGirl": True}


def practice(provision: str, on: date) -> set[str]:
    """The practices shown beside a provision on a day."""
    return {version.provision for version in dossier(Things(open_graph()), provision, on).practice}


@pytest.mark.parametrize(
    ("on", "shown"), [(date(2022, 12, 14), False), (date(2022, 12, 15), True), (date(2024, 5, 1), True)]
)
def test_practice_is_shown_beside_the_law_from_its_day(on: date, shown: bool) -> None:
    assert (AFGHAN in practice(SEVEN_ONE, on)) == shown


def test_it_is_shown_at_the_section_too_but_not_elsewhere() -> None:
    assert AFGHAN in practice(ID + "dk/aliens-act/7", date(2024, 5, 1))
    assert AFGHAN not in practice(ID + "dk/aliens-act/9b/1", date(2024, 5, 1))


def test_what_is_shown_is_normally_so_and_has_its_source() -> None:
    things = Things(open_graph())
    told = dossier_json(things, dossier(things, SEVEN_ONE, date(2024, 5, 1)))["practice"]
    assert {one["effect"] for one in told} == {"normally"}
    assert all(one["says"]["sources"] for one in told)


def test_left_out_it_changes_no_outcome_of_the_law() -> None:
    on = date(2024, 5, 1)
    with_it, without = (
        assess(open_graph().consolidated(on, practice=wanted), WOMAN, "standard") for wanted in (True, False)
    )
    law = {o.rule.consequence.iri: o.outcome for o in without.outcomes}
    assert {iri: o.outcome for o in with_it.outcomes if (iri := o.rule.consequence.iri) in law} == law
    assert with_it.outcome("asylum-for-afghan-women").outcome == "holds"
    assert ID + "consequence/asylum-for-afghan-women" not in law
