"""`asylgraf assess`: what the law says of a case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.options import AsJson, Known, Lang, Language, On, Presume, day, today
from asylgraf.cli.output import as_json, console

if TYPE_CHECKING:
    from asylgraf.reasoner import Assessment, Outcome

_COLOURS = {"holds": "green", "fails": "red", "undetermined": "yellow", "not in force": "dim"}
_NOT_ADVICE = {
    "en": "Not legal advice. On {on}; {presume}.",
    "da": "Ikke juridisk rådgivning. Den {on}; {presume}.",
}
_PRESUMING = {
    "en": {"none": "nothing presumed", "standard": "exceptions nobody raised are presumed not to arise"},
    "da": {"none": "intet formodet", "standard": "undtagelser, ingen har rejst, formodes ikke at foreligge"},
}


def assess(  # noqa: PLR0913 -- the options of a command
    case: Annotated[
        Path,
        typer.Argument(metavar="CASE.JSON", help="The case: its facts, and the day; - reads it from a pipe."),
    ],
    *,
    on: On = None,
    known: Known = None,
    presume: Annotated[
        Presume | None, typer.Option("--presume", help="standard: exceptions nobody raised do not arise.")
    ] = None,
    lang: Lang = Language.en,
    json: AsJson = False,
    explain: Annotated[
        str | None,
        typer.Option("--explain", metavar="CONSEQUENCE", help="Only this one, with its whole proof."),
    ] = None,
) -> None:
    """Tell for each legal consequence whether it holds, fails or is undetermined for a case, and why.

    [bold]Examples:[/bold]

    asylgraf assess case.json --lang da

    asylgraf assess case.json --explain temporary-protection-status
    """
    from asylgraf.graph import open_graph
    from asylgraf.reasoner import assessment_json
    from asylgraf.service.cases import answer, read_case_file

    read = read_case_file(case, today())
    asked = replace(
        read,
        on=day(on, "on") or read.on,
        known=day(known, "known") or read.known,
        presume=presume or read.presume,
    )
    found = answer(open_graph(), asked)
    if explain:
        _explain(found, explain, lang, json=json)
    elif json:
        as_json(assessment_json(found))
    else:
        _tell(found, lang)


def _tell(found: Assessment, lang: str) -> None:
    shown = console()
    for outcome in found.outcomes:
        if outcome.outcome != "not in force":
            _outcome(outcome, lang, depth=2)
    absent = [_name(o, lang) for o in found.outcomes if o.outcome == "not in force"]
    if absent:
        words = {"en": "Not in force", "da": "Ikke i kraft"}[lang]
        shown.print(f"[dim]{words}: {', '.join(absent)}.[/dim]")
    on, presume = found.on.isoformat(), _PRESUMING[lang][found.presume]
    shown.print(f"[dim]{_NOT_ADVICE[lang].format(on=on, presume=presume)}[/dim]")


def _outcome(outcome: Outcome, lang: str, depth: int) -> None:
    from rich.markup import escape

    from asylgraf.reasoner import text

    head, *steps = text(outcome, lang).splitlines()
    colour = _COLOURS[outcome.outcome]
    shown = console()
    shown.print(f"[bold {colour}]{escape(head)}[/]")
    for step in steps:
        if (len(step) - len(step.lstrip())) // 2 <= depth:
            shown.print(escape(step))
    shown.print()


def _name(outcome: Outcome, lang: str) -> str:
    from asylgraf.namespaces import local

    return outcome.label.get(lang) or local(outcome.rule.consequence.iri)


def _explain(found: Assessment, consequence: str, lang: str, *, json: bool) -> None:
    from asylgraf.reasoner import outcome_json, proof_json
    from asylgraf.service.cases import outcome_of

    outcome = outcome_of(found, consequence)
    if json:
        as_json({**outcome_json(outcome), "proof": proof_json(outcome.proof)})
    else:
        _outcome(outcome, lang, depth=100)
