"""What a thing is made up of, on a day: its parts and theirs, each with what it says and what it brings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from asylgraf.graph.history import standing_at
from asylgraf.graph.law import Labels
from asylgraf.service.things import Things


@dataclass(frozen=True)
class Line:
    """A part: what it says itself that day, what it and its parts bring, and its parts."""

    iri: str
    says: Labels
    brings: tuple[str, ...]
    below: tuple[Line, ...]


@dataclass(frozen=True)
class Outline:
    """The parts of a thing: those of each chapter, and those in none."""

    chapters: tuple[tuple[str, tuple[Line, ...]], ...]
    others: tuple[Line, ...]

    @property
    def size(self) -> int:
        """How many parts there are, and parts of parts."""
        tops = (*self.others, *(line for _, lines in self.chapters for line in lines))
        return sum(_size(line) for line in tops)


def _size(line: Line) -> int:
    return 1 + sum(map(_size, line.below))


def outline(things: Things, iri: str, on: date) -> Outline:
    """The parts of a thing, as people count."""
    chapters = things.chapters(iri)
    placed = {section for _, sections in chapters for section in sections}
    others = (part for part in things.contents(iri) if part not in placed)
    found = tuple((chapter, _lines(things, sections, on)) for chapter, sections in chapters)
    return Outline(found, _lines(things, others, on))


def _lines(things: Things, parts: Iterable[str], on: date) -> tuple[Line, ...]:
    return tuple(_line(things, part, on) for part in parts)


def _line(things: Things, iri: str, on: date) -> Line:
    standing = standing_at(things.law, iri, on)
    below = _lines(things, things.parts(iri), on)
    brings = (
        *(version.brings for version in standing if version.brings),
        *(one for line in below for one in line.brings),
    )
    says = standing[0].summary if standing else {}
    return Line(iri, says, tuple(dict.fromkeys(brings)), below)
