"""`asylgraf backend`: the same graph in another SPARQL store, and whether that store can be trusted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.cli.options import AsJson, On, day, today
from asylgraf.cli.output import as_json, waiting

if TYPE_CHECKING:
    from asylgraf.sparql.remote import Access
    from asylgraf.sparql.selftest import Finding

backend = typer.Typer(
    no_args_is_help=True,
    help="Hold the graph in another SPARQL 1.1 store, and ask it there.\n\nFor example:"
    " asylgraf backend load http://localhost:7878/store and then"
    " asylgraf backend check http://localhost:7878/query",
)

User = Annotated[
    str,
    typer.Option(help="Who asks; the password is taken from ASYLGRAF_BACKEND_PASSWORD.", metavar="NAME"),
]
Digest = Annotated[bool, typer.Option("--digest", help="Send the password by the Digest scheme.")]
Seconds = Annotated[float, typer.Option("--timeout", help="Seconds to wait for an answer.", min=1)]


@backend.command()
def load(
    url: Annotated[
        str, typer.Argument(metavar="URL", help="Where the store takes graphs (Graph Store Protocol).")
    ],
    *,
    user: User = "",
    digest: Digest = False,
    timeout: Seconds = 300,
    json: AsJson = False,
) -> None:
    """Load the graph, and the data of the checks, into a store; graphs of the same names are replaced.

    [bold]Example:[/bold] asylgraf backend load http://localhost:7878/store
    """
    from asylgraf.graph import open_graph
    from asylgraf.service.backend import loaded_into
    from asylgraf.sparql.graphstore import GraphStore

    with waiting("Loading…"):
        graphs, triples = loaded_into(GraphStore(_access(url, user, timeout, digest=digest)), open_graph())
    if json:
        as_json({"graphs": graphs, "triples": triples})
    else:
        typer.echo(f"{graphs} graphs with {triples:,} triples are in {url}.")


@backend.command()
def write(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write N-Quads.")],
    *,
    json: AsJson = False,
) -> None:
    """Write what a store must hold as N-Quads, for the bulk loader of its vendor.

    [bold]Example:[/bold] asylgraf backend write asylgraf.nq
    """
    from asylgraf.graph import open_graph
    from asylgraf.service.backend import written_to

    with waiting("Writing…"):
        triples = written_to(file, open_graph())
    if json:
        as_json({"file": str(file), "triples": triples})
    else:
        typer.echo(f"{file}: {triples:,} triples")


@backend.command()
def check(  # noqa: PLR0913 - a parameter is an option
    url: Annotated[str, typer.Argument(metavar="URL", help="Where the store answers queries.")],
    *,
    on: On = None,
    user: User = "",
    digest: Digest = False,
    timeout: Seconds = 60,
    json: AsJson = False,
) -> None:
    """Ask a store questions with known answers, and say what it gets wrong; exits 1 if anything is.

    [bold]Example:[/bold] asylgraf backend check http://localhost:7878/query
    """
    from asylgraf.graph import open_graph
    from asylgraf.service.backend import checked_law
    from asylgraf.sparql.remote import Remote
    from asylgraf.sparql.selftest import check as self_test

    remote = Remote(_access(url, user, timeout, digest=digest))
    with waiting("Asking…"):
        found = [*self_test(remote), *checked_law(remote, open_graph(), day(on, "on") or today())]
    if json:
        as_json({"url": url, "checks": [_told(one) for one in found]})
    else:
        _report(found)
    if any(one.check.harms and not one.right for one in found):
        raise typer.Exit(1)


def _access(url: str, user: str, timeout: float, *, digest: bool) -> Access:
    from asylgraf.sparql.remote import Access

    password = os.environ.get("ASYLGRAF_BACKEND_PASSWORD", "")
    token = os.environ.get("ASYLGRAF_BACKEND_TOKEN", "")
    return Access(url, user, password, token, digest, timeout)


def _told(one: Finding) -> dict[str, object]:
    said = {"name": one.check.name, "right": one.right, "harms": one.check.harms}
    return said if one.right else {**said, "says": one.check.says, "found": one.found}


def _report(found: list[Finding]) -> None:
    for one in found:
        if not one.right:
            typer.echo(f"{'✗' if one.check.harms else 'note:'} {one.check.name}: {one.check.says}.")
            typer.echo(f"    it answers {one.found}")
    wrong = sum(one.check.harms and not one.right for one in found)
    right = sum(one.right for one in found)
    verdict = "Do not ask this store about the law." if wrong else "The store can be trusted with the law."
    typer.echo(f"{right} of {len(found)} answers are right, {wrong} wrong. {verdict}")
