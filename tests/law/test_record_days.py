"""The law as it was known on each day of record: what a graph refers to was recorded by then."""

from __future__ import annotations

from datetime import date

import pytest

from asylgraf.graph import open_graph
from asylgraf.sparql.sources import calendar_of

DAYS = ("2001-12-31", "2015-02-20", "2019-03-01", "2022-09-01", "2026-01-01")


@pytest.mark.parametrize("known", calendar_of(open_graph()).records)
def test_the_law_as_known_on_a_day_of_record_is_whole(known: str) -> None:
    for day in DAYS:
        assert open_graph().consolidated(date.fromisoformat(day), date.fromisoformat(known)).live
