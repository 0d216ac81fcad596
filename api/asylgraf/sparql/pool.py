"""The pool: one process that owns the graph, a keeper for each snapshot, and workers that can be killed."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections import Counter, OrderedDict, deque
from collections.abc import Coroutine
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from asylgraf.errors import LimitReached, TooSlow, WorkerLost
from asylgraf.sparql.evaluate import FUNCTION
from asylgraf.sparql.forker import Forker
from asylgraf.sparql.frames import Job
from asylgraf.sparql.hand import Hand
from asylgraf.sparql.limits import Limits
from asylgraf.sparql.sources import Calendar, Day, Spec
from asylgraf.sparql.spool import Disk
from asylgraf.sparql.turns import Turns
from asylgraf.sparql.work import Work

_OPENING = 30.0
"""Seconds that opening a snapshot may take; more, where an answer may."""

_LOOK = 0.05
"""Seconds between looks whether the last answer has gone out."""
_PAUSE = 1.0
"""Seconds between attempts to load the graph again."""
_THINKING = 2.0
"""Seconds until a function of the library gives way: with its worker goes what it has read of a day's law."""
_PATIENCE = 5.0
"""Seconds that the process which owns the graph may take to end."""

_WORDS = FUNCTION.encode()

Key = tuple[str | None, str | None, bool] | str
"""A snapshot, with or without an index of words; or a module of the library."""


class Keeper:
    """A process that holds one snapshot, and its workers."""

    def __init__(self, forker: Forker) -> None:
        self.forker = forker
        self.idle: deque[Hand] = deque()
        self.busy = 0

    @property
    def size(self) -> int:
        """How many workers it has."""
        return self.busy + len(self.idle)

    async def hand(self, memory: int, *, leave: int = 0) -> Hand:
        """A worker that has nothing to do; a new one rather than one of the last that are to be left."""
        while len(self.idle) > leave:
            hand = self.idle.pop()
            if not hand.lost:
                return hand
        return await self.another(memory)

    async def another(self, memory: int) -> Hand:
        """A new worker."""
        pid, near = await self.forker.fork(socket.SOCK_STREAM, memory=memory)
        hand = Hand(pid)
        near.setblocking(False)
        await asyncio.get_running_loop().create_connection(lambda: hand, sock=near)
        return hand

    def close(self) -> None:
        """Let the process and its workers go."""
        for hand in self.idle:
            hand.close()
        self.forker.close()


