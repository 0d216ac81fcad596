"""Functions of the library in workers: what is sent reaches them as it came, and their faults stay untold."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

import pytest
from tests.sparql.conftest import Server, until

from asylgraf.errors import TooMuchMemory, TooSlow, WorkerLost

MODULE = "tests.sparql.made"


def told(server: Server, coroutine: Coroutine[Any, Any, object]) -> object:
    return asyncio.run_coroutine_threadsafe(coroutine, server.loop).result(20)


def called(server: Server, function: str, argument: object) -> object:
    pool = server.endpoint.pool
    return told(server, pool.call(f"{MODULE}:{function}", argument, client="x"))


def test_a_library_function_runs_in_a_worker(plain: Server) -> None:
    assert called(plain, "count_words", {"text": "one two three"}) == {"words": 3}


def test_what_was_sent_reaches_the_function_and_its_answer_comes_as_written(plain: Server) -> None:
    async def run() -> tuple[str, bytes]:
        body = b"\xff" * 3_000_000
        work = await plain.endpoint.pool.run(f"{MODULE}:echo", 2, body, client="x")
        return work.head.media, b"".join([chunk async for chunk in work.chunks()])

    assert told(plain, run()) == ("text/plain", b"\xff" * 6_000_000)


def test_functions_of_one_module_share_a_keeper(plain: Server) -> None:
    called(plain, "count_words", {"text": ""})
    kept = plain.endpoint.pool.snapshots
    called(plain, "count_letters", {"text": "abc"})
    assert plain.endpoint.pool.snapshots == kept


def test_a_fault_is_told_without_what_was_sent(plain: Server, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(WorkerLost) as lost:
        called(plain, "fail", {"text": "a secret"})
    assert "secret" not in str(lost.value) + caplog.text
    assert "KeyError" in caplog.text
    assert called(plain, "count_words", {"text": "one"}) == {"words": 1}


@pytest.mark.parametrize(("function", "limit"), [("sleep", TooSlow), ("hoard", TooMuchMemory)])
def test_the_limits_of_queries_hold_for_functions_too(
    plain: Server, function: str, limit: type[Exception]
) -> None:
    with pytest.raises(limit):
        called(plain, function, {})
    assert until(lambda: plain.endpoint.pool.turns.active == 0)
