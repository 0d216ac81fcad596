"""The process that owns the graph.

It loads once, stays single-threaded, and forks: a keeper for each snapshot, which forks the workers that
answer from it. A fork shares all pages, so a killed worker costs milliseconds, not a reload.

    python -m asylgraf.sparql.zygote SPEC DESCRIPTOR    with a SOCK_SEQPACKET channel as that descriptor
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pyoxigraph as ox

from asylgraf.errors import AsylgrafError
from asylgraf.sparql import ready
from asylgraf.sparql.answering import About, Answering
from asylgraf.sparql.evaluate import Functions, word_functions
from asylgraf.sparql.lint import Lint
from asylgraf.sparql.ready import Ready
from asylgraf.sparql.shelf import Shelf
from asylgraf.sparql.sources import Calendar, Source, Spec
from asylgraf.sparql.worker import call_service, tie_to_parent, work

STACK = 64 << 20
"""Bytes of stack: the engine recurses on nested queries."""
_MESSAGE = 1 << 16
_LAST = 8 << 10
"""Bytes of a child's last words that are told."""

Child = Callable[[dict[str, Any], socket.socket], None]


class ForkServer:
    """Forks a child for each descriptor that comes over the channel, and reports how each one ended."""

    def __init__(self, channel: socket.socket, child: Child) -> None:
        self._channel = channel
        self.child = child
        self._said: dict[int, int] = {}
        self._wake, self._waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waker)

    def tell(self, **message: object) -> None:
        """Say something to the endpoint."""
        self._channel.send(json.dumps(message).encode())

    def run(self) -> None:
        """Serve until the endpoint goes."""
        with suppress(ConnectionError):
            while self._serve():
                pass

    def serve_one(self) -> None:
        """Fork the first child, before it is ready for others."""
        self._hear()

    def _serve(self) -> bool:
        waiting: list[socket.socket | int] = [self._channel, self._wake]
        ready = select.select(waiting, [], [])[0]
        if self._wake in ready:
            os.read(self._wake, 4096)
            self._reap()
        return self._channel not in ready or self._hear()

    def _hear(self) -> bool:
        data, descriptors, _, _ = socket.recv_fds(self._channel, _MESSAGE, 1)
        if not data:
            return False
        message = json.loads(data)
        if "kill" in message and message["kill"] in self._said:
            os.kill(message["kill"], signal.SIGKILL)
        for descriptor in descriptors:
            self._fork(message, descriptor)
        return True

    def _fork(self, message: dict[str, Any], descriptor: int) -> None:
        said = os.memfd_create("said")
        pid = os.fork()
        if pid == 0:
            self._become(message, descriptor, said)
        os.close(descriptor)
        self._said[pid] = said
        self.tell(pid=pid)

    def _become(self, message: dict[str, Any], descriptor: int, said: int) -> NoReturn:
        """Be the child; what goes wrong there is its last word, and the parent reads it."""
        os.dup2(said, 2)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number in (self._wake, self._waker, *self._said.values()):
            os.close(number)
        self._channel.close()
        self.child(message, socket.socket(fileno=descriptor))
        os._exit(0)

    def _reap(self) -> None:
        while self._said:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            if pid not in self._said:
                continue  # what it did besides, and nobody waits for
            said = self._said.pop(pid)
            words = os.pread(said, _LAST, max(0, os.fstat(said).st_size - _LAST)).decode("utf-8", "replace")
            os.close(said)
            self.tell(gone=pid, status=status, said=words)


def keep_snapshot(source: Source, message: dict[str, Any], channel: socket.socket) -> None:
    """Build one snapshot and fork workers from it."""
    tie_to_parent()
    gc.disable()
    server = ForkServer(channel, lambda job, end: _work(end, store, source.about, functions, job["memory"]))
    try:
        store = source.snapshot(_day(message["on"]), _day(message["known"]))
        functions = word_functions(store) if message["words"] else None
    except AsylgrafError as mistake:
        server.tell(error={"class": type(mistake).__name__, "state": vars(mistake)})
        return
    _settle()
    if message["keep"]:
        _keep_ready(store, source.calendar(), message["on"])
    server.tell(ready=True)
    server.run()


