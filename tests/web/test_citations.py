"""Citations over HTTP, and the page to paste a text into."""

from __future__ import annotations

import io
import json
import re
import zipfile

import docx
from fastapi.testclient import TestClient
from tests.citations.annotated import sentences

from asylgraf.citations import cite
from asylgraf.citations.documents import DOCX, PDF
from asylgraf.web.phrases import PHRASES

ASYLUM = "https://w3id.org/asylgraf/id/dk/aliens-act/7/1"


def test_a_posted_text_is_answered_with_its_citations(client: TestClient) -> None:
    answer = client.post("/citations", json={"text": "Efter udlændingelovens § 7, stk. 1."})
    assert [one["iri"] for one in answer.json()["citations"]] == [ASYLUM]
    assert answer.headers["cache-control"] == "no-store"


def test_a_page_is_read_by_its_words(client: TestClient) -> None:
    answer = client.post("/citations", json={"html": "<p>§ 7, <b>stk. 1</b><script>§ 8</script></p>"})
    assert [one["iri"] for one in answer.json()["citations"]] == [ASYLUM]


def test_many_citations_come_a_line_each(client: TestClient) -> None:
    body = {"text": "udlændingelovens § 7, stk. 1, § 8 og § 9"}
    answer = client.post("/citations", json=body, headers={"accept": "application/x-ndjson"})
    assert len(answer.text.splitlines()) == 3


def test_a_body_that_is_none_is_a_problem(client: TestClient) -> None:
    for body in ("no json", "[]", "{}", '{"text": 7}', '{"text": "a", "on": "never"}'):
        answer = client.post("/citations", content=body)
        assert answer.status_code in (400, 422)
        assert answer.headers["content-type"] == "application/problem+json"


