"""`asylgraf check`: whether the graph is sound."""

from __future__ import annotations

import typer

from asylgraf.cli.options import AsJson
from asylgraf.cli.output import as_json, waiting


def check(*, json: AsJson = False) -> None:
    """Ask the graph whether it is sound: shapes, hygiene, coverage in time, circles, OWL 2 DL.

    Exits 1 when something is wrong. [bold]Example:[/bold] asylgraf check
    """
    from asylgraf.service.checks import run

    with waiting("Checking the graph…"):
        findings = run()
    if json:
        as_json([finding.to_json() for finding in findings])
    else:
        for finding in findings:
            typer.echo(str(finding))
        typer.echo(f"{len(findings)} found." if findings else "Nothing found: the graph is sound.")
    raise typer.Exit(1 if findings else 0)
