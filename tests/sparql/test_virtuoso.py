"""Debian's Virtuoso, a store with known faults: the check must find them."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sparql.test_backend import free_port, ran

VIRTUOSO = shutil.which("virtuoso-t")
SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = {inner}
NumberOfBuffers = 10000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = {port}
[SPARQL]
ResultSetMaxRows = 10000
"""
FAULTS = {"durations", "path with both ends free", "path through a circle", "all rows"}


@pytest.fixture
def virtuoso(tmp_path: Path) -> Iterator[str]:
    """A new Virtuoso with its usual cap on rows."""
    port = free_port()
    settings = tmp_path / "virtuoso.ini"
    settings.write_text(SETTINGS.format(folder=tmp_path, port=port, inner=free_port()), encoding="utf-8")
    command = [str(VIRTUOSO), "+foreground", "+configfile", str(settings)]
    with (tmp_path / "out").open("w") as out:
        process = subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=out)
    try:
        _wait(tmp_path / "out", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait(told: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if "Server online at" in told.read_text(errors="replace"):
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail(f"Virtuoso did not start: {told.read_text(errors='replace')[-500:]}")


@pytest.mark.virtuoso
def test_the_faults_of_virtuoso_are_found(virtuoso: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASYLGRAF_BACKEND_PASSWORD", "dba")
    graphs = virtuoso + "/sparql-graph-crud-auth"
    assert ran("backend", "load", graphs, "--user", "wrong", "--digest").returncode == 1
    loaded = ran("backend", "load", graphs, "--user", "dba", "--digest")
    assert loaded.returncode == 0, loaded.stderr
    checked = ran("backend", "check", virtuoso + "/sparql", "--json")
    assert checked.returncode == 1
    found = {one["name"]: one for one in json.loads(checked.stdout)["checks"]}
    wrong = {name for name, one in found.items() if one["harms"] and not one["right"]}
    assert wrong >= FAULTS
    assert {name for name in wrong if name.startswith("many counted on a day")}, "rows are lost, silently"
    assert not found["own default graph"]["right"]
    assert found["labels"]["right"]
