"""The endpoint at length (`make soak`): the limits hold in time, others are served, and memory returns.

The server is a process of its own, as it is when it serves. Ten minutes of abuse and 20 000 made-up requests;
SOAK_SECONDS sets another time.
"""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from tests.bench.endpoints import Endpoint, started
from tests.bench.processes import descendants, memory_of
from tests.sparql.abuse import GIANT, Mob, Polite
from tests.sparql.conftest import Client, until
from tests.sparql.made import ABUSE, write

SECONDS = float(os.environ.get("SOAK_SECONDS", "600"))
WORKERS, LIMIT, MEMORY = 4, 2.0, 256
OVERRUN, PATIENCE = 0.5, 0.25
"""Seconds by which a limit may be overrun, and that a small query of someone else may take meanwhile."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    data = write(tmp_path_factory.mktemp("made") / "made.nt")
    options = f"--workers {WORKERS} --timeout {LIMIT} --memory {MEMORY}".split()
    with started("asylgraf", data, *options) as endpoint:
        yield endpoint


@pytest.fixture
def client(endpoint: Endpoint) -> Client:
    return Client(urlsplit(endpoint.address).port or 0)


def is_quiet(client: Client) -> bool:
    told = json.loads(client.send("GET", "/health").body)
    return (told["running"], told["waiting"]) == (0, 0)


@pytest.mark.parametrize("name", ["a giant result", *ABUSE])
def test_each_limit_holds_in_time_and_others_wait_for_nothing(client: Client, name: str) -> None:
    query = ABUSE[name][0] if name in ABUSE else GIANT
    with Polite(client) as polite:
        time.sleep(0.2)
        began = time.perf_counter()
        with suppress(http.client.IncompleteRead, ConnectionError):  # cut, or refused before it was read
            client.post(query)
        took = time.perf_counter() - began
    assert took < LIMIT + OVERRUN
    assert max(polite.times) < PATIENCE
    assert until(lambda: is_quiet(client))


def test_abuse_at_length(endpoint: Endpoint, client: Client) -> None:
    before = memory_of(endpoint.process)
    with Polite(client) as polite:
        mob = Mob(client)
        mob.rage(SECONDS)
    assert mob.statuses <= {200, 400, 413, 503, 504, 507}
    assert {answer.status for answer in polite.answers} == {200}
    assert len({answer.body for answer in polite.answers}) == 1
    assert until(lambda: is_quiet(client))
    assert until(lambda: memory_of(endpoint.process) < before + (MEMORY << 20), 30)
    assert until(lambda: len(descendants(endpoint.process)) <= WORKERS + 2)
    assert sorted(polite.times)[int(len(polite.times) * 0.999)] < PATIENCE
