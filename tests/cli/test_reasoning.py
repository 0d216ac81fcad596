"""Why, what is missing, what would change it, what changed in the law, and receipts, on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.graph.writing import act, version
from tests.threads import in_a_thread

from asylgraf.graph import keep_beside, open_graph
from asylgraf.reasoner import assess
from asylgraf.resources import data
from asylgraf.sparql.pool import Pool
from asylgraf.sparql.sources import Spec

from .conftest import Run

EXAMPLE = data("kb") / "examples/indiscriminate-violence.json"
TEMPORARY = "temporary-protection-status"


def test_explain_shows_the_proof_and_as_json_the_same(run: Run) -> None:
    assert "section 7(3) applies" in run("explain", EXAMPLE, TEMPORARY).out
    (found,) = json.loads(run("explain", EXAMPLE, TEMPORARY, "--json").out)["outcomes"]
    assert (found["outcome"], found["proof"]["value"]) == ("holds", "holds")


def test_missing_lists_sets_of_facts_and_the_next_question(run: Run) -> None:
    told = json.loads(run("missing", EXAMPLE, TEMPORARY, "--presume", "none", "--json").out)
    (found,) = told["outcomes"]
    assert {fact for one in found["sets"] for fact in one["facts"]} == found["facts"].keys()
    assert told["next"]["question"].keys() == {"en", "da"}
    words = run("missing", EXAMPLE, TEMPORARY, "--presume", "none").out
    assert "Ask next" in words
    assert "another state responsible [anotherStateResponsible]" in words


def test_change_flips_and_can_leave_out_what_nobody_can_change(run: Run) -> None:
    told = json.loads(run("change", EXAMPLE, TEMPORARY, "--json").out)["outcomes"][0]
    assert {flip["outcome"] for flip in told["flips"]} == {"fails"}
    told = json.loads(run("change", EXAMPLE, TEMPORARY, "--possible", "--json").out)["outcomes"][0]
    assert all(change["possible"] for flip in told["flips"] for change in flip["changes"])
    assert "nej → ja" in run("change", EXAMPLE, TEMPORARY, "--lang", "da").out


def test_compare_tells_what_act_153_changed(run: Run) -> None:
    words = run("compare", "2015-02-19", "2015-02-20").out
    assert "section 7(3)" in words
    assert "not in force → holds" in words
    assert "section 7(4): – → Act no. 153 of 18 February 2015 (covers other cases)" in words
    told = json.loads(run("compare", "2015-02-19", "2015-02-20", "--json").out)
    assert all(one["witnesses"] for one in told["consequences"])


def test_compare_of_a_day_with_itself_finds_nothing(run: Run) -> None:
    assert run("compare", "2016-01-01", "2016-01-01").out == "Nothing differs.\n"


def test_a_receipt_is_verified_and_an_altered_one_is_not(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    path.write_text(run("receipt", EXAMPLE).out, encoding="utf-8")
    assert run("verify", path).code == 0
    path.write_text(path.read_text(encoding="utf-8").replace('"holds"', '"fails"', 1), encoding="utf-8")
    ran = run("verify", path)
    assert ran.code == 1
    assert "altered" in ran.out


def test_what_is_no_receipt_is_told_in_a_sentence(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "receipt.json"
    path.write_text("{}", encoding="utf-8")
    ran = run("verify", path)
    assert ran.code == 1
    assert "A receipt has" in ran.err


@pytest.fixture
def beside(tmp_path: Path) -> Iterator[Path]:
    """An act of one's own, with a consequence that the shipped law does not have."""
    said = version(
        "own/1",
        start='asyl:inForceFrom "2010-01-01"^^xsd:date',
        rule="asyl:AsylumApplied",
        brings="asyl:consequence asyl:Entitles ; asyl:brings <consequence/own> ; asyl:effect asyl:Shall",
    )
    yield act(tmp_path, "<own/1> a asyl:Provision .\n" + said)
    keep_beside([])


def test_files_of_ones_own_stand_beside_the_law_in_every_command(run: Run, beside: Path) -> None:
    assert "own" in run("explain", EXAMPLE, "own").err
    for command in ("explain", "missing", "change", "assess"):
        about = ["--explain", "own"] if command == "assess" else ["own"]
        assert run("--extra", beside, command, EXAMPLE, *about).code == 0
    (found,) = json.loads(run("--extra", beside, "explain", EXAMPLE, "own", "--json").out)["outcomes"]
    assert found["outcome"] == "holds"


def test_workers_answer_from_the_same_files(beside: Path) -> None:
    async def answered() -> Any:  # noqa: ANN401
        pool = Pool(Spec("law", (str(beside),)))
        pool.spawn()
        await pool.start()
        try:
            case = json.loads(EXAMPLE.read_text(encoding="utf-8"))
            asked = {"case": case, "consequence": "own"}
            return await pool.call("asylgraf.service.reasoning:explain", asked, client="")
        finally:
            await pool.stop()

    (found,) = in_a_thread(answered())["outcomes"]
    assert found["outcome"] == "holds"


def test_review_reads_the_law_of_a_day(run: Run) -> None:
    told = json.loads(run("review", "--on", "2024-05-01", "--json").out)
    assert told["on"] == "2024-05-01"
    law = open_graph().consolidated(date(2024, 5, 1))
    for conflict in told["conflicts"]:
        found = assess(law, conflict["facts"], "standard").outcome
        brought = [law.by_version[iri].version.brings or "" for iri in conflict["versions"]]
        assert [found(consequence).outcome for consequence in brought] == ["holds", "holds"]


def test_review_names_versions_and_conditions_as_lawyers_do(run: Run) -> None:
    danish = run("review", "--on", "2024-05-01", "--lang", "da").out
    named = "»§ 19, stk. 5 finder anvendelse« i § 11, stk. 10 (lov nr. 571 af 18. juni 2012)"
    assert f"uden betydning: {named}" in danish
    english = run("review", "--on", "2024-05-01").out
    assert "never matters: “section 19(5) applies” in section 11(10) (Act no. 571 of 18 June 2012)" in english
    assert "/v/" not in danish + english
