"""What a page asks the endpoint, under the limits that hold for everyone."""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request

from asylgraf.errors import TooLargeAnswer
from asylgraf.sparql import protocol
from asylgraf.sparql.endpoint import Endpoint
from asylgraf.sparql.question import Question
from asylgraf.web.view import View

SHOWN: Final = 1 << 20
"""Bytes of an answer that a page shows; the endpoint gives more."""
TABLE: Final = "application/sparql-results+json, text/turtle;q=0.9"


class Told(NamedTuple):
    """The whole of an answer, its media type, and doubts about the query."""

    media: str
    body: bytes
    doubts: tuple[str, ...]


async def answer_to(request: Request, endpoint: Endpoint, view: View, text: str, accept: str = TABLE) -> Told:
    """What a query is answered; TooLargeAnswer beyond what a page shows."""
    days = {"on": view.on.isoformat(), **({"known": view.known.isoformat()} if view.known else {})}
    if pinned := request.query_params.get("version"):
        days["version"] = pinned
    wish = protocol.asked(
        protocol.Request("GET", urlencode({"query": text, **days}).encode(), "", "", accept, "", b"")
    )
    question = Question(wish, endpoint.pool.calendar, view.today)
    client = request.client.host if request.client else ""
    work = await endpoint.pool.ask(question.job(endpoint.pool.limits.depth), client=client, day=question.day)
    body = bytearray()
    async for chunk in work.chunks():
        body += chunk
        if len(body) > SHOWN:
            raise TooLargeAnswer("The answer is too long for a page; add a LIMIT, or ask /sparql.")
    return Told(work.head.media, bytes(body), work.head.warnings)
