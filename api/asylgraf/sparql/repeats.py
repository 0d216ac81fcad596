"""Whole answers by the very bytes of a request: what was asked before is answered unread."""

from __future__ import annotations

from asylgraf.sparql.endpoint import Endpoint

LARGEST = 64 << 10
"""Bytes of the largest answer that is kept."""
_LONGEST = 8 << 10
"""Bytes of the longest request that is remembered."""


class Repeats:
    """Answers as they went over the wire, for as long as the endpoint remembers anything."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._limit = endpoint.pool.limits.cache // 4
        self._said: dict[bytes, tuple[bytes, bytes]] = {}
        self._used = self._page = 0

    def answer(self, request: bytes, date: bytes) -> bytes | None:
        """The answer to the same request, with the present date."""
        said = self._said.get(request)
        if said is None:
            return None
        endpoint = self._endpoint
        endpoint.turn_page()
        if endpoint.cache.pages != self._page:
            self._clear()
            return None
        endpoint.cache.hits += 1
        endpoint.statuses[200] += 1
        return said[0] + date + said[1]

    def keep(self, request: bytes, answer: bytes, date: bytes) -> None:
        """Remember an answer; when there are too many, begin anew."""
        before, found, after = answer.partition(date)
        if not found or not before.startswith(b"HTTP/1.1 200 ") or len(answer) > LARGEST:
            return
        if self._endpoint.cache.pages != self._page or self._used > self._limit:
            self._clear()
        if len(request) <= _LONGEST and request not in self._said:
            self._said[request] = before, after
            self._used += len(request) + len(answer)

    def _clear(self) -> None:
        self._said.clear()
        self._used, self._page = 0, self._endpoint.cache.pages
