"""`asylgraf verify`: run a receipt again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from asylgraf.cli.options import AsJson
from asylgraf.cli.output import as_json


def verify(
    receipt: Annotated[Path, typer.Argument(metavar="RECEIPT.JSON", help="What asylgraf receipt printed.")],
    *,
    json: AsJson = False,
) -> None:
    """Run the case of a receipt again and compare; exits 1 when it was altered or the answer differs.

    [bold]Example:[/bold] asylgraf verify receipt.json
    """
    from asylgraf.graph import open_graph
    from asylgraf.service import receipts

    found = receipts.verify(open_graph(), receipts.read_receipt(receipt))
    if json:
        as_json(found.to_json())
    else:
        typer.echo("The receipt is as it was written." if found.intact else "The receipt was altered.")
        for part, same in (("program", found.same_program), ("data", found.same_data)):
            typer.echo(f"The same {part}." if same else f"Another version of the {part}.")
        typer.echo("\n".join(found.differences) or "The same answer.")
    raise typer.Exit(0 if found.holds else 1)
