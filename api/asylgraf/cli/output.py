"""Printing: JSON for programs, words and tables for people, progress for the patient."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console

Each = TypeVar("Each")


def as_json(value: object) -> None:
    """Print a value as JSON that people can read too."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def console() -> Console:
    """A console that wraps at the terminal's width, and not at all in a pipe."""
    from rich.console import Console

    found = Console(highlight=False, emoji=False)
    return found if found.is_terminal else Console(highlight=False, emoji=False, width=10_000, soft_wrap=True)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Say on the error stream, while it lasts, what takes a while."""
    from rich.console import Console

    errors = Console(stderr=True)
    if not errors.is_terminal:
        yield
        return
    with errors.status(what):
        yield


@contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[Iterable[Each]], Iterator[Each]]]:
    """Say on the error stream how many things are done; what is given counts those that run through it."""
    from rich.console import Console

    errors = Console(stderr=True)
    if not errors.is_terminal or total < 2:
        yield iter
        return
    with errors.status(f"{what}: 0 of {total}") as status:

        def counted(things: Iterable[Each]) -> Iterator[Each]:
            for number, thing in enumerate(things, 1):
                status.update(f"{what}: {number} of {total}")
                yield thing

        yield counted
