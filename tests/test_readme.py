"""What the README shows is what the program prints, and what it names is there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from asylgraf.cli.app import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```\n\$ asylgraf (.+)\n((?:.+\n|\n)+?)```", README)
"""Each command the README shows, and its output, where `…` stands for lines left out."""


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_the_readme_shows_what_the_program_prints(
    command: str, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    printed = CliRunner().invoke(app, shlex.split(command)).stdout
    parts = [part.strip("\n") for part in output.split("…\n") if part.strip()]
    assert parts
    assert all(part in printed for part in parts)


def test_the_readme_shows_an_answer() -> None:
    assert SHOWN


@pytest.mark.parametrize("page", ["README.md", "kb/README.md", "docs/asking.md"])
def test_folders_and_links_named_in_a_page_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    names = re.findall(r"`((?:kb|ontology|queries|api|tests)/[\w./-]+)`", text) + re.findall(
        r"\]\(([\w./]+)\)", text
    )
    assert [name for name in names if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.stem)
def test_every_command_that_a_page_shows_is_there_with_its_options(page: Path) -> None:
    shown = re.findall(r"^asylgraf (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    for line in shown:
        words = shlex.split(line)
        command = words[: 2 if words[0] == "backend" else 1]
        told = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"}).stdout
        assert "Usage:" in told, line
        assert [word for word in words if word.startswith("--") and word not in told] == [], line


def test_the_python_that_the_pages_show_runs() -> None:
    text = (ROOT / "docs/asking.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.+?)```", text, re.DOTALL):
        exec(block, {})  # noqa: S102 - it is our own
