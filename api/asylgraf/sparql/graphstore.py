"""Writing graphs to a store elsewhere by the SPARQL 1.1 Graph Store Protocol."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    BaseHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)

import pyoxigraph as ox

from asylgraf.errors import BackendFailed, BackendRefused
from asylgraf.sparql.remote import Access

_AT_ONCE: Final = 10_000
"""Triples in one request."""


class GraphStore:
    """Graphs that can be replaced."""

    def __init__(self, access: Access) -> None:
        if urlsplit(access.url).scheme not in ("http", "https"):
            raise BackendFailed("The address of a graph store begins with http: or https:.", where=access.url)
        self._access = access
        self._opener = _opener(access)
        self._greeted = False

    def put(self, graph: str, triples: Iterable[ox.Triple]) -> int:
        """Replace a graph; how many triples it has now. Blank nodes must have been given addresses."""
        if self._access.digest and not self._greeted:
            self._greeted = True
            self._greet()
        total = 0
        for number, part in enumerate(_parts(triples)):
            self._send("POST" if number else "PUT", graph, ox.serialize(part, format=ox.RdfFormat.N_TRIPLES))
            total += len(part)
        return total

    def _greet(self) -> None:
        """Ask for a graph that is not there, to be asked in turn who we are."""
        with suppress(HTTPError, URLError, OSError):
            url = f"{self._access.url}?{urlencode({'graph': 'urn:x-nothing'})}"
            self._opener.open(Request(url), timeout=self._access.seconds).close()  # noqa: S310 - as below

    def _send(self, method: str, graph: str, body: bytes | None) -> None:
        url = f"{self._access.url}?{urlencode({'graph': graph})}"
        headers = {"Content-Type": "text/turtle"}
        if self._access.token:
            headers["Authorization"] = f"Bearer {self._access.token}"
        try:
            request = Request(url, body or b"", headers, method=method)  # noqa: S310 - http or https
            self._opener.open(request, timeout=self._access.seconds).close()
        except HTTPError as refusal:
            kind = BackendRefused if refusal.code in (401, 403) else BackendFailed
            raise kind(f"The store answers {refusal.code} to {method}.", where=self._access.url) from None
        except (URLError, OSError) as mistake:
            reason = getattr(mistake, "reason", mistake)
            raise BackendFailed(f"The store cannot be reached: {reason}.", where=self._access.url) from None


def _opener(access: Access) -> OpenerDirector:
    if not access.user:
        return build_opener()
    passwords = HTTPPasswordMgrWithDefaultRealm()
    passwords.add_password(None, access.url, access.user, access.password)
    return build_opener(_Digest(passwords) if access.digest else _Basic(access))


class _Basic(BaseHandler):
    """Says who asks at once: a body that is refused would have been sent for nothing."""

    def __init__(self, access: Access) -> None:
        self._told = f"{access.user}:{access.password}".encode()

    def http_request(self, request: Request) -> Request:
        """Add who asks."""
        told = base64.b64encode(self._told).decode()
        request.add_unredirected_header("Authorization", f"Basic {told}")
        return request

    https_request = http_request


class _Digest(HTTPDigestAuthHandler):
    """Remembers the last challenge: some stores hang up on a body that comes without an answer to one."""

    challenge: dict[str, str] | None = None

    def retry_http_digest_auth(self, req: Request, auth: str) -> object:
        self.challenge = parse_keqv_list(parse_http_list(auth.partition(" ")[2]))
        return super().retry_http_digest_auth(req, auth)

    def http_request(self, request: Request) -> Request:
        if self.challenge and not request.has_header("Authorization"):
            told = self.get_authorization(request, self.challenge)
            request.add_unredirected_header("Authorization", f"Digest {told}")
        return request

    https_request = http_request


def _parts(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    rest = iter(triples)
    yield list(islice(rest, _AT_ONCE))
    while part := list(islice(rest, _AT_ONCE)):
        yield part
