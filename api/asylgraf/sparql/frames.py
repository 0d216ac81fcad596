"""How a worker and the endpoint talk: length-prefixed frames over a socket pair."""

from __future__ import annotations

import json
import socket
import struct
from functools import lru_cache
from typing import Final, NamedTuple

HEAD: Final = b"H"
DATA: Final = b"D"
END: Final = b"E"
WHOLE: Final = b"W"
"""A short answer in one frame: its head, and its body."""
MISTAKE: Final = b"X"

PREFIX: Final = struct.Struct("<cI")
_WHOLE: Final = struct.Struct("<I?d")
CHUNK: Final = 1 << 16
_JOB: Final = struct.Struct("<II")


class Job(NamedTuple):
    """What a worker is to do."""

    told: bytes
    """How, as a JSON object; questions asked in the same manner have it in common."""
    body: bytes = b""
    """To what, as the user sent it: a query, a text."""
    once: bool = False
    """Whether the worker is to be killed after it, so that nothing of it stays."""


class Head(NamedTuple):
    """What stands before the data of an answer."""

    media: str = ""
    volatile: bool = False
    """Whether the same question may have another answer next time."""
    warnings: tuple[str, ...] = ()
    gzip: bool = False


@lru_cache(maxsize=64)
def written_head(head: Head) -> bytes:
    """A head as it is sent; most answers have one of a few."""
    return json.dumps(head).encode()


@lru_cache(maxsize=64)
def read_head(told: bytes) -> Head:
    """A head that was sent."""
    media, volatile, warnings, gzip = json.loads(told)
    return Head(media, volatile, tuple(warnings), gzip)


class End(NamedTuple):
    """What a worker says when an answer is whole."""

    retire: bool
    """Whether it should be replaced."""
    spent: float
    """Seconds of a processor that it has had in all."""


def frame(kind: bytes, data: bytes = b"") -> bytes:
    """One frame."""
    return PREFIX.pack(kind, len(data)) + data


def whole_frame(head: Head, body: bytes, end: End) -> bytes:
    """A short answer."""
    told = written_head(head)
    size = _WHOLE.size + len(told) + len(body)
    return b"".join((PREFIX.pack(WHOLE, size), _WHOLE.pack(len(told), *end), told, body))


def read_whole(data: bytes) -> tuple[Head, bytes, End]:
    """A short answer's head, its body and how it ended."""
    length, retire, spent = _WHOLE.unpack_from(data)
    at = _WHOLE.size + length
    return read_head(data[_WHOLE.size : at]), data[at:], End(retire, spent)


def job_frame(job: Job) -> bytes:
    """A job as a worker reads it."""
    return b"".join((_JOB.pack(len(job.told), len(job.body)), job.told, job.body))


def read_job(channel: socket.socket) -> tuple[bytes, bytes] | None:
    """What the next job is, and what a user sent; nothing when the other side has gone."""
    # One job comes at a time, so a short one is read at once.
    data = channel.recv(CHUNK)
    while data and (len(data) < _JOB.size or len(data) < _JOB.size + sum(_JOB.unpack_from(data))):
        data = _more(channel, data)
    if not data:
        return None
    end = _JOB.size + _JOB.unpack_from(data)[0]
    return data[_JOB.size : end], data[end:]


def _more(channel: socket.socket, data: bytes) -> bytes:
    """The data and what is missing of it; nothing when the other side has gone."""
    missing = _JOB.size + sum(_JOB.unpack_from(data)) - len(data) if len(data) >= _JOB.size else CHUNK
    parts = [data]
    while missing > 0:
        part = channel.recv(min(missing, CHUNK * 4))
        if not part:
            return b""
        parts.append(part)
        missing = missing - len(part) if len(data) >= _JOB.size else 0
    return b"".join(parts)
