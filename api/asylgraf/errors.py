"""Every error Asylgraf raises.

AsylgrafError
├── DataError               something in ontology/ or kb/ is wrong
│   ├── BrokenFile            not RDF
│   ├── BrokenLaw             a version, rule or scope that does not fit the grammar
│   └── CyclicLaw             provisions that refer to each other in a circle
├── BadCase                 a case that cannot be read
│   ├── UnknownFact
│   ├── WrongValue
│   └── ContradictoryFacts
├── BadDate                 a day that is none
│   └── NotYetRecorded        `known` before the first record
├── UnknownThing            no such thing in the graph
│   └── UnknownProvision
└── BadQuery                a query that cannot be read
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
        return {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail, "where": self.where}


class DataError(AsylgrafError):
    """Something in the ontology or the knowledge base is wrong."""

    status = 500
    title = "The data is wrong"


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


class UnknownProvision(UnknownThing):
    """No provision by that citation."""

    title = "No provision by that citation"


class BadQuery(AsylgrafError):
    """A query that cannot be read."""

    title = "The query cannot be read"
