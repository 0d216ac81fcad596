"""What a first reading finds: names, runs, numbers and labels, each with its place in the folded text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from asylgraf.citations.records import Meaning
from asylgraf.citations.steps import Item


@dataclass(slots=True)
class Named:
    """An instrument by name or number."""

    start: int
    end: int
    addresses: tuple[str, ...]
    """What the name can mean; more than one where acts in succession share a popular name."""
    genitive: bool = False
    numbered: bool = False
    weak: bool = False
    """An abbreviation that means the instrument only beside an article."""
    short: bool = False
    """Whether it is an abbreviation, which a comma may part from its article: "stk. 2, TEUF"."""
    as_of: str | None = None
    """The day whose law a numbered consolidation prints."""
    used: bool = False
    """Whether it stands inside the span of a provision."""
    reach: int = 0
    """Where words that belong to it without being cited begin: "the", "Rådets"."""


@dataclass(slots=True)
class Generic:
    """An instrument by its kind only: *loven*, *the Convention*, *samme direktivs*."""

    start: int
    end: int
    noun: str
    genitive: bool = False
    backward: bool = False
    """Whether it says that it means the one just named: *samme*, *that*."""
    reach: int = 0


@dataclass(slots=True)
class Unknown:
    """An act by a name that the graph does not know, or a foreign act."""

    start: int
    end: int
    genitive: bool = False
    reach: int = 0
    treaty: bool = False
    """Whether it is cited by article: a convention, a directive."""
    aside: bool = False
    """Whether only the provisions right beside it are its own."""


@dataclass(slots=True)
class Run:
    """Provisions in one breath; items count from `base`."""

    start: int
    end: int
    base: int
    items: tuple[Item, ...]
    danish: bool
    """Whether its units are Danish."""
    signless: bool = False
    """Whether the page lost its § sign."""
    heading: Named | Generic | None = None
    """The instrument of "Articles of the Covenant: 6 and 7"."""


@dataclass(slots=True)
class Label:
    """A section or subsection naming itself: the text is a statute, and this is where it stands."""

    start: int
    end: int
    section: str | None
    english: bool = False
    """Whether it only heads a translation, whose subsections are its own."""


@dataclass(slots=True)
class Pointed:
    """Something that carries its own meaning: a judgment, an identifier, a numbered bill."""

    start: int
    end: int
    meaning: Meaning
    key: str
    """What tells whether two that stand together are the same thing."""
    named: bool = False


Instrument = Named | Generic | Unknown
INSTRUMENT: Final = (Named, Generic, Unknown)
Mention = Instrument | Run | Label | Pointed


@dataclass(slots=True)
class Found:
    """Everything a first reading found, in order, and the bodies whose words it met."""

    mentions: list[Mention] = field(default_factory=list)
    bodies: dict[str, int] = field(default_factory=dict)
    """How often a court or committee is named, by the instrument it calls *the Convention*."""
    voices: list[tuple[int, str]] = field(default_factory=list)
    """Where each of their names ended, and that instrument."""
    acronyms: set[str] = field(default_factory=set)
    """Abbreviations by which the text means a committee: "the Committee on the Rights of the Child (CRC)"."""
    views: set[str] = field(default_factory=set)
    """Numbers of communications that the text gives with their committee's document."""
