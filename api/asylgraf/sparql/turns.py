"""Whose turn it is: a bounded queue that serves clients in rotation, so that no one waits behind a pile."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque

from asylgraf.errors import TooBusy
from asylgraf.sparql.limits import Limits


class Turns:
    """Slots for running queries, and the clients who wait for one."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._running: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._late: deque[tuple[float, asyncio.Future[None]]] = deque()
        """Until when each may wait, the first to come first; one timer looks at them all."""
        self._sweeping = False
        self.active = 0
        self.queued = 0

    async def take(self, client: str) -> None:
        """Wait for a slot; refuse when the queue, or the client's part of it, is full."""
        if self._free(client) and client not in self._waiting:
            self._start(client)
            return
        queue = self._waiting.get(client, deque())
        if self.queued >= self._limits.queue or len(queue) >= self._limits.client_queue:
            raise TooBusy("All workers are taken and the queue is full; try again in a few seconds.")
        await self._wait(client)

    async def _wait(self, client: str) -> None:
        loop = asyncio.get_running_loop()
        ticket: asyncio.Future[None] = loop.create_future()
        while self._late and self._late[0][1].done():
            self._late.popleft()
        self._late.append((loop.time() + self._limits.seconds, ticket))
        if not self._sweeping:
            self._sweep(loop)
        self._waiting.setdefault(client, deque()).append(ticket)
        self.queued += 1
        try:
            await ticket
        except TimeoutError:
            self._leave(client, ticket)
            raise TooBusy("No worker became free in time; try again in a few seconds.") from None
        except asyncio.CancelledError:
            self._leave(client, ticket)
            raise

    def _sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        """Send away who has waited too long, and come back when the next one will have."""
        while self._late and (self._late[0][1].done() or self._late[0][0] <= loop.time()):
            _expire(self._late.popleft()[1])
        self._sweeping = bool(self._late)
        if self._sweeping:
            loop.call_at(self._late[0][0], self._sweep, loop)

    def _leave(self, client: str, ticket: asyncio.Future[None]) -> None:
        if ticket.done() and not ticket.cancelled() and not ticket.exception():
            self.give(client)  # the slot came in the same moment
            return
        queue = self._waiting.get(client)
        if queue and ticket in queue:
            queue.remove(ticket)
            self.queued -= 1
            if not queue:
                del self._waiting[client]

    def held(self, client: str) -> int:
        """How many slots a client holds."""
        return self._running[client]

    def give(self, client: str) -> None:
        """Give a slot back; the next client in rotation gets it."""
        self.active -= 1
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        for other in list(self._waiting):
            if self._free(other):
                self._call(other)
                return

    def _call(self, client: str) -> None:
        queue = self._waiting.pop(client)
        ticket = queue.popleft()
        self.queued -= 1
        if queue:
            self._waiting[client] = queue  # to the end of the rotation
        self._start(client)
        if ticket.done():
            self.give(client)
        else:
            ticket.set_result(None)

    def _free(self, client: str) -> bool:
        return self.active < self._limits.workers and self._running[client] < self._limits.client_workers

    def _start(self, client: str) -> None:
        self.active += 1
        self._running[client] += 1


def _expire(ticket: asyncio.Future[None]) -> None:
    if not ticket.done():
        ticket.set_exception(TimeoutError())
