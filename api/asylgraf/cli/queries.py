"""`asylgraf queries`: the ready questions and what each must be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.options import AsJson
from asylgraf.cli.output import as_json

if TYPE_CHECKING:
    from asylgraf.sparql.named import NamedQuery


def queries(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One of them, with its query.")] = None,
    *,
    json: AsJson = False,
) -> None:
    """List the ready questions, with their parameters; ask one with `asylgraf query NAME`.

    [bold]Example:[/bold] asylgraf queries who-decides
    """
    from asylgraf.sparql.named import described, find
    from asylgraf.sparql.named import queries as known

    chosen = [find(name)] if name else list(known().values())
    if json:
        as_json({"queries": [described(query) for query in chosen]})
        return
    for query in chosen:
        _tell(query)
    if name:
        typer.echo("\n" + chosen[0].text.rstrip())


def _tell(query: NamedQuery) -> None:
    typer.echo(f"{query.name}: {query.title}")
    for parameter in query.parameters:
        need = "" if parameter.required else f", {parameter.default or 'all'} if not given"
        typer.echo(f"    --set {parameter.name}=…  {parameter.meaning} ({parameter.type}{need})")
