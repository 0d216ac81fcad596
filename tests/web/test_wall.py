"""What nobody foresaw is told in one sentence, without a traceback, and the log holds no case."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from asylgraf.errors import AsylgrafError
from asylgraf.web.wall import Telling, Wall

SECRET = "the applicant's story"  # noqa: S105 - what no log may hold


async def fails(_: Request) -> Response:
    raise KeyError(SECRET)


async def breaks_off(_: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"the beginning"
        raise KeyError(SECRET)

    return StreamingResponse(pieces())


def fails_again(_: Request, __: AsylgrafError) -> Response:
    raise ValueError(SECRET)


def walled(tell: Telling | None = None) -> TestClient:
    routes = [Route("/fails", fails, methods=["GET", "POST"]), Route("/breaks-off", breaks_off)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Wall, tell=tell)]))


@pytest.mark.parametrize("tell", [None, fails_again])
def test_a_fault_is_one_sentence(tell: Telling | None, caplog: pytest.LogCaptureFixture) -> None:
    answer = walled(tell).post("/fails", content=SECRET)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "title", "status", "detail", "where"}
    assert "KeyError" in caplog.text
    assert "Traceback" not in answer.text + caplog.text
    assert SECRET not in answer.text + caplog.text


def test_an_answer_that_breaks_off_is_not_whole(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = walled().get("/breaks-off")
    assert b"problem" not in answer.content
    assert "KeyError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("accept", "media"), [("text/html", "text/html"), ("application/json", "application/problem+json")]
)
def test_the_site_tells_people_on_a_page_and_programs_in_json(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, accept: str, media: str
) -> None:
    def broken(*_: object) -> object:
        raise KeyError(SECRET)

    monkeypatch.setattr("asylgraf.web.routes.resolve.resolve", broken)
    answer = client.get("/resolve?q=artikel", headers={"accept": accept})
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith(media)
    assert "content-security-policy" in answer.headers
    assert SECRET not in answer.text
