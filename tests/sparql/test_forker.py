"""Why a worker ended is told, whichever is noticed first: its end or the loss of its socket."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asylgraf.errors import AsylgrafError, TooComplexQuery
from asylgraf.sparql.forker import Forker

CRASH = {"gone": 7, "status": int(signal.SIGSEGV), "said": ""}


async def end_told(*, before_it_is_asked: bool) -> AsylgrafError:
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    forker = Forker(near)
    with far:
        asked = None if before_it_is_asked else asyncio.ensure_future(forker.end_of(7))
        await asyncio.sleep(0.01)
        far.send(json.dumps(CRASH).encode())
        await asyncio.sleep(0.01)
        end = await (asked or forker.end_of(7))
        forker.close()
    return end


def in_a_thread(told: Coroutine[Any, Any, AsylgrafError]) -> AsylgrafError:
    """What is told, in a thread without the event loop that browser tests leave running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, told).result()


def test_an_end_that_is_told_before_it_is_asked_for_is_remembered() -> None:
    assert isinstance(in_a_thread(end_told(before_it_is_asked=True)), TooComplexQuery)


def test_an_end_that_is_told_after_it_is_asked_for_is_heard() -> None:
    assert isinstance(in_a_thread(end_told(before_it_is_asked=False)), TooComplexQuery)
