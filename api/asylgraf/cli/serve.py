"""`asylgraf serve`: the web pages and the endpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen on; anything but loopback is open to others.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 8000,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further host name that visitors may use."),
    ] = None,
    extra: Annotated[
        list[Path] | None, typer.Option("--extra", metavar="FILE", help="A TriG or Turtle file to add.")
    ] = None,
) -> None:
    """Serve the pages and the SPARQL endpoint until stopped with Ctrl-C.

    [bold]Example:[/bold] asylgraf serve --port 8080
    """
    from asylgraf.web.endpoint import open_endpoint
    from asylgraf.web.settings import Settings

    settings = Settings(host=host, allowed_hosts=tuple(allow_host or ()), extra=tuple(extra or ()))
    endpoint = open_endpoint(settings)  # its graph loads while the pages are imported

    import uvicorn

    from asylgraf.web.app import create_app

    typer.echo(f"Asylgraf on http://{f'[{host}]' if ':' in host else host}:{port} (stop with Ctrl-C)")
    uvicorn.run(
        create_app(settings, endpoint),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
    )
