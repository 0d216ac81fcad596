"""`asylgraf compare`: what changed in the law between two days."""

from __future__ import annotations

import json as _json
from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.options import AsJson, Known, Lang, Language, day
from asylgraf.cli.output import as_json, waiting

if TYPE_CHECKING:
    from asylgraf.graph.law import Law, Version
    from asylgraf.reasoner import Amended, Difference

_WORDS = {
    "en": {
        "same": "the same cases",
        "covers": "covers other cases",
        "applies": "applies in other cases",
        "unchanged": "unchanged",
        "time": "only because time passes",
        "nothing": "Nothing differs.",
    },
    "da": {
        "same": "de samme sager",
        "covers": "omfatter andre sager",
        "applies": "finder anvendelse i andre sager",
        "unchanged": "uændret",
        "time": "kun fordi tiden går",
        "nothing": "Intet er anderledes.",
    },
}


def compare(
    on_a: Annotated[str, typer.Argument(metavar="DAY", help="The one day, such as 2014-06-01.")],
    on_b: Annotated[str, typer.Argument(metavar="DAY", help="The other day.")],
    *,
    known: Known = None,
    lang: Lang = Language.en,
    json: AsJson = False,
) -> None:
    """Tell which provisions and consequences differ, each with the smallest case that shows it.

    [bold]Example:[/bold] asylgraf compare 2014-06-01 2016-01-01
    """
    from asylgraf.reasoner import comparison_json
    from asylgraf.service.reasoning import comparison, day_asked

    with waiting("Comparing…"):
        found = comparison(day_asked(on_a, "on_a"), day_asked(on_b, "on_b"), day(known, "known"))
    if json:
        as_json(comparison_json(found))
        return
    for provision in found.provisions:
        _amended(provision, found.after.law, lang)
    for consequence in found.consequences:
        _difference(consequence, lang)
    if not found.provisions and not found.consequences:
        typer.echo(_WORDS[lang]["nothing"])


def _amended(one: Amended, law: Law, lang: str) -> None:
    from asylgraf.reasoner.sentences import name

    words = _WORDS[lang]
    how = words["covers"] if one.covers else words["applies"] if one.applies else words["same"]
    before, after = _acts(law, one.before, lang), _acts(law, one.after, lang)
    told = f"{after}, {words['unchanged']}" if one.before == one.after else f"{before} → {after}"
    typer.echo(f"{name(one.label, one.provision, lang)}: {told} ({how})")


def _acts(law: Law, versions: tuple[Version, ...], lang: str) -> str:
    from asylgraf.reasoner.naming import act_name

    return ", ".join(act_name(law, version, lang) for version in versions) or "–"


def _difference(one: Difference, lang: str) -> None:
    from asylgraf.reasoner.sentences import OUTCOMES, name

    words, outcomes = _WORDS[lang], OUTCOMES[lang]
    cause = f" ({words['time']})" if one.cause == "time" else ""
    typer.echo(f"\n{name(one.consequence.label, one.consequence.iri, lang)}{cause}")
    for witness in one.witnesses:
        facts = _json.dumps(witness.facts, ensure_ascii=False)
        typer.echo(f"  {outcomes[witness.before.outcome]} → {outcomes[witness.after.outcome]}: {facts}")
