"""The instruments a text names, ready to ask which stands before or behind a place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from asylgraf.citations.atlas import Atlas
from asylgraf.citations.mentions import Mention, Named, Unknown

OUTSIDE: Final = "outside"
"""Stands for an act that the graph does not know."""
BEYOND: Final = "beyond"
"""Stands for a convention or an act of the Union that the graph does not know."""
_FAR: Final = 40
"""So many instruments behind a place are looked at."""


def family(address: str) -> str:
    """`danish` for acts cited by section, `article` for all others."""
    return "danish" if address.startswith("dk/") or address == OUTSIDE else "article"


def noun_of(address: str) -> str:
    """The kind of an instrument, as texts call it."""
    if address == OUTSIDE or address.startswith("dk/"):
        return "order" if "-order" in address or address.startswith("dk/bek") else "act"
    if address.startswith("eu/3"):
        return {"R": "regulation", "L": "directive", "D": "decision", "F": "decision"}.get(
            address[8:9], "treaty"
        )
    if address.endswith("charter"):
        return "charter"
    if "protocol" in address or "-op" in address or address.startswith("echr/"):
        return "protocol"
    if address.startswith("eu/"):
        return "treaty"
    return "covenant" if address in ("iccpr", "icescr") else "convention"


@lru_cache(4096)
def _kinds(address: str, source: bool) -> tuple[str, ...]:
    """The nouns and families under which an instrument is looked for."""
    noun = noun_of(address)
    nouns = () if source and noun == "act" else (noun,)
    european = ("european",) if address == "echr" else ()
    return (*nouns, *european, *(() if source else (family(address),)))


def is_source(mention: Mention) -> bool:
    """A numbered Danish act, cited for its date or its changes and not for its provisions."""
    return isinstance(mention, Named) and mention.numbered and mention.addresses[0].startswith("dk/")


@dataclass(slots=True)
class _Places:
    """Instruments of one kind in the order of their places."""

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def add(self, mention: Named | Unknown, address: str) -> None:
        """Keep the next one."""
        self.starts.append(mention.start)
        self.ends.append(mention.end)
        self.addresses.append(address)


class Standing(NamedTuple):
    """An instrument at its place."""

    address: str
    start: int
    end: int


class Names:
    """Which instruments a text names, where."""

    def __init__(self, atlas: Atlas, told: Sequence[Named | Unknown], on: date | None = None) -> None:
        self._atlas = atlas
        self._day = on.isoformat() if on else "9999"
        self._numbered = {named.addresses[0] for named in told if isinstance(named, Named) and named.numbered}
        self._chosen: dict[tuple[str, ...], str] = {}
        self._places: dict[str, _Places] = {}
        self._all: dict[str, set[str]] = {}
        for mention in told:
            if isinstance(mention, Unknown):
                if not mention.treaty and not mention.aside:
                    self._keep(mention, OUTSIDE)
            elif not mention.weak:
                self._keep(mention, self.chosen(mention))

    def _keep(self, mention: Named | Unknown, address: str) -> None:
        for kind in _kinds(address, is_source(mention)):
            places = self._places.get(kind)
            if places is None:
                places = self._places[kind] = _Places()
            places.add(mention, address)

    def chosen(self, named: Named) -> str:
        """The instrument a name means: of successors the one cited by number, else the newest of the day."""
        if len(named.addresses) == 1 or named.numbered:
            return named.addresses[0]
        if named.addresses not in self._chosen:
            cited = [address for address in named.addresses if address in self._numbered]
            starts = self._atlas.known.named_from
            begun = [address for address in named.addresses if starts.get(address, "") <= self._day]
            newest = max(begun or named.addresses, key=lambda address: starts.get(address, ""))
            self._chosen[named.addresses] = cited[0] if cited else newest
        return self._chosen[named.addresses]

    def before(self, kind: str, place: int) -> Standing | None:
        """The last instrument of a family or noun that ends before a place."""
        places = self._places.get(kind)
        n = bisect_right(places.ends, place) - 1 if places else -1
        return Standing(places.addresses[n], places.starts[n], places.ends[n]) if places and n >= 0 else None

    def after(self, kind: str, place: int) -> str | None:
        """The first known instrument of a family or noun that begins behind a place."""
        places = self._places.get(kind)
        if places is None:
            return None
        first = bisect_left(places.starts, place)
        rest = places.addresses[first : first + _FAR]
        return next((address for address in rest if address != OUTSIDE), None)

    def all(self, kind: str) -> set[str]:
        """Every instrument of a family or noun that the text names."""
        places = self._places.get(kind)
        if places is None:
            return set()
        if kind not in self._all:
            self._all[kind] = set(places.addresses)
        return self._all[kind]
