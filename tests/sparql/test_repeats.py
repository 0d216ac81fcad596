"""A request with the very bytes of an earlier one is answered unread, and never with another's answer."""

from __future__ import annotations

import gc
import socket
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from tests.sparql.conftest import HERE, Server, serving

from asylgraf.sparql.limits import Limits
from asylgraf.sparql.sources import Spec

NIGHT = datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC)


def request(query: str, *headers: str) -> bytes:
    lines = [f"GET /sparql?query={quote(query)} HTTP/1.1", "Host: x", *headers, "", ""]
    return "\r\n".join(lines).encode()


class Talk:
    """A connection on which several answers may come at once."""

    def __init__(self, connection: socket.socket) -> None:
        self.say = connection.sendall
        self._heard = connection.makefile("rb")

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        """The status, the headers and the body of the next answer."""
        status = int(self._heard.readline().split()[1])
        lines = (line.decode().strip() for line in iter(self._heard.readline, b"\r\n"))
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        return status, headers, self._heard.read(int(headers["content-length"]))

    def is_over(self) -> bool:
        """Whether the server has closed it."""
        return self._heard.read(1) == b""


@contextmanager
def asked(server: Server, data: bytes, times: int = 3) -> Iterator[Talk]:
    """A connection on which that was asked so often, and answered."""
    with server.raw() as connection:
        talk = Talk(connection)
        for _ in range(times):
            talk.say(data)
            assert talk.answer()[0] == 200
        yield talk


def test_the_same_bytes_get_the_same_answer_over_one_connection_and_many(plain: Server) -> None:
    data = request("SELECT ?s { ?s ?p ?o } # repeated")
    with asked(plain, data) as talk:
        talk.say(data)
        first = talk.answer()
    with asked(plain, data, 1) as talk:
        talk.say(data)
        assert talk.answer() == first
        talk.say(request("ASK { ?s ?p ?o } # another"))
        assert b'"boolean":true' in talk.answer()[2]


@pytest.mark.parametrize("second", ["# repeated", "# not asked before"])
def test_requests_sent_together_get_an_answer_each_in_order(plain: Server, second: str) -> None:
    known, other = request("ASK { ?s ?p ?o } # repeated"), request(f"SELECT ?s {{ ?s ?p ?o }} {second}")
    with asked(plain, known) as talk:
        for together in (known + other, known + other, other + known):
            talk.say(together)
            bodies = [talk.answer()[2] for _ in range(2)]
            assert [b"boolean" in body for body in bodies] == [
                together.startswith(known),
                not together.startswith(known),
            ]


def test_a_known_request_in_two_parts_is_read(plain: Server) -> None:
    data = request("ASK { ?s ?p ?o } # in parts")
    with asked(plain, data) as talk:
        for cut in (3, len(data) - 2):
            talk.say(data[:cut])
            talk.say(data[cut:])
            assert talk.answer()[0] == 200


def test_what_follows_as_a_body_is_no_request(plain: Server) -> None:
    hidden = request("SELECT ?s { ?s ?p ?o } # hidden")
    data = request("ASK { ?s ?p ?o } # with a body", f"Content-Length: {len(hidden)}")
    with plain.raw() as connection:
        talk = Talk(connection)
        for _ in range(4):
            talk.say(data)
            status, _, body = talk.answer()
            assert (status, b"boolean" in body) == (200, True)
            talk.say(hidden)


def test_what_changes_each_time_is_not_repeated(plain: Server) -> None:
    data = request("SELECT (UUID() AS ?x) {}")
    with plain.raw() as connection:
        talk = Talk(connection)
        found = set()
        for _ in range(4):
            talk.say(data)
            found.add(talk.answer()[2])
    assert len(found) == 4


def test_the_end_of_the_connection_is_kept_to(plain: Server) -> None:
    data = request("ASK { ?s ?p ?o } # and end", "Connection: close")
    for _ in range(4):
        with plain.raw() as connection:
            talk = Talk(connection)
            talk.say(data)
            assert talk.answer()[0] == 200
            assert talk.is_over()


def test_at_midnight_everything_is_asked_again() -> None:
    moment = [NIGHT]
    spec = Spec("only", (str(HERE / "law.trig"),))
    with serving(spec, Limits(workers=2), now=lambda: moment[0]) as server:
        data = request("ASK { ?s ?p ?o }")
        with server.raw() as connection:
            talk, said = Talk(connection), []
            for later in (0, 0, 0, 2, 2, 2):
                moment[0] = NIGHT + timedelta(seconds=later)
                talk.say(data)
                headers = talk.answer()[1]
                said.append((headers["asylgraf-on"], headers["expires"]))
    assert said[:3] == [("2026-11-22", "Sun, 22 Nov 2026 23:00:00 GMT")] * 3
    assert said[3:] == [("2026-11-23", "Mon, 23 Nov 2026 23:00:00 GMT")] * 3


def test_a_known_request_does_not_reach_the_application(
    plain: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = request("ASK { ?s ?p ?o } # known")
    with asked(plain, data) as talk:
        monkeypatch.delattr(type(plain.endpoint), "respond")
        talk.say(data)
        assert talk.answer()[0] == 200


def test_a_long_question_is_not_kept_with_its_short_answer(plain: Server) -> None:
    size, times = 1 << 20, 5
    tracemalloc.start()
    try:
        for number in range(times):
            assert plain.post(f"ASK {{}} # {number} {'x' * size}").status == 200
        gc.collect()
        assert tracemalloc.get_traced_memory()[0] < times * size / 2
    finally:
        tracemalloc.stop()
