"""The command line: `asylgraf COMMAND`, one file a command."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command; a mistake is told in one sentence, without a traceback, and exits 1."""
    from asylgraf.cli.app import app
    from asylgraf.errors import AsylgrafError

    try:
        app()
    except AsylgrafError as mistake:
        sys.stderr.write(f"asylgraf: {mistake}\n")
        sys.exit(1)
