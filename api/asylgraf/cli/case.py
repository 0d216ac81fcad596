"""A case file on the command line, and the options that beat what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.options import Presume, day, today

if TYPE_CHECKING:
    from asylgraf.service.cases import CaseFile
    from asylgraf.service.reasoning import Asked

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE.JSON", help="The case: its facts, and the day.")]
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
