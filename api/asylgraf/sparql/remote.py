"""A SPARQL 1.1 store elsewhere, asked over HTTP: answers that are whole and well formed, or an error."""

from __future__ import annotations

import ast
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError, URLError

import pyoxigraph as ox

from asylgraf.errors import BackendCutShort, BackendFailed, BackendRefused, BrokenQuery, NotAQuery
from asylgraf.sparql.anatomy import Anatomy, anatomy
from asylgraf.sparql.rows import Rows, Triples, from_json
from asylgraf.sparql.syntax import read

if TYPE_CHECKING:
    from SPARQLWrapper import SPARQLWrapper

_RETRIES: Final = 4
_AGAIN: Final = frozenset({429, 503})
"""The statuses that say: not now, ask again later. All others are final."""
_LONGEST: Final = 30.0
_LEAST_CAP: Final = 1000
"""No store is known to cut answers shorter than this."""
_ADVICE: Final = "ask for pages with ORDER BY, LIMIT and OFFSET"
_GRAPHS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


@dataclass(frozen=True)
class Access:
    """The address of a store, and what it wants to know of who asks."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    digest: bool = False
    """Whether user and password are sent by the Digest scheme rather than Basic."""
    seconds: float = 60.0


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media(self) -> str:
        """The media type of the body."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Remote:
    """A store to ask."""

    def __init__(self, access: Access, wait: Callable[[float], None] = time.sleep) -> None:
        self.access = access
        self._wait = wait

    def ask(
        self,
        text: str,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        fields: Mapping[str, str] | None = None,
    ) -> Rows | Triples | bool:
        """The answer to a query over those graphs; BackendCutShort if the store gives only a part of it."""
        return self.told(text, default, named, fields)[0]

    def told(
        self,
        text: str,
        default: Sequence[str] = (),
        named: Sequence[str] = (),
        fields: Mapping[str, str] | None = None,
    ) -> tuple[Rows | Triples | bool, Reply]:
        """The same, and the reply in which the store gave it."""
        reading = read(text)
        if reading.update:
            raise NotAQuery(f"{reading.form} is an update; a remote store is only read.")
        # In the query, since some stores repeat what a request names in a header for each graph.
        asked = anatomy(text).over(default, named) if default or named else anatomy(text)
        given = {name: (value,) for name, value in (fields or {}).items()}
        reply = self.send(str(asked), given)
        answer = _read(reading.form, reply)
        self._refuse_a_part(asked, reply, answer, given)
        return answer, reply

    def send(self, text: str, fields: Mapping[str, Sequence[str]]) -> Reply:
        """The reply to a query; asked again when the store says that it is busy."""
        for attempt in range(_RETRIES + 1):
            try:
                return self._once(text, fields)
            except HTTPError as refusal:
                if refusal.code not in _AGAIN or attempt == _RETRIES:
                    raise self._mistake(refusal.code, refusal.read(2000)) from None
                self._wait(_pause(refusal.headers.get("retry-after"), attempt))
        raise AssertionError

    def _once(self, text: str, fields: Mapping[str, Sequence[str]]) -> Reply:
        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        try:
            found = self._wrapper(text, fields).query().response
            headers = {name.lower(): value for name, value in found.headers.items()}
            return Reply(found.status, headers, found.read())
        except SPARQLWrapperException as mistake:
            statuses = {
                "QueryBadFormed": 400,
                "Unauthorized": 401,
                "EndPointNotFound": 404,
                "URITooLong": 414,
            }
            told = str(mistake).partition("Response:\n")[2]
            said = ast.literal_eval(told) if told.startswith(("b'", 'b"')) else told.encode()
            raise self._mistake(statuses.get(type(mistake).__name__, 500), said) from None
        except HTTPError:
            raise
        except (URLError, HTTPException, OSError) as mistake:
            reason = getattr(mistake, "reason", mistake)
            raise BackendFailed(f"The store cannot be reached: {reason}.", where=self.access.url) from None

    def _wrapper(self, text: str, fields: Mapping[str, Sequence[str]]) -> SPARQLWrapper:
        from SPARQLWrapper import BASIC, DIGEST, JSON, POST, TURTLE, URLENCODED, SPARQLWrapper

        wrapper = SPARQLWrapper(self.access.url)
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(URLENCODED)
        wrapper.setOnlyConneg(True)  # stores disagree on `format=`
        wrapper.setTimeout(int(self.access.seconds))
        wrapper.setQuery(text)
        wrapper.setReturnFormat(JSON if wrapper.queryType in ("SELECT", "ASK") else TURTLE)
        for name, values in fields.items():
            for value in values:
                wrapper.addParameter(name, value)
        if self.access.token:
            wrapper.addCustomHttpHeader("Authorization", f"Bearer {self.access.token}")
        elif self.access.user:
            wrapper.setHTTPAuth(DIGEST if self.access.digest else BASIC)
            wrapper.setCredentials(self.access.user, self.access.password)
        return wrapper

    def _mistake(self, status: int, said: bytes) -> BackendFailed:
        told = said.decode("utf-8", "replace").splitlines()
        first = next((line.strip() for line in told if line.strip()), "")[:300]
        kind = BackendRefused if status in (401, 403) else BackendFailed
        detail = f"The store answers {status}{': ' + first if first else ''}"
        return kind(detail if detail.endswith(".") else detail + ".", where=self.access.url)

    def _refuse_a_part(
        self, asked: Anatomy, reply: Reply, answer: Rows | Triples | bool, fields: Mapping[str, Sequence[str]]
    ) -> None:
        cap = reply.headers.get("x-sparql-maxrows")
        if reply.status == 206 or cap:
            most = f" of at most {cap} rows" if cap else ""
            raise BackendCutShort(f"The store gives only a part{most}; {_ADVICE}.", where=self.access.url)
        if isinstance(answer, bool) or len(answer) < _LEAST_CAP:
            return
        if isinstance(answer, Triples):
            self._check_solutions(asked, fields)
            return
        number = self._count(asked, fields)
        if number != len(answer):
            said = f"The store gives {len(answer)} rows and counts {number}; {_ADVICE}."
            raise BackendCutShort(said, where=self.access.url)

    def _check_solutions(self, asked: Anatomy, fields: Mapping[str, Sequence[str]]) -> None:
        """Some stores cut the rows from which triples are made, and say so only of rows."""
        if asked.head.upper().startswith("CONSTRUCT"):
            rows = anatomy(asked.solutions())
            reply = self.send(str(rows), fields)
            self._refuse_a_part(rows, reply, _read("SELECT", reply), fields)

    def _count(self, asked: Anatomy, fields: Mapping[str, Sequence[str]]) -> object:
        counted = _read("SELECT", self.send(asked.counting(), fields))
        return counted.rows[0][0] if isinstance(counted, Rows) and counted.rows else None