def keep_ready(found: Ready, channel: socket.socket) -> None:
    """Fork workers that answer from the store that an earlier run kept."""
    tie_to_parent()
    server = ForkServer(channel, lambda job, end: _work(end, found, found.about, None, job["memory"]))
    server.tell(ready=True)
    server.run()


def _keep_ready(store: ox.Store | Shelf, calendar: Calendar, day: str) -> None:
    """Keep a store for the next run, in a process of its own that gives way to all others."""
    if os.fork() == 0:
        tie_to_parent()
        os.nice(19)
        if isinstance(store, ox.Store):
            ready.keep(store, calendar, day)
        os._exit(0)


def _work(
    end: socket.socket,
    store: ox.Store | Shelf | Ready,
    about: About,
    functions: Functions | None,
    memory: int,
) -> None:
    """Answer from the store, which each worker opens for itself if it is on disk."""
    opened = store if isinstance(store, ox.Store) else store.open()
    on_disk = not isinstance(store, ox.Store)
    lint = Lint(opened, store.law, store.terms) if isinstance(store, Shelf) else None
    work(end, Answering(opened, about, functions, lint), memory, on_disk=on_disk)


def keep_service(message: dict[str, Any], channel: socket.socket) -> None:
    """Import a module of the library, let it prepare, and fork workers that run its functions."""
    tie_to_parent()
    module = importlib.import_module(message["module"])
    server = ForkServer(channel, lambda job, end: call_service(end, module, job["memory"]))
    prepare: Callable[[object], None] | None = getattr(module, "prepare", None)
    if prepare:
        prepare(message["for"])
    _check_threads()
    _settle()
    server.tell(ready=True)
    server.run()


def _settle() -> None:
    """Keep all that is loaded out of the way of the collector, whose marks would copy the shared pages."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _check_threads() -> None:
    # What other threads hold at a fork, locks above all, is never let go in the child.
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        raise SystemExit("A process that forks must have one thread.")


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _keep(source: Source, message: dict[str, Any], channel: socket.socket) -> None:
    if "module" in message:
        keep_service(message, channel)
    else:
        keep_snapshot(source, message, channel)


def main() -> None:
    """Load what the argument names and fork keepers until the endpoint goes."""
    # The endpoint decides when this ends, and lets running queries finish first; it goes, and this goes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_STACK, (STACK, resource.getrlimit(resource.RLIMIT_STACK)[1]))
    gc.disable()  # what is loaded stays: looking for garbage meanwhile would take a fifth of the time
    spec = Spec.from_json(json.loads(sys.argv[1]))
    channel = socket.socket(fileno=int(sys.argv[2]))
    server = ForkServer(channel, lambda _, end: end.close())
    with suppress(ConnectionError):  # an endpoint that could not start is gone before the law is read
        _begin(spec, server)


def _begin(spec: Spec, server: ForkServer) -> None:
    """Fork the first keeper from what was kept on disk, if anything was, and load the rest."""
    if spec.is_shipped and spec.today and (found := ready.find(date.fromisoformat(spec.today))):
        server.child = lambda _, end: keep_ready(found, end)
        server.tell(calendar=found.calendar.to_json(), ready=found.day)
        server.serve_one()
    _load(spec, server)


def _load(spec: Spec, server: ForkServer) -> None:
    """Load the law, or other data, and fork keepers of its days."""
    try:
        spec.share()
        source = spec.open()
        calendar = source.calendar()
    except AsylgrafError as mistake:
        server.tell(error={"class": type(mistake).__name__, "state": vars(mistake)})
        return
    server.child = lambda message, end: _keep(source, message, end)
    _settle()
    _check_threads()
    server.tell(calendar=calendar.to_json())
    server.run()


if __name__ == "__main__":
    main()
