"""Whether the graph is sound: shapes, hygiene, the law of every day, coverage in time, OWL 2 DL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from asylgraf.graph.check.coverage import uncovered
from asylgraf.graph.check.days import unreadable_days
from asylgraf.graph.check.findings import Finding, Severity
from asylgraf.graph.check.hygiene import unclean
from asylgraf.graph.check.profile import outside_owl_dl
from asylgraf.graph.check.shapes import misshapen
from asylgraf.graph.lawgraph import LawGraph

__all__ = ["Finding", "Severity", "Step", "check", "steps"]


@dataclass(frozen=True)
class Step:
    """One kind of question asked of the whole graph."""

    name: str
    run: Callable[[LawGraph], Iterator[Finding]]


def steps(java: bool | None = None) -> tuple[Step, ...]:
    """The steps of a check, in the order in which they are run.

    `java` says whether to ask the OWL API: None means where the machine can.
    """
    return (
        Step("the law of every day", unreadable_days),
        Step("coverage in time", uncovered),
        Step("hygiene", unclean),
        Step("shapes", misshapen),
        Step("OWL 2 DL", lambda graph: outside_owl_dl(graph, java=java)),
    )


def check(
    graph: LawGraph, *, java: bool | None = None, progress: Callable[[str], None] | None = None
) -> Iterator[Finding]:
    """Everything found wrong, step by step; `progress` is told the name of each step as it begins."""
    for step in steps(java):
        if progress:
            progress(step.name)
        yield from step.run(graph)