def test_who_comes_without_a_text_is_led_to_the_page_to_paste_one(client: TestClient) -> None:
    answer = client.get("/citations?lang=da", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/cite?lang=da")
    assert client.put("/citations").headers["allow"] == "GET, HEAD, POST"


def test_an_act_that_is_none_is_named_with_those_near_it(client: TestClient) -> None:
    answer = client.post("/citations", json={"text": "§ 7", "base": "dk/alien-act"})
    assert (answer.status_code, answer.json()["where"]) == (400, "base")
    assert "dk/aliens-act" in answer.json()["detail"]


def test_a_citation_leads_to_its_page(client: TestClient) -> None:
    answer = client.get("/resolve", params={"q": "§ 9 c, stk. 1"}, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/id/dk/aliens-act/9c/1"


def test_what_means_several_things_is_a_list(client: TestClient) -> None:
    answer = client.get("/resolve", params={"q": "art. 3"}, follow_redirects=False)
    assert answer.status_code == 300
    assert len(answer.json()["citations"][0]["candidates"]) > 1


def test_people_choose_among_the_meanings_on_a_page_that_keeps_their_day(client: TestClient) -> None:
    asked = {"q": "art. 3", "lang": "da", "on": "2014-06-01"}
    answer = client.get("/resolve", params=asked, headers={"accept": "text/html"}, follow_redirects=False)
    assert answer.status_code == 300
    assert "”art. 3” kan betyde flere ting" in answer.text
    assert 'href="/id/echr/3?lang=da&amp;on=2014-06-01"' in answer.text
    assert (
        "artikel 3 i flygtningekonventionen" in answer.text
    )  # it has no page, and no link that leads nowhere
    assert "/id/refugee-convention/3?" not in answer.text


def test_each_of_several_provisions_cited_has_its_link(client: TestClient) -> None:
    answer = client.get("/resolve", params={"q": "§ 7, stk. 1 og 2"}, headers={"accept": "text/html"})
    assert 'href="/id/dk/aliens-act/7/1"' in answer.text
    assert 'href="/id/dk/aliens-act/7/2"' in answer.text


def test_people_who_cite_what_is_not_there_are_shown_what_is_near(client: TestClient) -> None:
    asked = {"q": "§ 7, stk. 9", "lang": "da"}
    answer = client.get("/resolve", params=asked, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "Ingen bestemmelse med den henvisning" in answer.text
    assert 'href="/id/dk/aliens-act/7?lang=da"' in answer.text


def test_the_page_of_a_citation_keeps_day_and_language(client: TestClient) -> None:
    asked = {"q": "§ 7", "lang": "da", "on": "2014-06-01"}
    answer = client.get("/resolve", params=asked, follow_redirects=False)
    assert answer.headers["location"] == "/id/dk/aliens-act/7?lang=da&on=2014-06-01"


def test_what_cannot_be_read_is_not_found(client: TestClient) -> None:
    assert client.get("/resolve", params={"q": "hello"}).status_code == 404


def test_a_provision_that_does_not_exist_is_not_found(client: TestClient) -> None:
    answer = client.get("/resolve", params={"q": "§ 7, stk. 9"}, follow_redirects=False)
    assert answer.status_code == 404
    assert "“§ 7, stk. 9” can be read, but there is no such provision." in answer.json()["detail"]


def test_a_pasted_text_is_shown_linked_and_nothing_in_it_runs(client: TestClient) -> None:
    written = "udlændingelovens § 7, stk. 1 <script>alert(1)</script>"
    answer = client.post("/cite", data={"text": written}, headers={"accept": "text/html"})
    assert 'href="/id/dk/aliens-act/7/1' in answer.text
    assert "<script>alert" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert client.get("/cite", headers={"accept": "text/html"}).status_code == 200


def test_a_pasted_text_goes_along_to_the_other_language(client: TestClient) -> None:
    button = re.search(
        r'<button class="tongue"[^>]*>', client.get("/cite", headers={"accept": "text/html"}).text
    )
    assert button
    assert {'form="paste"', 'formmethod="post"', 'formaction="/cite?lang=da"'} <= set(button[0].split())
    text = {"text": "udlændingelovens § 7, stk. 1", "turn": "language"}
    turned = client.post("/cite?lang=da", data=text, headers={"accept": "text/html"})
    assert "udlændingelovens § 7, stk. 1</textarea>" in turned.text
    assert "Som skrevet" in turned.text or "Hvad der menes" in turned.text
    empty = client.post(
        "/cite?lang=da", data={"text": "", "turn": "language"}, headers={"accept": "text/html"}
    )
    assert empty.status_code == 200
    assert 'class="empty"' not in empty.text


def test_a_text_comes_back_in_the_form_asked_for(client: TestClient) -> None:
    body = {"text": "Efter udlændingelovens § 7, stk. 1."}
    beginnings = {
        "text/html": "Efter <a ",
        "text/markdown": "Efter [udlændingelovens § 7, stk. 1](",
        "text/csv": "source,start,end",
        "application/n-triples": "<urn:text#citation-1>",
        "application/ld+json": '{"@context"',
    }
    for media, beginning in beginnings.items():
        answer = client.post("/citations", json=body, headers={"accept": media})
        assert answer.headers["content-type"].startswith(media)
        assert answer.text.startswith(beginning)
    assert client.post("/citations", json=body, headers={"accept": "image/png"}).status_code == 406


def test_a_page_that_someone_sent_is_given_back_as_theirs(client: TestClient) -> None:
    body = {"html": "<script>alert(1)</script><p>§ 7"}
    answer = client.post("/citations", json=body, headers={"accept": "text/html"})
    assert answer.headers["content-security-policy"].startswith("sandbox")


def test_a_text_is_read_up_to_ten_mebibytes(client: TestClient) -> None:
    words = "ord " * ((10 << 18) - 100)
    found = client.post("/citations", json={"text": f"{words}udlændingelovens § 7"}).json()["citations"]
    assert [one["start"] for one in found] == [len(words)]
    answer = client.post("/citations", json={"text": words * 2})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_many_texts_are_answered_line_by_line_and_a_mistake_spoils_only_its_own(client: TestClient) -> None:
    lines = ['{"id": "a", "text": "§ 7, stk. 1"}', "no json", "", '{"id": 2, "html": "<p>Efter § 8</p>"}']
    answer = client.post(
        "/citations", content="\n".join(lines), headers={"content-type": "application/x-ndjson"}
    )
    first, second, third = map(json.loads, answer.text.splitlines())
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert (first["source"], [one["iri"] for one in first["citations"]]) == ("a", [ASYLUM])
    assert second == {"source": None, "line": 2, "error": "body: The body is not JSON."}
    assert (third["source"], [one["surface"] for one in third["citations"]]) == ("2", ["§ 8"])


def test_places_are_counted_as_asked(client: TestClient) -> None:
    body = {"text": "æ😀 § 7, stk. 1"}
    starts = {
        units: client.post("/citations", json={**body, "units": units}).json()["citations"][0]["start"]
        for units in ("code-points", "utf-8", "utf-16")
    }
    assert starts == {"code-points": 3, "utf-8": 7, "utf-16": 4}
    assert client.post("/citations", json={**body, "units": "inches"}).status_code == 400


def test_a_document_is_sent_as_it_is(client: TestClient) -> None:
    word = io.BytesIO()
    paper = docx.Document()
    paper.add_paragraph("Efter § 7, stk. 1.")
    paper.save(word)
    sent = {
        "text/plain": "§ 7, stk. 1".encode("cp1252"),
        "text/html": b"<p>&sect; 7, stk. 1",
        DOCX: word.getvalue(),
    }
    for kind, content in sent.items():
        answer = client.post("/citations?base=dk/aliens-act", content=content, headers={"content-type": kind})
        assert [one["iri"] for one in answer.json()["citations"]] == [ASYLUM]
    broken = client.post("/citations", content=b"%PDF-1.4 broken", headers={"content-type": PDF})
    assert broken.status_code == 400


def test_a_document_that_unpacks_to_too_much_is_refused(client: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b"0" * (101 << 20))
    answer = client.post("/citations", content=packed.getvalue(), headers={"content-type": DOCX})
    assert answer.status_code == 413


def test_a_citation_is_resolved_in_the_act_that_is_asked_for(client: TestClient) -> None:
    asked = {"q": "§ 4", "base": "hjemrejseloven"}
    answer = client.get("/resolve", params=asked, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/id/dk/return-act/4")
    refused = client.get("/resolve", params={"q": "§ 4", "base": "nonsense"})
    assert refused.status_code == 400
    assert refused.json()["where"] == "base"


def test_a_judgment_is_resolved_by_the_name_of_one_party(client: TestClient) -> None:
    one = client.get("/resolve", params={"q": "Bolbol"}, follow_redirects=False)
    assert (one.status_code, one.headers["location"].rpartition("/id/")[2]) == (303, "case/cjeu/C-31-09")
    several = client.get("/resolve", params={"q": "Saadi"}, follow_redirects=False).json()["citations"]
    assert [address.rpartition("/id/")[2] for address in several[0]["candidates"]] == [
        "case/echr/13229-03/2008-01-29",
        "case/echr/37201-06/2008-02-28",
    ]


def test_what_is_no_text_is_refused_with_what_is_expected(client: TestClient) -> None:
    answer = client.post("/citations", content=b"x", headers={"content-type": "image/png"})
    assert answer.status_code == 415
    assert "expected one of application/json, application/x-ndjson, text/plain" in answer.json()["detail"]


def test_the_page_shows_what_is_meant_and_how_it_is_known(client: TestClient) -> None:
    text = "Se Paposhvili mod Belgien (41738/10) og artikel 3 i EMRK."
    page = client.post("/cite?lang=da", data={"text": text}, headers={"accept": "text/html"}).text
    row = page.partition("Paposhvili mod Belgien (41738/10)</td>")[2].partition("</tr>")[0]
    assert "2016-12-13" in row
    assert "kammer" not in row


def test_every_rule_that_read_a_sentence_is_told_in_both_languages() -> None:
    found = {one.meaning.rule.removesuffix(", renumbered") for text in sentences() for one in cite(text.text)}
    assert found - set(PHRASES["rules"]) == set()
