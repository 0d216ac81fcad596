"""Whether the graph is sound: shapes, hygiene, the law of every day, coverage in time, OWL 2 DL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from asylgraf.graph.check.beside import beside
from asylgraf.graph.check.coverage import uncovered
from asylgraf.graph.check.days import unreadable_days
from asylgraf.graph.check.findings import Finding, Severity
from asylgraf.graph.check.hygiene import unclean
from asylgraf.graph.check.profile import outside_owl_dl
from asylgraf.graph.check.shapes import misshapen
from asylgraf.graph.java import available, is_running
from asylgraf.graph.lawgraph import LawGraph

__all__ = ["Finding", "Severity", "Step", "check", "overlapping", "steps"]


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


def overlapping(graph: LawGraph, java: bool | None = None) -> Iterator[Step]:
    """The steps of a check of the graph, each to be run before the next is asked for.

    Where the OWL API is asked, that begins once the law of every day is there, in a process of its own.
    """
    first, *between, last = steps(java)
    yield first
    if java is False or not available() or is_running():
        yield from (*between, last)
        return
    with beside(last.run, graph) as run:
        yield from between
        yield Step(last.name, run)


def check(
    graph: LawGraph, *, java: bool | None = None, progress: Callable[[str], None] | None = None
) -> Iterator[Finding]:
    """Everything found wrong, step by step; `progress` is told the name of each step as it begins."""
    for step in overlapping(graph, java):
        if progress:
            progress(step.name)
        yield from step.run(graph)
