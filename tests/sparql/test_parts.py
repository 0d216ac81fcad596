"""The parts of the pool by themselves: turns, spool, memory."""

from __future__ import annotations

import asyncio

import pytest
from tests.threads import in_a_thread

from asylgraf.errors import AnswerCutShort, TooBusy, TooComplexQuery, TooMuchMemory, WorkerLost
from asylgraf.sparql.cache import Cache, Kept
from asylgraf.sparql.forker import reason
from asylgraf.sparql.frames import CHUNK
from asylgraf.sparql.limits import Limits
from asylgraf.sparql.spool import KEPT, Disk, Spool
from asylgraf.sparql.turns import Turns


def test_turns_go_round_the_clients() -> None:
    async def play() -> list[str]:
        turns, order = Turns(Limits(workers=1)), []

        async def user(client: str) -> None:
            await turns.take(client)
            order.append(client)
            await asyncio.sleep(0)
            turns.give(client)

        await turns.take("first")
        users = [asyncio.create_task(user(client)) for client in "aaabbc"]
        await asyncio.sleep(0)
        turns.give("first")
        await asyncio.gather(*users)
        assert (turns.active, turns.queued) == (0, 0)
        return order

    assert in_a_thread(play()) == list("abcaba")


def test_who_leaves_the_queue_takes_no_turn() -> None:
    async def play() -> None:
        turns = Turns(Limits(workers=1))
        await turns.take("a")
        leaving = asyncio.create_task(turns.take("b"))
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.wait({leaving})
        turns.give("a")
        assert (turns.active, turns.queued) == (0, 0)

    in_a_thread(play())


def test_a_client_fills_its_own_part_of_the_queue_only() -> None:
    async def play() -> None:
        turns = Turns(Limits(workers=1, queue=3, client_queue=1, seconds=0.05))
        await turns.take("a")
        waiting = [asyncio.create_task(turns.take(client)) for client in "ab"]
        await asyncio.sleep(0)
        with pytest.raises(TooBusy):
            await turns.take("a")
        assert turns.queued == 2
        for outcome in await asyncio.gather(*waiting, return_exceptions=True):
            assert isinstance(outcome, TooBusy)
        assert turns.queued == 0

    in_a_thread(play())


def test_a_spool_keeps_order_through_memory_and_disk() -> None:
    async def play() -> None:
        disk = Disk(KEPT * 4)
        spool = Spool(disk)
        chunks = [bytes([number]) * CHUNK for number in range(40)]
        for chunk in chunks[:30]:
            await spool.put(chunk)
        assert disk.used == 30 * CHUNK - KEPT
        read = await spool.get()
        for chunk in chunks[30:]:
            await spool.put(chunk)
        spool.end()
        while chunk := await spool.get():
            read += chunk
        assert read == b"".join(chunks)
        assert disk.used == 0

    in_a_thread(play())


def test_a_fault_comes_after_what_was_put_before_it() -> None:
    async def play() -> None:
        spool = Spool(Disk(0))
        await spool.put(b"a")
        spool.end(AnswerCutShort("The reader left."))
        assert await spool.get() == b"a"
        with pytest.raises(AnswerCutShort):
            await spool.get()

    in_a_thread(play())


def test_a_full_disk_makes_the_writer_wait() -> None:
    async def play() -> None:
        disk = Disk(CHUNK)
        spool = Spool(disk)
        for _ in range(KEPT // CHUNK + 1):
            await spool.put(b"x" * CHUNK)
        writer = asyncio.create_task(spool.put(b"y" * CHUNK))
        await asyncio.sleep(0.05)
        assert not writer.done()
        for _ in range(KEPT // CHUNK + 1):
            await spool.get()
        await asyncio.wait_for(writer, 1)
        spool.close()
        assert disk.used == 0

    in_a_thread(play())


def test_memory_keeps_what_was_asked_last_within_its_bound() -> None:
    cache = Cache(4000)
    for name in "abc":
        cache.put(name, Kept((), b"x" * 1000, b""))
    cache.put("too long", Kept((), b"x" * 5000, b""))
    assert [name for name in ("a", "b", "c", "too long") if cache.get(name)] == ["b", "c"]
    assert cache.used <= 4000


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        (9, "", TooMuchMemory),
        (6, "memory allocation of 8 bytes failed", TooMuchMemory),
        (1 << 8, "MemoryError", TooMuchMemory),
        (11, "", TooComplexQuery),
        (6, "thread panicked", WorkerLost),
        (1 << 8, "pyo3_runtime.PanicException: index", WorkerLost),
    ],
)
def test_a_crash_is_no_lack_of_memory(status: int, said: str, kind: type[Exception]) -> None:
    assert type(reason(status, said)) is kind
