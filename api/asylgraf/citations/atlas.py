"""The linker's tables made ready to ask: what exists, what lies between, what moved, who is who."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Final

from asylgraf.citations.anchors import Anchors, short_names
from asylgraf.citations.fold import fold_name
from asylgraf.citations.knowledge import Judgment, Knowledge
from asylgraf.citations.patterns import lazy
from asylgraf.citations.records import Meaning
from asylgraf.citations.tables import shipped_knowledge

ALIENS_ACT: Final = "dk/aliens-act"
_SECTION: Final = lazy(r"(\d+)([a-zæøå]?)")
_MEANINGS_KEPT: Final = 1 << 15
_LONGEST_COUNT: Final = 60
"""A range that no outline bounds is not counted out further than this."""


class Atlas:
    """Everything the linker looks up, indexed."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self.anchors = Anchors(known)
        self.nodes = frozenset(known.nodes)
        self.named = frozenset(address for _, address, _ in known.names)
        self.abbreviations = frozenset(fold_name(name) for name, _ in known.abbreviations)
        self.demonyms = {fold_name(name): state for name, state in known.demonyms}
        self.states = {fold_name(name): state for name, state in known.states}
        self.state_addresses = frozenset(self.states.values())
        self.movers = frozenset(origin for _, origin, _ in known.moved)
        self.titles = {judgment.address: judgment for judgment in known.judgments}
        self.meanings: dict[tuple[object, ...], Meaning] = {}
        """What was worked out before, by what was asked."""

    def remember(self, asked: tuple[object, ...], meaning: Meaning) -> None:
        """Keep what something means; when too much is kept, begin anew."""
        if len(self.meanings) >= _MEANINGS_KEPT:
            self.meanings.clear()
        self.meanings[asked] = meaning

    # Structure of acts

    @cached_property
    def sections(self) -> dict[str, dict[str, int]]:
        """For each act every section that any outline has, with the most subsections it had."""
        merged: dict[str, dict[str, int]] = {}
        for act, outlines in self.known.outlines.items():
            table = merged.setdefault(act, {})
            for _, counts in outlines:
                for section, count in counts.items():
                    table[section] = max(count, table.get(section, 0))
        return merged

    def outline(self, act: str, on: date | None) -> dict[str, int] | None:
        """The sections of an act on a day: by the newest outline not after it, else the oldest."""
        outlines = self.known.outlines.get(act)
        if not outlines:
            return None
        if on is None:
            return outlines[-1][1]
        earlier = [counts for day, counts in outlines if day <= on.isoformat()]
        return earlier[-1] if earlier else outlines[0][1]

    def has_section(self, act: str, section: str) -> bool | None:
        """Whether an act has or had a section; None where its sections are not known."""
        table = self.sections.get(act)
        return None if table is None else section in table

    def has_subsection(self, act: str, section: str, number: int) -> bool:
        """Whether a section has or had that many subsections."""
        return 0 < number <= self.sections[act].get(section, 0)

    def sections_between(self, act: str, first: str, last: str, on: date | None) -> list[str]:
        """The sections from one to another as the act has them that day."""
        outline = self.outline(act, on)
        low, high = section_order(first), section_order(last)
        if outline is None:
            return numbers_between(first, last)
        found = sorted((s for s in outline if low <= section_order(s) <= high), key=section_order)
        return found or [first, last]

    # Time

    def version(self, address: str, on: date) -> str | None:
        """The version of a provision in force on a day, where the graph has its versions."""
        started = [
            version for start, version in self.known.versions.get(address, []) if start <= on.isoformat()
        ]
        return started[-1] if started else None

    def moved(self, address: str, on: date) -> list[str]:
        """Where what stood at an address on a day stands today; empty where it stayed."""
        goals = [
            (day, goal)
            for day, origin, goal in self.known.moved
            if day > on.isoformat() and address == origin
        ]
        return [last for day, goal in goals for last in self.moved(goal, date.fromisoformat(day)) or [goal]]

    # Judgments

    @cached_property
    def by_identifier(self) -> dict[str, list[Judgment]]:
        """Judgments by any of their identifiers, in small letters."""
        table: dict[str, list[Judgment]] = {}
        for judgment in self.known.judgments:
            for _, value in judgment.identifiers:
                table.setdefault(value.lower(), []).append(judgment)
        return table

    @cached_property
    def by_parties(self) -> dict[tuple[str, str], list[Judgment]]:
        """Judgments by applicant and respondent, both as keys of their names."""
        table: dict[tuple[str, str], list[Judgment]] = {}
        for judgment in self.known.judgments:
            for name in (judgment.title, *judgment.names):
                applicant, _, respondent = name.partition(" v. ")
                key = (party_key(applicant), self.respondent(fold_name(respondent.removesuffix("(Chamber)"))))
                held = table.setdefault(key, [])
                if judgment not in held:
                    held.append(judgment)
        return table

    @cached_property
    def _short_names(self) -> dict[str, list[Judgment]]:
        table: dict[str, list[Judgment]] = {}
        for judgment in self.known.judgments:
            for name in short_names(judgment):
                table.setdefault(name, []).append(judgment)
        return table

    def by_short_name(self, name: str) -> list[Judgment]:
        """Judgments that one party alone names, by that folded name."""
        return self._short_names.get(name, [])

    def respondent(self, name: str) -> str:
        """The state of that folded name, or the name; of two states the first; "(no. 2)" stays behind it."""
        name, another, number = name.partition(" (no. ")
        for candidate in (
            name,
            name.removeprefix("the "),
            name.split(" and ", maxsplit=1)[0],
            name.split(" og ", maxsplit=1)[0],
        ):
            if candidate.strip() in self.states:
                return self.states[candidate.strip()] + another + number
        return name.strip() + another + number


@cache
def shipped_atlas() -> Atlas:
    """The tables of the shipped graph."""
    return Atlas(shipped_knowledge())


def section_order(section: str) -> tuple[int, str]:
    """The place of a section in its act: 9, 9 a, 9 b, 10."""
    found = _SECTION.fullmatch(section)
    return (int(found[1]), found[2]) if found else (0, section)


def numbers_between(first: str, last: str) -> list[str]:
    """A range of plain numbers or letters; only its ends where it is neither."""
    if first.isdigit() and last.isdigit() and 0 <= int(last) - int(first) <= _LONGEST_COUNT:
        return [str(number) for number in range(int(first), int(last) + 1)]
    if len(first) == len(last) == 1 and first <= last:
        return [chr(code) for code in range(ord(first), ord(last) + 1)]
    (number, low), (same, high) = section_order(first), section_order(last)
    if number == same and len(low) == len(high) == 1 and low <= high:
        return [f"{number}{chr(code)}" for code in range(ord(low), ord(high) + 1)]
    return [first, last]


_OTHERS: Final = lazy(r"[, ]*\b(?:and others|m\.? ?fl\.?|a\.o\.|et al\.?|og andre)$")


@lru_cache(4096)
def party_key(name: str) -> str:
    """A party's name without points, spaces and "and Others", its *og* an *and*."""
    return re.sub(r"[\W_]", "", _OTHERS.sub("", fold_name(name)).replace(" og ", " and "))


def near_parties(key: str, keys: Iterable[str]) -> list[str]:
    """The names at most two slips from the one written; short names are never guessed."""
    from rapidfuzz.distance import DamerauLevenshtein

    if len(key) < 5:
        return []
    return sorted(
        name for name in keys if len(name) > 5 and DamerauLevenshtein.distance(key, name, score_cutoff=2) <= 2
    )
