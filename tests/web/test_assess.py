"""A case by form and by JSON; what it says goes no further."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from asylgraf.namespaces import ID
from asylgraf.service.examples import examples

HTML = {"accept": "text/html"}
CASE: dict[str, Any] = {
    "facts": {
        "asylumAppliedOn": "2015-02-20",
        "riskOfInhumanTreatment": True,
        "harmFromGeneralViolence": True,
        "protectedAtHome": False,
        "wellFoundedFear": False,
    },
    "on": "2015-02-20",
    "presume": "standard",
}
FORM = {
    "decided": "2015-02-20",
    "presume": "standard",
    "fact.asylumAppliedOn": "2015-02-20",
    "fact.riskOfInhumanTreatment": "true",
    "fact.harmFromGeneralViolence": "true",
    "fact.protectedAtHome": "false",
    "fact.wellFoundedFear": "false",
    "fact.excluded-is-left-blank": "",
}


def outcomes(answer: dict[str, Any]) -> dict[str, str]:
    return {o["consequence"].removeprefix(ID + "permit/"): o["outcome"] for o in answer["outcomes"]}


def test_json_gives_the_pinned_shape(client: TestClient) -> None:
    answer = client.post("/assess", json=CASE).json()
    assert set(answer) == {"on", "known", "presume", "release", "outcomes", "grants"}
    assert outcomes(answer)["temporary-protection-status"] == "holds"
    assert answer["grants"][0]["sure"] == ID + "permit/temporary-protection-status"


def test_the_day_before_there_is_no_such_permit(client: TestClient) -> None:
    answer = client.post("/assess", json={**CASE, "on": "2015-02-19"}).json()
    assert outcomes(answer)["temporary-protection-status"] == "not in force"


def test_the_form_says_the_same_as_json(client: TestClient) -> None:
    posted = client.post("/assess", data=FORM, headers={"accept": "application/json"}).json()
    assert posted == client.post("/assess", json=CASE).json()


def test_the_form_works_without_scripts(client: TestClient) -> None:
    page = client.post("/assess", data=FORM, headers=HTML)
    assert page.status_code == 200
    result = page.text.split('id="result"')[1]
    assert "temporary protection status" in result
    assert "applied from 14 November 2014" in result
    assert "Not legal advice" in result
    assert 'name="fact.riskOfInhumanTreatment" value="true" checked' in page.text


def test_the_part_that_scripts_ask_for_is_the_result_alone(client: TestClient) -> None:
    part = client.post("/assess?part=result&lang=da", data=FORM, headers=HTML).text
    assert "<html" not in part
    assert "midlertidig beskyttelsesstatus" in part


@pytest.mark.parametrize("name", sorted(examples()))
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_example_opens_assessed(client: TestClient, name: str, language: str) -> None:
    page = client.get(f"/assess?example={name}&lang={language}", headers=HTML)
    assert page.status_code == 200
    assert page.text.split('id="result"')[1].count('class="outcome ') > 3


def test_an_unknown_example_is_not_found(client: TestClient) -> None:
    assert client.get("/assess?example=none", headers=HTML).status_code == 404


@pytest.mark.parametrize(
    ("case", "where"),
    [
        ({"facts": {"asylumAplied": True}, "on": "2015-01-01"}, "facts.asylumAplied"),
        ({"facts": {"asylumApplied": "perhaps"}, "on": "2015-01-01"}, "facts.asylumApplied"),
        ({"facts": {"asylumApplied": False, "asylumAppliedOn": "2015-01-01"}, "on": "2015-01-01"}, None),
        ({"facts": {}, "on": "2015-02-30"}, "on"),
        ({"facts": {}, "on": "2015-01-01", "known": "1999-01-01"}, "known"),
        ({"facts": {}, "on": "2015-01-01", "presume": "all"}, "presume"),
        ({"fact": {}}, "fact"),
        ([], "body"),
    ],
)
def test_a_case_that_cannot_be_read_is_a_problem_that_names_the_field(
    client: TestClient, case: object, where: str | None
) -> None:
    answer = client.post("/assess", json=case)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()) >= {"title", "detail", "where"}
    assert where is None or answer.json()["where"] == where


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000, b'{"facts": NaN'])
def test_what_is_not_json_is_said_to_be_none(client: TestClient, body: bytes) -> None:
    answer = client.post("/assess", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert "not JSON" in answer.json()["detail"]


def test_another_kind_of_body_is_refused(client: TestClient) -> None:
    assert client.post("/assess", content=b"<x/>", headers={"content-type": "text/xml"}).status_code == 415


def test_a_mistake_in_the_form_is_shown_beside_it(client: TestClient) -> None:
    page = client.post("/assess", data={**FORM, "fact.asylumAppliedOn": "soon"}, headers=HTML)
    assert page.status_code == 400
    assert "no date" in page.text
    assert 'name="fact.riskOfInhumanTreatment" value="true" checked' in page.text


@pytest.mark.parametrize("path", ["explain", "missing", "change"])
def test_questions_about_a_case_are_answered(client: TestClient, path: str) -> None:
    answer = client.post(f"/assess/{path}", json={"case": CASE, "consequence": "temporary-protection-status"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["on"] == "2015-02-20"


def test_an_explanation_holds_proof_and_words(client: TestClient) -> None:
    answer = client.post(
        "/assess/explain", json={"case": CASE, "consequence": "temporary-protection-status"}
    ).json()
    (outcome,) = answer["outcomes"]
    assert outcome["proof"]["value"] == "holds"
    assert set(outcome["text"]) == {"da", "en"}


def test_a_question_about_an_unknown_consequence_names_the_nearest(client: TestClient) -> None:
    answer = client.post("/assess/explain", json={"case": CASE, "consequence": "temporary-protektion"})
    assert answer.status_code == 404
    assert "temporary-protection-status" in answer.json()["detail"]


def test_two_days_are_compared(client: TestClient) -> None:
    answer = client.get("/compare?on_a=2015-02-19&on_b=2015-02-20")
    assert answer.status_code == 200
    assert "temporary-protection-status" in answer.text


def test_no_answer_to_a_case_may_be_stored(client: TestClient) -> None:
    answers = [
        client.post("/assess", json=CASE),
        client.post("/assess", data=FORM, headers=HTML),
        client.post("/assess?part=result", data=FORM, headers=HTML),
        client.post("/assess", json={"facts": {"no": 1}}),
        client.get("/assess?example=indiscriminate-violence", headers=HTML),
    ]
    assert [answer.headers["cache-control"] for answer in answers] == ["no-store"] * 5


def test_what_a_case_says_is_never_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.post("/assess", data={**FORM, "fact.asylumAppliedOn": "2015-02-21"}, headers=HTML)
    client.post("/assess", json={"facts": {"asylumAppliedOn": "soonish"}})
    assert "2015-02-21" not in caplog.text
    assert "soonish" not in caplog.text


def test_the_page_tells_what_would_decide_an_open_outcome(client: TestClient) -> None:
    known = {"decided": "2016-01-01", "presume": "standard", "fact.asylumAppliedOn": "2015-12-01"}
    fields = {**known, "ask": "missing:convention-status"}
    told = client.post("/assess", data=fields, headers=HTML).text.split('id="asked"')[1].split("</div>")[0]
    assert "well-founded fear" in told
    assert "can make it fail" in told


def test_the_page_tells_what_would_change_a_settled_outcome(client: TestClient) -> None:
    fields = {**FORM, "ask": "change:temporary-protection-status"}
    told = client.post("/assess", data=fields, headers=HTML).text.split('id="asked"')[1].split("</div>")[0]
    assert "harm from general violence: yes → no" in told


def test_a_question_about_nothing_known_is_told_beside_the_form(client: TestClient) -> None:
    page = client.post("/assess", data={**FORM, "ask": "change:nothing"}, headers=HTML)
    assert page.status_code == 404
    assert 'role="alert"' in page.text


def test_the_same_case_is_shown_on_two_days(client: TestClient) -> None:
    page = client.post("/assess", data={**FORM, "also": "2015-02-19"}, headers=HTML).text
    row = page.split("<tbody>")[1].split("</tbody>")[0]
    assert "temporary protection status" in row
    assert "not in force" in row


def test_a_proof_not_asked_for_shows_what_settles_it(client: TestClient) -> None:
    page = client.get("/assess?example=indiscriminate-violence", headers={"accept": "text/html"}).text
    status = page.split("<strong>protection status</strong>")[1].split("</li></ul></details>")[0]
    told = status.split("</dl>")[0]
    assert "individual harm" in told
    assert "stands in the way" not in told


def test_provisions_that_do_not_stand_in_the_way_are_told_in_one_line_and_can_be_seen(
    client: TestClient,
) -> None:
    page = client.get("/assess?example=indiscriminate-violence&lang=en", headers=HTML).text
    first = page.split("<strong>temporary protection status</strong>")[1].split("</dl>")[0]
    shown, _, line = first.partition("none of ")
    many = re.match(r"(\d+) other provisions stands in the way<details><summary", line)
    assert many
    assert "does not stand in the way" not in shown
    assert "harm from general violence" in shown
    assert line.count("does not stand in the way") >= int(many[1]) > 3


def test_outcomes_stand_in_groups_and_only_what_makes_one_fail_is_told(client: TestClient) -> None:
    page = client.get("/assess?example=indiscriminate-violence&lang=en", headers=HTML).text
    groups = dict(re.findall(r'data-outcome="(\w+)"( open)?', page))
    assert list(groups) == ["holds", "undetermined", "fails"]
    assert groups["holds"]
    assert not groups["fails"]
    failing = page.split('data-outcome="fails"')[1]
    assert failing.count("<details>") >= 50
    assert 'class="sign yes"' not in failing
    asked = client.post("/assess", data={**FORM, "ask": "change:protection-status"}, headers=HTML).text
    assert re.search('data-outcome="fails" open', asked)


def test_an_answered_form_goes_along_to_the_other_language_without_scripts(client: TestClient) -> None:
    form = client.get("/assess?lang=en&example=indiscriminate-violence", headers=HTML).text
    button = re.search(r'<button class="tongue"[^>]*>', form)
    assert button
    assert {'form="case"', 'formmethod="post"'} <= set(button[0].split())
    address = button[0].split('formaction="')[1].split('"')[0].replace("&amp;", "&")
    assert "lang=da" in address
    assert "fact." not in address
    turned = client.post(address, data={**FORM, "turn": "language"}, headers=HTML)
    assert turned.headers["cache-control"] == "no-store"
    assert 'name="fact.riskOfInhumanTreatment" value="true" checked' in turned.text
    assert "midlertidig beskyttelsesstatus" in turned.text.split('id="result"')[1]
    assert "Byen beskydes" in turned.text  # the story of the example


def test_an_empty_form_stays_empty_in_the_other_language(client: TestClient) -> None:
    blank = {"decided": "2015-02-20", "presume": "standard", "fact.excluded": "", "turn": "language"}
    page = client.post("/assess?lang=da", data=blank, headers=HTML).text
    assert "Svar på et spørgsmål" in page
    assert 'name="decided" value="2015-02-20"' in page
