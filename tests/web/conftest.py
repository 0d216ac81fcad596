"""A running site: asked in this process, or by a real browser over a real port."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import uvicorn
from fastapi.testclient import TestClient

from asylgraf.sparql.limits import Limits
from asylgraf.web.app import Settings, create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Cookie, Error, Page, Request, ViewportSize

TODAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
    " --no-first-run"
)

SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 900},
    "phone": {"width": 390, "height": 844},
}


def settings() -> Settings:
    """The site on a fixed day, which gives answers their time, however busy the machine is."""
    return Settings(now=lambda: TODAY, limits=Limits(seconds=60))


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    """The site, asked in this process."""
    with TestClient(create_app(settings()), base_url="http://localhost") as found:
        yield found


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The site on a port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(settings()), port=port, log_level="warning"))
    running = threading.Thread(target=server.run, daemon=True)
    running.start()
    while not server.started and running.is_alive():
        time.sleep(0.02)
    assert server.started, "the site did not start"
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """The machine's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS.split())
        yield found
        found.close()


@dataclass
class Visit:
    """A page in the browser, and what went over the wire or wrong while it was open."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def heard(self, said: ConsoleMessage) -> None:
        """Remember what the browser complained of."""
        if said.type == "error":
            self.complaints.append(said.text)

    def asked(self, request: Request) -> None:
        """Remember what was asked for."""
        self.requests.append(request.url)

    def failed(self, said: Error) -> None:
        """Remember what went wrong in a script."""
        self.complaints.append(str(said))

    def to(self, path: str) -> Page:
        """Go to an address of the site."""
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Page:
    """The one tab of all visits: a new one costs more than most pages do."""
    return browser.new_context(locale="en-GB").new_page()


@pytest.fixture(params=["desktop", "phone"])
def visit(request: pytest.FixtureRequest, tab: Page, address: str) -> Iterator[Visit]:
    """A visit, after which no other host was asked and the browser had nothing to complain of."""
    tab.set_viewport_size(SIZES[request.param])
    tab.emulate_media(media="null", color_scheme="null", reduced_motion="null")
    found = Visit(tab, address)
    heard = {"request": found.asked, "console": found.heard, "pageerror": found.failed}
    for event, listener in heard.items():
        tab.on(event, listener)  # type: ignore[call-overload]
    yield found
    for event, listener in heard.items():
        tab.remove_listener(event, listener)
    stored = _leave(tab, address)
    assert [url for url in found.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert found.complaints == []
    assert stored == []


def _leave(tab: Page, address: str) -> list[Cookie]:
    """End a visit: nothing of it stays in the tab. The cookies that it left are told."""
    tab.goto(address + "/health")
    tab.evaluate("localStorage.clear(); sessionStorage.clear()")
    cookies = tab.context.cookies()
    tab.context.clear_cookies()
    return cookies