class Pool:
    """Workers to ask, whoever asks, within the limits."""

    def __init__(self, spec: Spec | None = None, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.turns = Turns(self.limits)
        self.disk = Disk(self.limits.spool)
        self.kills = 0
        self._spec = spec or Spec()
        self._calendar: Calendar | None = None
        self._keepers: OrderedDict[Any, asyncio.Task[Keeper]] = OrderedDict()
        self._early: dict[Key, Keeper] = {}
        """The one that answers from what an earlier run kept, until the law is read."""
        self._process: subprocess.Popen[bytes] | None = None
        self._near: socket.socket | None = None
        self._root: Forker | None = None
        self._opening = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._awaited: Counter[Key] = Counter()
        """How many wait for a keeper: it is not let go between its opening and their taking a worker."""
        self._purposes: dict[str, object] = {}
        self._ready = self._stopped = False

    @property
    def calendar(self) -> Calendar:
        """When the law changes, and what was loaded."""
        if self._calendar is None:
            raise WorkerLost("The graph is not loaded yet.")
        return self._calendar

    @property
    def alive(self) -> bool:
        """Whether the graph is loaded and its process runs."""
        return self._ready and self._root is not None and not self._root.lost

    @property
    def process(self) -> int:
        """The process that owns the graph."""
        return self._process.pid if self._process is not None else 0

    @property
    def snapshots(self) -> int:
        """How many snapshots are kept ready."""
        return len(self._keepers)

    def spawn(self) -> None:
        """Start the process that owns the graph; it loads while the caller goes on."""
        self._near = self._start_process()

    def _start_process(self) -> socket.socket:
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        home = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
        command = [
            sys.executable,
            "-m",
            "asylgraf.sparql.zygote",
            json.dumps(self._spec.to_json()),
            str(far.fileno()),
        ]
        with far:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command,
                pass_fds=(far.fileno(),),
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
        return near

    async def start(self, day: Day | None = None) -> None:
        """Wait until the graph is loaded; with a day, until its first worker is there."""
        async with self._opening:
            await self._open_root()
        if day is not None:
            await self.warm(day)

    async def _open_root(self) -> Forker:
        if self._root is not None and not self._root.lost:
            return self._root
        if self._near is None:
            self._near = self._start_process()
        self._ready = False
        self._root, self._near = Forker(self._near), None
        self._keepers.clear()
        self._early.clear()
        told = await self._root.greeting()
        self._calendar = Calendar.from_json(told["calendar"])
        if "ready" in told:
            await self._open_early(self._root, (told["ready"], None, False))
        self._ready = True
        self._later(self._heal(self._root))
        return self._root

    async def _open_early(self, root: Forker, key: Key) -> None:
        """Answer from what an earlier run kept, until the same day's store is there in memory."""
        with suppress(LimitReached):  # then everyone waits until the law is read
            keeper = await _forked(root, early=True)
            keeper.idle.append(await keeper.another(self.limits.memory))
            self._early[key] = keeper
            self._later(self._fill(keeper, self.limits.hands))
            self._later(self._succeed(key, keeper))

    async def _succeed(self, key: Key, early: Keeper) -> None:
        try:
            later = await self._keeper(key)
            await self._fill(later, self.limits.hands)
        finally:
            self._early.pop(key, None)
            while early.busy:
                await asyncio.sleep(_LOOK)
            early.close()

    async def _heal(self, root: Forker) -> None:
        """Load the graph again when its process ends, without waiting for a question."""
        await root.gone.wait()
        while not self._stopped and not self.alive:
            with suppress(LimitReached):
                await self.start()
            await asyncio.sleep(_PAUSE)

    async def warm(self, day: Day) -> None:
        """Have one worker ready for that snapshot now, and the others soon."""
        if (*day, False) in self._early:
            return
        keeper = await self._keeper((*day, False))
        if not keeper.size:
            keeper.idle.append(await keeper.another(self.limits.memory))
            self._later(self._fill(keeper, self.limits.hands))

    async def prepare(self, module: str, purpose: object) -> None:
        """Have a process ready to run functions of that module; it is told what it prepares for."""
        self._purposes[module] = purpose
        await self._keeper(module)

    async def stop(self) -> None:
        """End every process."""
        for task in list(self._tasks):
            task.cancel()
        for opening in self._keepers.values():
            if opening.done() and not opening.cancelled() and opening.exception() is None:
                opening.result().close()
            opening.cancel()
        for keeper in self._early.values():
            keeper.close()
        self._keepers.clear()
        self._stopped = True
        if self._root is not None:
            self._root.close()
        elif self._near is not None:
            self._near.close()
        if self._process is not None:
            await asyncio.to_thread(_end, self._process)

    async def ask(self, job: Job, *, client: str, day: Day) -> Work:
        """Begin an answer from that snapshot, or from its twin with an index of words if it looks for any."""
        return await self._work(job, client, (*day, _WORDS in job.body))

    async def call(self, function: str, argument: object, *, client: str) -> object:
        """What a function of the library answers, `module:name`, run in a worker under the same limits."""
        work = await self.run(function, argument, client=client)
        body = b"".join([chunk async for chunk in work.chunks()])
        return json.loads(body)

    async def run(self, function: str, argument: object, body: bytes | None = None, *, client: str) -> Work:
        """The same, as it is written; `body`, what a user sent, is the function's second argument."""
        module, _, name = function.partition(":")
        told = json.dumps({"call": name, "argument": argument, "sent": body is not None}).encode()
        return await self._work(Job(told, body or b""), client, module)

    async def _work(self, job: Job, client: str, key: Key) -> Work:
        await self.turns.take(client)
        try:
            keeper, hand = await self._hand(key, client, early=not job.once)
        except BaseException:
            self.turns.give(client)
            raise

        def done(hand: Hand, kill: bool) -> None:
            keeper.busy -= 1
            self.turns.give(client)
            self._put_back(keeper, hand, kill)

        work = Work(hand, self.limits, self.disk, done, lambda: keeper.forker.end_of(hand.pid))
        await work.begin(job, _THINKING if isinstance(key, str) else None)
        return work

    async def _hand(self, key: Key, client: str, *, early: bool) -> tuple[Keeper, Hand]:
        # A fork may take long on a busy machine: whoever has workers already waits for it, not the others.
        leave = self.limits.spares if self.turns.held(client) > 1 else 0
        keeper = (early and self._early.get(key)) or await self._keeper(key)
        keeper.busy += 1
        try:
            return keeper, await keeper.hand(self.limits.memory, leave=leave)
        except BaseException:
            keeper.busy -= 1
            raise

    def _put_back(self, keeper: Keeper, hand: Hand, kill: bool) -> None:
        if not kill and not hand.lost:
            self._add(keeper, hand)
            return
        self.kills += 1
        if not hand.lost:
            keeper.forker.kill(hand.pid)
        hand.close()
        if not keeper.forker.lost:
            self._later(self._fill(keeper, keeper.size + 1))

    def _add(self, keeper: Keeper, hand: Hand) -> None:
        """Keep a worker at hand, if there are not enough already."""
        if keeper.size < self.limits.hands:
            keeper.idle.append(hand)
        else:
            hand.close()

    async def _fill(self, keeper: Keeper, size: int) -> None:
        while keeper.size < min(size, self.limits.hands) and not keeper.forker.lost:
            self._add(keeper, await keeper.another(self.limits.memory))

    async def _keeper(self, key: Key) -> Keeper:
        opening = self._keepers.get(key)
        if opening is None or _failed(opening):
            opening = self._keepers[key] = asyncio.create_task(self._open(key))
            self._evict(key)
        self._keepers.move_to_end(key)
        if opening.done():
            return opening.result()
        self._awaited[key] += 1
        try:
            async with asyncio.timeout(max(_OPENING, self.limits.seconds)):
                return await asyncio.shield(opening)
        except TimeoutError:
            raise TooSlow("The graph of that day could not be made in time.") from None
        finally:
            self._awaited[key] -= 1

    async def _open(self, key: Key) -> Keeper:
        async with self._opening:
            root = await self._open_root()
        return await _forked(root, **self._told(key))

    def _told(self, key: Key) -> dict[str, Any]:
        if isinstance(key, str):
            return {"module": key, "for": self._purposes.get(key)}
        today = self._spec.today
        keep = today is not None and key == (*self.calendar.key(date.fromisoformat(today), None), False)
        return {"on": key[0], "known": key[1], "words": key[2], "keep": keep}

    def _evict(self, newest: Key) -> None:
        for key, opening in list(self._keepers.items()):
            if len(self._keepers) <= self.limits.snapshots:
                return
            wanted = key == newest or self._awaited[key] or not opening.done()
            if not wanted and (_failed(opening) or not opening.result().busy):
                del self._keepers[key]
                if not _failed(opening):
                    opening.result().close()

    def _later(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # a keeper that went meanwhile; the next question opens another


async def _forked(root: Forker, **told: object) -> Keeper:
    """A keeper that was told this, once it is ready."""
    _, near = await root.fork(socket.SOCK_SEQPACKET, **told)
    keeper = Keeper(Forker(near))
    await keeper.forker.greeting()
    return keeper


def _end(process: subprocess.Popen[bytes]) -> None:
    """Wait for a process, but not for ever."""
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _failed(opening: asyncio.Task[Keeper]) -> bool:
    return opening.done() and (
        opening.cancelled() or opening.exception() is not None or opening.result().forker.lost
    )
