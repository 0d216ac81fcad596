"""Whether the law of every day can be put together at all: references, circles, the grammar of rules."""

from __future__ import annotations

from collections.abc import Iterator

from asylgraf.errors import DataError
from asylgraf.graph.check.findings import Finding
from asylgraf.graph.lawgraph import LawGraph
from asylgraf.graph.places import Places, focus

NAME = "the law of every day"


def unreadable_days(graph: LawGraph) -> Iterator[Finding]:
    """The first mistake that keeps each change date's law from being read."""
    try:
        days = graph.change_dates()
    except DataError as mistake:
        yield _finding(mistake, Places(graph))
        return
    seen: set[str] = set()
    for day in days:
        try:
            graph.consolidated(day)
        except DataError as mistake:
            if str(mistake) not in seen:
                seen.add(str(mistake))
                yield _finding(mistake, Places(graph))


def _finding(mistake: DataError, places: Places) -> Finding:
    thing = focus(mistake)
    return Finding(NAME, "error", mistake.detail, thing, places.of(thing) or mistake.where)
