"""The data set of a test, asked twice: in this process, and over HTTP from `asylgraf serve --dataset`."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import pyoxigraph as ox
from tests.w3c.manifest import Files

_COMMAND = "from asylgraf.cli import main; main()"


def quads(data: Files) -> list[ox.Quad]:
    """What the files say, each in its graph."""
    found: list[ox.Quad] = []
    for name, file in data:
        graph = ox.NamedNode(name) if name else ox.DefaultGraph()
        parsed = ox.parse(path=file, base_iri=Path(file).resolve().as_uri(), rename_blank_nodes=True)
        found.extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in parsed)
    return found


class Server:
    """`asylgraf serve --dataset` on one data set, until left."""

    def __init__(self, data: Files) -> None:
        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / "data.nq"
        file.write_bytes(ox.serialize(quads(data), format=ox.RdfFormat.N_QUADS) or b"")
        self._file = file
        self._start()

    def _start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        served = ["--dataset", str(self._file), "--port", str(self.port), "--workers", "2"]
        command = [sys.executable, "-c", _COMMAND, "serve", *served]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def __enter__(self) -> Self:
        """Wait until it listens; if another took the port meanwhile, begin again on another."""
        for _ in range(1200):
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", self.port)) == 0 and self._process.poll() is None:
                    return self
            if self._process.poll() is not None:
                self._start()
            time.sleep(0.02)
        raise TimeoutError("The server does not listen.")

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.wait()
        self._folder.cleanup()

    def send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> tuple[int, str, bytes]:
        """Status, media type and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        media = (answer.headers["content-type"] or "").partition(";")[0]
        found = answer.status, media, answer.read()
        connection.close()
        return found
