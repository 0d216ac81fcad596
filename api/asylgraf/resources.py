"""Where the data folders lie: inside the package when installed, at the root in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def data(folder: str) -> Path:
    """The data folder of that name: `ontology`, `kb` or `queries`."""
    packaged = Path(str(files("asylgraf"))) / "data" / folder
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / folder
