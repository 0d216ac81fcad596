"""Seconds from starting `asylgraf serve` to the first answer of ASK, several times.

python tests/bench/sparql_cold_start.py [runs]
"""

from __future__ import annotations

import http.client
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether an ASK is answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sparql?query=ASK%7B?s%20?p%20?o%7D")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def cold_start() -> float:
    """One start, in seconds."""
    port, began = free_port(), time.perf_counter()
    command = [str(Path(sys.executable).with_name("asylgraf")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not answers(port):
            if server.poll() is not None:
                raise SystemExit("the server did not start")
            time.sleep(0.005)
        return time.perf_counter() - began
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Print each start and their median."""
    times = [cold_start() for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5)]
    told = " ".join(f"{t:.2f}" for t in times)
    print(f"cold start, seconds: {told}; median {statistics.median(times):.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
