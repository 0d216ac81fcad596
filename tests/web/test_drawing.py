"""Drawings as data, as a tree and as one file: what is drawn, what is left out, what stands in what."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from asylgraf.namespaces import ID, ONTOLOGY

HTML = {"accept": "text/html"}


def drawn(client: TestClient, asked: str) -> dict[str, Any]:
    answer = client.get(f"/graph?{asked}&format=json")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def things(told: dict[str, Any]) -> set[str]:
    return {node["iri"].removeprefix(ID) for node in told["nodes"]}


def test_what_is_opened_brings_its_neighbours(client: TestClient) -> None:
    before = drawn(client, "node=dk/aliens-act/7/3")
    after = drawn(client, "node=dk/aliens-act/7/3&open=actor/refugee-appeals-board")
    new = [node for node in after["nodes"] if node["iri"].removeprefix(ID) not in things(before)]
    assert things(before) < things(after)
    assert {node["from"] for node in new} == {ID + "actor/refugee-appeals-board"}
    assert {node["wave"] for node in new} == {1}
    listed = client.get("/graph?node=dk/aliens-act/7/3&open=actor/refugee-appeals-board", headers=HTML).text
    assert all(f'"/{node["iri"].split("asylgraf/")[1]}"' in listed for node in after["nodes"])


def test_things_reached_by_one_relation_stand_as_people_count(client: TestClient) -> None:
    told = drawn(client, "node=actor/refugee-appeals-board")
    decided = [n for n in told["nodes"] if n["relation"] == ONTOLOGY + "decidedBy"]
    assert not any(node["forward"] for node in decided)
    sections = [node["iri"].rpartition("/")[2] for node in decided if "/53/" in node["iri"]]
    assert sections == ["6", "8", "9", "10", "11", "13"]


def test_kinds_and_relations_are_left_out(client: TestClient) -> None:
    asked = "node=dk/aliens-act/7/3&hide=Fact,Actor&without=overrides,references"
    told = drawn(client, asked)
    assert {node["kind"] for node in told["nodes"]} & {"Fact", "Actor"} == set()
    left = {edge["relation"].removeprefix(ONTOLOGY) for edge in told["edges"]}
    assert left & {"overrides", "references"} == set()
    assert "grants" in left


def test_the_thing_in_the_middle_is_drawn_even_when_its_kind_is_left_out(client: TestClient) -> None:
    assert "dk/aliens-act/7/3" in things(drawn(client, "node=dk/aliens-act/7/3&hide=Provision"))


def test_what_cites_what_stands_in_boxes_of_act_and_section(client: TestClient) -> None:
    told = drawn(client, "what=law&node=dk/aliens-act/7")
    assert {node["kind"] for node in told["nodes"]} == {"Provision", "LegalInstrument", "Judgment"}
    inside = told["inside"]
    assert inside[ID + "dk/aliens-act/7/3"] == ID + "dk/aliens-act/7"
    assert inside[ID + "dk/aliens-act/7"] == ID + "dk/aliens-act/chapter/1"
    assert inside[ID + "dk/aliens-act/chapter/1"] == ID + "dk/aliens-act"
    groups = {group["iri"].removeprefix(ID): group["name"] for group in told["groups"]}
    assert groups["dk/aliens-act/chapter/1"] == "chapter 1: entry to Denmark and residence"
    assert ONTOLOGY + "partOf" not in {edge["relation"] for edge in told["edges"]}


def test_a_section_that_is_not_opened_stands_for_its_parts(client: TestClient) -> None:
    shut = drawn(client, "what=law&node=dk/aliens-act/7")
    opened = drawn(client, "what=law&node=dk/aliens-act/7&open=dk/aliens-act/10")
    assert "dk/aliens-act/10" in things(shut)
    assert not {one for one in things(shut) if one.startswith("dk/aliens-act/10/")}
    assert {"dk/aliens-act/10/1", "dk/aliens-act/10/2"} <= things(opened)
    closed = drawn(client, "what=law&node=dk/aliens-act/7&shut=echr")
    assert "echr" in things(closed)
    assert not {one for one in things(closed) if one.startswith("echr/")}
    chapter = drawn(client, "what=law&node=dk/aliens-act/7&shut=dk/aliens-act/chapter/8")
    (shut_one,) = (node for node in chapter["nodes"] if node["iri"].endswith("chapter/8"))
    assert shut_one["parts"] > 5, "it can be opened again"
    assert not {one for one in things(chapter) if one.startswith("dk/aliens-act/53")}


def test_everything_is_drawn_up_to_a_number(client: TestClient) -> None:
    told = drawn(client, "what=all")
    assert len(told["nodes"]) > 1000
    assert len({node["iri"] for node in told["nodes"]}) == len(told["nodes"])
    few = drawn(client, "what=all&most=50")
    assert len(few["nodes"]) == 50
    assert few["leftOut"] == len(told["nodes"]) + told["leftOut"] - 50


def test_a_way_is_told_in_sentences(client: TestClient) -> None:
    asked = "node=permit/temporary-protection-status&to=dk/aliens-act/7"
    assert drawn(client, asked)["way"] == [
        "section 7(3) grants temporary protection status.",
        "section 7(3) is part of section 7.",
    ]
    assert drawn(client, asked + "&lang=da")["way"][1] == "§ 7, stk. 3 er del af § 7."
    page = client.get(f"/graph?{asked}", headers=HTML).text
    assert "The shortest way from temporary protection status to section 7" in page
    assert page.split('id="words"')[1].split("</section>")[0].count("<li>") == 2


@pytest.mark.parametrize("what", ["around", "law", "all"])
def test_the_tree_holds_every_thing_drawn(client: TestClient, what: str) -> None:
    told = drawn(client, f"what={what}&node=dk/aliens-act/7&most=200")
    page = client.get(f"/graph?what={what}&node=dk/aliens-act/7&most=200", headers=HTML).text
    listed = page.split('id="listing"')[1].split('id="told"')[0]
    links = set(re.findall(r'href="(/[^"#?]*)', listed))
    assert {"/" + node["iri"].split("asylgraf/")[1] for node in told["nodes"]} <= links


def test_the_tree_is_unfolded_and_folded_without_scripts(client: TestClient) -> None:
    page = client.get("/graph?node=dk/aliens-act/7/3&lang=da", headers=HTML).text
    (address,) = set(re.findall(r'class="fold" href="([^"#]*open=actor/refugee-appeals-board)#list"', page))
    assert "lang=da" in address
    opened = client.get(address.replace("&amp;", "&"), headers=HTML).text
    assert "Fold ind" in opened


@pytest.mark.parametrize("asked", ["open=nowhere", "open=" + "x," * 50, "what=else", "most=9999"])
def test_a_wish_that_cannot_be_met_is_a_problem(client: TestClient, asked: str) -> None:
    answer = client.get(f"/graph?{asked}&format=json")
    assert answer.status_code in (400, 404)
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_one_file_holds_all_it_needs_and_asks_nobody(client: TestClient) -> None:
    answer = client.get("/graph?node=dk/aliens-act/7/3&format=file&lang=da")
    assert answer.headers["content-disposition"].startswith("attachment")
    page = answer.text
    assert re.findall(r'(?:src|href)="[^"]', page) == []
    assert "Ikke juridisk rådgivning" in page
    policy = page.split('Content-Security-Policy" content="')[1].split('"')[0]
    scripts = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", page, re.DOTALL)
    assert scripts
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_form_of_a_drawing_says_names_that_lead_back_to_it(client: TestClient) -> None:
    page = client.get(
        "/graph?node=dk/aliens-act/7/3&to=actor/refugee-appeals-board&lang=da", headers=HTML
    ).text
    fields = dict(re.findall(r'<input name="(node|to)" value="([^"]*)"', page))
    assert fields == {"node": "§ 7, stk. 3", "to": "Flygtningenævnet"}
    again = client.get("/graph", params={**fields, "lang": "da", "format": "json"}).json()
    assert things(again) == {"dk/aliens-act/7/3", "actor/refugee-appeals-board"}
    fact = client.get("/graph?node=ontology/asylumApplied&lang=en", headers=HTML).text
    assert '<input name="node" value="ontology/asylumApplied"' in fact  # a condition has the same name
