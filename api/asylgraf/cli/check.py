"""`asylgraf check`: whether the graph is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from asylgraf.cli.options import AsJson
from asylgraf.cli.output import as_json, waiting

if TYPE_CHECKING:
    from asylgraf.graph.check import Finding


def check(*, json: AsJson = False) -> None:
    """Ask the graph whether it is sound: shapes, hygiene, coverage in time, circles, OWL 2 DL.

    Exits 1 when something is wrong. [bold]Example:[/bold] asylgraf check
    """
    findings = _findings()
    faults = [finding for finding in findings if finding.is_fault]
    if json:
        as_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            typer.echo(str(finding))
        typer.echo(f"{len(faults)} found." if faults else "Nothing found: the graph is sound.")
    raise typer.Exit(1 if faults else 0)


def _findings() -> list[Finding]:
    from asylgraf.graph import open_graph
    from asylgraf.graph.check import overlapping, steps

    graph = open_graph()
    found: list[Finding] = []
    for number, step in enumerate(overlapping(graph), start=1):
        with waiting(f"{number} of {len(steps())}: {step.name}…"):
            found.extend(step.run(graph))
    return found
