"""`asylgraf export`: the law of a day as OWL, or the whole graph as RDF."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from asylgraf.cli.options import Known, On, day, today
from asylgraf.cli.output import waiting


class Format(StrEnum):
    """What is written: the consolidated ontology of a day, or the graph in an RDF format."""

    owl = "owl"
    ttl = "ttl"
    nt = "nt"
    trig = "trig"


def export(
    *,
    on: On = None,
    known: Known = None,
    form: Annotated[
        Format, typer.Option("--format", help="owl: the law of the day as OWL 2 DL. Others: the whole graph.")
    ] = Format.trig,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where to write; standard output.")
    ] = None,
) -> None:
    """Write the law of a day as one ontology, or the graph as RDF (in trig, graph by graph).

    [bold]Example:[/bold] asylgraf export --on 2024-05-01 --format owl --out law-of-the-day.owl
    """
    from asylgraf.service.exports import export_graph, export_law

    with waiting("Writing…"):
        when, then = day(on, "on") or today(), day(known, "known")
        written = export_law(when, then) if form is Format.owl else export_graph(form.value, when, then)
    if out is None:
        typer.echo(written.decode(), nl=False)
    else:
        out.write_bytes(written)
        typer.echo(f"{out}: {len(written):,} bytes", err=True)
