"""The last wall: what nobody foresaw becomes one honest sentence; the log gets the place, never the text."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Callable
from pathlib import Path

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from asylgraf.errors import AsylgrafError, Unforeseen
from asylgraf.sparql.http import Watched, problem

log = logging.getLogger("asylgraf.web")

_PACKAGE = Path(__file__).parents[1]
_SORRY = "Something failed that should not; the server's log says where, and the request is not kept."

Telling = Callable[[Request, AsylgrafError], Response]


class Wall:
    """Stands around an application; with `tell`, the answer has the shape that the visitor reads."""

    def __init__(self, app: ASGIApp, tell: Telling | None = None) -> None:
        self._app = app
        self._tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, and answer when what lies behind fails."""
        if scope["type"] != "http":
            await self._live(scope, receive, send)
            return
        watched = Watched(send)
        try:
            await self._app(scope, receive, watched)
        except (ClientDisconnect, asyncio.CancelledError):
            return  # the client has gone, or the server goes; nobody is left to be told
        except Exception as fault:  # noqa: BLE001 - nothing lies behind this wall but the server
            if not isinstance(fault.__cause__, AsylgrafError):
                log.error(json.dumps(place_of(fault)))  # noqa: TRY400 - a traceback could hold a case
            if not watched.started:
                await self._answer(scope, receive, watched)
            # After the first byte one honest end is left: the connection breaks, so that nothing looks whole.

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start and stop; what keeps the application from starting is told as a sentence too."""
        failed: list[Message] = []

        async def sending(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed":
                failed.append(message)
            else:
                await send(message)

        try:
            await self._app(scope, receive, sending)
        except AsylgrafError as mistake:
            await send({"type": "lifespan.startup.failed", "message": str(mistake)})
        else:
            for message in failed:
                await send(message)

    async def _answer(self, scope: Scope, receive: Receive, send: Watched) -> None:
        mistake = Unforeseen(_SORRY)
        if self._tell is not None:
            try:
                await self._tell(Request(scope), mistake)(scope, receive, send)
            except Exception as fault:  # noqa: BLE001 - the page about the failure failed too
                log.error(json.dumps(place_of(fault)))  # noqa: TRY400
        if not send.started:
            await problem(send, mistake, [], head=scope["method"] == "HEAD")


def place_of(fault: BaseException) -> dict[str, object]:
    """What kind of fault, and the lines that led to it; not its message, which may quote a case."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [
        f"{Path(frame.filename).relative_to(_PACKAGE)}:{frame.lineno}"
        for frame in frames
        if Path(frame.filename).is_relative_to(_PACKAGE)
    ]
    return {"unforeseen": type(fault).__name__, "where": ours[-8:]}
