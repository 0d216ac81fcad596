"""`asylgraf serve` as a process: it says why it cannot start, and leaves no process behind."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.bench.endpoints import BIN, answers, free_port
from tests.bench.processes import descendants
from tests.sparql.conftest import until
from tests.sparql.made import ABUSE, write

COMMAND = str(BIN / "asylgraf")


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    command = [COMMAND, "serve", "--port", str(port), "--timeout", "1", *options]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as server:
        try:
            assert until(lambda: answers(f"http://127.0.0.1:{port}/sparql"), 30)
            yield server, port
        finally:
            server.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_behind_by_a_busy_server(tmp_path: Path, how: signal.Signals) -> None:
    with started("--dataset", str(write(tmp_path / "made.nt", 800))) as (server, port):
        with asking(port, ABUSE["a product counted"][0]), asking(port, "SELECT * { ?a ?b ?c . ?d ?e ?f }"):
            assert until(lambda: len(descendants(server.pid)) >= 4)
            children = descendants(server.pid)
            server.send_signal(how)
            _, said = server.communicate(timeout=30)
        assert until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
        assert b"Traceback" not in said


@contextmanager
def asking(port: int, query: str) -> Iterator[None]:
    """A client who asks and reads nothing."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        yield


@pytest.mark.parametrize("arguments", ["serve --dataset {}", "--extra {} serve"])
def test_a_broken_file_keeps_it_from_starting_and_is_named(tmp_path: Path, arguments: str) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("no turtle")
    command = [COMMAND, *arguments.format(file).split(), "--port", str(free_port())]
    ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert b"broken.ttl" in ended.stderr
    assert b"Traceback" not in ended.stderr


def test_a_port_in_use_is_named_in_one_line_and_nothing_else_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [COMMAND, "serve", "--port", str(port)]
        ended = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stdout == b""
    assert [str(port).encode() in line for line in ended.stderr.splitlines()] == [True]
