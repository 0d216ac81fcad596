"""The near end of a process that forks: ask it for children, hear how they ended."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import signal
import socket
from collections import deque
from typing import Any

from asylgraf.errors import AsylgrafError, TooComplexQuery, TooMuchMemory, WorkerLost
from asylgraf.sparql.hand import mistake

log = logging.getLogger("asylgraf.sparql")

_MESSAGE = 1 << 18
_REMEMBERED = 64
"""How many ends to keep that nobody asked for yet: the news may come before the lost socket is noticed."""
_PLACE = re.compile(r'asylgraf/([\w/]+\.py)", line (\d+)')
_KIND = re.compile(r"\n([\w.]+)(?:[:\n]|$)")


class Forker:
    """A channel to a process that forks."""

    def __init__(self, channel: socket.socket) -> None:
        channel.setblocking(False)
        self._channel = channel
        self._forks: deque[asyncio.Future[int]] = deque()
        self._ends: dict[int, asyncio.Future[AsylgrafError]] = {}
        self._ended: dict[int, AsylgrafError] = {}
        self._greeting: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.lost = False
        self.gone = asyncio.Event()
        asyncio.get_running_loop().add_reader(channel, self._hear)

    async def greeting(self) -> dict[str, Any]:
        """What the process says when it is ready; its mistake if it found one."""
        message = await asyncio.shield(self._greeting)
        if "error" in message:
            raise mistake(message["error"])
        return message

    async def fork(self, kind: socket.SocketKind, **message: object) -> tuple[int, socket.socket]:
        """A new child and a socket to it."""
        if self.lost:
            raise WorkerLost("The process that holds the graph has ended.")
        near, far = socket.socketpair(socket.AF_UNIX, kind)
        place: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._forks.append(place)
        with far:
            socket.send_fds(self._channel, [json.dumps(message).encode()], [far.fileno()])
        try:
            return await place, near
        except BaseException:
            near.close()
            raise

    def kill(self, pid: int) -> None:
        """End a child now."""
        if not self.lost:
            self._channel.send(json.dumps({"kill": pid}).encode())

    async def end_of(self, pid: int) -> AsylgrafError:
        """Why a child ended."""
        if self.lost:
            return WorkerLost("The process that holds the graph has ended.")
        if pid in self._ended:
            return self._ended.pop(pid)
        try:
            async with asyncio.timeout(5):
                return await self._ends.setdefault(pid, asyncio.get_running_loop().create_future())
        except TimeoutError:
            return WorkerLost("The worker ended without a word.")
        finally:
            self._ends.pop(pid, None)

    def close(self) -> None:
        """Let the process go; it ends with its children."""
        if not self.lost:
            self._lose()

    def _hear(self) -> None:
        try:
            data = self._channel.recv(_MESSAGE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._take(json.loads(data))
        else:
            self._lose()

    def _take(self, message: dict[str, Any]) -> None:
        if "gone" in message:
            self._end(message["gone"], reason(message["status"], message["said"]))
        elif "pid" in message:
            self._ended.pop(message["pid"], None)
            place = self._forks.popleft()
            if place.cancelled():
                self.kill(message["pid"])
            else:
                place.set_result(message["pid"])
        elif not self._greeting.done():
            self._greeting.set_result(message)

    def _end(self, pid: int, why: AsylgrafError) -> None:
        end = self._ends.get(pid)
        if end is None:
            self._ended[pid] = why
            if len(self._ended) > _REMEMBERED:
                del self._ended[next(iter(self._ended))]
        elif not end.done():
            end.set_result(why)

    def _lose(self) -> None:
        self.lost = True
        self.gone.set()
        asyncio.get_running_loop().remove_reader(self._channel)
        self._channel.close()
        ended = WorkerLost("The process that holds the graph has ended.")
        for place in self._forks:
            if not place.done():
                place.set_exception(ended)
        for end in self._ends.values():
            if not end.done():
                end.set_result(ended)
        if not self._greeting.done():
            self._greeting.set_exception(ended)
            self._greeting.exception()


def reason(status: int, said: str) -> AsylgrafError:
    """What a wait status and last words mean. A crash is not a lack of memory."""
    fatal = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    out_of_memory = "memory allocation" in said or "MemoryError" in said
    if fatal == signal.SIGKILL or out_of_memory:
        return TooMuchMemory("The query needs more memory than one query may take.")
    if fatal in (signal.SIGSEGV, signal.SIGBUS):
        return TooComplexQuery("The engine ran out of stack: the query nests or chains too much.")
    if status or said:  # else it was let go
        log.error(json.dumps({"worker ended": status, **last_words(said)}))
    return WorkerLost("The worker failed at this; the server's log says where.")


def last_words(said: str) -> dict[str, object]:
    """What of a traceback may be told: the lines of the program and the kind of fault, not its message."""
    kind = _KIND.search(said.rpartition('  File "')[2])
    places = [f"{file}:{line}" for file, line in _PLACE.findall(said)]
    return {"unforeseen": kind[1] if kind else None, "where": places[-8:]}
