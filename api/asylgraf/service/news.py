"""What changed and when this graph recorded it: each act's changes in the law, and each correction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from asylgraf.graph import LawGraph
from asylgraf.graph.law import Version
from asylgraf.service.names import Names


@dataclass(frozen=True)
class News:
    """What one act changed on one day, or what one graph corrected."""

    iri: str
    title: str
    text: str
    recorded_on: date
    day: date | None
    about: tuple[str, ...]


def news(graph: LawGraph, language: str, known: date | None = None) -> list[News]:
    """Everything recorded by that day, the newest first."""
    names = Names(graph)
    found = [*_changes(graph, names, language, known), *_corrections(graph, names, language, known)]
    return sorted(found, key=lambda one: (one.recorded_on, one.day or date.min, one.iri), reverse=True)


def _changes(graph: LawGraph, names: Names, language: str, known: date | None) -> Iterator[News]:
    versions = [v for vs in graph.law(known).versions.values() for v in vs]
    for (act, earliest, day), group in groupby(sorted(versions, key=_cause), key=_cause):
        changed = sorted(group, key=lambda version: version.provision)
        recorded = [r.recorded_on for v in changed if (r := graph.records.get(v.graph)) and r.recorded_on]
        if recorded:
            provisions = tuple(dict.fromkeys(version.provision for version in changed))
            when = f"{day}" if earliest == day else f"{earliest}–{day}"
            title = f"{when}: {names.text(act, language)}"
            lines = [_line(version, names, language) for version in changed]
            yield News(
                f"{act}#{earliest}-{day}" if earliest != day else f"{act}#{day}",
                title,
                "\n".join(lines),
                max(recorded),
                day,
                (act, *provisions),
            )


def _cause(version: Version) -> tuple[str, date, date]:
    return version.enacted_by, version.start.earliest, version.start.latest


def _line(version: Version, names: Names, language: str) -> str:
    said = version.summary.get(language) or version.summary.get("en") or ""
    return f"{names.text(version.provision, language)}: {said}".removesuffix(": ")


def _corrections(graph: LawGraph, names: Names, language: str, known: date | None) -> Iterator[News]:
    visible = graph.visible(known)
    for record in graph.records.values():
        if record.replaces and record.recorded_on and record.graph in visible:
            title = names.text(record.graph, language)
            replaced = ", ".join(sorted(record.replaces))
            yield News(record.graph, title, replaced, record.recorded_on, None, (record.graph,))
