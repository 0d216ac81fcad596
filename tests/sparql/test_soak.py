"""The endpoint at length (`make soak`): the limits hold in time, others are served, and memory returns.

The server is a process of its own, as it is when it serves, and so is who asks politely meanwhile.
Ten minutes of everything at once; SOAK_SECONDS sets another time. What was measured is printed in any case.
"""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from tests.bench.endpoints import Endpoint, started
from tests.bench.processes import descendants, memory_of
from tests.sparql.abuse import GIANT, Mob
from tests.sparql.conftest import Client, until
from tests.sparql.made import ABUSE, write
from tests.sparql.polite import Polite

from asylgraf.sparql.limits import MIB, Limits

SECONDS = float(os.environ.get("SOAK_SECONDS", "600"))
LIMITS = Limits(workers=4, seconds=2.0, memory=256 * MIB)
OVERRUN, PATIENCE = 0.5, 0.25
"""Seconds by which a limit may be overrun, and that a small query of someone else may take meanwhile."""
CUT = "cut short"

pytestmark = pytest.mark.slow

Tell = Callable[..., None]


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Print a line of the table, whatever pytest captures."""

    def told(name: str, *columns: str) -> None:
        with capsys.disabled():
            print(f"\n{name:40}", *columns, end="")  # noqa: T201

    return told


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    data = write(tmp_path_factory.mktemp("made") / "made.nt")
    told = f"--workers {LIMITS.workers} --timeout {LIMITS.seconds} --memory {LIMITS.memory // MIB}"
    with started("asylgraf", data, *told.split()) as endpoint:
        yield endpoint


@pytest.fixture
def client(endpoint: Endpoint) -> Client:
    return Client(urlsplit(endpoint.address).port or 0)


def is_quiet(client: Client) -> bool:
    told = json.loads(client.send("GET", "/health").body)
    return (told["running"], told["waiting"]) == (0, 0)


def politely(polite: Polite) -> str:
    """How long others waited."""
    p50, p99, most = (f"{1000 * polite.within(share):5.0f}" for share in (0.5, 0.99, 1))
    return f"others: {len(polite.times):6} answers, ms p50 {p50} p99 {p99} slowest {most}"


@pytest.mark.parametrize("name", ["a giant result", *ABUSE])
def test_each_limit_holds_in_time_and_others_wait_for_nothing(client: Client, tell: Tell, name: str) -> None:
    query = ABUSE[name][0] if name in ABUSE else GIANT
    end = CUT
    with Polite(client.port) as polite:
        time.sleep(0.2)
        began = time.perf_counter()
        with suppress(http.client.IncompleteRead, ConnectionError):  # cut, or refused before it was read
            end = str(client.post(query).status)
        took = time.perf_counter() - began
    tell(name, f"{end:9} after {took:5.2f} s;", politely(polite))
    assert polite.statuses.keys() == {"200"}
    assert took < LIMITS.seconds + OVERRUN
    assert max(polite.times) < PATIENCE
    assert until(lambda: is_quiet(client))


def test_abuse_at_length(endpoint: Endpoint, client: Client, tell: Tell) -> None:
    before = memory_of(endpoint.process)
    with Polite(client.port) as polite:
        mob, began = Mob(client), time.monotonic()
        mob.rage(SECONDS)
    tell(f"everything for {time.monotonic() - began:.0f} s", politely(polite))
    tell("what was done", str({work.strip("_"): number for work, number in mob.done.items()}))
    tell("how it ended", str(sorted(mob.statuses)))
    quiet = until(lambda: is_quiet(client))
    returned = until(lambda: memory_of(endpoint.process) < before + LIMITS.memory, 30)
    workers = until(lambda: len(descendants(endpoint.process)) <= LIMITS.hands + 2)
    after = memory_of(endpoint.process)
    tell("memory", f"{before >> 20} MiB before, {after >> 20} MiB after;", f"quiet again: {quiet}")
    tell("processes", f"{len(descendants(endpoint.process))} at the end")
    assert quiet
    assert returned
    assert workers
    assert mob.statuses <= {200, 400, 413, 503, 504, 507}
    assert polite.statuses.keys() == {"200"}
    assert polite.bodies == 1
    assert max(polite.times) < PATIENCE
