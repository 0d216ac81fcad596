"""Nobody can knock the endpoint over: every limit holds, and others are served meanwhile."""

from __future__ import annotations

import asyncio
import gc
import http.client
import os
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.bench.processes import descendants
from tests.sparql.abuse import BOMBS, GIANT, LONG, Mob, Polite, crowd, posted
from tests.sparql.conftest import Server, serving, until
from tests.sparql.made import ABUSE, SMALL, write
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from asylgraf.sparql.limits import MIB, Limits
from asylgraf.sparql.metrics import health
from asylgraf.sparql.protocol import DIRECT
from asylgraf.sparql.sources import Spec
from asylgraf.web.saying import Saying
from asylgraf.web.wire import Wire

LIMITS = Limits(
    workers=3, seconds=1.0, memory=160 * MIB, answer=24 * MIB, request_seconds=0.5, stall_seconds=2
)
PATIENCE = 60
"""The seconds that the patient server gives a query."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = write(tmp_path_factory.mktemp("made") / "made.nt")
    with serving(Spec("files", (str(data),)), LIMITS) as server:
        yield server


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that gives long answers their time, however busy the machine is."""
    data = write(tmp_path_factory.mktemp("made") / "made.nt")
    with serving(Spec("files", (str(data),)), replace(LIMITS, seconds=PATIENCE)) as server:
        yield server


def is_quiet(server: Server) -> bool:
    pool = server.endpoint.pool
    return pool.turns.active == pool.turns.queued == pool.disk.used == 0


@pytest.mark.parametrize("name", ABUSE)
def test_abuse_ends_honestly_and_others_are_served_meanwhile(server: Server, name: str) -> None:
    query, statuses = ABUSE[name]
    with Polite(server) as polite:
        try:
            status = server.post(query).status
        except (BrokenPipeError, ConnectionResetError):
            status = 413  # the server hung up on a request that it would not read
    assert status in statuses
    assert {answer.status for answer in polite.answers} == {200}
    assert len({answer.body for answer in polite.answers}) == 1
    assert is_quiet(server)


def test_a_giant_answer_is_cut_so_that_no_parser_takes_it_for_whole(server: Server) -> None:
    with pytest.raises(http.client.IncompleteRead) as cut:
        server.post(GIANT)
    assert len(cut.value.partial) <= LIMITS.answer + MIB
    assert until(lambda: is_quiet(server))


