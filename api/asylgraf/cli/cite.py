"""asylgraf cite: what texts cite."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.options import AsJson, day

if TYPE_CHECKING:
    from asylgraf.citations.network import Asked


class Form(StrEnum):
    """The forms of an answer."""

    list = "list"
    lines = "lines"
    json = "json"
    html = "html"
    markdown = "markdown"
    text = "text"
    csv = "csv"
    annotations = "annotations"
    rdf = "rdf"


class Units(StrEnum):
    """What places in a text are counted in."""

    code_points = "code-points"
    utf_8 = "utf-8"
    utf_16 = "utf-16"


def cite(  # noqa: PLR0913 - one for each option
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE…|-", help="Text, HTML, Markdown, PDF or DOCX; - reads standard input."),
    ] = None,
    *,
    json: AsJson = False,
    to: Annotated[Form, typer.Option("--to", help="The form of the answer.")] = Form.list,
    html: Annotated[bool, typer.Option("--html", help="Standard input is HTML.")] = False,
    base: Annotated[
        str, typer.Option("--base", metavar="ACT", help="The act of a section that names none.")
    ] = "dk/aliens-act",
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day whose law the text means.")
    ] = None,
    units: Annotated[
        Units, typer.Option("--units", help="What places are counted in, for the records of an answer.")
    ] = Units.code_points,
    corpus: Annotated[
        Path | None, typer.Option("--corpus", metavar="DIR", help="Cite every document below a folder.")
    ] = None,
    graph: Annotated[
        Path | None,
        typer.Option(
            "--graph", metavar="FILE", help="Write the corpus as a network: .graphml, or .nt for RDF."
        ),
    ] = None,
) -> None:
    """Find the provisions, acts and judgments that a text cites, and say what each one means.

    [bold]asylgraf cite --json decision.txt[/bold]
    """
    form = Form.lines if json else to
    if corpus is not None:
        _corpus(corpus, graph, form)
        return
    names = files or ["-"]
    for answer in _answers(names, _asked(form, base, on, units, named=len(names) > 1), html=html):
        typer.echo(answer, nl=not answer.endswith("\n") and form not in _AS_THEY_ARE)


_AS_THEY_ARE = (Form.html, Form.markdown, Form.text)


def _asked(form: Form, base: str, on: str | None, units: Units, *, named: bool) -> Asked:
    from asylgraf.citations.network import Asked

    return Asked(form.value, base, day(on, "--on"), units.value, named)


def _answers(names: list[str], asked: Asked, *, html: bool) -> Iterator[str]:
    """The answer for each document, as soon as it and those before it are read."""
    from asylgraf.citations.documents import as_document, decoded
    from asylgraf.citations.network import each_file
    from asylgraf.cli.output import counting

    if "-" not in names:
        with counting("Reading documents", len(names)) as count:
            yield from count(each_file(asked, [Path(name) for name in names]))
        return
    for name in names:
        if name == "-":
            yield asked.answer(as_document(decoded(sys.stdin.buffer.read()), html=html), name)
        else:
            yield asked(Path(name))


def _corpus(folder: Path, graph: Path | None, form: Form) -> None:
    from asylgraf.citations import network
    from asylgraf.citations.outputs import to_json_lines
    from asylgraf.cli.output import counting

    paths = network.documents_of(folder)
    with counting("Reading documents", len(paths)) as count:
        cited = {
            path.relative_to(folder).as_posix(): found for path, found in count(network.cite_files(paths))
        }
    if graph is not None:
        network.write_network(cited, graph)
    if form is Form.lines:
        for source, citations in cited.items():
            for line in to_json_lines(citations, source):
                typer.echo(line)
        return
    for target, often in sorted(network.counts(cited).items(), key=lambda pair: (-pair[1], pair[0])):
        typer.echo(f"{often}\t{target}")
