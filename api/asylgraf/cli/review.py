"""`asylgraf review`: the law of a day looked over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from asylgraf.cli.options import AsJson, Known, Lang, Language, On, today
from asylgraf.cli.output import as_json, waiting

_WORDS = {
    "en": {
        "conflict": "conflict: {} and {}, such as in {}",
        "never": "never holds: {}",
        "implied": "adds nothing: {}, beside {}",
        "idle": "never matters: “{}” in {}",
        "since": ", since “{}” says as much",
        "scope": ", since the version is for such cases only",
        "nothing": "Nothing found.",
    },
    "da": {
        "conflict": "strid: {} og {}, for eksempel i {}",
        "never": "kan aldrig være opfyldt: {}",
        "implied": "tilføjer intet: {}, ved siden af {}",
        "idle": "uden betydning: »{}« i {}",
        "since": ", da »{}« siger lige så meget",
        "scope": ", da versionen kun er for sådanne sager",
        "nothing": "Intet fundet.",
    },
}


def review(*, on: On = None, known: Known = None, lang: Lang = Language.en, json: AsJson = False) -> None:
    """List conflicts, rules that can never hold or that others imply, and conditions that never matter.

    [bold]Example:[/bold] asylgraf review --on 2024-05-01
    """
    from asylgraf.service.reasoning import look_over

    with waiting("Looking over the law…"):
        found = look_over({"on": on, "known": known}, today())
    if json:
        as_json(found)
        return
    told = list(_lines(found, lang))
    for line in told or [_WORDS[lang]["nothing"]]:
        typer.echo(line)


def _lines(found: dict[str, Any], lang: str) -> Iterator[str]:
    """What was found, a line each."""
    words, names = _WORDS[lang], {iri: named[lang] for iri, named in found["names"].items()}
    for one in found["conflicts"]:
        yield words["conflict"].format(*(names[iri] for iri in one["versions"]), one["facts"])
    for version in found["never"]:
        yield words["never"].format(names[version])
    for one in found["implied"]:
        yield words["implied"].format(names[one["version"]], names[one["by"]])
    for one in found["idle"]:
        condition = one["inWords"][lang]
        yield words["idle"].format(condition, names[one["version"]]) + _since(one, words, lang)


def _since(idle: dict[str, Any], words: dict[str, str], lang: str) -> str:
    """Why a condition never matters, where one other condition or the version's scope is enough to say it."""
    if idle["since"] is None:
        return ""
    said = idle["since"]["inWords"][lang]
    return words["scope"] if said == idle["inWords"][lang] else words["since"].format(said)
