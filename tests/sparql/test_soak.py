"""The endpoint under abuse for ten minutes (`make soak`): others are served, and memory returns."""

from __future__ import annotations

import http.client
import itertools
import os
import time
from pathlib import Path

import pytest
from tests.bench.processes import descendants
from tests.sparql.conftest import serving, until
from tests.sparql.made import ABUSE, write
from tests.sparql.test_survival import GIANT, Polite, is_quiet

from asylgraf.sparql.limits import MIB, Limits
from asylgraf.sparql.sources import Spec

SECONDS = float(os.environ.get("SOAK_SECONDS", "600"))
LIMITS = Limits(workers=4, seconds=2.0, memory=256 * MIB, answer=24 * MIB)
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident(pids: set[int]) -> int:
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE for pid in pids)


@pytest.mark.slow
def test_abuse_at_length(tmp_path: Path) -> None:
    data = write(tmp_path / "made.nt")
    with serving(Spec("files", (str(data),)), LIMITS) as server:
        time.sleep(1)
        before, end = resident(descendants(os.getpid())), time.monotonic() + SECONDS
        queries = itertools.cycle([GIANT, *(query for query, _ in ABUSE.values())])
        with Polite(server) as polite:
            while time.monotonic() < end:
                try:
                    server.post(next(queries))
                except (ConnectionError, http.client.IncompleteRead):
                    continue
        assert {answer.status for answer in polite.answers} == {200}
        assert until(lambda: is_quiet(server))
        assert until(lambda: resident(descendants(os.getpid())) < before + LIMITS.memory)
