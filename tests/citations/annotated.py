"""Texts annotated by hand: what they cite, and what only looks like a citation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from asylgraf.citations import Citation, Status

HERE: Final = Path(__file__).parent
_MARK: Final = re.compile(r"\[(full|ctx|list|range|nosign|inst|case) (.*?)\|([^\]|]+)\](?!\])", re.DOTALL)
_LOOK_ALIKE: Final = re.compile(r"\{(.*?)\}", re.DOTALL)
_SHORT: Final = {
    "A": "dk/aliens-act",
    "R": "refugee-convention",
    "E": "echr",
    "C": "eu-charter",
    "D": "eu/32013R0604",
}
_CASES: Final = re.compile(r"(?:echr/\d|cjeu/|un/|dk/hojesteret|dk/(?:flygtninge|udlaendinge)naevnet|dk/ufr)")


@dataclass(frozen=True)
class Expected:
    """A citation that a text holds."""

    kind: str
    start: int
    end: int
    address: str
    """Below `id/`; of a range, its first."""
    others: tuple[str, ...] = ()
    """Further addresses that count as right."""


@dataclass(frozen=True)
class Annotated:
    """A text with its citations."""

    name: str
    text: str
    expected: tuple[Expected, ...]
    borderline: tuple[tuple[int, int], ...] = ()
    """Places where a link is neither right nor wrong."""


def sentences() -> list[Annotated]:
    """The texts of the files of `sentences/`."""
    files = sorted((HERE / "sentences").glob("*.txt"))
    blocks = (re.split(r"^@", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:] for file in files)
    return [_annotated(*block.split("\n", 1)) for block in chain.from_iterable(blocks)]


def look_alikes() -> list[tuple[str, tuple[tuple[int, int], ...]]]:
    """The texts of `look-alikes.txt`, each with the places that must not be linked."""
    body = (HERE / "look-alikes.txt").read_text(encoding="utf-8").split("\n", 1)[1]
    return [_plain(text.strip()) for text in body.split("\n\n") if text.strip()]


def _annotated(name: str, marked: str) -> Annotated:
    pieces: list[str] = []
    expected: list[Expected] = []
    done = length = 0
    marked = marked.strip()
    for mark in _MARK.finditer(marked):
        pieces += (marked[done : mark.start()], mark[2])
        length += mark.start() - done
        expected.append(Expected(mark[1], length, length + len(mark[2]), _address(mark[3])))
        length += len(mark[2])
        done = mark.end()
    return Annotated(name, "".join((*pieces, marked[done:])), tuple(expected))


def _address(written: str) -> str:
    first = written.split("..", maxsplit=1)[0]
    head, slash, rest = first.partition("/")
    whole = _SHORT.get(head, head) + slash + rest
    return (
        f"case/{whole}"
        if _CASES.match(whole) and not whole.startswith("echr/p") and not _is_article(written)
        else whole
    )


def _is_article(written: str) -> bool:
    return written.startswith("E/")


def _plain(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    done = length = 0
    for mark in _LOOK_ALIKE.finditer(marked):
        pieces += (marked[done : mark.start()], mark[1])
        length += mark.start() - done
        spans.append((length, length + len(mark[1])))
        length += len(mark[1])
        done = mark.end()
    return "".join((*pieces, marked[done:])), tuple(spans)


# Scoring


@dataclass
class Score:
    """Right citations of one kind, and all of them."""

    right: int = 0
    exact: int = 0
    all: int = 0


def addresses(citation: Citation) -> set[str]:
    """Everything a citation leads to, judgments without their day."""
    led = {citation.meaning.address, *citation.meaning.members}
    return {re.sub(r"^(case/\w+/[^/]+)/\d{4}-\d\d-\d\d$", r"\1", address) for address in led if address}


def is_right(expected: Expected, citation: Citation) -> bool:
    """Whether a found citation overlaps an expected one and leads where it should."""
    overlaps = citation.start < expected.end and expected.start < citation.end
    return overlaps and not addresses(citation).isdisjoint((expected.address, *expected.others))


def is_link(citation: Citation) -> bool:
    """Whether a citation claims to lead anywhere."""
    return citation.iri is not None and citation.status not in (Status.NO_SUCH_PROVISION, Status.OUT_OF_SCOPE)


def score(
    text: Annotated, found: Sequence[Citation], scores: dict[str, Score]
) -> tuple[list[Expected], list[Citation]]:
    """Count a text into the scores; what was missed and what was wrongly linked."""
    missed: list[Expected] = []
    for expected in text.expected:
        counted = scores.setdefault(expected.kind, Score())
        counted.all += 1
        good = [citation for citation in found if is_right(expected, citation)]
        counted.right += bool(good)
        counted.exact += any((c.start, c.end) == (expected.start, expected.end) for c in good)
        if not good:
            missed.append(expected)
    judged = [c for c in found if is_link(c) and not _borderline(c, text)]
    wrong = [c for c in judged if not any(is_right(expected, c) for expected in text.expected)]
    return missed, wrong


def _borderline(citation: Citation, text: Annotated) -> bool:
    return any(citation.start < end and start < citation.end for start, end in text.borderline)


def surfaces(text: str, found: Iterable[Citation]) -> bool:
    """Whether each citation's place holds exactly its words."""
    return all(text[c.start : c.end] == c.surface for c in found)
