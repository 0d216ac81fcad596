"""Between a worker and a reader: a little in memory, the rest of a slow answer in a file without a name."""

from __future__ import annotations

import asyncio
import tempfile
from collections import deque
from typing import IO

from asylgraf.sparql.frames import CHUNK

KEPT = 16 * CHUNK
"""Bytes held in memory before a slow reader's answer goes to disk."""


class Disk:
    """Bytes that all slow readers together hold on disk."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.used = 0

    @property
    def full(self) -> bool:
        """Whether no more may be written."""
        return self.used >= self.limit


class Spool:
    """A queue of chunks, in order; the writer waits only when the disk's share is full."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._memory: deque[bytes] = deque()
        self._held = 0
        self._file: IO[bytes] | None = None
        self._written = self._read = 0
        self._changed = asyncio.Event()
        self._ended = False
        self._fault: BaseException | None = None

    async def put(self, chunk: bytes) -> None:
        """Take the next chunk."""
        if self._file is None and self._held + len(chunk) <= KEPT:
            self._memory.append(chunk)
            self._held += len(chunk)
        else:
            await self._room()
            self._spill(chunk)
        self._changed.set()

    async def _room(self) -> None:
        while self._disk.full:
            await asyncio.sleep(0.02)

    def _spill(self, chunk: bytes) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(prefix="asylgraf-")  # noqa: SIM115 - closed by `close`
        self._file.seek(self._written)
        self._file.write(chunk)
        self._written += len(chunk)
        self._disk.used += len(chunk)

    def end(self, fault: BaseException | None = None) -> None:
        """Nothing more will come; `fault` says why if something is missing."""
        self._ended, self._fault = True, fault
        self._changed.set()

    async def get(self) -> bytes:
        """The next chunk, or nothing at the end."""
        while True:
            if chunk := self._next():
                return chunk
            if self._fault:
                raise self._fault
            if self._ended:
                return b""
            self._changed.clear()
            await self._changed.wait()

    def _next(self) -> bytes:
        if self._memory:
            chunk = self._memory.popleft()
            self._held -= len(chunk)
            return chunk
        if self._file is None or self._read >= self._written:
            return b""
        self._file.seek(self._read)
        chunk = self._file.read(CHUNK * 4)
        self._read += len(chunk)
        if self._read >= self._written:
            self._drop()
        return chunk

    def _drop(self) -> None:
        """The reader has caught up: the file goes, and memory serves again."""
        self.close()
        self._written = self._read = 0

    def close(self) -> None:
        """Free the disk."""
        if self._file is not None:
            self._disk.used -= self._written
            self._file.close()
            self._file = None
