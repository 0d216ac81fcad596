"""A case file on the command line, and the options that beat what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from asylgraf.cli.options import AsJson, Known, Lang, Language, On, Presume, day, today
from asylgraf.cli.output import as_json

if TYPE_CHECKING:
    from asylgraf.service.cases import CaseFile
    from asylgraf.service.reasoning import Asked

    class InWords(Protocol):
        """Tells an answer in a language."""

        __name__: str

        def __call__(self, found: Asked, lang: Language, /) -> None:
            """Print it."""


CaseArgument = Annotated[
    Path,
    typer.Argument(metavar="CASE.JSON", help="The case: its facts, and the day; - reads it from a pipe."),
]
Consequence = Annotated[
    str | None,
    typer.Argument(metavar="CONSEQUENCE", help="Only this one, by the end of its address; all in force."),
]
Presuming = Annotated[
    Presume | None, typer.Option("--presume", help="standard: exceptions nobody raised do not arise.")
]


def case_file(case: Path, on: str | None, known: str | None, presume: str | None) -> CaseFile:
    """The case of the file; the options beat what it says."""
    from asylgraf.service.cases import read_case_file

    read = read_case_file(case, today())
    return replace(
        read,
        on=day(on, "on") or read.on,
        known=day(known, "known") or read.known,
        presume=presume or read.presume,
    )


def asked(
    case: Path, consequence: str | None, on: str | None, known: str | None, presume: str | None
) -> Asked:
    """The case of the file, assessed, and the consequences asked about."""
    from asylgraf.graph import open_graph
    from asylgraf.service.cases import answer
    from asylgraf.service.reasoning import about

    return about(answer(open_graph(), case_file(case, on, known, presume)), consequence)


def about_a_case(values: Callable[[Asked], object]) -> Callable[[InWords], Callable[..., None]]:
    """Make a command of a function that tells in words what follows in a case; `--json` prints the values."""

    def made(in_words: InWords) -> Callable[..., None]:
        def command(  # noqa: PLR0913 -- the options of a command
            case: CaseArgument,
            consequence: Consequence = None,
            *,
            on: On = None,
            known: Known = None,
            presume: Presuming = None,
            lang: Lang = Language.en,
            json: AsJson = False,
        ) -> None:
            found = asked(case, consequence, on, known, presume)
            if json:
                as_json(values(found))
            else:
                in_words(found, lang)

        command.__name__, command.__doc__ = in_words.__name__, in_words.__doc__
        return command

    return made
