"""Endpoints with the same data, each in processes of its own: ours, and the peers that are installed.

The peers are installed apart from Asylgraf with `make bench`, in .venv/peers.
"""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BIN = Path(sys.executable).parent
PEERS = BIN.parent / "peers" / "bin"


@dataclass(frozen=True)
class Endpoint:
    """A running endpoint, its process, and how long it took from its start to its first answer."""

    name: str
    address: str
    process: int
    cold: float


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def answers(address: str) -> bool:
    """Whether an ASK is answered."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        accept = {"Accept": "application/sparql-results+json"}
        connection.request("GET", f"{parts.path}?query=ASK%7B?s%20?p%20?o%7D", headers=accept)
        answer = connection.getresponse()
        return answer.status == 200 and b"true" in answer.read()
    except OSError:
        return False
    finally:
        connection.close()


def _load(port: int, file: Path) -> None:
    """Put a file into the oxigraph server, which starts empty."""
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        try:
            with file.open("rb") as data:
                headers = {
                    "Content-Type": "application/n-triples",
                    "Content-Length": str(file.stat().st_size),
                }
                connection.request("POST", "/store?default", data, headers)
                if connection.getresponse().status < 300:
                    return
        except ConnectionError:
            time.sleep(0.005)
        finally:
            connection.close()


Command = Callable[[Path, str], list[str]]


def _ours(file: Path, port: str) -> list[str]:
    return [str(BIN / "asylgraf"), "serve", "--dataset", str(file), "--port", port]


def _oxigraph(_: Path, port: str) -> list[str]:
    return [str(PEERS / "oxigraph"), "serve", "--bind", f"127.0.0.1:{port}"]


def _rdflib(file: Path, port: str) -> list[str]:
    return [str(PEERS / "rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", port, str(file)]


COMMANDS: dict[str, tuple[Command, str]] = {
    "asylgraf": (_ours, "/sparql"),
    "oxigraph": (_oxigraph, "/query"),
    "rdflib-endpoint": (_rdflib, "/"),
}
"""How each is started, and where it answers."""


@contextmanager
def started(name: str, file: Path, *options: str) -> Iterator[Endpoint]:
    """One endpoint with that file, and further options of its command; in a session of its own.

    Linux shares the processors among sessions first: so it is nobody's neighbour, as where it serves.
    """
    command, path = COMMANDS[name]
    port, began = free_port(), time.perf_counter()
    server = subprocess.Popen(
        [*command(file, str(port)), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}{path}"
    try:
        if name == "oxigraph":
            _load(port, file)
        while not answers(address):
            if server.poll() is not None:
                raise SystemExit(f"{name} did not start")
            time.sleep(0.005)
        yield Endpoint(name, address, server.pid, time.perf_counter() - began)
    finally:
        server.terminate()
        server.wait()


def installed() -> list[str]:
    """The endpoints that this machine has."""
    return ["asylgraf", *(name for name in ("oxigraph", "rdflib-endpoint") if (PEERS / name).exists())]


@contextmanager
def all_started(names: list[str], file: Path) -> Iterator[list[Endpoint]]:
    """Those endpoints, all up together."""
    with ExitStack() as running:
        yield [running.enter_context(started(name, file)) for name in names]
