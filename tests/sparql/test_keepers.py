"""Who keeps a snapshot ready stays until those who wait for it have a worker of it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import cast

from asylgraf.sparql.limits import Limits
from asylgraf.sparql.pool import Keeper, Key, Pool


class Kept:
    """A keeper without a process, which gives workers until it is closed."""

    def __init__(self) -> None:
        self.busy = 0
        self.forker = SimpleNamespace(lost=False)

    async def hand(self, _memory: int, *, leave: int = 0) -> int:
        assert not self.forker.lost
        return leave

    def close(self) -> None:
        self.forker.lost = True


async def _asked() -> Keeper:
    """Who gave a worker of a snapshot, asked for while another snapshot takes the only place there is."""
    pool = Pool(limits=Limits(snapshots=1))
    kept = cast(Keeper, Kept())

    async def opened(key: Key) -> Keeper:  # noqa: ARG001 - it is called by that name
        await asyncio.sleep(0)
        return kept

    pool._open = opened  # type: ignore[method-assign]
    asked = asyncio.create_task(pool._hand("one", "a user", early=False))
    await asyncio.sleep(0)
    pool._keepers["one"].add_done_callback(lambda _: pool._evict("another"))
    pool._keepers["another"] = asyncio.create_task(opened("another"))
    keeper, _ = await asked
    return keeper


def test_a_snapshot_is_not_let_go_before_who_waited_for_it_has_a_worker() -> None:
    with ThreadPoolExecutor(1) as apart:  # beside the loop that browser tests leave
        keeper = apart.submit(asyncio.run, _asked()).result()
    assert keeper.busy == 1
    assert not keeper.forker.lost
