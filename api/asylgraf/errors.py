"""Every error Asylgraf raises.

AsylgrafError
├── DataError               something in ontology/ or kb/ is wrong
│   ├── BrokenFile            not RDF
│   ├── BrokenLaw             a version, rule or scope that does not fit the grammar
│   └── CyclicLaw             provisions that refer to each other in a circle
├── BadCase                 a case that cannot be read
│   ├── UnknownFact
│   ├── WrongValue
│   ├── ContradictoryFacts
│   └── BrokenReceipt         a file that is no receipt of an answer
├── BadDate                 a day that is none
│   └── NotYetRecorded        `known` before the first record
├── UnknownThing            no such thing in the graph
│   └── UnknownProvision
├── BadQuery                a query that cannot be read
│   ├── BrokenQuery           not SPARQL: with line and column
│   ├── NotAQuery             an update, which a read-only endpoint refuses
│   ├── FederatedQuery        SERVICE, which would fetch from elsewhere
│   ├── TooComplexQuery       nested deeper than the engine can follow
│   ├── BadParameter          a parameter missing, repeated or of the wrong type
│   └── UnknownQuery          no named query of that name
├── BadRequest              a request that HTTP or the SPARQL protocol does not allow
│   ├── UnknownHost           a Host header that names another site
│   ├── WriteRefused          a write to a read-only endpoint
│   ├── WrongMethod
│   ├── WrongMediaType
│   ├── NoSuchFormat          none of the formats asked for can be given
│   ├── RequestTooLarge
│   └── RequestTooSlow
├── LimitReached            an answer that would cost more than one user may have
│   ├── TooBusy               every worker is taken, and the queue is full
│   ├── TooSlow               the deadline
│   ├── TooMuchMemory         the memory limit
│   ├── TooLargeAnswer        the size limit
│   ├── WorkerLost            the process that worked on it ended
│   └── AnswerCutShort        a stream that had to stop
├── BackendFailed           a remote store that gives no answer, or none that can be read
│   ├── BackendRefused        it wants to know who asks
│   ├── BackendCutShort       it gives a part of the answer as if it were the whole
│   └── BackendNotLoaded      it does not hold this version of the graph
├── MissingExtra            a part of Asylgraf that is not installed
├── RefereeFailed           the Java reasoner gave no answer that can be trusted
└── Unforeseen              a fault of the program itself
"""

from __future__ import annotations

from typing import ClassVar


class AsylgrafError(Exception):
    """Something Asylgraf was asked cannot be answered."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "The request cannot be answered"

    def __init__(self, detail: str, where: str | None = None) -> None:
        """`detail` is one whole sentence; `where` names the place: file and line, field, row and column."""
        super().__init__(detail)
        self.detail = detail
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.detail}" if self.where else self.detail

    def problem(self) -> dict[str, object]:
        """The error as `application/problem+json` (RFC 9457)."""
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "where": self.where,
        }


class DataError(AsylgrafError):
    """Something in the ontology or the knowledge base is wrong.

    `place` is the file and line where the thing that is wrong stands, once that is known.
    """

    status = 500
    title = "The data is wrong"
    place: str | None = None

    def __str__(self) -> str:
        return f"{self.place}: {super().__str__()}" if self.place else super().__str__()


class BrokenFile(DataError):
    """A file that is not the RDF its name says."""

    title = "A file cannot be read"


class BrokenLaw(DataError):
    """A version, rule or scope that does not fit the grammar of rules."""

    title = "A rule cannot be read"


class CyclicLaw(DataError):
    """Provisions that refer to each other in a circle."""

    title = "The law refers to itself in a circle"


class BadCase(AsylgrafError):
    """A case that cannot be read."""

    status = 422
    title = "The case cannot be read"


class UnknownFact(BadCase):
    """A fact that no provision asks for."""

    title = "No fact of that name"


class WrongValue(BadCase):
    """A value that is not of the fact's type."""

    title = "A fact has the wrong kind of value"


class ContradictoryFacts(BadCase):
    """Facts that cannot all be true of one person."""

    title = "The facts contradict each other"


class BrokenReceipt(BadCase):
    """A file that is no receipt of an answer."""

    title = "The receipt cannot be read"


class BadDate(AsylgrafError):
    """A day that is no date."""

    title = "That is no date"


class NotYetRecorded(BadDate):
    """`known` is before the graph's first record."""

    status = 422
    title = "The graph had recorded nothing by then"


