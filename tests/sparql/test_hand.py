"""A worker that answers at its deadline keeps nothing of it for its next job."""

from __future__ import annotations

import asyncio
import socket

import pytest
from tests.threads import in_a_thread

from asylgraf.sparql.frames import DATA, PREFIX, Job
from asylgraf.sparql.hand import Hand


async def next_frame_after_a_late_one() -> bytes:
    """What comes of a second job, after the answer to the first came as its deadline passed."""
    near, far = socket.socketpair()
    near.setblocking(False)
    hand = Hand(0)
    await asyncio.get_running_loop().create_connection(lambda: hand, sock=near)
    with far:
        hand.send(Job(b"{}"))
        hand.data_received(PREFIX.pack(DATA, 5) + b"first")
        hand.give_up()
        assert await hand.frame() == (DATA, b"first")
        with pytest.raises(TimeoutError):
            await hand.frame()
        hand.send(Job(b"{}"))
        later = asyncio.create_task(hand.frame())
        await asyncio.sleep(0)
        hand.data_received(PREFIX.pack(DATA, 6) + b"second")
        _, data = await later
        hand.close()
    return data


def test_a_deadline_that_passed_as_the_answer_came_is_not_the_next_one_s() -> None:
    assert in_a_thread(next_frame_after_a_late_one()) == b"second"
