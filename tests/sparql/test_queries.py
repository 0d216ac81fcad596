"""Named queries as Python functions, and as code for elsewhere."""

from __future__ import annotations

import inspect
import json
import shlex
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

import asylgraf
from asylgraf import queries
from asylgraf.errors import BadDate, BadParameter
from asylgraf.graph import LawGraph, open_graph
from asylgraf.sparql.named import find, written
from asylgraf.sparql.rows import Rows
from asylgraf.sparql.snippets import snippets

SITE = "https://example.org"
ASKED = {"provision": "dk/aliens-act/7/1", "on": "2014-06-01", "limit": "5"}


@pytest.fixture(scope="module")
def made() -> LawGraph:
    return open_graph(extra=[Path(__file__).parent / "law.trig"])


def ends(rows: Rows) -> list[str]:
    return [str(row["version"])[-1] for row in rows]


def test_each_query_is_a_function_with_its_parameters(made: LawGraph) -> None:
    assert ends(queries.versions(provision="made/1", on="2020-01-01", graph=made)) == ["a", "b"]
    told = inspect.signature(queries.who_decides).parameters
    assert list(told) == ["provision", "lang", "on", "known", "limit", "offset", "graph"]
    assert (told["lang"].default, told["provision"].default) == ("en", inspect.Parameter.empty)
    assert queries.who_decides.__doc__.startswith("Who decides under a provision")  # type: ignore[union-attr]
    assert "who_decides" in dir(asylgraf.queries)


def test_rows_come_in_pages(made: LawGraph) -> None:
    told = {"provision": "made/1", "on": "2020-01-01", "graph": made}
    assert ends(queries.run("versions", limit=1, offset=1, **told)) == ["b"]  # type: ignore[arg-type]
    pages = list(queries.pages("versions", size=1, **told))  # type: ignore[arg-type]
    assert [ends(page) for page in pages] == [["a"], ["b"]]


def test_a_query_that_is_not_there_is_no_attribute() -> None:
    assert not hasattr(queries, "who_decided")
    with pytest.raises(BadParameter, match="needs “provision”"):
        queries.who_decides(on="2020-01-01")
    with pytest.raises(BadDate):
        queries.who_decides(provision="x", on="soon")


@pytest.mark.parametrize(
    ("value", "text"), [(True, "true"), (7, "7"), (date(2015, 2, 20), "2015-02-20"), ("a:b", "a:b")]
)
def test_python_values_are_written_as_an_address_has_them(value: object, text: str) -> None:
    assert written(value) == text


def test_code_in_each_language_asks_the_same() -> None:
    code = snippets(SITE, find("who-decides"), ASKED)
    address = shlex.split(code["curl"])[-1]
    assert urlsplit(address).path == "/queries/who-decides.csv"
    assert dict(parse_qsl(urlsplit(address).query)) == ASKED
    assert json.dumps(address) in code["python"]
    assert json.dumps(address) in code["r"]


def test_code_for_the_library_runs_and_gives_those_rows() -> None:
    names: dict[str, object] = {}
    exec(snippets(SITE, find("who-decides"), ASKED)["asylgraf"], names)  # noqa: S102 - it is our own
    assert names["rows"] == queries.who_decides(provision=ASKED["provision"], on="2014-06-01", limit=5)


def test_no_value_breaks_out_of_the_code() -> None:
    hostile = "x'\"; $(rm -rf /) `id` \\ \n)"
    code = snippets(SITE, find("who-decides"), {**ASKED, "provision": "a:" + "%27"})
    assert "a%3A%2527" in code["curl"]
    with pytest.raises(BadParameter):
        snippets(SITE, find("who-decides"), {**ASKED, "provision": hostile})
    safe = snippets(SITE, find("who-decides"), {**ASKED, "version": hostile})
    assert len(shlex.split(safe["curl"])) == 3


def test_all_graphs_go_to_rdflib() -> None:
    dataset = asylgraf.open().dataset(on="2024-05-01")
    in_force = "SELECT ?v { <https://w3id.org/asylgraf/id/dk/aliens-act/7/3> asyl:versionInForce ?v }"
    prefixes = {"asyl": "https://w3id.org/asylgraf/ontology/"}
    found = {str(row[0]) for row in dataset.query(in_force, initNs=prefixes)}  # type: ignore[index]
    asked = asylgraf.open().query(
        "PREFIX asyl: <https://w3id.org/asylgraf/ontology/> " + in_force, on="2024-05-01"
    )
    assert isinstance(asked, Rows)
    assert found == {str(row["v"]) for row in asked} != set()
