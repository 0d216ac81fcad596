"""How heavy and quick the pages are in a real browser, and what each costs the server; beside the aims.

For a drawing of two thousand things, made-up ones are added to those of the graph.
"""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from runpy import run_path

from playwright.sync_api import Browser, Page, sync_playwright

KINDS: dict[str, str] = run_path(str(Path(__file__).parents[1] / "web/kinds.py"))["KINDS"]
ASYLGRAF = Path(sys.executable).with_name("asylgraf")
PROVISION = "/id/dk/aliens-act/7/3"
MADE_UP = 1200
RUNS = 5


def main() -> None:
    """Print a line a measurement."""
    with tempfile.TemporaryDirectory() as folder, served(made_up(Path(folder))) as address:
        server_time(address)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            report("provision page transferred", median(browser, address + PROVISION, kilobytes), "kB", 150)
            report("provision page interactive", median(browser, address + PROVISION, interactive), "ms", 500)
            for things, aim in ((500, 1500), (2000, 5000)):
                asked = f"{address}/graph?what=all&most={things}"
                report(f"{things} things drawn", median(browser, asked, drawn), "ms", aim)
            browser.close()


def report(what: str, found: float, unit: str, aim: float) -> None:
    """Print what was found, and what it should be under."""
    sys.stdout.write(f"{what:40} {found:8.1f} {unit}   to reach: {aim:g} {unit}\n")


def server_time(address: str) -> None:
    """How long the server takes for each kind of page, once it has answered each."""
    host, _, port = address.removeprefix("http://").partition(":")
    connection = HTTPConnection(host, int(port))
    for kind, path in KINDS.items():
        took = [seconds(connection, path) for _ in range(RUNS + 1)][1:]
        report(f"server time of {kind}", statistics.median(took) * 1000, "ms", 30)


def seconds(connection: HTTPConnection, path: str) -> float:
    """How long an answer takes."""
    start = time.perf_counter()
    connection.request("GET", path, headers={"accept": "text/html"})
    connection.getresponse().read()
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
def served(extra: Path) -> Iterator[str]:
    """The address of a server of its own that has answered once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(ASYLGRAF), "--extra", str(extra), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
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
