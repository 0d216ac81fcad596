"""`asylgraf missing`: which facts would decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from asylgraf.cli.case import about_a_case

if TYPE_CHECKING:
    from asylgraf.cli.options import Language
    from asylgraf.graph.law import Fact
    from asylgraf.reasoner import Missing
    from asylgraf.service.reasoning import Asked

_WORDS = {
    "en": {"hold": "can make it hold", "fail": "can make it fail", "next": "Ask next", "cut": "… and more"},
    "da": {
        "hold": "kan føre til, at den gælder",
        "fail": "kan føre til, at den ikke gælder",
        "next": "Spørg som det næste",
        "cut": "… og flere",
    },
}


def _values(found: Asked) -> object:
    from asylgraf.service.reasoning import missing_facts

    return missing_facts(found)


@about_a_case(_values)
def missing(found: Asked, lang: Language) -> None:
    """List for each undetermined outcome the smallest sets of facts that would decide it.

    [bold]Example:[/bold] asylgraf missing case.json protection-status
    """
    from asylgraf.reasoner import missing as missing_of
    from asylgraf.reasoner import next_question

    for outcome in found.outcomes:
        if outcome.outcome == "undetermined":
            _tell(missing_of(outcome), lang)
    question = next_question(found.assessment, found.outcomes)
    if question:
        typer.echo(f"{_WORDS[lang]['next']}: {_question(question, lang)} [{question.name}]")


def _tell(found: Missing, lang: str) -> None:
    from asylgraf.reasoner.sentences import named

    words = _WORDS[lang]
    typer.echo(found.outcome.label.get(lang, found.outcome.rule.consequence.iri))
    for one in found.sets:
        ways = ", ".join(words[way] for way, can in (("hold", one.can_hold), ("fail", one.can_fail)) if can)
        typer.echo(f"  {' + '.join(named(fact, lang) for fact in one.facts)}: {ways} ({one.decides:.0%})")
    if not found.complete:
        typer.echo(f"  {words['cut']}")
    typer.echo()


def _question(fact: Fact, lang: str) -> str:
    return fact.question.get(lang) or fact.label.get(lang, fact.name)
