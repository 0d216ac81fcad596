"""`asylgraf explain`: why the law says what it says of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from asylgraf.cli.case import about_a_case

if TYPE_CHECKING:
    from asylgraf.cli.options import Language
    from asylgraf.service.reasoning import Asked


def _values(found: Asked) -> object:
    from asylgraf.service.reasoning import explanation

    return explanation(found)


@about_a_case(_values)
def explain(found: Asked, lang: Language) -> None:
    """Show the whole proof of each outcome: provisions, versions, scopes, conditions and facts.

    [bold]Example:[/bold] asylgraf explain case.json temporary-protection-status --lang da
    """
    from asylgraf.reasoner import text

    for outcome in found.outcomes:
        typer.echo(text(outcome, lang) + "\n")
