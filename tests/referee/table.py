"""What the referee counted in a run, as one table to put into a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from asylgraf.reasoner.referee import Comparison

COUNTS = (
    "cases",
    "impossible",
    "questions",
    "hold",
    "fail",
    "undetermined",
    "differences",
    "pairs",
    "without a pair",
    "read wrongly",
    "found out",
)
Record = Mapping[str, str | int]
"""What was compared, under the law of which day, and how much of it."""


def counted(what: str, day: date | str, found: Comparison, **more: int) -> Record:
    """The record of one comparison."""
    undetermined = found.questions - found.holds - found.fails
    judged = (found.cases, found.impossible, found.questions, found.holds, found.fails, undetermined)
    named = dict(zip(COUNTS, (*judged, len(found.differences)), strict=False))
    return {"what": what, "day": str(day), **named, **{name.replace("_", " "): n for name, n in more.items()}}


def table(records: Sequence[Record]) -> list[str]:
    """The records by what was compared, each with the number of days, and their sum."""
    kinds = sorted({str(record["what"]) for record in records})
    rows = [_row(what, [record for record in records if record["what"] == what]) for what in kinds]
    rows = [("", "days", *COUNTS), *rows, _row("all", records)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    rule = "|".join(("-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:])))
    return [lines[0], f"|{rule}|", *lines[1:]]


def _row(what: str, records: Sequence[Record]) -> tuple[str, ...]:
    days = len({record["day"] for record in records})
    sums = (sum(int(record.get(count, 0)) for record in records) for count in COUNTS)
    return what, str(days), *(f"{number:,}" for number in sums)


def _line(row: Iterable[str], widths: Iterable[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
    return f"| {' | '.join(cells)} |"
