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

from asylgraf.web.app import Settings, create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

TODAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
    " --no-first-run"
)


def settings() -> Settings:
    """The site on a fixed day."""
    return Settings(now=lambda: TODAY)


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

    def to(self, path: str) -> Page:
        """Go to an address of the site."""
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture(params=["desktop", "phone"])
def visit(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Visit]:
    """A visit, after which no other host was asked and the browser had nothing to complain of."""
    size = (1280, 900) if request.param == "desktop" else (390, 844)
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
    found = Visit(context.new_page(), address)
    found.page.on("request", lambda asked: found.requests.append(asked.url))
    found.page.on("console", found.heard)
    found.page.on("pageerror", lambda said: found.complaints.append(str(said)))
    yield found
    cookies = context.cookies()
    context.close()
    assert [url for url in found.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert found.complaints == []
    assert cookies == []
