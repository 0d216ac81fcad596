"""How long a case with its proof, an answer over HTTP and a cold start take, beside what each is to reach."""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import asylgraf
from asylgraf.resources import data

ASK = "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"
ASYLGRAF = Path(sys.executable).with_name("asylgraf")
EXAMPLES = [
    json.loads(file.read_text(encoding="utf-8")) for file in sorted(data("kb").glob("examples/*.json"))
]
CASES = [{name: example[name] for name in ("facts", "on", "known", "presume")} for example in EXAMPLES]


def main() -> None:
    """Print a line a measurement."""
    graph = asylgraf.open()
    prove = [lambda case=case: asylgraf.assess(case, graph=graph).outcomes[0].proof for case in CASES]
    report("one case with its proof, in the library", [seconds(work) for work in prove * 30], 0.001)
    with served() as server:
        ask = [lambda case=case: post(server, case) for case in CASES]
        report("one case over HTTP", [seconds(work) for work in ask * 10], 0.010)
    report("from spawn to the first ASK", [seconds_to_serve() for _ in range(5)], 1.5)


def report(what: str, took: list[float], aim: float) -> None:
    """Print the median, and what it should be under."""
    sys.stdout.write(f"{what:40} {statistics.median(took) * 1000:8.2f} ms   to reach: {aim * 1000:g} ms\n")


def seconds(work: Callable[[], object]) -> float:
    """How long the work took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def post(server: HTTPConnection, case: dict[str, object]) -> None:
    """Have a case assessed."""
    server.request("POST", "/assess", json.dumps(case), {"Content-Type": "application/json"})
    outcomes(server.getresponse().read())


def outcomes(answer: bytes) -> list[object]:
    """The outcomes in an answer; it is an error that there are none."""
    found: list[object] = json.loads(answer)["outcomes"]
    return found


def seconds_to_serve() -> float:
    """How long a new server takes until its first answer."""
    start = time.perf_counter()
    with served():
        return time.perf_counter() - start


@contextmanager
def served() -> Iterator[HTTPConnection]:
    """A connection to a server of its own that has answered once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([ASYLGRAF, "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        yield answering(port)
    finally:
        process.terminate()
        process.wait()


def answering(port: int) -> HTTPConnection:
    """A connection to the server, once it answers; for half a minute at most."""
    for _ in range(3000):
        try:
            connection = HTTPConnection("127.0.0.1", port)
            connection.request("GET", ASK)
            connection.getresponse().read()
        except ConnectionRefusedError:
            time.sleep(0.01)
        else:
            return connection
    raise SystemExit(f"No server answers on port {port}.")


if __name__ == "__main__":
    main()
