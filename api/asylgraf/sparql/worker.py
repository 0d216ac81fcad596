"""A process that answers one query after another on one frozen snapshot, inside walls it cannot move."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import socket
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from asylgraf.errors import AsylgrafError
from asylgraf.sparql.answering import Answering, Manner
from asylgraf.sparql.frames import MISTAKE, End, frame, read_job
from asylgraf.sparql.reply import Reply, Written

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1
_MUCH = 64 * 1024
"""KiB that a worker may have grown by before it is replaced."""

Reader = Callable[[bytes], Manner]
Handler = Callable[[Manner, bytes, Reply], None]


def work(channel: socket.socket, answering: Answering, memory: int, *, on_disk: bool = False) -> None:
    """Answer queries until the other side goes."""
    enclose(memory)
    if not on_disk:  # a store on disk opens its files as it is read
        lock_files()
    # Many queries are asked in the same manner. It holds a case only where the worker ends with its job.
    read = lru_cache(maxsize=64)(json.loads)
    _serve(channel, read, lambda job, body, reply: answering.answer(job, body.decode(), reply))


def call_service(channel: socket.socket, module: ModuleType, memory: int) -> None:
    """Run the functions of a module until the other side goes."""
    enclose(memory)
    _serve(
        channel, json.loads, lambda job, body, reply: _call(getattr(module, job["call"]), job, body, reply)
    )


def _call(function: Callable[..., Any], job: Manner, body: bytes, reply: Reply) -> None:
    found = function(job["argument"], body) if job["sent"] else function(job["argument"])
    if isinstance(found, Written):
        reply.written(found)
    else:
        reply.json(found)


def _serve(channel: socket.socket, read: Reader, handle: Handler) -> None:
    born = _resident()
    while task := read_job(channel):
        told, body = task
        job = read(told)
        reply = Reply(channel, gzip=bool(job.get("gzip")))
        try:
            handle(job, body, reply)
            reply.end(End(_resident() - born > _MUCH, time.process_time()))
        except (BrokenPipeError, ConnectionError):
            return
        except AsylgrafError as mistake:
            channel.sendall(frame(MISTAKE, _mistake(mistake)))


def _mistake(mistake: AsylgrafError) -> bytes:
    told = {"class": type(mistake).__name__, "state": vars(mistake), "spent": time.process_time()}
    return json.dumps(told).encode()


def enclose(memory: int) -> None:
    """Die with the parent, keep to the memory given, leave no core, give way to the endpoint."""
    tie_to_parent()
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))
    Path("/proc/self/oom_score_adj").write_text("500")
    os.nice(5)


def tie_to_parent() -> None:
    """Die with the parent, leave no core."""
    parent = os.getppid()
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def lock_files() -> None:
    """From here on no file and no connection can be opened: nothing is read or fetched, whatever is asked."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _resident() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
