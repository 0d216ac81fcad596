"""`asylgraf change`: what would turn an outcome around."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.case import CaseArgument, Consequence, Presuming, asked
from asylgraf.cli.options import AsJson, Known, Lang, Language, On
from asylgraf.cli.output import as_json

if TYPE_CHECKING:
    from asylgraf.reasoner import Flip, Outcome

_FIXED = {"en": "nobody can change it", "da": "kan ingen ændre"}
_NONE = {"en": "no change of at most three facts", "da": "ingen ændring af højst tre oplysninger"}


def change(  # noqa: PLR0913 -- the options of a command
    case: CaseArgument,
    consequence: Consequence = None,
    *,
    on: On = None,
    known: Known = None,
    presume: Presuming = None,
    possible: Annotated[
        bool, typer.Option("--possible", help="Leave out facts that nobody can change.")
    ] = False,
    lang: Lang = Language.en,
    json: AsJson = False,
) -> None:
    """Tell the smallest changes of the facts after which an outcome is the opposite.

    [bold]Example:[/bold] asylgraf change case.json protection-status --possible
    """
    from asylgraf.reasoner import flips
    from asylgraf.service.reasoning import changes

    found = asked(case, consequence, on, known, presume)
    if json:
        as_json(changes(found, only_possible=possible))
        return
    for outcome in found.outcomes:
        if outcome.value is not None:
            _tell(outcome, flips(outcome, only_possible=possible), lang)


def _tell(outcome: Outcome, found: tuple[Flip, ...], lang: str) -> None:
    from asylgraf.reasoner.sentences import OUTCOMES

    words = OUTCOMES[lang]
    name = outcome.label.get(lang, outcome.rule.consequence.iri)
    typer.echo(f"{name}: {words[outcome.outcome]}")
    for flip in found:
        typer.echo(f"  → {words[flip.after.outcome]}: {_changes(flip, lang)}")
    if not found:
        typer.echo(f"  {_NONE[lang]}")
    typer.echo()


def _changes(flip: Flip, lang: str) -> str:
    from asylgraf.reasoner.sentences import named, value_in_words

    parts = []
    for one in flip.changes:
        fixed = "" if one.possible else f" ({_FIXED[lang]})"
        before, after = (value_in_words(value, lang) for value in (one.before, one.after))
        parts.append(f"{named(one.fact, lang)}: {before} → {after}{fixed}")
    return " + ".join(parts)
