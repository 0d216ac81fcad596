"""`asylgraf facts`: what a case can say."""

from __future__ import annotations

from asylgraf.cli.options import AsJson, Known, Lang, Language, day
from asylgraf.cli.output import as_json, console


def facts(*, known: Known = None, lang: Lang = Language.en, json: AsJson = False) -> None:
    """List every fact that a case can have: its name, type, kind and question.

    [bold]Examples:[/bold] asylgraf facts · asylgraf facts --lang da · asylgraf facts --json
    """
    from asylgraf.graph import open_graph
    from asylgraf.reasoner import fact_json

    law = open_graph().law(day(known, "known"))
    listed = sorted(law.facts.values(), key=lambda fact: fact.name)
    if json:
        as_json([fact_json(fact) for fact in listed])
        return
    shown = console()
    for fact in listed:
        question = fact.question.get(lang) or fact.label.get(lang, "")
        shown.print(f"[bold]{fact.name}[/bold] [dim]({fact.type}, {fact.kind})[/dim]")
        shown.print(f"    {question}", markup=False)
