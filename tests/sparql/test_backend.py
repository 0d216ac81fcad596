"""The graph in a store elsewhere: loaded, asked about any day, checked by questions with known answers."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest

import asylgraf
from asylgraf.errors import BackendFailed, BackendNotLoaded
from asylgraf.graph import LawGraph, open_graph
from asylgraf.service.backend import RemoteLaw, _compared, checked_law, written_to
from asylgraf.sparql.remote import Access, Remote
from asylgraf.sparql.rows import Rows
from asylgraf.sparql.selftest import LARGE, check, checks, graphs
from asylgraf.sparql.sources import calendar_of

HERE = Path(__file__).parent
OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
MAIN = "from asylgraf.cli import main; main()"
IN_FORCE = """PREFIX asyl: <https://w3id.org/asylgraf/ontology/>
SELECT ?v { <https://w3id.org/asylgraf/id/made/1> asyl:versionInForce ?v }"""
SAID = """PREFIX asyl: <https://w3id.org/asylgraf/ontology/>
SELECT ?g { GRAPH ?g { <https://w3id.org/asylgraf/id/made/1> asyl:versionInForce ?v } }"""


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def running(*command: str) -> Iterator[str]:
    """A server on a free port; `{port}` in its command."""
    port = free_port()
    told = [part.replace("{port}", str(port)) for part in command]
    process = subprocess.Popen(told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1500):
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What a command printed."""
    return subprocess.run(
        [sys.executable, "-c", MAIN, *arguments], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def made() -> LawGraph:
    return open_graph(extra=[HERE / "law.trig"])


@pytest.fixture(scope="module")
def store(made: LawGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    """What the store must hold, in a server of plain data sets."""
    file = tmp_path_factory.mktemp("backend") / "law.nq"
    assert written_to(file, made) > 100_000
    with running(
        sys.executable, "-c", MAIN, "serve", "--dataset", str(file), "--timeout", "60", "--port", "{port}"
    ) as url:
        yield Remote(Access(url + "/sparql"))


def test_there_are_checks_enough_and_each_says_what_is_wrong() -> None:
    names = [one.name for one in checks()]
    assert len(names) == len(set(names)) >= 30
    assert all(one.says and one.says[0].isupper() for one in checks())


def test_a_store_that_is_right_passes_every_check_that_matters(store: Remote) -> None:
    found = list(check(store))
    assert len(found) == len(checks())
    assert [(one.check.name, one.found) for one in found if one.check.harms and not one.right] == []
    assert [one.check.name for one in found if not one.right] == ["spelling of decimals"]


def test_the_numbers_of_the_large_checks_follow_from_how_their_data_is_made() -> None:
    begun = {number: date(1983, 1, 1) + timedelta(number * 37 % 7000) for number in range(12_000)}
    steps = [(start + timedelta(2000 * n), n) for start in begun.values() for n in range(3)]
    long = timedelta(2000)
    known = {one.name: next(iter(one.expected)) for one in checks() if one.graphs == "large"}
    for day in (date(1995, 6, 30), date(1999, 9, 9), date(2003, 1, 1)):
        number = sum(start <= day < start + long for start, n in steps if n < 2)
        assert known[f"many counted on a day of {day.year}"] == {(float(number),): 1}
    day = date(1995, 6, 30)
    in_force = sum(start <= day and (n == 2 or day < start + long) for start, n in steps)
    assert known["many in force on a day"] == ("number", in_force)
    assert known["all rows"] == ("number", len(dict(graphs())[LARGE]))


def test_the_law_of_any_day_is_asked_there(store: Remote, made: LawGraph) -> None:
    law = RemoteLaw(store, made)
    for day in ("2000-01-01", "2015-02-19", "2015-02-20", "2026-11-22"):
        assert law.ask(IN_FORCE, date.fromisoformat(day)) == asylgraf.query(IN_FORCE, on=day, graph=made)
    assert asylgraf.query("versions", on="2020-01-01", provision="made/1", graph=law) == asylgraf.query(
        "versions", on="2020-01-01", provision="made/1", graph=made
    )
    said = law.ask(SAID, date(2020, 1, 1))
    assert isinstance(said, Rows)
    assert {str(row["g"]).rpartition("in-force/")[1] for row in said} == {"in-force/"}


def test_what_was_known_then_is_asked_there(store: Remote, made: LawGraph) -> None:
    law, earlier = RemoteLaw(store, made), calendar_of(made).records[0]
    for known in (earlier, "2026-12-01"):
        expected = asylgraf.query("versions", on="2020-01-01", known=known, provision="made/1", graph=made)
        asked = asylgraf.query("versions", on="2020-01-01", known=known, provision="made/1", graph=law)
        assert asked == expected


def test_every_ready_question_has_the_same_answer_there(store: Remote, made: LawGraph) -> None:
    found = list(checked_law(store, made, date(2024, 5, 1)))
    assert [(one.check.name, one.found) for one in found if not one.right] == []


def test_a_store_with_another_version_or_none_is_not_asked(store: Remote, tmp_path: Path) -> None:
    with pytest.raises(BackendNotLoaded, match="holds version"):
        RemoteLaw(store, open_graph()).ask("ASK {}", date(2020, 1, 1))
    (tmp_path / "empty.nq").write_text("")
    empty = str(tmp_path / "empty.nq")
    with running(sys.executable, "-c", MAIN, "serve", "--dataset", empty, "--port", "{port}") as url:
        remote = Remote(Access(url + "/sparql"))
        with pytest.raises(BackendNotLoaded, match="no version"):
            RemoteLaw(remote, open_graph()).ask("ASK {}", date(2020, 1, 1))
        with pytest.raises(BackendFailed, match="backend load"):
            list(check(remote))


def test_a_wrong_answer_is_found_out(tmp_path: Path) -> None:
    quads = [ox.Quad(t.subject, t.predicate, t.object, ox.NamedNode(g)) for g, ts in graphs() for t in ts]
    lost = [quad for quad in quads if "/version-77-0>" not in str(quad.subject)]
    ox.serialize(lost, str(tmp_path / "lost.nq"), format=ox.RdfFormat.N_QUADS)
    file = str(tmp_path / "lost.nq")
    with running(sys.executable, "-c", MAIN, "serve", "--dataset", file, "--port", "{port}") as url:
        wrong = [one.check.name for one in check(Remote(Access(url + "/sparql"))) if not one.right]
    assert "all rows" in wrong
    assert "labels" not in wrong
    assert "cannot be reached" in ran("backend", "check", "http://127.0.0.1:1/sparql").stderr


RIGHT = Rows(("step", "after", "limit"), (("one", "two", "P7D"), ("three", None, "P14D")))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            (("three", None, "P14D"), ("one", "two", 604800.0)),
            "2 rows, 1 of them wrong; for example limit 604800.0 instead of P7D where it says one",
        ),
        (
            (("one", "two", "P7D"), ("three", "two", "P14D")),
            "2 rows, 1 of them wrong; for example after two instead of nothing where it says three",
        ),
        ((("one", "two", "P7D"),), "1 row, not 2; for example it lacks three, nothing, P14D"),
        (
            (*RIGHT.rows, ("four", "one", "P1D")),
            "3 rows, not 2; for example it has besides four, one, P1D",
        ),
    ],
)
def test_a_wrong_table_is_told_by_what_differs_in_the_rows_most_alike(
    rows: tuple[tuple[str | float | None, ...], ...], says: str
) -> None:
    assert _compared(RIGHT, RIGHT) == (True, "")
    assert _compared(Rows(RIGHT.columns, rows), RIGHT) == (False, says)


def test_one_setting_sends_queries_elsewhere_and_assesses_here(law_server: str) -> None:
    opened = asylgraf.open(backend=law_server + "/sparql")
    here = asylgraf.open()
    asked = {"on": "2014-06-01", "provision": "dk/aliens-act/7/1"}
    assert opened.query("who-decides", **asked) == here.query("who-decides", **asked)
    case = {"facts": {"asylumApplied": True}, "on": "2024-05-01"}
    outcomes = [asylgraf.assess(case, graph=graph).outcomes for graph in (opened, here)]
    assert [o.outcome for o in outcomes[0]] == [o.outcome for o in outcomes[1]]


@pytest.mark.parametrize(
    "asked",
    [
        ("who-decides", "--set", "provision=dk/aliens-act/7/1"),
        ("SELECT ?v { <id/dk/aliens-act/7/3> asyl:versionInForce ?v }", "--json"),
    ],
)
def test_the_command_line_asks_there_too_and_prints_the_same(law_server: str, asked: tuple[str, ...]) -> None:
    told = [
        ran("query", *asked, "--on", "2016-06-01", *more)
        for more in (("--backend", law_server + "/sparql"), ())
    ]
    there, here = (one.stdout for one in told)
    assert there.strip() != ""
    assert _sorted(there) == _sorted(here)


def _sorted(printed: str) -> object:
    """What was printed, however its rows are ordered and its JSON is spaced."""
    return json.loads(printed) if printed.startswith("{") else sorted(printed.split())


@pytest.fixture(scope="module")
def law_server() -> Iterator[str]:
    """Another Asylgraf, which knows days by itself."""
    with running(sys.executable, "-c", MAIN, "serve", "--port", "{port}") as url:
        yield url


@pytest.mark.skipif(OXIGRAPH is None, reason="oxigraph: enable with pip install oxigraph")
def test_the_oxigraph_server_is_loaded_and_can_be_trusted() -> None:
    with running(str(OXIGRAPH), "serve", "--bind", "127.0.0.1:{port}") as url:
        loaded = json.loads(ran("backend", "load", url + "/store", "--json").stdout)
        assert loaded["triples"] > 100_000
        told = ran("backend", "check", url + "/query")
        assert "0 wrong. The store can be trusted with the law." in told.stdout
        assert told.returncode == 0
        opened = asylgraf.open(backend=url + "/query")
        assert opened.query("facts", on="2024-05-01") == asylgraf.query("facts", on="2024-05-01")
