"""`asylgraf explain`: why the law says what it says of a case."""

from __future__ import annotations

import typer

from asylgraf.cli.case import CaseArgument, Consequence, Presuming, asked
from asylgraf.cli.options import AsJson, Known, Lang, Language, On
from asylgraf.cli.output import as_json


def explain(  # noqa: PLR0913 -- the options of a command
    case: CaseArgument,
    consequence: Consequence = None,
    *,
    on: On = None,
    known: Known = None,
    presume: Presuming = None,
    lang: Lang = Language.en,
    json: AsJson = False,
) -> None:
    """Show the whole proof of each outcome: provisions, versions, scopes, conditions and facts.

    [bold]Example:[/bold] asylgraf explain case.json temporary-protection-status --lang da
    """
    from asylgraf.reasoner import text
    from asylgraf.service.reasoning import explanation

    found = asked(case, consequence, on, known, presume)
    if json:
        as_json(explanation(found))
        return
    for outcome in found.outcomes:
        typer.echo(text(outcome, lang) + "\n")
