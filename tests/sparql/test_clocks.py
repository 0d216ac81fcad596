"""The two clocks: the day of decision, and the day by which this graph had recorded a statement."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.sparql.conftest import HERE, Server, serving

from asylgraf.errors import NotYetRecorded
from asylgraf.graph import open_graph
from asylgraf.sparql.clock import Clock
from asylgraf.sparql.limits import Limits
from asylgraf.sparql.sources import Calendar, Spec, calendar_of

IN_FORCE = "SELECT ?v { ?p <https://w3id.org/asylgraf/ontology/versionInForce> ?v }"


def versions(server: Server, **when: str) -> list[str]:
    answer = server.get(IN_FORCE, **when)
    assert answer.status == 200, answer.body
    return [row["v"]["value"][-1] for row in json.loads(answer.body)["results"]["bindings"]]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ({}, ["b"]),
        ({"on": "2009-12-31"}, []),
        ({"on": "2010-01-01"}, ["a"]),
        ({"on": "2014-12-31"}, ["a"]),
        ({"on": "2015-01-01"}, ["b"]),
        ({"on": "2020-01-01", "known": "2026-02-28"}, ["a"]),
        ({"on": "2020-01-01", "known": "2026-03-01"}, ["b"]),
        ({"on": "2020-01-01", "known": "2030-01-01"}, ["b"]),
    ],
)
def test_what_is_in_force_depends_on_both_clocks(law: Server, when: dict[str, str], found: list[str]) -> None:
    assert versions(law, **when) == found


def test_the_answer_says_which_days_it_is_of(law: Server) -> None:
    assert law.get(IN_FORCE)["asylgraf-on"] == "2026-11-22"
    answer = law.get(IN_FORCE, on="2012-05-05", known="2026-02-01")
    assert (answer["asylgraf-on"], answer["asylgraf-known"]) == ("2012-05-05", "2026-02-01")


def test_before_the_first_record_there_is_an_error_that_names_it(law: Server) -> None:
    answer = law.get(IN_FORCE, known="2025-12-31")
    assert answer.status == 422
    assert b"2026-01-01" in answer.body


def test_an_answer_about_today_expires_at_midnight_in_copenhagen(law: Server) -> None:
    assert law.get(IN_FORCE)["expires"] == "Sun, 22 Nov 2026 23:00:00 GMT"
    assert law.get(IN_FORCE, on="2020-01-01")["expires"] == ""


def test_a_version_pins_the_graph(law: Server) -> None:
    held = law.get("ASK {}")["asylgraf-version"]
    assert law.get("ASK {}", version=held).status == 200
    assert law.get("ASK {}", version="0123456789ab").status == 404
    assert law.get("ASK {}", version=held[:4]).status == 404


def test_a_plain_data_set_has_no_clock(plain: Server) -> None:
    assert plain.get("ASK {}", on="2020-01-01").status == 400


def test_days_between_two_changes_share_a_snapshot() -> None:
    calendar = Calendar("digest", ("2010-01-01", "2015-01-01"), ("2026-01-01", "2026-03-01"))
    keys = {calendar.key(date(2012, month, 1), None) for month in range(1, 13)}
    assert keys == {("2010-01-01", None)}
    assert calendar.key(date(2015, 1, 1), date(2026, 2, 2)) == ("2015-01-01", "2026-01-01")
    assert calendar.key(date(1990, 1, 1), date(2026, 4, 4)) == ("2009-12-31", None)
    with pytest.raises(NotYetRecorded):
        calendar.key(date(2015, 1, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 22, 59, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 12, 1, 23, 0, tzinfo=UTC), date(2026, 12, 2)),
    ],
)
def test_the_day_is_that_of_copenhagen(moment: datetime, today: date) -> None:
    assert Clock(lambda: moment).today() == today


def test_a_day_that_ends_takes_its_answers_with_it() -> None:
    moment = [datetime(2014, 12, 31, 22, 0, tzinfo=UTC)]
    with serving(Spec("only", (str(HERE / "law.trig"),)), Limits(workers=2), lambda: moment[0]) as server:
        assert versions(server) == ["a"]
        moment[0] = datetime(2014, 12, 31, 23, 0, tzinfo=UTC)
        assert versions(server) == ["b"]


def test_a_day_that_only_a_replaced_record_told_is_still_one_of_the_calendar(tmp_path: Path) -> None:
    file = tmp_path / "law.trig"
    told = (HERE / "law.trig").read_text(encoding="utf-8")
    first, _, later = told.partition('"2010-01-01"')
    file.write_text(f'{first}"2009-09-09"{later}', encoding="utf-8")
    assert calendar_of(open_graph(files=[file])).changes == ("2009-09-09", "2010-01-01", "2015-01-01")
