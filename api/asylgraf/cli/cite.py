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
    from asylgraf.citations.documents import Document
    from asylgraf.citations.records import Citation


class Form(StrEnum):
    """The forms of an answer."""

    list = "list"
    json = "json"
    html = "html"
    markdown = "markdown"
    text = "text"
    csv = "csv"
    annotations = "annotations"
    rdf = "rdf"


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
    form = Form.json if json else to
    if corpus is not None:
        _corpus(corpus, graph, form)
        return
    names = files or ["-"]
    for name, document, citations in _read(names, html=html, base=base, on=on):
        for piece in _written(form, document, citations, name if len(names) > 1 else None):
            typer.echo(piece, nl=form not in (Form.html, Form.markdown, Form.text, Form.csv))


def _read(
    names: list[str], *, html: bool, base: str, on: str | None
) -> Iterator[tuple[str, Document, list[Citation]]]:
    """Each document with its citations; several files are read by several processes."""
    from asylgraf.citations import cite as cite_text
    from asylgraf.citations.documents import as_document, decoded, read_document
    from asylgraf.cli.output import waiting

    moment = day(on, "--on")
    plain = base == "dk/aliens-act" and moment is None
    if len(names) > 1 and plain and "-" not in names:
        from asylgraf.citations.network import cite_files

        with waiting(f"Reading {len(names)} documents"):
            found = list(cite_files([Path(name) for name in names]))
        yield from ((str(path), read_document(path), citations) for path, citations in found)
        return
    for name in names:
        if name == "-":
            document = as_document(decoded(sys.stdin.buffer.read()), html=html)
        else:
            document = read_document(Path(name))
        yield name, document, cite_text(document.text, base=base, on=moment)


def _written(form: Form, document: Document, citations: list[Citation], source: str | None) -> Iterator[str]:  # noqa: C901 - one case a form
    from json import dumps

    from asylgraf.citations import annotate, outputs

    match form:
        case Form.json:
            yield from outputs.to_json_lines(citations, source)
        case Form.html:
            yield (
                document.page.linked(citations)
                if document.page
                else annotate.to_html(document.text, citations)
            )
        case Form.markdown:
            yield annotate.to_markdown(document.text, citations)
        case Form.text:
            yield annotate.to_text(document.text, citations)
        case Form.csv:
            yield outputs.to_csv(citations, source or "")
        case Form.annotations:
            yield dumps(
                outputs.to_web_annotations(document.text, citations, source or "-"),
                ensure_ascii=False,
                indent=2,
            )
        case Form.rdf:
            yield from outputs.to_ntriples(citations, source or "urn:text")
        case Form.list:
            yield from (_line(citation, source) for citation in citations)


def _line(citation: Citation, source: str | None) -> str:
    place = f"{source}:{citation.start}" if source else str(citation.start)
    surface = " ".join(citation.surface.split())
    return f"{place}\t{surface}\t{citation.iri or '–'}\t{citation.status}\t{citation.meaning.rule}"


def _corpus(folder: Path, graph: Path | None, form: Form) -> None:
    from asylgraf.citations import network
    from asylgraf.citations.outputs import to_json_lines
    from asylgraf.cli.output import waiting

    paths = network.documents_of(folder)
    with waiting(f"Reading {len(paths)} documents"):
        cited = {path.relative_to(folder).as_posix(): found for path, found in network.cite_files(paths)}
    if graph is not None:
        network.write_network(cited, graph)
    if form is Form.json:
        for source, citations in cited.items():
            for line in to_json_lines(citations, source):
                typer.echo(line)
        return
    for target, count in sorted(network.counts(cited).items(), key=lambda pair: (-pair[1], pair[0])):
        typer.echo(f"{count}\t{target}")