def test_to_old_http_a_giant_answer_is_an_error(server: Server) -> None:
    with server.raw() as connection:
        connection.sendall(f"GET /sparql?query={quote(GIANT)} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
        assert connection.recv(100)[9:12] in (b"413", b"504")


def test_a_client_that_hangs_up_takes_its_query_with_it(patient: Server) -> None:
    kills = patient.endpoint.pool.kills
    with patient.raw() as connection:
        connection.sendall(posted(ABUSE["a product counted"][0]))
        assert until(lambda: patient.endpoint.pool.turns.active == 1)
    assert until(lambda: is_quiet(patient), PATIENCE / 2)
    assert patient.endpoint.pool.kills == kills + 1


def test_a_slow_reader_holds_no_worker_and_gets_the_whole_answer(patient: Server) -> None:
    with patient.raw() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        connection.sendall(posted(LONG, "Accept: text/csv\r\nConnection: close\r\n"))
        assert until(lambda: patient.endpoint.pool.disk.used > MIB, PATIENCE)
        assert until(lambda: patient.endpoint.pool.turns.active == 0, PATIENCE)
        response = http.client.HTTPResponse(connection)
        response.begin()
        assert response.read().count(b"/provision/") == 100_000
    assert until(lambda: is_quiet(patient))


def test_a_reader_who_takes_nothing_is_dropped(patient: Server) -> None:
    with patient.raw() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        connection.sendall(posted(LONG))
        assert until(lambda: patient.endpoint.pool.disk.used > MIB, PATIENCE)
        assert until(lambda: is_quiet(patient), LIMITS.stall_seconds * 4)


def test_half_a_request_is_given_up(server: Server) -> None:
    with server.raw() as connection:
        connection.sendall(posted(SMALL)[:-5])
        assert connection.recv(100).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_of_headers_is_refused(server: Server, bomb: bytes) -> None:
    with server.raw() as connection:
        connection.sendall(b"GET /sparql HTTP/1.1\r\nHost: x\r\n" + bomb)
        assert connection.recv(100).startswith(b"HTTP/1.1 431 ")
    assert server.post(SMALL).status == 200


def test_a_long_query_is_no_bomb_of_headers(server: Server) -> None:
    assert server.post(f"{SMALL} # {'long ' * 100_000}").status == 200


def test_half_a_head_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asylgraf.web.wire.HEAD_SECONDS", 0.2)
    for half in (b"", b"GET /sparql HTTP/1.1\r\nHost:"):
        with server.raw() as connection:
            connection.sendall(half)
            assert connection.recv(100).startswith(b"HTTP/1.1 408 ")


def test_a_thousand_idle_connections_keep_nobody_out(server: Server) -> None:
    with crowd(server, 1000):
        assert server.post(SMALL, source="127.0.0.2").status == 200


def test_a_client_has_so_many_connections_and_no_more(server: Server) -> None:
    with crowd(server, LIMITS.connections) as clients:
        assert server.send("GET", "/sparql", source="127.0.0.2").status == 200
        with server.raw() as one_more:
            assert one_more.recv(100).startswith(b"HTTP/1.1 503 ")
        clients.pop().close()
        assert until(lambda: _heard(server.raw(), posted(SMALL)) == b"200")


def test_a_thousand_who_ask_at_once_are_served_or_told_to_come_back(server: Server) -> None:
    with crowd(server, 1000) as clients:
        answers = {_heard(client, posted(f"{SMALL} # {number}")) for number, client in enumerate(clients)}
    assert b"200" in answers
    assert answers <= {b"200", b"503", b""}
    assert until(lambda: is_quiet(server))


def _heard(client: socket.socket, said: bytes) -> bytes:
    """The status of the answer; nothing where the connection was closed at once."""
    try:
        client.sendall(said)
        return client.recv(100)[9:12]
    except ConnectionError:
        return b""


def test_everything_at_once_harms_nobody_else(server: Server) -> None:
    with Polite(server) as polite:
        mob = Mob(server)
        mob.rage(6)
    assert mob.statuses <= {200, 400, 413, 503, 504, 507}
    assert {answer.status for answer in polite.answers} == {200}
    assert len({answer.body for answer in polite.answers}) == 1
    assert until(lambda: is_quiet(server))
    assert until(lambda: len(_workers(server.endpoint.pool.process)) <= LIMITS.hands + 1, 20)


def test_one_client_cannot_take_all_workers(server: Server) -> None:
    with ThreadPoolExecutor(6) as users:
        heavy = [users.submit(server.post, f"{ABUSE['a product counted'][0]} # {n}") for n in range(4)]
        assert until(lambda: server.endpoint.pool.turns.queued == 2)
        assert server.endpoint.pool.turns.active == LIMITS.client_workers
        assert server.post(SMALL, source="127.0.0.2").status == 200
        assert server.endpoint.pool.turns.queued > 0
        assert {answer.result().status for answer in heavy} <= {504, 503}


def test_a_full_queue_says_when_to_come_back(tmp_path: Path) -> None:
    data = write(tmp_path / "made.nt", 400)
    limits = Limits(workers=2, seconds=1.5, queue=1, client_queue=1)
    with serving(Spec("files", (str(data),)), limits) as server, ThreadPoolExecutor(4) as users:
        heavy = [users.submit(server.post, f"{ABUSE['a product counted'][0]} # {n}") for n in range(2)]
        assert until(lambda: server.endpoint.pool.turns.queued == 1)
        answer = server.post(SMALL)
        assert answer.status == 503
        assert int(answer["retry-after"]) > 0
        assert {answer.result().status for answer in heavy} <= {504, 503}


def test_a_killed_worker_is_replaced_and_its_death_is_told(patient: Server) -> None:
    pool = patient.endpoint.pool
    with ThreadPoolExecutor(1) as user:
        answer = user.submit(patient.post, ABUSE["a product counted"][0])
        assert until(lambda: pool.turns.active == 1)
        os.kill(_busiest(pool.process), signal.SIGSEGV)
        assert answer.result().status == 400
    assert patient.post(SMALL).status == 200
    assert until(lambda: is_quiet(patient))


def test_the_graph_is_loaded_again_when_its_process_dies(tmp_path: Path) -> None:
    data = write(tmp_path / "made.nt", 50)
    with serving(Spec("files", (str(data),)), Limits(workers=2)) as server:
        assert server.post(SMALL).status == 200
        process = server.endpoint.pool.process
        os.kill(process, signal.SIGKILL)
        assert until(lambda: not server.endpoint.pool.alive)
        assert health(server.endpoint)["status"] == "starting"
        assert until(lambda: server.endpoint.pool.alive, 20)
        assert server.post(SMALL + " # again").status == 200
        assert server.endpoint.pool.process != process


def test_no_process_outlives_the_server(tmp_path: Path) -> None:
    before = descendants(os.getpid())
    with serving(Spec("files", (str(write(tmp_path / "made.nt", 50)),)), Limits(workers=2)) as server:
        assert server.post(SMALL).status == 200
        began = descendants(os.getpid()) - before
        assert len(began) >= 3
    assert until(lambda: not began & descendants(os.getpid()))


def _workers(pid: int) -> set[int]:
    """The descendants that have no children: those that own a graph or a snapshot have workers."""
    return {child for child in descendants(pid) if not descendants(child)}


def _busiest(process: int) -> int:
    """The worker that has run longest of those running, as soon as there is one."""
    found: list[tuple[int, int]] = []

    def looked() -> bool:
        found.extend((ticks, pid) for pid in _workers(process) if (ticks := _running(pid)) is not None)
        return bool(found)

    assert until(looked)
    return max(found)[1]


def _running(pid: int) -> int | None:
    """For how many ticks a process has run; nothing where it waits or has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) if fields[0] == "R" else None
    return None


def policies(server: Server) -> list[int]:
    """How the processes that answer are scheduled; one may end while they are looked at."""
    found: list[int] = []
    for pid in descendants(server.endpoint.pool.process):
        with suppress(ProcessLookupError):
            found.append(os.sched_getscheduler(pid))
    return found


def test_a_query_that_takes_long_gives_way_to_all_others(patient: Server) -> None:
    assert patient.post(SMALL).status == 200
    assert until(lambda: os.SCHED_IDLE not in policies(patient))  # those of tests before have been replaced
    with patient.raw() as client:
        client.sendall(posted(ABUSE["a product counted"][0]))
        assert until(lambda: policies(patient).count(os.SCHED_IDLE) == 1)
    assert until(lambda: os.SCHED_IDLE not in policies(patient))


def test_one_that_only_waits_is_not_made_to_wait_longer(patient: Server) -> None:
    assert until(lambda: os.SCHED_IDLE not in policies(patient))
    asked = patient.endpoint.pool.call("tests.sparql.made:sleep", {}, client="x")
    waiting = asyncio.run_coroutine_threadsafe(asked, patient.loop)
    try:
        assert until(lambda: patient.endpoint.pool.turns.active == 1)
        assert not until(lambda: os.SCHED_IDLE in policies(patient), 0.4)
    finally:
        waiting.cancel()


@pytest.mark.parametrize("kept_open", [True, False])
def test_a_request_leaves_nothing_for_the_collector(server: Server, *, kept_open: bool) -> None:
    """A thousand connections would leave so much that everyone waits while it looks through it."""

    def left() -> int:
        kinds = (Wire, RequestResponseCycle, Saying)
        return sum(isinstance(found, kinds) for found in gc.get_objects())

    gc.collect()
    before = left()
    gc.disable()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        for number in range(20):
            connection.request("POST", "/sparql", f"{SMALL} # {number}", {"Content-Type": DIRECT})
            assert connection.getresponse().read()
            if not kept_open:
                connection.close()
        connection.close()
        assert until(lambda: left() <= before)
    finally:
        gc.enable()
