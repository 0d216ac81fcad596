"""The cases in `tests/cases/`: prose first, expected values written by hand from the law."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from asylgraf.citations import cite
from asylgraf.graph import open_graph
from asylgraf.reasoner import Assessment, Outcome, assess
from asylgraf.reasoner.report import kind_name
from asylgraf.resources import data

FOLDER = Path(__file__).parent / "cases"
EXAMPLES = FOLDER / "examples.yaml"
OUTCOMES = ("holds", "fails", "undetermined", "not in force")
KEYS = {"name", "on", "known", "facts", "presume", "example", "grants", "because", *OUTCOMES}


class Loader(yaml.CSafeLoader):
    """YAML in which the word `on` is a word."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag != "tag:yaml.org,2002:bool"]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), list("tf"))


@dataclass(frozen=True)
class CaseOnFile:
    """One case and what is expected of it."""

    file: str
    name: str
    on: date
    known: date | None
    presume: str
    facts: Mapping[str, Any]
    expected: Mapping[str, tuple[str, ...]]
    grants: Mapping[str, Any] | None
    because: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"

    def answer(self) -> Assessment:
        """What the law says of it."""
        return assess(open_graph().consolidated(self.on, self.known), self.facts, self.presume)


@cache
def cases() -> tuple[CaseOnFile, ...]:
    """Every case on file, examples included."""
    return tuple(case for path in sorted(FOLDER.rglob("*.yaml")) for case in _cases(path))


def _cases(path: Path) -> Iterator[CaseOnFile]:
    for row in yaml.load(path.read_text(encoding="utf-8"), Loader):  # noqa: S506
        unknown = row.keys() - KEYS
        assert not unknown, f"{path}: {row['name']}: {unknown}"
        yield _case(path, row if "facts" in row else example(row["example"]) | row)


def _case(path: Path, row: Mapping[str, Any]) -> CaseOnFile:
    return CaseOnFile(
        file=str(path.relative_to(FOLDER).with_suffix("")),
        name=row["name"],
        on=_day(row["on"]),
        known=_day(row["known"]) if row.get("known") else None,
        presume=row["presume"],
        facts=row["facts"],
        expected={word: tuple(row[word]) for word in OUTCOMES if word in row},
        grants=row.get("grants"),
        because=tuple(row.get("because", ())),
    )


def _day(written: date | str) -> date:
    return written if isinstance(written, date) else date.fromisoformat(written)


def example(name: str) -> dict[str, Any]:
    """A case of `kb/examples/`, as its file has it."""
    found: dict[str, Any] = json.loads((data("kb") / "examples" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def called(outcome: Outcome) -> str:
    """The kind and the consequence, as the files write them."""
    return f"{kind_name(outcome.rule.kind)} {outcome.rule.consequence.iri.rsplit('/', 1)[-1]}"


def provisions(outcome: Outcome) -> set[str]:
    """The provisions that the proof of an outcome names."""
    return {step.version.provision for step in outcome.proof.steps() if step.version}


def cited(citation: str) -> str | None:
    """The address of a provision cited in Danish."""
    (found,) = cite(citation)
    return found.iri
