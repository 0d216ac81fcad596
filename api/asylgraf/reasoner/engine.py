"""The engine of decision diagrams, without the graph library that it imports only to draw them."""

from __future__ import annotations

import sys
from typing import Any


def _engine() -> Any:  # noqa: ANN401 - dd is not typed
    if "networkx" in sys.modules:
        from dd.autoref import BDD

        return BDD
    # dd goes on without networkx when it is not there; importing it would cost a third of a cold start.
    sys.modules["networkx"] = None  # type: ignore[assignment]
    try:
        from dd.autoref import BDD
    finally:
        del sys.modules["networkx"]
    return BDD


BDD = _engine()
