"""How a worker and the endpoint talk: length-prefixed frames over a socket pair."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any, Final

HEAD: Final = b"H"
DATA: Final = b"D"
END: Final = b"E"
WHOLE: Final = b"W"
"""A short answer in one frame: its head, and its body."""
MISTAKE: Final = b"X"

PREFIX: Final = struct.Struct("<cI")
LENGTH: Final = struct.Struct("<I")
CHUNK: Final = 1 << 16
_JOB: Final = struct.Struct("<II")


def frame(kind: bytes, data: bytes = b"") -> bytes:
    """One frame."""
    return PREFIX.pack(kind, len(data)) + data


def whole_frame(head: dict[str, Any], body: bytes) -> bytes:
    """A short answer."""
    told = json.dumps(head).encode()
    return frame(WHOLE, LENGTH.pack(len(told)) + told + body)


def read_whole(data: bytes) -> tuple[dict[str, Any], bytes]:
    """A short answer's head and body."""
    end = LENGTH.size + LENGTH.unpack_from(data)[0]
    return json.loads(data[LENGTH.size : end]), data[end:]


def job_frame(job: dict[str, Any], body: bytes = b"") -> bytes:
    """A job as a worker reads it, with what a user sent as it came."""
    told = json.dumps(job).encode()
    return _JOB.pack(len(told), len(body)) + told + body


def read_job(channel: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """The next job and what a user sent with it, or nothing when the other side has gone."""
    # One job comes at a time, so a short one is read at once.
    data = channel.recv(CHUNK)
    while data and (len(data) < _JOB.size or len(data) < _JOB.size + sum(_JOB.unpack_from(data))):
        data = _more(channel, data)
    if not data:
        return None
    end = _JOB.size + _JOB.unpack_from(data)[0]
    return json.loads(data[_JOB.size : end]), data[end:]


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
