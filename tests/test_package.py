"""The package as someone installs it: a wheel that finds its data, and the names it promises."""

from __future__ import annotations

import ast
import json
import os
import re
import socket
import subprocess
import sys
import sysconfig
import time
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import httpx
import pytest

import asylgraf

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MAIN = "from asylgraf.cli import main; main()"
SCRIPTS = {
    "cytoscape.min.js",
    "yasgui.min.css",
    "yasgui.min.js",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(["-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed in it, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    run(["-m", "pip", "install", "-q", "--no-deps", "--no-index", "-t", str(folder), str(wheel)], folder)
    return folder


@pytest.fixture(scope="module")
def served(installed: Path) -> Iterator[str]:
    """The address of the installed wheel, serving."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, *elsewhere("-c", MAIN, "serve", "--port", str(port))]
    server = subprocess.Popen(command, cwd=installed, env=environment(installed), stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    """Wait until something listens on the port, for half a minute at most."""
    for _ in range(600):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the installed server does not listen")


def elsewhere(*arguments: str) -> list[str]:
    """Arguments for a Python that reads no .pth file: that of the editable install leads to the checkout."""
    return ["-S", *arguments]


def environment(*path: Path) -> dict[str, str]:
    """The environment, with only these folders and the libraries to import from."""
    others = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    places = [*map(str, path), sysconfig.get_path("purelib")]
    return others | ({"PYTHONPATH": os.pathsep.join(places)} if path else {})


def run(arguments: list[str], cwd: Path, env: dict[str, str] | None = None) -> str:
    """What Python prints for these arguments."""
    command = [sys.executable, *arguments]
    ran = subprocess.run(
        command, cwd=cwd, env=env or environment(), check=False, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_public_names_are_those_exported() -> None:
    names = {name for name in vars(asylgraf) if not name.startswith("_")}
    modules = {path.stem for path in (ROOT / "api/asylgraf").iterdir()}
    assert names - modules - {"annotations"} == set(asylgraf.__all__)


def test_the_wheel_holds_every_data_file_and_nothing_of_the_checkout(wheel: Path) -> None:
    packed = {Path(name) for name in zipfile.ZipFile(wheel).namelist()}
    data = [file for folder in ("ontology", "kb", "queries") for file in (ROOT / folder).rglob("*.*")]
    assert {Path("asylgraf/data") / file.relative_to(ROOT) for file in data} <= packed
    assert {path.parts[0] for path in packed} == {"asylgraf", f"asylgraf-{PROJECT['version']}.dist-info"}


def test_the_wheel_holds_the_third_party_scripts_and_their_licences(wheel: Path) -> None:
    vendor = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if "/static/vendor/" in name}
    assert vendor == SCRIPTS | {"LICENSES.txt"}


def test_the_wheel_installed_elsewhere_finds_its_own_data(installed: Path) -> None:
    code = (
        "import json, asylgraf; from asylgraf.resources import data;"
        "print(json.dumps([asylgraf.__file__, *map(str, map(data, ('ontology', 'kb', 'queries')))]))"
    )
    places = json.loads(run(elsewhere("-c", code), installed, environment(installed)))
    assert all(Path(place).is_relative_to(installed) for place in places)


def test_the_wheel_installed_elsewhere_answers_a_case(installed: Path, tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text('{"facts": {"asylumAppliedOn": "2015-03-01"}, "on": "2015-03-02"}', encoding="utf-8")
    asked = elsewhere("-c", MAIN, "assess", str(case), "--json")
    answer = json.loads(run(asked, installed, environment(installed)))
    assert {outcome["outcome"] for outcome in answer["outcomes"]} >= {"undetermined"}


@pytest.mark.parametrize(
    "path", ["/", "/health", "/static/vendor/yasgui.min.js", "/id/permit/convention-status"]
)
def test_the_wheel_installed_elsewhere_serves_pages(served: str, path: str) -> None:
    assert httpx.get(served + path, timeout=60).status_code == 200


def test_the_wheel_installed_elsewhere_answers_queries(served: str) -> None:
    query = "ASK { <https://w3id.org/asylgraf/id/permit/convention-status> a ?kind }"
    assert httpx.get(f"{served}/sparql", params={"query": query}, timeout=60).json()["boolean"] is True


def test_everything_that_is_imported_is_a_dependency() -> None:
    modules = [ast.parse(file.read_text(encoding="utf-8")) for file in (ROOT / "api").rglob("*.py")]
    imported = (
        {name for module in modules for name in imports(module)} - sys.stdlib_module_names - {"asylgraf"}
    )
    homes = packages_distributions()
    needed = {normal(homes.get(name, [name])[0]) for name in imported}
    extras = [
        line for name, lines in PROJECT["optional-dependencies"].items() if name != "test" for line in lines
    ]
    declared = set(map(distribution, [*PROJECT["dependencies"], *extras]))
    assert needed - declared == set()


def imports(module: ast.Module) -> Iterator[str]:
    """The top-level packages that a module imports, wherever it does."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda lock: lock.name)
def test_a_lock_file_has_a_hash_for_everything_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    blocks = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]
    assert blocks
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def test_serving_needs_no_test_tool_no_java_and_no_extra() -> None:
    only_extra = set(PROJECT["optional-dependencies"]) - {"test"}
    unwanted = {distribution(line) for name in only_extra for line in PROJECT["optional-dependencies"][name]}
    assert locked("serve").keys() & (unwanted | {"pytest", "mypy", "ruff", "playwright"}) == set()


def test_the_tests_run_on_what_is_served() -> None:
    assert locked("serve").items() <= locked("test").items()


def locked(name: str) -> dict[str, str]:
    """The distributions of a lock file, each with its version."""
    text = (ROOT / f"requirements/{name}.lock").read_text(encoding="utf-8")
    return {normal(found): version for found, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)}


def distribution(requirement: str) -> str:
    """The distribution that a requirement asks for."""
    return normal(re.split(r"[\[<>=]", requirement)[0])


def normal(name: str) -> str:
    """A distribution's name as packaging compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
