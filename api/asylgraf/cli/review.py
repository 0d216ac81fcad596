"""`asylgraf review`: the law of a day looked over."""

from __future__ import annotations

import typer

from asylgraf.cli.options import AsJson, Known, On, today
from asylgraf.cli.output import as_json, waiting


def review(*, on: On = None, known: Known = None, json: AsJson = False) -> None:
    """List conflicts, rules that can never hold or that others imply, and conditions that never matter.

    [bold]Example:[/bold] asylgraf review --on 2024-05-01
    """
    from asylgraf.namespaces import short
    from asylgraf.service.reasoning import look_over

    with waiting("Looking over the law…"):
        found = look_over({"on": on, "known": known}, today())
    if json:
        as_json(found)
        return
    for one in found["conflicts"]:
        typer.echo(f"conflict: {' and '.join(map(short, one['versions']))}, such as in {one['facts']}")
    for version in found["never"]:
        typer.echo(f"never holds: {short(version)}")
    for one in found["implied"]:
        typer.echo(f"adds nothing: {short(one['version'])}, beside {short(one['by'])}")
    for one in found["idle"]:
        typer.echo(f"never matters: {one['condition']} in {short(one['version'])}")
    if not any(found[part] for part in ("conflicts", "never", "implied", "idle")):
        typer.echo("Nothing found.")
