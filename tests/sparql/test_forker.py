"""Why a worker ended is told, whichever is noticed first: its end or the loss of its socket."""

from __future__ import annotations

import asyncio
import json
import signal
import socket

from tests.threads import in_a_thread

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


def test_an_end_that_is_told_before_it_is_asked_for_is_remembered() -> None:
    assert isinstance(in_a_thread(end_told(before_it_is_asked=True)), TooComplexQuery)


def test_an_end_that_is_told_after_it_is_asked_for_is_heard() -> None:
    assert isinstance(in_a_thread(end_told(before_it_is_asked=False)), TooComplexQuery)
