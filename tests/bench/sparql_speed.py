"""Our endpoint beside its peers: same data, same machine, over loopback, windows in turn, the median of five.

    python tests/bench/sparql_speed.py [--seconds 2] [--triples 25000 1000000] [--rounds 5] [--only asylgraf]

The data is made up (tests/sparql/made.py); with a million triples or more each endpoint has one window of a
kind. The peers are those in .venv/peers, which `make bench` installs; rdflib-endpoint is left out where it
would take minutes to load. Ten million triples (`make bench TRIPLES="25000 1000000 10000000"`) need some
minutes, 8 GiB of memory and 2 GiB of disk.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.endpoints import Endpoint, all_started, installed
from tests.bench.load import Window, middle, window
from tests.bench.processes import memory_of
from tests.sparql.made import BASE, write

COUNTER = itertools.count()
DAY = "^^<http://www.w3.org/2001/XMLSchema#date>"
TEMPORAL = f"""SELECT ?c ?p ?b {{
?c <{BASE}decided> ?d ; <{BASE}cites> ?p ; <{BASE}follows> ?b . ?b <{BASE}decided> ?e
FILTER(?d >= "1995-01-01"{DAY} && ?d < "2000-01-01"{DAY} && ?e < ?d && ?e >= "1990-01-01"{DAY}) }}
LIMIT 2000"""
LONG = "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 20) + " } LIMIT 400000"
_LARGE = 1_000_000
PER_CASE = 9
"""About so many triples are made for a case."""

KINDS: dict[str, tuple[int, Callable[[], str]]] = {
    "small, repeated": (8, lambda: f"SELECT ?p {{ <{BASE}case/7> <{BASE}cites> ?p }}"),
    "small, each new": (
        8,
        lambda: f"SELECT ?p {{ <{BASE}case/{next(COUNTER) % 2500}> <{BASE}cites> ?p }} # {next(COUNTER)}",
    ),
    "temporal, each new": (4, lambda: f"{TEMPORAL} # {next(COUNTER)}"),
    "10 000 rows, each new": (2, lambda: f"SELECT * {{ ?s ?p ?o }} LIMIT 10000 # {next(COUNTER)}"),
}
"""How many users ask, and what."""


def measured(endpoints: list[Endpoint], kind: str, rounds: int, seconds: float) -> dict[str, Window]:
    """The median window of each endpoint; who begins a round changes, and who is far too slow has one."""
    users, query = KINDS[kind]
    found: dict[str, list[Window]] = {endpoint.name: [] for endpoint in endpoints}
    for number in range(rounds):
        turn = number % len(endpoints)
        for endpoint in endpoints[turn:] + endpoints[:turn]:
            windows = found[endpoint.name]
            if not windows or windows[0].median < 1000 * seconds:
                windows.append(asyncio.run(window(endpoint.address, users, query, seconds)))
    return {name: middle(windows) for name, windows in found.items()}


def streamed(endpoint: Endpoint) -> tuple[float, float]:
    """MiB of a long answer, and by how many MiB the endpoint's processes grew while it was read."""
    accept = {"Accept": "application/sparql-results+json"}
    asked = urllib.request.Request(f"{endpoint.address}?query={quote(LONG)}", headers=accept)  # noqa: S310
    before = most = memory_of(endpoint.process)
    size = 0
    with urllib.request.urlopen(asked, timeout=600) as answer:  # noqa: S310 - on this machine
        while data := answer.read(1 << 20):
            size += len(data)
            most = max(most, memory_of(endpoint.process)) if size >> 23 != size - len(data) >> 23 else most
    return size / (1 << 20), (most - before) / (1 << 20)


def told(*columns: object) -> None:
    """A line of the table."""
    print(*columns, flush=True)  # noqa: T201


def main() -> None:
    """Print a table for each size."""
    asked = _options()
    for triples in asked.triples:
        names = [name for name in asked.only or installed() if triples < _LARGE or name != "rdflib-endpoint"]
        rounds = asked.rounds if triples < _LARGE else 1
        with tempfile.TemporaryDirectory() as folder:
            file = write(Path(folder) / "made.nt", triples // PER_CASE)
            with all_started(names, file) as endpoints:
                told(f"{triples} triples; the median of {rounds} windows of {asked.seconds:g} s")
                table(endpoints, rounds, asked.seconds)


def table(endpoints: list[Endpoint], rounds: int, seconds: float) -> None:
    """A line for each kind of query and each endpoint, and how ours compares."""
    for kind in KINDS:
        found = measured(endpoints, kind, rounds, seconds)
        ours = found.get("asylgraf")
        for name, window_ in found.items():
            part = ours.per_second / window_.per_second if ours and name != "asylgraf" else 0
            told(f"{kind:22} {name:16} {window_}", f"  asylgraf: {part:.2f} of it" if part else "")
    for endpoint in endpoints:
        told(f"{'from start to ASK':22} {endpoint.name:16} {endpoint.cold:9.2f} s")
    for endpoint in endpoints:
        size, grown = streamed(endpoint)
        told(f"{'400 000 rows':22} {endpoint.name:16} {size:9.0f} MiB, grew by {grown:.0f} MiB")


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seconds", type=float, default=2.0, help="the length of a window")
    options.add_argument("--triples", type=int, nargs="+", default=_sizes(), help="how many triples to make")
    options.add_argument("--rounds", type=int, default=5, help="windows of each endpoint and kind")
    options.add_argument("--only", action="append", help="one endpoint; may be repeated")
    return options.parse_args()


def _sizes() -> list[int]:
    return [int(size) for size in os.environ.get("TRIPLES", "25000 1000000").split()]


if __name__ == "__main__":
    main()
