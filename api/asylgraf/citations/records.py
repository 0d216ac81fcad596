"""What the linker says about a text: citations, and what each of them means."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from asylgraf.namespaces import ID


class Status(StrEnum):
    """How far a citation was followed."""

    RESOLVED = "resolved"
    UNKNOWN_TARGET = "unknown_target"
    NO_SUCH_PROVISION = "no_such_provision"
    AMBIGUOUS = "ambiguous"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a citation stands for; shared by all citations that mean the same.

    Addresses are kept below `id/`: `dk/aliens-act/7/3`.
    """

    address: str | None
    status: Status
    rule: str
    """The rule of scope that fired."""
    confidence: float
    members: tuple[str, ...] = ()
    """What a range takes in, in the order of the act."""
    identifiers: tuple[tuple[str, str], ...] = ()
    version: str | None = None
    as_of: date | None = None
    candidates: tuple[str, ...] = ()
    label: str | None = field(default=None, compare=False)

    @property
    def linked(self) -> bool:
        """Whether there is anything to link to."""
        dead = (Status.NO_SUCH_PROVISION, Status.OUT_OF_SCOPE)
        return self.address is not None and self.status not in dead


class Citation(NamedTuple):
    """A stretch of text that cites something, in code points of the text as given."""

    start: int
    end: int
    surface: str
    meaning: Meaning

    @property
    def iri(self) -> str | None:
        """The address of what is cited, also when the graph has no such node."""
        return ID + self.meaning.address if self.meaning.address is not None else None

    @property
    def status(self) -> Status:
        """How far the citation was followed."""
        return self.meaning.status

    def to_json(self) -> dict[str, object]:
        """The record as the command line and the web give it."""
        meaning = self.meaning
        record: dict[str, object] = {
            "start": self.start,
            "end": self.end,
            "surface": self.surface,
            "iri": self.iri,
        }
        if meaning.members:
            record["iris"] = [ID + member for member in meaning.members]
        record |= {
            "status": str(meaning.status),
            "rule": meaning.rule,
            "confidence": meaning.confidence,
            "identifiers": _grouped(meaning.identifiers),
            "version": ID + meaning.version if meaning.version else None,
            "asOf": meaning.as_of.isoformat() if meaning.as_of else None,
        }
        if meaning.candidates:
            record["candidates"] = [ID + candidate for candidate in meaning.candidates]
        return record


@dataclass(frozen=True, slots=True)
class UnknownCitation:
    """A citation as typed that cannot be read, kept as it was written."""

    written: str

    def to_json(self) -> dict[str, object]:
        """The citation as typed, with no target."""
        return {"surface": self.written, "iri": None, "status": "unread"}


def _grouped(identifiers: tuple[tuple[str, str], ...]) -> dict[str, str | list[str]]:
    groups: dict[str, list[str]] = {}
    for kind, value in identifiers:
        groups.setdefault(kind, []).append(value)
    return {kind: values[0] if len(values) == 1 else values for kind, values in groups.items()}
