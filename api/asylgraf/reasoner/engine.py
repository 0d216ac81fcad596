"""The engine of decision diagrams: CUDD where `dd` was built with it, else the engine in Python.

Both make the same diagrams; CUDD is written in C and several times quicker.
"""

from __future__ import annotations

import sys
from typing import Any

_MEMORY, _CACHE = 2**28, 2**14
"""What CUDD may grow to, in bytes, and how many answers it remembers at first."""


def in_python() -> Any:  # noqa: ANN401 - dd is not typed
    """A new set of diagrams, kept by the engine in Python."""
    from dd.autoref import BDD

    return BDD()


def in_c() -> Any:  # noqa: ANN401 - dd is not typed
    """A new set of diagrams, kept by CUDD."""
    from dd.cudd import BDD

    return BDD(memory_estimate=_MEMORY, initial_cache_size=_CACHE)


def _loads_cudd() -> bool:
    # dd goes on without networkx when it is not there; importing it would cost a third of a cold start.
    is_loaded = "networkx" in sys.modules
    if not is_loaded:
        sys.modules["networkx"] = None  # type: ignore[assignment]
    try:
        import dd.cudd  # noqa: F401
    except ImportError:
        return False
    finally:
        if not is_loaded:
            del sys.modules["networkx"]
    return True


diagrams = in_c if _loads_cudd() else in_python
"""A new set of diagrams, kept by the quickest engine there is."""
