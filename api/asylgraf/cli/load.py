"""`asylgraf load`: a researcher's own graphs, kept on disk beside the law."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.options import AsJson
from asylgraf.cli.output import as_json, waiting

if TYPE_CHECKING:
    from asylgraf.graph import LawGraph

STORE = Path("asylgraf.store")


def load(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="RDF: ttl, nt, nq, trig, rdf, jsonld; also with .gz."),
    ],
    *,
    store: Annotated[
        Path, typer.Option(metavar="FOLDER", help="The folder that holds the graphs; made if need be.")
    ] = STORE,
    graph: Annotated[
        str | None,
        typer.Option(metavar="IRI", help="The name of the graph; without it, one made from the file's name."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put graphs in the place of those that have their name.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Add RDF of your own as further graphs on disk, to be asked together with the law.

    Each file is read to its end before anything is added. Then: asylgraf serve --store FOLDER

    [bold]Example:[/bold] asylgraf load case-law.ttl notes.trig --store my.store
    """
    from asylgraf.graph import open_graph
    from asylgraf.sparql.shelf import add

    with waiting("Reading…"):
        added = add(store, files, graph=graph, replace=replace, known=_texts(open_graph()))
    if json:
        as_json({"store": str(store), "graphs": [asdict(one) for one in added]})
        return
    for one in added:
        typer.echo(f"{one.graph}: {one.triples:,} triple{'' if one.triples == 1 else 's'} from {one.file}")


def _texts(law: LawGraph) -> Iterator[str]:
    """What the law says in words, so that compounds of them are found by their parts."""
    from pyoxigraph import Literal

    for quad in law.store:
        if isinstance(quad.object, Literal) and quad.object.language:
            yield quad.object.value
