"""Requests a second and times of answers, for small, repeated, dated and large queries, over loopback.

    python tests/bench/sparql_speed.py [seconds a window] [another endpoint's URL, holding the same data]

The data is made up (tests/sparql/made.py). Windows of the endpoints alternate; the median of five is printed.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.sparql_cold_start import answers, free_port
from tests.sparql.made import BASE, write

COUNTER = itertools.count()
DAY = "^^<http://www.w3.org/2001/XMLSchema#date>"
DATED = f"""SELECT ?c ?p {{ ?c <{BASE}decided> ?d ; <{BASE}cites> ?p
FILTER(?d >= "1995-01-01"{DAY} && ?d < "2000-01-01"{DAY}) }}"""
KINDS: dict[str, tuple[int, Callable[[], str]]] = {
    "small, repeated": (8, lambda: f"SELECT ?p {{ <{BASE}case/7> <{BASE}cites> ?p }}"),
    "small, each new": (
        8,
        lambda: f"SELECT ?p {{ <{BASE}case/{next(COUNTER) % 2500}> <{BASE}cites> ?p }} # {next(COUNTER)}",
    ),
    "dated, each new": (4, lambda: f"{DATED} # {next(COUNTER)}"),
    "large, each new": (2, lambda: f"SELECT * {{ ?s ?p ?o }} LIMIT 10000 # {next(COUNTER)}"),
}


@dataclass(frozen=True)
class Window:
    """What was measured in one window."""

    per_second: float
    median: float
    slowest: float


async def window(url: str, users: int, query: Callable[[], str], seconds: float) -> Window:
    """Users who ask one query after another over connections kept open."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_user(url, query, end, times) for _ in range(users)))
    times.sort()
    return Window(len(times) / seconds, 1000 * times[len(times) // 2], 1000 * times[int(len(times) * 0.99)])


async def _user(url: str, query: Callable[[], str], end: float, times: list[float]) -> None:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 24)
    while (began := time.perf_counter()) < end:
        path = f"{parts.path}?query={quote(query())}"
        head = (
            f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: application/sparql-results+json\r\n\r\n"
        )
        writer.write(head.encode())
        await _answer(reader)
        times.append(time.perf_counter() - began)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise SystemExit(f"not answered: {head[:200]!r}")
    if b"chunked" not in head:
        await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        return
    while size := int(await reader.readline(), 16):
        await reader.readexactly(size + 2)
    await reader.readline()


@contextmanager
def serving(file: Path) -> Iterator[str]:
    """Our endpoint with that file."""
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("asylgraf")),
        "serve",
        "--dataset",
        str(file),
        "--port",
        str(port),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while not answers(port):
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}/sparql"
    finally:
        server.terminate()
        server.wait()


def main() -> None:
    """Print a line for each kind of query and each endpoint."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    with tempfile.TemporaryDirectory() as folder, serving(write(Path(folder) / "made.nt")) as own:
        urls = {"asylgraf": own, **({"the other": sys.argv[2]} if len(sys.argv) > 2 else {})}
        for kind, (users, query) in KINDS.items():
            found: dict[str, list[Window]] = {name: [] for name in urls}
            for _ in range(5):
                for name, url in urls.items():
                    found[name].append(asyncio.run(window(url, users, query, seconds)))
            for name, windows in found.items():
                middle = [statistics.median(getattr(w, field) for w in windows) for field in vars(windows[0])]
                told = f"{middle[0]:8.0f}/s  p50 {middle[1]:7.2f} ms  p99 {middle[2]:7.2f} ms"
                print(f"{kind:16} {name:10} {told}")  # noqa: T201


if __name__ == "__main__":
    main()
