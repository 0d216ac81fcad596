"""What the program says in English, as a page says it in its language; read from phrases.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

PHRASES: Final[Mapping[str, Mapping[str, str | list[str]]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_LABEL = "Label"


def phrase(kind: str, text: str, language: str) -> Markup:
    """The phrase in a language; marked as English where there is none in Danish."""
    told = PHRASES[kind].get(text)
    if isinstance(told, list):
        return escape(told[language == "da"])
    if language == "en":
        return escape(text)
    return escape(told) if told else Markup('<span lang="en">{}</span>').format(text)


def heading(column: str, language: str) -> Markup:
    """The heading of a column of a ready question; `kindLabel` stands where `kind` would."""
    known = PHRASES["columns"]
    plain = column.removesuffix(_LABEL)
    return phrase("columns", plain if plain in known else column, language)
