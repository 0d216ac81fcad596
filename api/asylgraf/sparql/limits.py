"""What one user may cost: workers, time, memory, sizes."""

from __future__ import annotations

import os
from dataclasses import dataclass

MIB = 1 << 20


def _workers() -> int:
    return max(4, 2 * (os.cpu_count() or 2))


@dataclass(frozen=True)
class Limits:
    """The walls around a query; every one of them is enforced from outside the process that runs it."""

    workers: int = _workers()
    """How many queries run at once, whoever asks."""
    spares: int = 2
    """How many workers are ready beyond those, so that nobody waits for one that was killed."""
    seconds: float = 10.0
    """How long a query may run."""
    memory: int = 512 * MIB
    """Address space that a query may take beyond the graph itself."""
    answer: int = 256 * MIB
    """Bytes of one answer, before compression of the connection."""
    request: int = 2 * MIB
    """Bytes of one request."""
    request_seconds: float = 10.0
    """How long a request may take to arrive."""
    connections: int = 64
    """How many connections one client may hold open."""
    queue: int = 128
    """How many requests may wait for a worker."""
    client_queue: int = 32
    """How many of them may be of one client."""
    depth: int = 200
    """How deep brackets may nest."""
    spool: int = 1024 * MIB
    """Bytes on disk that all slow readers together may hold."""
    snapshots: int = 8
    """How many days and record dates are kept ready."""
    cache: int = 64 * MIB
    """Bytes of answers kept."""
    stall_seconds: float = 60.0
    """How long a reader may take nothing."""

    @property
    def hands(self) -> int:
        """How many workers a snapshot may have, busy or ready."""
        return self.workers + self.spares

    @property
    def client_workers(self) -> int:
        """How many workers one client may hold: one is always left for the others."""
        return max(1, self.workers - 1)
