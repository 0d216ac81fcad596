"""The way in: people are let in a few at a time, and who has too many connections is turned away at once.

A crowd that comes all at once would otherwise be welcomed in one go, while everyone inside waits.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

import uvicorn

from asylgraf.web.wire import Wire

log = logging.getLogger("uvicorn.error")

_AT_ONCE: Final = 32
_QUEUE: Final = 4096
"""How many may wait outside."""
_REST: Final = 1.0
"""Seconds to wait when the machine has no more connections to give."""
_FULL: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
)


class House(uvicorn.Server):
    """A server with a door of its own, which says on which port it listens as soon as it does."""

    doors: Sequence[socket.socket] = ()

    def __init__(self, config: uvicorn.Config, listening: Callable[[int], None] = lambda _: None) -> None:
        super().__init__(config)
        self.listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application while those who come wait outside, then open the doors."""
        try:
            self.doors = sockets or list(_bound(self.config.host, self.config.port))
            for door in self.doors:
                door.setblocking(False)
                door.listen(_QUEUE)
        except OSError as mistake:
            place = f"{self.config.host} port {self.config.port}"
            log.error("It cannot listen on %s: %s.", place, mistake.strerror)  # noqa: TRY400 - no traceback
            sys.exit(1)
        self.listening(self.doors[0].getsockname()[1])
        await super().startup(sockets=[])
        for door in self.doors:
            self._open(door)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the doors, let everyone finish, and stop."""
        for door in self.doors:
            asyncio.get_running_loop().remove_reader(door)
            door.close()
        await super().shutdown(sockets)

    def _open(self, door: socket.socket) -> None:
        if door.fileno() >= 0:
            asyncio.get_running_loop().add_reader(door, self._admit, door)

    def _admit(self, door: socket.socket) -> None:
        """Let in a few of those who wait."""
        loop, protocol = asyncio.get_running_loop(), self._protocol()
        for _ in range(_AT_ONCE):
            try:
                caller, address = door.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as mistake:
                if mistake.errno not in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    raise
                loop.remove_reader(door)
                loop.call_later(_REST, self._open, door)
                return
            caller.setblocking(False)
            if protocol.crowd and protocol.crowd.is_full(str(address[0])):
                _turn_away(caller)
            else:
                self._welcome(caller)

    def _welcome(self, caller: socket.socket) -> None:
        told: Any = {"config": self.config, "server_state": self.server_state}
        protocol, state = self._protocol(), self.lifespan.state
        loop = asyncio.get_running_loop()
        task = loop.create_task(
            loop.connect_accepted_socket(lambda: protocol(**told, app_state=state), caller)
        )
        self.server_state.tasks.add(task)  # type: ignore[arg-type]
        task.add_done_callback(self._welcomed)

    def _welcomed(self, task: asyncio.Task[Any]) -> None:
        self.server_state.tasks.discard(task)
        if not task.cancelled():
            task.exception()  # one who left while still in the door

    def _protocol(self) -> type[Wire]:
        found: Any = self.config.http_protocol_class
        protocol: type[Wire] = found
        return protocol


def _turn_away(caller: socket.socket) -> None:
    with suppress(OSError):
        caller.send(_FULL)
    caller.close()


def _bound(host: str, port: int) -> Iterable[socket.socket]:
    """A socket for each address of the host."""
    found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    for family, kind, number, _, address in dict.fromkeys(found):
        door = socket.socket(family, kind, number)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            door.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        door.bind(address)
        yield door
