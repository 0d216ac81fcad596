"""The history of an address follows content to other addresses, and stops where content is new."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from asylgraf.graph import open_graph
from asylgraf.graph.history import Stage, history, standing_at
from asylgraf.graph.law import Law
from asylgraf.namespaces import ID

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def law() -> Law:
    return open_graph(files=[HERE / "tiny.ttl", HERE / "moved.trig"]).law()


def told(law: Law, address: str, on: str = "2016-01-01") -> dict[str, Stage]:
    stages = history(law, ID + address, date.fromisoformat(on))
    return {stage.version.iri.removeprefix(ID + "moved/"): stage for stage in stages}


def test_the_history_of_an_address_lists_what_stood_there_and_where_the_old_content_went(law: Law) -> None:
    stages = told(law, "moved/3")
    assert list(stages) == ["3/v/a", "3/v/b", "4/v/b", "3/v/c", "3/v/d"]
    assert [name for name, stage in stages.items() if stage.here] == ["3/v/a", "3/v/b", "3/v/c", "3/v/d"]
    assert stages["3/v/a"].moved_to == (ID + "moved/4/v/b",)


def test_the_history_of_the_new_address_begins_at_the_old_one(law: Law) -> None:
    stages = told(law, "moved/4")
    assert list(stages) == ["3/v/a", "4/v/b"]
    assert stages["4/v/b"].moved_from == (ID + "moved/3/v/a",)


def test_new_content_at_an_old_number_carries_on_nothing(law: Law) -> None:
    stages = told(law, "moved/3")
    assert stages["3/v/b"].before == ()
    assert stages["3/v/c"].before == (ID + "moved/3/v/b",)


def test_a_version_ends_when_its_successor_starts(law: Law) -> None:
    stages = told(law, "moved/3")
    assert [stage.ended for stage in stages.values() if stage.here] == [
        date(2015, 1, 1),
        date(2019, 1, 1),
        date(2022, 1, 1),
        None,
    ]


def test_what_stood_at_an_address_depends_on_the_day(law: Law) -> None:
    days = ["2009-12-31", "2010-01-01", "2014-12-31", "2015-01-01", "2021-12-31", "2022-01-01"]
    stood = [
        [v.iri[-1] for v in standing_at(law, ID + "moved/3", on)] for on in map(date.fromisoformat, days)
    ]
    assert stood == [[], ["a"], ["a"], ["b"], ["c"], []]


def test_a_history_says_what_is_in_force_that_day(law: Law) -> None:
    assert [name for name, stage in told(law, "moved/3", "2020-05-05").items() if stage.in_force] == [
        "4/v/b",
        "3/v/c",
    ]
