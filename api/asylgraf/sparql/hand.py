"""A worker as the endpoint sees it: a socket on which one answer at a time comes back."""

from __future__ import annotations

import asyncio
import json
import os
from collections import deque
from pathlib import Path
from typing import Any, cast

import asylgraf.errors
from asylgraf.errors import AsylgrafError
from asylgraf.sparql.frames import PREFIX, Job, job_frame

_HIGH, _LOW = 1 << 20, 1 << 18
_TICKS = os.sysconf("SC_CLK_TCK")


class Lost(Exception):
    """The worker's process ended."""


class Hand(asyncio.Protocol):
    """One worker process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.lost = False
        self.spent = 0.0
        """Seconds of a processor that it had when it last said so."""
        self._transport: asyncio.Transport | None = None
        self._bytes = bytearray()
        self._frames: deque[tuple[bytes, bytes]] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._held = 0
        self._paused = False
        self._late = False
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is there."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take frames apart; a short answer comes in one piece."""
        if not self._bytes and len(data) >= PREFIX.size:
            kind, length = PREFIX.unpack_from(data)
            if len(data) == PREFIX.size + length:
                self._frames.append((kind, data[PREFIX.size :]))
                self._held += length
                self._wake()
                return
        self._take_apart(data)

    def _take_apart(self, data: bytes) -> None:
        self._bytes += data
        at, size = 0, len(self._bytes)
        while size - at >= PREFIX.size:
            kind, length = PREFIX.unpack_from(self._bytes, at)
            if size - at - PREFIX.size < length:
                break
            start = at + PREFIX.size
            at = start + length
            self._frames.append((kind, bytes(self._bytes[start:at])))
            self._held += length
        del self._bytes[:at]
        self._press()
        self._wake()

    def connection_lost(self, _: Exception | None) -> None:
        """The worker has ended."""
        self.lost = True
        self._wake()

    def _press(self) -> None:
        transport = self._transport
        if transport is None or self.lost:
            return
        if not self._paused and self._held > _HIGH:
            self._paused = True
            transport.pause_reading()
        elif self._paused and self._held < _LOW:
            self._paused = False
            transport.resume_reading()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def send(self, job: Job) -> None:
        """Give the worker its job."""
        if self._transport is None or self.lost:
            raise Lost
        self._late = False  # what came just as the deadline of the last job passed was taken all the same
        self._transport.write(job_frame(job))

    def give_up(self) -> None:
        """Let who waits for a frame wait no more: its deadline has passed."""
        self._late = True
        self._wake()

    async def frame(self) -> tuple[bytes, bytes]:
        """The next frame of the answer; TimeoutError when its deadline has passed."""
        while not self._frames:
            if self.lost:
                raise Lost
            if self._late:
                raise TimeoutError
            self._waiter = self._loop.create_future()
            try:
                await self._waiter
            finally:
                self._waiter = None
        kind, data = self._frames.popleft()
        self._held -= len(data)
        if self._paused:
            self._press()
        return kind, data

    def close(self) -> None:
        """Let the worker go."""
        if self._transport is not None:
            self._transport.abort()


def spent_by(pid: int) -> float:
    """Seconds of a processor that a process has had; none if it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def mistake(data: bytes | dict[str, Any]) -> AsylgrafError:
    """The error that another process found, as it was there."""
    told = json.loads(data) if isinstance(data, bytes) else data
    found = getattr(asylgraf.errors, told["class"])
    error: AsylgrafError = found.__new__(found)
    Exception.__init__(error, told["state"]["detail"])
    vars(error).update(told["state"])
    return error
