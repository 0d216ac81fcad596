"""The endpoint at length (`make soak`): the limits hold in time, others are served, and memory returns.

Ten minutes of abuse; SOAK_SECONDS sets another time.
"""

from __future__ import annotations

import http.client
import os
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from tests.bench.processes import descendants, memory_of
from tests.sparql.abuse import GIANT, Mob, Polite
from tests.sparql.conftest import Server, serving, until
from tests.sparql.made import ABUSE, write
from tests.sparql.test_survival import is_quiet

from asylgraf.sparql.limits import MIB, Limits
from asylgraf.sparql.sources import Spec

SECONDS = float(os.environ.get("SOAK_SECONDS", "600"))
LIMITS = Limits(workers=4, seconds=2.0, memory=256 * MIB, answer=24 * MIB)
OVERRUN, PATIENCE = 0.5, 0.25
"""Seconds by which a limit may be overrun, and that a small query of someone else may take meanwhile."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = write(tmp_path_factory.mktemp("made") / "made.nt")
    with serving(Spec("files", (str(data),)), LIMITS) as server:
        yield server


@pytest.mark.parametrize("name", ["a giant result", *ABUSE])
def test_each_limit_holds_in_time_and_others_wait_for_nothing(server: Server, name: str) -> None:
    query = ABUSE[name][0] if name in ABUSE else GIANT
    with Polite(server) as polite:
        time.sleep(0.2)
        began = time.perf_counter()
        with suppress(http.client.IncompleteRead, ConnectionError):  # cut, or refused before it was read
            server.post(query)
        took = time.perf_counter() - began
    assert took < LIMITS.seconds + OVERRUN
    assert max(polite.times) < PATIENCE
    assert until(lambda: is_quiet(server))


def test_abuse_at_length(server: Server) -> None:
    before = memory_of(os.getpid())
    with Polite(server) as polite:
        mob = Mob(server)
        mob.rage(SECONDS)
    assert mob.statuses <= {200, 400, 413, 503, 504, 507}
    assert {answer.status for answer in polite.answers} == {200}
    assert len({answer.body for answer in polite.answers}) == 1
    assert until(lambda: is_quiet(server))
    assert until(lambda: memory_of(os.getpid()) < before + LIMITS.memory, 30)
    assert len(descendants(server.endpoint.pool.process)) <= LIMITS.workers + 1
    assert sorted(polite.times)[int(len(polite.times) * 0.999)] < PATIENCE
