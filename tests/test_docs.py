"""Everything a person can call says what it does: commands and options, routes, ready questions, words."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi.routing import APIRoute

from asylgraf import errors
from asylgraf.citations import Status, cite
from asylgraf.citations.scopes import RULES
from asylgraf.cli.app import app as commands
from asylgraf.sparql.named import NamedQuery, queries
from asylgraf.web.app import ROUTES
from asylgraf.web.phrases import PHRASES
from asylgraf.web.site import HOME
from asylgraf.web.words import WORDS

CITED = Path(__file__).parent / "citations/strings.tsv"
"""Citations of every shape."""
GROUP = typer.main.get_command(commands)
COMMANDS: dict[str, Any] = {
    " ".join(words): command
    for name, found in vars(GROUP)["commands"].items()
    for words, command in [
        ([name, *([inner] if inner else [])], one)
        for inner, one in getattr(found, "commands", {"": found}).items()
    ]
}


def routes() -> list[APIRoute]:
    from importlib import import_module

    modules = (import_module(f"asylgraf.web.routes.{name}") for name in ROUTES)
    return [route for module in modules for route in module.router.routes if isinstance(route, APIRoute)]


def test_there_are_commands() -> None:
    assert {"serve", "query", "assess", "show", "facts", "check", "export"} <= COMMANDS.keys()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_says_what_it_does_and_shows_an_example(name: str) -> None:
    told = COMMANDS[name].help or ""
    assert re.match(r"[A-Z].+\.", told)
    assert f"asylgraf {name}" in told


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_says_what_it_is(name: str) -> None:
    silent = [p.name for p in COMMANDS[name].params if not getattr(p, "help", None) and p.name != "help"]
    assert silent == []


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"serve", "export", "receipt"}))
def test_every_command_that_answers_can_answer_in_json(name: str) -> None:
    assert any("--json" in getattr(p, "opts", []) for p in COMMANDS[name].params)


@pytest.mark.parametrize("route", routes(), ids=lambda route: f"{min(route.methods)} {route.path}")
def test_every_route_says_what_it_answers(route: APIRoute) -> None:
    assert re.match(r"[A-Z].+\.$", inspect.getdoc(route.endpoint) or "", re.DOTALL)


@pytest.mark.parametrize("query", queries().values(), ids=lambda query: query.name)
def test_every_ready_question_is_a_question_with_described_parameters(query: NamedQuery) -> None:
    assert query.title.endswith("?")
    assert all(parameter.meaning for parameter in query.parameters)


def test_every_word_of_the_pages_is_there_in_both_languages_and_used() -> None:
    sources = [*HOME.rglob("*.html"), *HOME.rglob("*.py")]
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    for key, words in WORDS["en"].items():
        assert words
        assert WORDS["da"][key]
        computed = key.startswith("kind_") or key in ("holds", "fails", "undetermined", "not in force")
        assert computed or re.search(rf'\bt\.{key}\b|"{key}"', written), f"nothing says “{key}”"


def test_what_the_program_says_in_english_is_said_in_danish_too() -> None:
    for query in queries().values():
        assert query.title in PHRASES["questions"]
        things = [one.meaning for one in query.parameters if one.type == "iri"]
        assert set(things) <= PHRASES["asked"].keys()
        chosen = re.search(r"SELECT (?:DISTINCT )?(.*?) WHERE", query.text, re.DOTALL)
        assert chosen
        columns = {name.removesuffix("Label") for name in re.findall(r"\?(\w+)", chosen[1])}
        assert columns - {"other"} <= PHRASES["columns"].keys()
    assert PHRASES["statuses"].keys() == set(Status)
    titles = {
        found.title
        for found in vars(errors).values()
        if isinstance(found, type) and issubclass(found, errors.AsylgrafError)
    }
    assert PHRASES["mistakes"].keys() <= titles
    assert {name for name, _, _ in RULES} <= PHRASES["rules"].keys()
    found = cite(CITED.read_text(encoding="utf-8"))
    rules = {citation.meaning.rule.removesuffix(", renumbered") for citation in found}
    assert len(rules) > 5
    assert rules <= PHRASES["rules"].keys()


def test_every_file_of_the_web_is_short() -> None:
    files = [
        p
        for p in Path(HOME).rglob("*")
        if p.suffix in (".css", ".js", ".html", ".py") and "vendor" not in p.parts
    ]
    assert [p.name for p in files if len(p.read_text(encoding="utf-8").splitlines()) > 400] == []
