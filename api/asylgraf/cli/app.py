"""All commands together. Each imports what it needs when it runs, so that help is quick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asylgraf.cli.assess import assess
from asylgraf.cli.backend import backend
from asylgraf.cli.change import change
from asylgraf.cli.check import check
from asylgraf.cli.cite import cite
from asylgraf.cli.compare import compare
from asylgraf.cli.explain import explain
from asylgraf.cli.export import export
from asylgraf.cli.facts import facts
from asylgraf.cli.load import load
from asylgraf.cli.missing import missing
from asylgraf.cli.queries import queries
from asylgraf.cli.query import query
from asylgraf.cli.receipt import receipt
from asylgraf.cli.review import review
from asylgraf.cli.serve import serve
from asylgraf.cli.show import show
from asylgraf.cli.verify import verify

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Danish asylum law as a graph that can be asked. Not legal advice.",
    epilog="Begin with: asylgraf serve, and open http://127.0.0.1:8000 in a browser.",
)

for command in (
    serve,
    query,
    queries,
    load,
    assess,
    explain,
    missing,
    change,
    compare,
    review,
    receipt,
    verify,
    show,
    cite,
    facts,
    check,
    export,
):
    app.command()(command)

app.add_typer(backend, name="backend")


def _version(*, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("asylgraf"))
        raise typer.Exit


@app.callback()
def _start(
    *,
    version: Annotated[  # noqa: ARG001 -- it ends the run before
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    extra: Annotated[
        list[Path] | None,
        typer.Option(
            "--extra",
            metavar="FILE",
            help="A TriG or Turtle file beside the shipped ones.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    if extra:
        from asylgraf.graph import keep_beside

        keep_beside(extra)
