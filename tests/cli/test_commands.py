"""Every command on real input, and what it says to input that is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from asylgraf.graph import open_graph
from asylgraf.namespaces import ID
from asylgraf.resources import data

from .conftest import Run

EXAMPLE = data("kb") / "examples/indiscriminate-violence.json"
FIRST_COUNTRY, TEMPORARY = "first-country rule", "Temporary protection"


def written(folder: Path, case: object) -> Path:
    """A case file."""
    path = folder / "case.json"
    path.write_text(case if isinstance(case, str) else json.dumps(case), encoding="utf-8")
    return path


def test_assess_tells_each_outcome_with_its_reason(run: Run) -> None:
    ran = run("assess", EXAMPLE)
    assert ran.code == 0
    assert "temporary protection status: holds" in ran.out
    assert "section 7(3) applies" in ran.out
    assert "Not legal advice" in ran.out


def test_assess_speaks_danish(run: Run) -> None:
    ran = run("assess", EXAMPLE, "--lang", "da")
    assert "midlertidig beskyttelsesstatus: gælder" in ran.out
    assert "Ikke juridisk rådgivning" in ran.out


def test_assess_prints_the_pinned_json(run: Run) -> None:
    answer = json.loads(run("assess", EXAMPLE, "--json").out)
    assert set(answer) == {"on", "known", "presume", "release", "outcomes", "grants"}


def test_options_beat_what_the_case_says(run: Run) -> None:
    answer = json.loads(run("assess", EXAMPLE, "--on", "2015-02-19", "--presume", "none", "--json").out)
    assert (answer["on"], answer["presume"]) == ("2015-02-19", "none")
    found = {o["consequence"]: o["outcome"] for o in answer["outcomes"]}
    assert found[ID + "permit/temporary-protection-status"] == "not in force"


def test_assess_explains_one_consequence_down_to_its_facts(run: Run) -> None:
    words = run("assess", EXAMPLE, "--explain", "temporary-protection-status").out
    assert "harm from general violence: yes" in words
    proof = json.loads(run("assess", EXAMPLE, "--explain", "temporary-protection-status", "--json").out)
    assert proof["proof"]["value"] == "holds"


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("{", "not JSON"),
        ({"facts": {"asylumAplied": True}}, "Did you mean asylumApplied"),
        ({"facts": {"asylumApplied": 3}}, "expected true, false or null"),
        ({"facts": {"asylumAppliedOn": "2015-01-01", "asylumApplied": False}}, "asylumApplied is false"),
        ({"facts": {}, "on": "2015-13-01"}, "no date"),
        ({"facts": {}, "known": "1999-01-01"}, "first record"),
        ({"fact": {}}, "did you mean facts"),
    ],
)
def test_a_case_that_cannot_be_read_is_told_in_one_sentence(
    run: Run, tmp_path: Path, case: object, said: str
) -> None:
    ran = run("assess", written(tmp_path, case))
    assert ran.code == 1
    assert ran.out == ""
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess"],
        ["assess", "x.json", "--presume", "all"],
        ["nothing"],
        ["facts", "--lang", "sv"],
        ["serve", "--port", "99999"],
    ],
)
def test_wrong_usage_exits_with_two(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).code == 2


def test_show_tells_what_stood_there_on_the_day_who_says_so_and_where_it_went(run: Run) -> None:
    ran = run("show", "§ 7, stk. 3", "--on", "2014-06-01")
    on_the_day, history = ran.out.split("History")
    assert FIRST_COUNTRY in on_the_day
    assert TEMPORARY not in on_the_day
    assert "says Asylgraf (checked, recorded 2026-" in on_the_day
    assert "decided by: Danish Immigration Service" in on_the_day
    assert "carried on as section 7(4)" in history


def test_show_of_a_convention_s_article_tells_which_judgments_apply_it(run: Run) -> None:
    ran = run("show", "echr/3")
    assert "Soering v. the United Kingdom" in ran.out
    assert "Nothing stood" not in ran.out


def test_show_of_a_whole_section_tells_what_its_parts_say(run: Run) -> None:
    ran = run("show", "§ 7", "--on", "2016-01-01")
    assert "section 7(3): " in ran.out
    assert "Nothing stood" not in ran.out
    told = json.loads(run("show", "§ 7", "--on", "2016-01-01", "--json").out)
    assert ID + "dk/aliens-act/7/4" in {version["provision"] for version in told["parts"]}


@pytest.mark.parametrize(
    "written_as", ["section 7(3)", "dk/aliens-act/7/3", ID + "dk/aliens-act/7/3", "7(3)"]
)
def test_show_reads_citations_and_addresses_alike(run: Run, written_as: str) -> None:
    told = json.loads(run("show", written_as, "--on", "2016-01-01", "--json").out)
    assert told["iri"] == ID + "dk/aliens-act/7/3"
    assert told["on"] == "2016-01-01"
    assert any(version["brings"] == ID + "permit/temporary-protection-status" for version in told["inForce"])


def test_show_tells_of_anything_by_name(run: Run) -> None:
    ran = run("show", "Flygtningenævnet", "--lang", "da")
    assert "actor/refugee-appeals-board" in ran.out
    assert "§ 7, stk. 1" in ran.out


@pytest.mark.parametrize("asked", ["§ 999", "no such thing", "https://w3id.org/asylgraf/id/nothing"])
def test_show_says_what_it_does_not_know(run: Run, asked: str) -> None:
    ran = run("show", asked)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1


def test_facts_lists_every_fact(run: Run) -> None:
    listed = {fact["name"]: fact for fact in json.loads(run("facts", "--json").out)}
    assert listed["asylumAppliedOn"]["type"] == "date"
    assert set(listed["asylumAppliedOn"]) >= {
        "iri",
        "kind",
        "label",
        "question",
        "answeredBy",
        "mattersUnder",
    }
    shown = run("facts", "--lang", "da").out
    assert all(name in shown for name in listed)
    assert listed["asylumAppliedOn"]["question"]["da"] in shown


def test_query_prints_a_table_and_json(run: Run) -> None:
    text = "SELECT ?p { ?p a asyl:Permit } ORDER BY ?p"
    assert "permit/convention-status" in run("query", text).out
    answer = json.loads(run("query", text, "--json").out)
    assert ID + "permit/convention-status" in {row["p"]["value"] for row in answer["results"]["bindings"]}


def test_query_reads_a_file_and_standard_input(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "question.rq"
    path.write_text("ASK { ?p a asyl:Permit }", encoding="utf-8")
    assert run("query", path).out.strip() == "yes"
    assert run("query", "-", given="ASK { ?p a asyl:NoSuchKind }").out.strip() == "no"


def test_query_asks_a_named_query(run: Run) -> None:
    ran = run("query", "who-decides", "--set", f"provision={ID}dk/aliens-act/7/1")
    assert "Danish Immigration Service" in ran.out
    assert "needs “provision”" in run("query", "who-decides").err


def test_queries_lists_the_ready_questions(run: Run) -> None:
    assert "who-decides: Who decides under a provision" in run("queries").out
    told = json.loads(run("queries", "who-decides", "--json").out)["queries"]
    assert [p["name"] for p in told[0]["parameters"]] == ["provision", "lang"]
    assert "SELECT" in run("queries", "who-decides").out
    assert "who-decides" in run("queries", "who-decide").err


def test_query_gives_a_page_of_rows(run: Run) -> None:
    rows = [run("query", "facts", "--json", "--limit", 1, "--offset", n).out for n in (0, 1)]
    found = [[b["fact"]["value"] for b in json.loads(row)["results"]["bindings"]] for row in rows]
    assert [len(page) for page in found] == [1, 1]
    assert found[0] != found[1]


def test_query_prints_code_that_asks_the_same(run: Run) -> None:
    asked = ("query", "who-decides", "--set", "provision=dk/aliens-act/7/1", "--on", "2014-06-01")
    assert "curl --fail 'http://127.0.0.1:8000/queries/who-decides.csv?" in run(*asked, "--code", "curl").out
    assert "read.csv(" in run(*asked, "--code", "r", "--site", "https://example.org/").out
    assert "soon" in run("query", "facts", "--on", "soon", "--code", "r").err
    assert "needs “provision”" in run("query", "who-decides", "--code", "r").err


def test_query_prints_how_to_cite_the_answer(run: Run) -> None:
    told = run("query", "facts", "--on", "2024-05-01", "--cite", "--site", "https://example.org/").out.strip()
    fields = parse_qs(urlsplit(told.split()[-1]).query)
    assert told.startswith("Asylgraf, version " + open_graph().digest[:12])
    latest = max(str(record.recorded_on) for record in open_graph().records.values())
    assert (fields["on"], fields["known"]) == (["2024-05-01"], [latest])
    assert fields["version"] == [open_graph().digest[:12]]
    assert "SELECT" in fields["query"][0]


def test_graphs_of_ones_own_are_loaded_and_asked_with_the_law(run: Run, tmp_path: Path) -> None:
    notes, store = tmp_path / "notes.ttl", tmp_path / "store"
    notes.write_text(f"<urn:note> <urn:about> <{ID}dk/aliens-act/7/3> .")
    loaded = json.loads(run("load", notes, "--store", store, "--json").out)
    assert [(one["graph"][-9:], one["triples"]) for one in loaded["graphs"]] == [("own/notes", 1)]
    text = "SELECT ?n { ?n <urn:about> ?p . ?p asyl:versionInForce ?v }"
    assert "urn:note" in run("query", text, "--store", store, "--on", "2024-05-01").out
    assert "--replace" in run("load", notes, "--store", store).err
    assert "1 triple from" in run("load", notes, "--store", store, "--replace").out
    assert "asylgraf load" in run("query", text, "--store", tmp_path / "none").err


def test_query_is_asked_on_a_day(run: Run) -> None:
    text = f"ASK {{ <{ID}dk/aliens-act/7/4> asyl:versionInForce ?v }}"
    answers = [run("query", text, "--on", day).out.strip() for day in ("2014-06-01", "2016-06-01")]
    assert answers == ["no", "yes"]


def test_query_prints_triples_as_turtle(run: Run) -> None:
    out = run("query", f"DESCRIBE <{ID}permit/convention-status>").out
    assert list(ox.parse(out.encode(), format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?p { ?p a asyl:Permit", "line 1, column 29"),
        ("DELETE WHERE { ?s ?p ?o }", "read-only"),
        ("SELECT ?p { SERVICE <http://x/> { ?p ?q ?r } }", "SERVICE"),
    ],
)
def test_a_query_that_cannot_be_asked_is_told_with_its_place(run: Run, text: str, said: str) -> None:
    ran = run("query", text)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.err


@pytest.mark.parametrize("form", ["ttl", "nt", "trig", "owl"])
def test_export_writes_what_can_be_read_again(run: Run, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"graph.{form}"
    assert run("export", "--format", form, "--on", "2016-01-01", "--out", out).code == 0
    formats = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TRIG}
    quads = list(ox.parse(path=str(out), format=formats.get(form, ox.RdfFormat.RDF_XML)))
    assert len(quads) > 500


def test_a_day_that_is_none_is_told_by_every_command(run: Run) -> None:
    for command in (["show", "7(3)"], ["query", "ASK {}"], ["export"]):
        ran = run(*command, "--on", "2014-02-30")
        assert (ran.code, ran.out) == (1, "")
        assert "no date" in ran.err


def test_help_does_not_load_the_graph() -> None:
    code = (
        "import sys; from asylgraf.cli.app import app; app(['--help'], standalone_mode=False);"
        "heavy = "
        "{'pyoxigraph', 'fastapi', 'rdflib', 'numpy', 'networkx'} & set(sys.modules); assert not heavy, heavy"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_case_comes_through_a_pipe(run: Run) -> None:
    given = '{"facts": {"asylumApplied": false}, "on": "2024-05-01"}'
    told = json.loads(run("assess", "-", "--json", given=given).out)
    assert {one["outcome"] for one in told["outcomes"] if one["provision"].endswith("/7/1")} == {"fails"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "standard input:1:1: This is not JSON: Expecting value."),
        ('{"facts": {}', "standard input:1:13: This is not JSON: Expecting ',' delimiter."),
        ("[" * 200_000, "standard input: This is JSON too deep to be a case."),
    ],
    ids=["nothing", "cut short", "too deep"],
)
def test_what_comes_through_a_pipe_and_is_no_case_is_one_sentence(run: Run, given: str, said: str) -> None:
    ended = run("assess", "-", given=given)
    assert (ended.code, ended.out, ended.err.strip()) == (1, "", f"asylgraf: {said}")
