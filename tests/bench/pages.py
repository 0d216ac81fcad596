"""How heavy and quick the pages are in a real browser, and what each costs the server; beside the aims.

For a drawing of two thousand things, made-up ones are added to those of the graph. What a page costs the
server is the processor's time, which does not grow with what else the machine does.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from runpy import run_path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from asylgraf.graph import open_graph
from asylgraf.namespaces import BASE
from asylgraf.service.kinds import kind_of
from asylgraf.service.things import Things

KINDS: dict[str, str] = run_path(str(Path(__file__).parents[1] / "web/kinds.py"))["KINDS"]
ASYLGRAF = Path(sys.executable).with_name("asylgraf")
PROVISION = "/id/dk/aliens-act/7/3"
MADE_UP = 1200
RUNS = 5
TIMES = 20
SOME = 6


@dataclass(frozen=True)
class Server:
    """A server of its own: its address, and its process."""

    address: str
    process: int

    @property
    def spent(self) -> float:
        """The seconds of the processor that it and its workers took so far."""
        return sum(map(ticks, family(str(self.process)))) / os.sysconf("SC_CLK_TCK")


def family(process: str) -> Iterator[str]:
    """A process and those it started."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text(encoding="utf-8").split():
            yield from family(child)


def ticks(process: str) -> int:
    """What a process took of the processor, with what those it started and saw end took."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, told[11:15]))


def main() -> None:
    """Print a line a measurement."""
    with tempfile.TemporaryDirectory() as folder, served(made_up(Path(folder))) as server:
        address = server.address
        server_time(server)
        things_time(server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            report("provision page transferred", median(browser, address + PROVISION, kilobytes), "kB", 150)
            report("provision page interactive", median(browser, address + PROVISION, interactive), "ms", 500)
            for things, aim in ((500, 1500), (2000, 5000)):
                asked = f"{address}/graph?what=all&most={things}"
                report(f"{things} things drawn", median(browser, asked, drawn), "ms", aim)
                report(f"{things} things, browser's own time", median(browser, asked, busy), "ms", aim)
            browser.close()


def report(what: str, found: float, unit: str, aim: float) -> None:
    """Print what was found, and what it should be under."""
    sys.stdout.write(f"{what:40} {found:8.1f} {unit}   to reach: {aim:g} {unit}\n")


def connected(server: Server) -> HTTPConnection:
    """A connection to the server."""
    host, _, port = server.address.removeprefix("http://").partition(":")
    return HTTPConnection(host, int(port))


def server_time(server: Server) -> None:
    """How long the server takes for each kind of page, once it has answered each."""
    connection = connected(server)
    for path in KINDS.values():
        seconds(connection, path)
    for kind, path in KINDS.items():
        before = server.spent
        for _ in range(TIMES):
            seconds(connection, path)
        report(f"server time of {kind}", (server.spent - before) / TIMES * 1000, "ms", 30)


def things_time(server: Server) -> None:
    """What the pages of things cost: of each kind some, always the same."""
    connection, things = connected(server), Things(open_graph())
    by_kind: dict[str, list[str]] = {}
    for iri in things.addresses:
        by_kind.setdefault(kind_of(things, iri), []).append("/" + iri.removeprefix(BASE))
    for kind, paths in sorted(by_kind.items()):
        chosen = random.Random(kind).sample(paths, min(SOME, len(paths)))  # noqa: S311 -- to choose, not to hide
        found = [cost(server, connection, path) for path in chosen]
        times = [milliseconds for milliseconds, _ in found]
        heaviest = max(size for _, size in found) / 1000
        sys.stdout.write(
            f"{kind + ', ' + str(len(chosen)) + ' pages':40} {statistics.median(times):8.1f} ms"
            f"   at most {max(times):.0f} ms, {heaviest:.0f} kB\n"
        )


def cost(server: Server, connection: HTTPConnection, path: str) -> tuple[float, int]:
    """The processor's milliseconds for a page answered before, and its size."""
    size = len(read(connection, path))
    before = server.spent
    for _ in range(RUNS):
        read(connection, path)
    return (server.spent - before) / RUNS * 1000, size


def read(connection: HTTPConnection, path: str) -> bytes:
    """A page."""
    connection.request("GET", quote(path, safe="/?&=%#:"), headers={"accept": "text/html"})
    return connection.getresponse().read()


def seconds(connection: HTTPConnection, path: str) -> float:
    """How long an answer takes."""
    start = time.perf_counter()
    read(connection, path)
    return time.perf_counter() - start


def median(browser: Browser, url: str, measure: Callable[[Page], float]) -> float:
    """The median over visits, each with an empty cache."""
    found = []
    for _ in range(RUNS):
        context = browser.new_context()
        page = context.new_page()
        page.goto(url)
        found.append(measure(page))
        context.close()
    return statistics.median(found)


def kilobytes(page: Page) -> float:
    """What page, styles and scripts weigh on the wire."""
    page.wait_for_load_state("networkidle")
    sizes = "performance.getEntries().reduce((sum, one) => sum + (one.transferSize ?? 0), 0)"
    return float(page.evaluate(sizes)) / 1000


def interactive(page: Page) -> float:
    """When the page and its scripts had come, counted from the click."""
    return float(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart"))


def drawn(page: Page) -> float:
    """When the drawing stood on the page, counted from the click."""
    page.wait_for_function("() => performance.getEntriesByName('drawn').length")
    return float(page.evaluate("performance.getEntriesByName('drawn')[0].startTime"))


def busy(page: Page) -> float:
    """The processor's time that the page, asked for again, took in the browser until it was drawn."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.reload()
    page.wait_for_function("() => performance.getEntriesByName('drawn').length")
    told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return float(told["TaskDuration"]) * 1000


def made_up(folder: Path) -> Path:
    """A file of things in a chain of threes, to draw."""
    written = folder / "made-up.ttl"
    lines = ["@prefix : <https://w3id.org/asylgraf/id/made-up/> ."]
    lines += [
        f":t{n} <https://w3id.org/asylgraf/ontology/references> :t{n // 3} ." for n in range(1, MADE_UP)
    ]
    written.write_text("\n".join(lines), encoding="utf-8")
    return written


@contextmanager
def served(extra: Path) -> Iterator[Server]:
    """A server of its own that has answered once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(ASYLGRAF), "--extra", str(extra), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until a server answers on a port; half a minute at most."""
    for _ in range(300):
        try:
            seconds(HTTPConnection("127.0.0.1", port), "/")
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"No server answers on port {port}.")


if __name__ == "__main__":
    main()
