"""One answer on its way: from a worker, through a spool, to a reader who may be slow or gone."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncGenerator, Callable
from typing import Any

from asylgraf.errors import AnswerCutShort, AsylgrafError, TooLargeAnswer, TooSlow
from asylgraf.sparql.frames import CHUNK, DATA, HEAD, MISTAKE, WHOLE, End, Head, Job, read_head, read_whole
from asylgraf.sparql.hand import Hand, Lost, mistake, spent_by
from asylgraf.sparql.limits import Limits
from asylgraf.sparql.spool import Disk, Spool

_LONG = 0.05
"""After so many seconds of a processor a query gives way to shorter ones and to the endpoint.

It has what they leave, and one that only had to wait for a processor is not made to wait longer.

Its worker cannot come back from that without privileges, and is replaced afterwards.
"""


class Work:
    """A worker busy with one job."""

    def __init__(
        self,
        hand: Hand,
        limits: Limits,
        disk: Disk,
        done: Callable[[Hand, bool], None],
        why: Callable[[], Any],
    ) -> None:
        self.head = Head()
        self.first = b""
        self.whole = False
        self._hand, self._limits, self._disk = hand, limits, disk
        self._done, self._why = done, why
        self._loop = asyncio.get_running_loop()
        self._deadline = self._loop.time() + limits.seconds
        self._beginning = True
        self._tired = False
        self._once = False
        self._over = False
        self._timer = self._loop.call_at(self._deadline, self._is_long)

    async def begin(self, job: Job, patience: float | None = None) -> None:
        """Send the job and wait until the answer is whole or its first chunk is there."""
        self._once = job.once
        self._timer.cancel()
        first = min(self._loop.time() + (_LONG if patience is None else patience), self._deadline)
        self._timer = self._loop.call_at(first, self._is_long)
        try:
            self._hand.send(job)
            await self._read_first()
        except TimeoutError:
            self.drop()
            raise TooSlow(self._too_long) from None
        except Lost:
            raise await self._reason() from None
        except asyncio.CancelledError:
            self.drop()
            raise
        finally:
            self._beginning = False

    @property
    def _too_long(self) -> str:
        return f"The answer took {self._limits.seconds:g} seconds, the limit."

    async def _read_first(self) -> None:
        parts: list[bytes] = []
        size = 0
        while size < CHUNK:
            kind, data = await self._hand.frame()
            if kind == WHOLE:
                self.head, self.first, end = read_whole(data)
                self._ended(end)
                return
            if kind == HEAD:
                self.head = read_head(data)
            elif kind == DATA:
                parts.append(data)
                size += len(data)
            else:
                self._last(kind, data)
                break
        self.first = b"".join(parts)
        if size > self._limits.answer:
            self.drop()
            raise TooLargeAnswer(f"The answer is longer than {self._limits.answer} bytes, the limit.")

    def _last(self, kind: bytes, data: bytes) -> None:
        if kind == MISTAKE:
            told = json.loads(data)
            self._hand.spent = told["spent"]
            self._release(retire=False)
            raise mistake(told)
        self._ended(End(*json.loads(data)))

    def _ended(self, end: End) -> None:
        self.whole = True
        self._hand.spent = end.spent
        self._release(retire=end.retire)

    async def chunks(self) -> AsyncGenerator[bytes]:
        """The answer, piece by piece. It ends early only with an error."""
        whole = self.whole
        yield self.first
        if whole:
            return
        spool = Spool(self._disk)
        pump = asyncio.create_task(self._pump(spool))
        try:
            while chunk := await spool.get():
                yield chunk
        finally:
            pump.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await pump
            spool.close()
            self.drop()

    async def _pump(self, spool: Spool) -> None:
        try:
            async with asyncio.timeout_at(self._deadline):
                await self._move(spool)
        except TimeoutError:
            self.drop()
            spool.end(AnswerCutShort(self._too_long))
        except Lost:
            spool.end(AnswerCutShort((await self._reason()).detail))
        except AsylgrafError as fault:
            self.drop()
            spool.end(AnswerCutShort(fault.detail))

    async def _move(self, spool: Spool) -> None:
        size = len(self.first)
        while True:
            kind, data = await self._hand.frame()
            if kind != DATA:
                self._last(kind, data)
                spool.end()
                return
            size += len(data)
            if size > self._limits.answer:
                raise TooLargeAnswer(f"The answer is longer than {self._limits.answer} bytes, the limit.")
            await spool.put(data)

    def drop(self) -> None:
        """Kill the worker if it still works."""
        self._finish(kill=True)

    def _release(self, *, retire: bool) -> None:
        self._finish(kill=retire or self._tired or self._once)

    def _finish(self, *, kill: bool) -> None:
        if not self._over:
            self._over = True
            self._timer.cancel()
            self._done(self._hand, kill)

    async def _reason(self) -> AsylgrafError:
        found: AsylgrafError = await self._why()
        self.drop()
        return found

    def _is_long(self) -> None:
        """Give way to shorter queries; at the deadline, while nothing has come yet, give up."""
        now, next_look = self._loop.time(), self._deadline
        if now < self._deadline:
            if spent_by(self._hand.pid) - self._hand.spent >= _LONG:
                self._give_way()
            else:
                next_look = min(now + _LONG, self._deadline)
            self._timer = self._loop.call_at(next_look, self._is_long)
        elif self._beginning:
            self._hand.give_up()

    def _give_way(self) -> None:
        self._tired = True
        with contextlib.suppress(OSError):
            os.sched_setscheduler(self._hand.pid, os.SCHED_IDLE, os.sched_param(0))
