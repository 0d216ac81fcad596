"""Example cases to show people: each a case with a title, a story and the source that describes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from asylgraf.errors import UnknownThing
from asylgraf.graph.law import Labels
from asylgraf.resources import data
from asylgraf.service.cases import CaseFile, case_of


@dataclass(frozen=True)
class Example:
    """A case that somebody described."""

    name: str
    title: Labels
    story: Labels
    source: str | None
    raw: Mapping[str, object]

    def case(self, today: date) -> CaseFile:
        """The case itself."""
        return case_of(self.raw, today)


def examples() -> dict[str, Example]:
    """Every example, by name."""
    return dict(_all())


def example(name: str) -> Example:
    """The example of that name."""
    if name not in _all():
        raise UnknownThing(f"There is no example “{name[:60]}”.", where="example")
    return _all()[name]


@cache
def _all() -> dict[str, Example]:
    return {
        path.stem: _example(path.stem, json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(data("kb").glob("examples/*.json"))
    }


def _example(name: str, raw: dict[str, object]) -> Example:
    title, story = raw.get("title"), raw.get("story")
    return Example(
        name=name,
        title=title if isinstance(title, dict) else {"en": name},
        story=story if isinstance(story, dict) else {},
        source=str(raw["source"]) if raw.get("source") else None,
        raw=raw,
    )
