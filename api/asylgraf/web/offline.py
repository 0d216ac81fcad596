"""What a drawing kept as one file holds: its scripts and styles, and a policy that allows no others."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

_STATIC = Path(__file__).parent / "static"
_LIBRARY = "vendor/cytoscape.min.js"
_MODULES = ("layout.js", "columns.js", "boxes.js", "looks.js", "svg.js", "graph.js")
_IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=function|const)", re.MULTILINE)


@cache
def scripts() -> tuple[Markup, ...]:
    """The drawing library, if it was brought in, and our modules as one."""
    library = _STATIC / _LIBRARY
    found = [library.read_text(encoding="utf-8")] if library.is_file() else []
    modules = "\n".join((_STATIC / name).read_text(encoding="utf-8") for name in _MODULES)
    found.append(_EXPORT.sub("", _IMPORT.sub("", modules)))
    return tuple(Markup(script.replace("</script", r"<\/script")) for script in found)  # noqa: S704 -- ours


@cache
def styles() -> Markup:
    """Our style sheet."""
    return Markup((_STATIC / "style.css").read_text(encoding="utf-8"))  # noqa: S704 -- ours


@cache
def policy() -> str:
    """The policy of the file: what it holds may run, nothing may be asked of anyone."""
    allowed = " ".join(map(_hash, scripts()))
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(styles())}; img-src data: blob:"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
