"""`asylgraf serve`: the web pages and the endpoint."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asylgraf.sparql.limits import MIB, Limits

if TYPE_CHECKING:
    from asylgraf.sparql.endpoint import Endpoint
    from asylgraf.sparql.http import App
    from asylgraf.web.settings import Settings


def serve(  # noqa: PLR0913, PLR0917 - a parameter is an option
    host: Annotated[
        str, typer.Option(help="The address to listen on; anything but loopback is open to others.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further host name that visitors may use."),
    ] = None,
    dataset: Annotated[
        list[Path] | None,
        typer.Option(
            "--dataset",
            metavar="FILE",
            help="Serve these RDF files by SPARQL alone, without the law.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Graphs of your own, from asylgraf load, to ask with the law."),
    ] = None,
    releases: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="Archives of older versions (from /data) to answer version= from."
        ),
    ] = None,
    workers: Annotated[int, typer.Option(help="Queries that run at once.", min=1)] = Limits.workers,
    timeout: Annotated[float, typer.Option(help="Seconds a query may run.", min=0.1)] = Limits.seconds,
    memory: Annotated[int, typer.Option(help="MiB a query may take.", min=64)] = Limits.memory // MIB,
    cors: Annotated[
        str | None, typer.Option(metavar="ORIGIN", help="A site whose pages may read answers.")
    ] = None,
    forwarded_allow_ips: Annotated[
        str, typer.Option(metavar="ADDRESSES", help="Proxies whose word on the client's address is taken.")
    ] = "",
) -> None:
    """Serve the pages and the SPARQL endpoint until stopped with Ctrl-C.

    [bold]Examples:[/bold]

    asylgraf serve --port 8080

    asylgraf --extra draft.trig serve
    """
    from asylgraf.graph import kept_beside
    from asylgraf.web.settings import Settings

    settings = Settings(
        host=host,
        allowed_hosts=tuple(allow_host or ()),
        extra=kept_beside(),
        releases=releases,
        store=store,
        limits=Limits(workers=workers, seconds=timeout, memory=memory * MIB),
        origin=cors,
    )
    app, endpoint = _app(settings, tuple(dataset or ()))

    import uvicorn

    from asylgraf.web.door import House
    from asylgraf.web.wire import wire_to

    def say(heard: int) -> None:
        typer.echo(f"Asylgraf on http://{f'[{host}]' if ':' in host else host}:{heard} (stop with Ctrl-C)")

    try:
        config = uvicorn.Config(
            app,
            http=wire_to(endpoint, forwarded_allow_ips),
            host=host,
            port=port,
            lifespan="on",
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=bool(forwarded_allow_ips),
            forwarded_allow_ips=forwarded_allow_ips or None,
            timeout_graceful_shutdown=math.ceil(timeout) + 1,
        )
        House(config, say).run()
    except SystemExit:
        raise typer.Exit(1) from None  # it could not start, and has said why


def _app(settings: Settings, dataset: tuple[Path, ...]) -> tuple[App, Endpoint]:
    from asylgraf.web.endpoint import Bare, open_dataset, open_endpoint
    from asylgraf.web.guard import Guard
    from asylgraf.web.wall import Wall

    if dataset:
        endpoint = open_dataset(dataset, settings)
        return Guard(Wall(Bare(endpoint)), settings), endpoint
    endpoint = open_endpoint(settings, early=True)

    from asylgraf.web.lobby import site

    return site(settings, endpoint), endpoint
