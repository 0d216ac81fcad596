"""A store is kept from run to run, and answers until the law is read; only if it is whole and our own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.threads import in_a_thread

from asylgraf.errors import BadParameter
from asylgraf.graph import open_graph
from asylgraf.resources import digest, shipped_files
from asylgraf.service import remembered
from asylgraf.service.derived import snapshot
from asylgraf.sparql import ready
from asylgraf.sparql.frames import Job
from asylgraf.sparql.limits import Limits
from asylgraf.sparql.pool import Pool
from asylgraf.sparql.sources import Calendar, Spec

TODAY = date(2026, 11, 22)
CALENDAR = Calendar("digest", ("2015-02-20", "2026-01-01"), ("2026-11-22",))
MARK = ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal("kept"))
SHIPPED = Spec("law", derive="asylgraf.service.derived", today=TODAY.isoformat())
ASK = "ASK { <a:s> <a:p> ?o }"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    derived = remembered.folder()  # the outcomes of the examples, which other tests have kept
    derived.mkdir(parents=True, exist_ok=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = tmp_path / "asylgraf"
    folder.mkdir()
    (folder / "derived-1").symlink_to(derived)
    return folder / "ready-1"


def keep(calendar: Calendar = CALENDAR) -> None:
    store = ox.Store()
    store.add(MARK)
    ready.keep(store, calendar, "2026-01-01")


def entry() -> Path:
    (path,) = ready.folder().iterdir()
    return path


def test_what_was_kept_is_found_again() -> None:
    assert ready.find(TODAY) is None
    keep()
    found = ready.find(TODAY)
    assert found is not None
    assert (found.day, found.calendar) == ("2026-01-01", CALENDAR)
    assert list(found.open()) == [MARK]


def test_a_day_on_which_the_law_was_another_is_not_answered_from_it() -> None:
    keep()
    assert ready.find(date(2025, 12, 31)) is None


def test_another_program_or_another_law_does_not_find_it(monkeypatch: pytest.MonkeyPatch) -> None:
    keep()
    monkeypatch.setattr(ready, "program", lambda *_: "another")
    assert ready.find(TODAY) is None


@pytest.mark.parametrize("name", ["CURRENT", "*.sst", "*.log"])
def test_a_store_that_was_damaged_is_not_used_and_is_made_anew(name: str) -> None:
    keep()
    file = next((entry() / "store").glob(name))
    file.write_bytes(file.read_bytes()[:-3] + b"xyz")
    assert ready.find(TODAY) is None
    keep()
    assert ready.find(TODAY) is not None


@pytest.mark.parametrize("written", ["", "{}", "[1]", '{"calendar": {"digest": 1}, "sums": {}}'])
def test_a_list_that_says_something_else_is_not_believed(written: str) -> None:
    keep()
    (entry() / "list.json").write_text(written, encoding="utf-8")
    assert ready.find(TODAY) is None


def test_a_folder_that_others_may_write_is_not_used() -> None:
    keep()
    ready.folder().chmod(0o770)
    assert ready.find(TODAY) is None
    ready.folder().chmod(0o700)
    assert ready.find(TODAY) is not None


def test_a_folder_that_cannot_be_written_does_no_harm(home: Path) -> None:
    home.write_text("", encoding="utf-8")
    keep()
    assert ready.find(TODAY) is None


def asking(spec: Spec, then: Callable[[Pool], Awaitable[None]]) -> None:
    async def run() -> None:
        pool = Pool(spec, Limits(seconds=60))
        pool.spawn()
        try:
            async with asyncio.timeout(60):
                await pool.start()
                await then(pool)
        finally:
            await pool.stop()

    in_a_thread(run())


async def answer(pool: Pool, query: str, *, once: bool = False, **more: object) -> bool:
    told = {"task": "query", "default": (), "named": (), "depth": 200, **more}
    told |= {"select": "application/sparql-results+json", "graph": None}
    job = Job(json.dumps(told).encode(), query.encode(), once)
    work = await pool.ask(job, client="one", day=pool.calendar.key(TODAY, None))
    return bool(json.loads(b"".join([chunk async for chunk in work.chunks()]))["boolean"])


def test_the_first_questions_are_answered_from_it_and_the_next_from_the_law() -> None:
    """The store made up here holds what the law does not: so it can be seen who answers."""
    keep(Calendar(digest(shipped_files()), CALENDAR.changes, CALENDAR.records))

    async def watched(pool: Pool) -> None:
        assert pool.alive
        assert await answer(pool, ASK)
        case = {"facts": {}, "on": TODAY.isoformat(), "presume": "none"}
        about = "ASK { GRAPH <graph/derived/case> { ?s ?p ?o } FILTER NOT EXISTS { <a:s> <a:p> ?o2 } }"
        assert await answer(pool, about, task="case", case=case, once=True)  # it waits for the law
        while await answer(pool, ASK):
            await asyncio.sleep(0.05)
        assert await answer(pool, "ASK { <id/dk/aliens-act/7/1> <ontology/versionInForce> ?version }")

    asking(SHIPPED, watched)


def test_a_run_keeps_its_store_for_the_next() -> None:
    found: list[ready.Ready] = []

    async def watched(pool: Pool) -> None:
        await pool.warm(pool.calendar.key(TODAY, None))
        while not found:
            await asyncio.sleep(0.1)
            found.extend(filter(None, [ready.find(TODAY)]))

    asking(SHIPPED, watched)
    assert len(found[0].open()) == len(snapshot(open_graph(), TODAY))
    assert found[0].calendar.digest == open_graph().digest


def test_nothing_of_a_user_is_kept(tmp_path: Path) -> None:
    own = tmp_path / "own.trig"
    own.write_text("", encoding="utf-8")
    assert SHIPPED.is_shipped
    assert not replace(SHIPPED, files=(str(own),)).is_shipped
    assert not replace(SHIPPED, store=str(tmp_path)).is_shipped
    assert not replace(SHIPPED, kind="files").is_shipped
    assert not replace(SHIPPED, derive=None).is_shipped
    with pytest.raises(BadParameter):
        ready.Ready(tmp_path, "2026-01-01", CALENDAR).about({})