def _pause(written: str | None, attempt: int) -> float:
    if written and written.isascii() and written.isdigit():
        return min(float(written), _LONGEST)
    return float(min(2**attempt, _LONGEST))


def _read(form: str, reply: Reply) -> Rows | Triples | bool:
    try:
        return _table(form, reply) if form in ("SELECT", "ASK") else _triples(reply)
    except (ValueError, KeyError, TypeError, SyntaxError, BrokenQuery) as mistake:
        said = f"The store answers {reply.status} with {reply.media or 'no media type'} that cannot be read"
        raise BackendFailed(f"{said}: {mistake}.") from None


def _table(form: str, reply: Reply) -> Rows | bool:
    answer: Rows | bool = from_json(reply.body)
    if form == "ASK" and isinstance(answer, Rows):
        # An old store tells yes and no as a table of one cell.
        cells: list[Any] = [cell for row in answer.rows for cell in row]
        return bool(cells and cells[0] not in (0, "0", "false"))
    return answer


def _triples(reply: Reply) -> Triples:
    form = _GRAPHS.get(reply.media, ox.RdfFormat.TURTLE)
    quads = ox.parse(reply.body, format=form, base_iri="urn:x-answer:")
    return Triples(tuple(dict.fromkeys(ox.Triple(q.subject, q.predicate, q.object) for q in quads)))