class UnknownThing(AsylgrafError):
    """Nothing in the graph has that address."""

    status = 404
    title = "No such thing in the graph"

    def __init__(self, detail: str, where: str | None = None, near: tuple[str, ...] = ()) -> None:
        """`near` are the addresses that may have been meant."""
        super().__init__(detail, where)
        self.near = near


class UnknownProvision(UnknownThing):
    """No provision by that citation."""

    title = "No provision by that citation"


class BadQuery(AsylgrafError):
    """A query that cannot be read."""

    title = "The query cannot be read"


class BrokenQuery(BadQuery):
    """A query that is not SPARQL."""

    title = "The query is not SPARQL"

    def __init__(self, detail: str, line: int, column: int) -> None:
        """The first place the parser could not read on from."""
        super().__init__(detail, where=f"line {line}, column {column}")
        self.line = line
        self.column = column

    def problem(self) -> dict[str, object]:
        """The error with its line and column as numbers too."""
        return {**super().problem(), "line": self.line, "column": self.column}


class NotAQuery(BadQuery):
    """An update where a query should be."""

    title = "This endpoint only reads"


class FederatedQuery(BadQuery):
    """A query that would send parts of itself elsewhere."""

    title = "SERVICE is switched off"


class TooComplexQuery(BadQuery):
    """A query nested deeper than the engine can follow."""

    title = "The query is too complex"


class BadParameter(BadQuery):
    """A parameter that is missing, repeated or of the wrong type."""

    title = "A parameter cannot be read"


class UnknownQuery(BadQuery):
    """No named query of that name."""

    status = 404
    title = "No query of that name"


class BadRequest(AsylgrafError):
    """A request that HTTP or the SPARQL protocol does not allow."""

    title = "The request cannot be read"


class UnknownHost(BadRequest):
    """A request meant for a site of another name."""

    status = 421
    title = "This site has another name"


class UnknownAct(BadRequest):
    """An act that sections are to be read as those of, and that nothing is known of."""

    title = "No such act"


class WriteRefused(BadRequest):
    """A write to a graph that is only read."""

    status = 403
    title = "This endpoint only reads"


class WrongMethod(BadRequest):
    """A method that the address does not know."""

    status = 405
    title = "That method is not allowed here"


class WrongMediaType(BadRequest):
    """A body of a kind the address does not read."""

    status = 415
    title = "That kind of body cannot be read here"


class NoSuchFormat(BadRequest):
    """None of the formats asked for can be given."""

    status = 406
    title = "No answer in that format"


class RequestTooLarge(BadRequest):
    """A request longer than the limit."""

    status = 413
    title = "The request is too large"


class RequestTooSlow(BadRequest):
    """A request that took too long to arrive."""

    status = 408
    title = "The request did not arrive in time"


class LimitReached(AsylgrafError):
    """An answer that would cost more than one user may have."""

    status = 503
    title = "A limit was reached"


class TooBusy(LimitReached):
    """Every worker is taken and the queue is full."""

    title = "Too many are asking at once"


class TooSlow(LimitReached):
    """The deadline passed."""

    status = 504
    title = "The answer took too long"


class TooMuchMemory(LimitReached):
    """The memory limit was reached."""

    status = 507
    title = "The answer needs too much memory"


class TooLargeAnswer(LimitReached):
    """The answer is longer than the limit."""

    status = 413
    title = "The answer is too large"


class WorkerLost(LimitReached):
    """The process that worked on the answer ended."""

    status = 500
    title = "The answer was lost"


class AnswerCutShort(LimitReached):
    """An answer that had begun and could not be finished."""

    status = 504
    title = "The answer was cut short"


class BackendFailed(AsylgrafError):
    """A remote store gives no answer, or none that can be read."""

    status = 502
    title = "The remote store gave no answer"


class BackendRefused(BackendFailed):
    """A remote store wants to know who asks."""

    title = "The remote store refuses"


class BackendCutShort(BackendFailed):
    """A remote store gives a part of the answer as if it were the whole."""

    title = "The remote store gave a part of the answer"


class BackendNotLoaded(BackendFailed):
    """A remote store does not hold this version of the graph."""

    title = "The remote store does not hold this graph"


class MissingExtra(AsylgrafError):
    """A part of Asylgraf that is not installed here."""

    status = 501
    title = "A part of Asylgraf is not installed"


class RefereeFailed(AsylgrafError):
    """The Java reasoner gave no answer that can be trusted."""

    status = 500
    title = "The referee gave no answer"


class Unforeseen(AsylgrafError):
    """A fault of the program itself."""

    status = 500
    title = "The program failed"
