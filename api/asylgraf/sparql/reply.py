"""What a worker says back: a head, data in frames, an end. A blocked send is the back-pressure."""

from __future__ import annotations

import json
import socket
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from asylgraf.sparql.frames import CHUNK, DATA, END, HEAD, End, Head, frame, whole_frame, written_head

_WORTH = 1024
"""Bytes below which compression costs more than it saves."""


@dataclass(frozen=True)
class Written:
    """An answer as it goes to the user, piece by piece."""

    media: str
    pieces: Iterable[bytes]


class Reply:
    """A file to write an answer to; nothing is sent before a chunk is full or the answer ends.

    Its `head` is set before anything is written.
    """

    def __init__(self, channel: socket.socket, *, gzip: bool = False) -> None:
        self._channel = channel
        self._gzip = gzip
        self._buffer = bytearray()
        self.head = Head()
        self._started = False
        self._squeeze: Any = None

    def json(self, value: object) -> None:
        """A whole answer as JSON."""
        self.head = Head("application/json")
        self.write(json.dumps(value, ensure_ascii=False).encode())

    def written(self, answer: Written) -> None:
        """An answer that its maker has written out."""
        self.head = Head(answer.media)
        for piece in answer.pieces:
            self.write(piece)

    def write(self, data: bytes) -> int:
        """Take data; send it when there is a frame full."""
        self._buffer += data
        if len(self._buffer) >= CHUNK:
            self._send(self._compressed())
        return len(data)

    def flush(self) -> None:
        """Frames go out when they are full."""

    def end(self, end: End) -> None:
        """Send what is left, with the end, in one piece."""
        data = self._compressed(last=True)
        if self._started:
            self._send(data, frame(END, json.dumps(end).encode()))
        else:
            self._channel.sendall(whole_frame(self.head, data, end))

    def _send(self, data: bytes, after: bytes = b"") -> None:
        before = b"" if self._started else frame(HEAD, written_head(self.head))
        self._started = True
        body = frame(DATA, data) if data else b""
        if before or body or after:
            self._channel.sendall(before + body + after)

    def _compressed(self, *, last: bool = False) -> bytes:
        data = bytes(self._buffer)
        self._buffer.clear()
        if not self._started:
            self._gzip = self._gzip and len(data) >= _WORTH
            if self._gzip:
                self.head = self.head._replace(gzip=True)
        if not self._gzip:
            return data
        if self._squeeze is None:
            self._squeeze = zlib.compressobj(5, zlib.DEFLATED, 31)
        squeezed: bytes = self._squeeze.compress(data)
        return squeezed + self._squeeze.flush() if last else squeezed
