"""The words of the pages themselves, read from words.toml; everything else comes from the graph."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_PAIRS: Final[Mapping[str, list[str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    language: {key: pair[place] for key, pair in _PAIRS.items()}
    for place, language in enumerate(("en", "da"))
}
