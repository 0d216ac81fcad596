"""A short answer goes out in one piece; what needs more care goes the way of uvicorn."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from tests.threads import in_a_thread
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from asylgraf.web.saying import Saying

START = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"3")]}
BODY = {"type": "http.response.body", "body": b"yes"}


class Wire(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))

    def close(self) -> None:
        self.closed = True


def say(*messages: dict[str, Any], keep_alive: bool = True, method: str = "GET") -> Wire:
    """What goes out when an application says that."""

    async def run() -> Wire:
        wire, log = Wire(), logging.getLogger("test")
        cycle = RequestResponseCycle(
            scope={"method": method},  # type: ignore[typeddict-item]
            transport=wire,
            flow=FlowControl(wire),
            logger=log,
            access_logger=log,
            access_log=False,
            default_headers=[(b"date", b"today")],
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=keep_alive,
            on_response=lambda: None,
        )
        saying = Saying(cycle, wire)
        for message in messages:
            await saying(message)
        assert cycle.response_complete
        return wire

    return in_a_thread(run())


def test_head_and_body_are_one_piece() -> None:
    assert say(START, BODY).written == [b"HTTP/1.1 200 OK\r\ndate: today\r\ncontent-length: 3\r\n\r\nyes"]


@pytest.mark.parametrize(
    ("messages", "told"),
    [
        ((START | {"status": 404}, BODY), {}),
        ((START | {"headers": []}, BODY), {}),
        ((START, BODY | {"body": b"y", "more_body": True}, BODY | {"body": b"es"}), {}),
        ((START, BODY), {"keep_alive": False}),
        ((START, BODY), {"method": "HEAD"}),
    ],
)
def test_the_rest_is_said_as_uvicorn_says_it(
    messages: tuple[dict[str, Any], ...], told: dict[str, Any]
) -> None:
    wire = say(*messages, **told)
    assert len(wire.written) >= 1
    assert wire.written[0].endswith(b"\r\n\r\n")
    assert wire.closed is (told == {"keep_alive": False})


@pytest.mark.parametrize("value", [b"a\r\nset-cookie: b", b"a\nb", b"a\rb", b"a\0b"])
def test_no_header_smuggles_in_another(value: bytes) -> None:
    with pytest.raises(RuntimeError, match="header"):
        say(START | {"headers": [(b"content-length", b"3"), (b"x", value)]}, BODY)


def test_a_body_of_another_length_than_announced_is_refused() -> None:
    with pytest.raises(RuntimeError, match="shorter"):
        say(START, BODY | {"body": b"y"})
