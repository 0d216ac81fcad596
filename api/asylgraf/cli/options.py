"""Options that several commands share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

import typer


class Language(StrEnum):
    """The languages that answers come in."""

    da = "da"
    en = "en"


class Presume(StrEnum):
    """Whether exceptions that nobody raised are presumed not to arise."""

    none = "none"
    standard = "standard"


On = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help="The day asked about, such as 2014-06-01; today.")
]
Known = Annotated[
    str | None,
    typer.Option("--known", metavar="DAY", help="As this graph knew the law on that day; with all it knows."),
]
Lang = Annotated[Language, typer.Option("--lang", help="The language of the answer.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def today() -> date:
    """The day it is where Danish authorities decide."""
    from asylgraf.sparql.clock import Clock

    return Clock(lambda: datetime.now(UTC)).today()


def day(text: str | None, where: str) -> date | None:
    """A day as given on the command line; BadDate if it is none."""
    from asylgraf.service.cases import day_of

    return day_of(text, where)
