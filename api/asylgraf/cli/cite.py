"""asylgraf cite: what texts cite."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.options import AsJson, day
from asylgraf.errors import AsylgrafError, BadRequest

if TYPE_CHECKING:
    from asylgraf.citations.network import Asked, Citing
    from asylgraf.citations.records import Citation


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
        str,
        typer.Option(
            "--base", metavar="ACT", help="The act of a section that names none: its address or name."
        ),
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
    reading = _reading(base, on)
    if corpus is not None:
        _corpus(_folder(corpus, files, graph, form), graph, form, reading)
        return
    if graph is not None:
        raise BadRequest("A network is written of a corpus; name its folder by --corpus.", where="--graph")
    from asylgraf.citations.network import Asked

    names = files or ["-"]
    asked = Asked(form.value, reading.base, reading.on, units.value, len(names) > 1)
    _print(_answers(names, asked, html=html), form)


_AS_THEY_ARE = (Form.html, Form.markdown, Form.text)


def _reading(base: str, on: str | None) -> Citing:
    from asylgraf.citations.atlas import shipped_atlas
    from asylgraf.citations.bases import base_of
    from asylgraf.citations.network import Citing

    return Citing(base_of(shipped_atlas(), base), day(on, "--on"))


def _print(answers: Iterable[str | AsylgrafError], form: Form) -> None:
    """Print each answer; what cannot be read is told on the error stream, and the rest still answered."""
    failed = headed = False
    for answer in answers:
        if isinstance(answer, AsylgrafError):
            failed = True
            typer.echo(f"asylgraf: {answer}", err=True)
            continue
        if form is Form.csv and headed:
            answer = answer.split("\n", 1)[1]  # noqa: PLW2901 - one header is enough
        headed = True
        typer.echo(answer, nl=not answer.endswith("\n") and bool(answer) and form not in _AS_THEY_ARE)
    if failed:
        raise typer.Exit(1)


def _answers(names: list[str], asked: Asked, *, html: bool) -> Iterator[str | AsylgrafError]:
    """The answer for each document, as soon as it and those before it are read."""
    from asylgraf.citations.documents import as_document, decoded
    from asylgraf.citations.network import Tolerant, each_file
    from asylgraf.cli.output import counting

    if "-" not in names:
        with counting("Reading documents", len(names)) as count:
            yield from count(each_file(Tolerant(asked), [Path(name) for name in names]))
        return
    for name in names:
        if name == "-":
            yield asked.answer(as_document(decoded(sys.stdin.buffer.read()), html=html), name)
        else:
            yield Tolerant(asked)(Path(name))


_OF_A_CORPUS = (Form.list, Form.lines, Form.csv)


def _folder(folder: Path, files: list[str] | None, graph: Path | None, form: Form) -> Path:
    """The folder of a corpus, once it is clear that the rest of the command suits one."""
    from asylgraf.citations.network import NETWORKS

    if files:
        raise BadRequest("A corpus is a folder; no files can be named beside it.", where="--corpus")
    if form not in _OF_A_CORPUS:
        raise BadRequest(
            "A corpus is answered as list (how often what is cited), lines or csv.", where="--to"
        )
    if graph is not None and graph.suffix not in NETWORKS:
        raise BadRequest("A network is written to a file that ends in .graphml or .nt.", where="--graph")
    return folder


def _corpus(folder: Path, graph: Path | None, form: Form, reading: Citing) -> None:
    from asylgraf.citations import network, outputs
    from asylgraf.cli.output import counting

    paths = network.documents_of(folder)
    with counting("Reading documents", len(paths)) as count:
        results = list(count(network.each_file(network.Tolerant(reading), paths)))
    cited = {
        path.relative_to(folder).as_posix(): found
        for path, found in zip(paths, results, strict=True)
        if not isinstance(found, AsylgrafError)
    }
    if graph is not None:
        network.write_network(cited, graph)
    mistakes = [found for found in results if isinstance(found, AsylgrafError)]
    answers = (
        "".join(f"{line}\n" for line in outputs.to_json_lines(found, source))
        if form is Form.lines
        else outputs.to_csv(found, source)
        for source, found in cited.items()
    )
    _print([*mistakes, *(_often(cited) if form is Form.list else answers)], form)


def _often(cited: dict[str, list[Citation]]) -> Iterator[str]:
    """How often each target is cited, the most cited first."""
    from asylgraf.citations.network import counts

    for target, often in sorted(counts(cited).items(), key=lambda pair: (-pair[1], pair[0])):
        yield f"{often}\t{target}"
