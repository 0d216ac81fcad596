"""The page of everything, for people and for programs."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from asylgraf.graph import open_graph
from asylgraf.namespaces import BASE, ID, RDF
from asylgraf.service.things import Things
from asylgraf.web.app import Settings, create_app

HTML = {"accept": "text/html"}
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}


def one_of_each_kind() -> list[str]:
    found: dict[str, str] = {}
    for quad in open_graph().store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None, None):
        subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        if subject.startswith(BASE) and "#" not in subject:
            kind = str(quad.object)
            found[kind] = min(subject, found.get(kind, subject))
    return sorted(set(found.values()))


@pytest.mark.parametrize("iri", one_of_each_kind())
def test_a_thing_of_each_kind_has_a_page_and_data(client: TestClient, iri: str) -> None:
    path = "/" + iri.removeprefix(BASE)
    page = client.get(path, headers=HTML)
    assert page.status_code == 200
    assert "<h1>" in page.text
    assert client.get(path, headers={"accept": "application/json"}).json()["iri"] == iri


@pytest.mark.parametrize("media", FORMATS)
def test_every_rdf_format_says_the_same(client: TestClient, media: str) -> None:
    path = "/id/dk/aliens-act/7/3/v/2015-153"
    answers = {m: client.get(path, headers={"accept": m}) for m in (media, "application/n-triples")}
    assert answers[media].headers["content-type"].startswith(media)
    read = {m: list(ox.parse(answers[m].content, format=FORMATS[m])) for m in answers}
    assert len(read[media]) == len(read["application/n-triples"]) > 10
    rule = ox.NamedNode(ID + "dk/aliens-act/7/3/v/2015-153#rule")
    assert any(quad.subject == rule for quad in read[media])


@pytest.mark.parametrize(
    ("word", "media"), [("ttl", "text/turtle"), ("json", "application/json"), ("nt", "application/n-triples")]
)
def test_a_link_can_fix_the_format(client: TestClient, word: str, media: str) -> None:
    answer = client.get(f"/id/echr/3?format={word}", headers=HTML)
    assert answer.headers["content-type"].startswith(media)


def test_answers_in_several_formats_say_that_they_vary(client: TestClient) -> None:
    assert "accept" in client.get("/id/echr/3", headers=HTML).headers["vary"]
    assert "accept" in client.get("/id/echr/3", headers={"accept": "text/turtle"}).headers["vary"]


def test_a_format_that_cannot_be_given_is_refused_by_name(client: TestClient) -> None:
    assert client.get("/id/echr/3", headers={"accept": "image/png"}).status_code == 406
    answer = client.get("/id/echr/3?format=pdf")
    assert answer.status_code == 406
    assert "ttl" in answer.json()["detail"]


def test_an_unknown_address_is_told_with_the_nearest(client: TestClient) -> None:
    answer = client.get("/id/actor/refuge-appeals-board", headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "actor/refugee-appeals-board" in answer.json()["detail"]
    page = client.get("/id/actor/refuge-appeals-board", headers=HTML)
    assert page.status_code == 404
    assert "actor/refugee-appeals-board" in page.text


def test_the_page_of_a_provision_says_what_stood_there_on_the_day(client: TestClient) -> None:
    before = client.get("/id/dk/aliens-act/7/3?on=2014-06-01", headers=HTML).text
    after = client.get("/id/dk/aliens-act/7/3?on=2016-06-01", headers=HTML).text
    says = [text.split('id="history"')[0].split('id="says"')[1] for text in (before, after)]
    assert "first-country rule" in says[0]
    assert "Temporary protection" not in says[0]
    assert "Temporary protection" in says[1]


def test_the_history_says_where_the_content_went(client: TestClient) -> None:
    page = client.get("/id/dk/aliens-act/7/3?on=2014-06-01", headers=HTML).text
    history = page.split('id="history"')[1].split("</section>")[0]
    assert "carried on as" in history
    assert 'href="/id/dk/aliens-act/7/4?' in history


def test_a_provision_says_who_decides_and_who_says_so(client: TestClient) -> None:
    page = client.get("/id/dk/aliens-act/7/1", headers=HTML).text
    for wanted in ("Danish Immigration Service", "Refugee Appeals Board", "Who says so", "checked"):
        assert wanted in page


def test_json_of_a_provision_holds_the_law_of_the_day(client: TestClient) -> None:
    law = client.get("/id/dk/aliens-act/7/3?on=2014-06-01&format=json").json()["law"]
    assert law["on"] == "2014-06-01"
    assert all(version["provision"] == ID + "dk/aliens-act/7/3" for version in law["inForce"])
    assert law["goneTo"] == [ID + "dk/aliens-act/7/4/v/2015-153"]
    assert all(version["says"]["standing"] for version in law["inForce"])


@pytest.mark.parametrize("query", ["on=2014-02-30", "on=x", "known=yesterday", "lang=sv"])
def test_a_parameter_that_cannot_be_read_is_named(client: TestClient, query: str) -> None:
    answer = client.get(f"/id/echr/3?{query}", headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["where"] == query.partition("=")[0]


def test_what_was_not_yet_recorded_is_an_error_and_not_an_empty_page(client: TestClient) -> None:
    answer = client.get("/id/echr/3?known=1999-01-01", headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["where"] == "known"


def test_markup_in_the_graph_is_shown_and_not_run(tmp_path: Path) -> None:
    extra = tmp_path / "own.trig"
    extra.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "<https://w3id.org/asylgraf/graph/own> { <https://w3id.org/asylgraf/id/own> "
        'skos:prefLabel "<script>alert(1)</script>"@en , "\\"><img src=x onerror=alert(1)>"@da ; '
        "rdfs:seeAlso <javascript:alert(1)> , <https://example.org/?a=\\u0027onx=\\u0027> . }",
        encoding="utf-8",
    )
    with TestClient(create_app(Settings(extra=(extra,))), base_url="http://localhost") as client:
        for path in ("/id/own", "/id/own?lang=da", "/graph?node=own", "/search?q=script", "/graph/own"):
            page = client.get(path, headers=HTML)
            assert page.status_code == 200
            assert "<script>alert" not in page.text
            assert "<img" not in page.text
            assert 'href="javascript' not in page.text


def test_an_act_is_a_tree_of_chapters_and_sections_and_no_address_tells_the_chapter(
    client: TestClient,
) -> None:
    act = client.get("/id/dk/aliens-act", headers=HTML).text
    parts = act.split('id="parts"')[1].split("</section>")[0]
    after = parts.split("chapter 8: who decides")[1]
    assert 'href="/id/dk/aliens-act/53a"' in after
    assert 'href="/id/dk/aliens-act/7"' not in after
    section = client.get("/id/dk/aliens-act/7/3?lang=da", headers=HTML).text
    path = section.split('class="path"')[1].split("</nav>")[0]
    assert re.search("udlændingeloven.*kapitel 1<.*§ 7<", path)
    chapter = client.get("/id/dk/aliens-act/chapter/5a", headers=HTML).text
    assert "chapter 5 a: transfer under the Dublin rules" in chapter
    assert 'href="/id/dk/aliens-act/29a"' in chapter


def test_a_section_without_a_chapter_does_not_stand_under_the_last_one(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Things.chapters
    monkeypatch.setattr(Things, "chapters", lambda things, iri: told(things, iri)[:-1])
    act = client.get("/id/dk/aliens-act?on=1999-01-01", headers=HTML).text
    parts = act.split('id="parts"')[1].split("</section>")[0]
    chapters, others = parts.split("<h3>Whose chapter is not told here</h3>")
    assert 'href="/id/dk/aliens-act/56?' in others
    assert 'href="/id/dk/aliens-act/7?' in chapters
    client.app.state.site._outlined.clear()  # type: ignore[attr-defined]


def test_every_section_that_is_told_of_stands_in_its_chapter(client: TestClient) -> None:
    act = client.get("/id/dk/aliens-act", headers=HTML).text
    parts = act.split('id="parts"')[1].split("</section>")[0]
    in_seven = parts.split('/chapter/7"')[1].split("<h3>")[0]
    assert re.findall(r'href="/id/dk/aliens-act/(\w+)"', in_seven) == ["40", "40a", "40b", "40c"]
    for page in (act, client.get("/id/eu/32013R0604", headers=HTML).text):
        assert "Whose chapter" not in page


def test_a_page_says_what_it_holds_in_the_order_of_a_lawyer(client: TestClient) -> None:
    section = client.get("/id/dk/aliens-act/7", headers=HTML).text
    contents = section.split('class="contents"')[1].split("</nav>")[0]
    places = re.findall(r'href="#([a-z]+)"', contents)
    assert places == ["says", "parts", "practice", "statements", "referred", "voices"]
    assert places == re.findall(r'<h2 id="([a-z]+)"', section)
    subsection = client.get("/id/dk/aliens-act/7/3", headers=HTML).text
    assert re.findall(r'<h2 id="([a-z]+)"', subsection)[:3] == ["says", "history", "practice"]


def test_statements_begin_with_what_a_thing_says_and_end_with_what_it_is_called(client: TestClient) -> None:
    page = client.get("/id/case/echr/6697-18/2021-07-09", headers=HTML).text
    told = page.split('id="statements"')[1].split("</section>")[0]
    relations = re.findall(r"<dt><a[^>]*>([^<]+)</a>", told)
    assert relations[:3] == ["is a", "summary", "was delivered by"]
    assert relations.index("had outcome") < relations.index("touches") < relations.index("name")
    assert relations.index("name") < relations.index("ECLI")


def test_what_refers_to_a_thing_is_told_as_a_sentence(client: TestClient) -> None:
    page = client.get("/id/actor/refugee-appeals-board", headers=HTML).text
    told = " ".join(re.sub("<[^>]+>", " ", page.split('id="referred"')[1]).split())
    assert "is decided by Refugee Appeals Board · " in told


def test_many_voices_are_folded_away_and_few_are_not(client: TestClient) -> None:
    act = client.get("/id/dk/aliens-act", headers=HTML).text
    permit = client.get("/id/permit/convention-status", headers=HTML).text
    assert '<details class="voices"><summary' in act
    assert 'class="voices"' in permit
    assert '<details class="voices"' not in permit


def test_a_condition_is_called_one(client: TestClient) -> None:
    page = client.get("/ontology/NoProtectionAtHome?lang=da", headers=HTML).text
    assert '<p class="kinds"><span>betingelse</span>' in page
    assert ">klasse</a>" not in page.split('id="statements"')[0]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/id/actor/refugee-appeals-board", ">4 years</span>"),
        ("/id/actor/refugee-appeals-board?lang=da", ">4 år</span>"),
        ("/id/disagreement/C01", "wait for citizenship (a)"),
        ("/query?name=disagreements", "wait for citizenship (a)"),
        ("/id/dk/aliens-act/7/4", "section 7(3) → section 7(4)"),
    ],
)
def test_nothing_is_shown_by_its_address_or_as_a_code(client: TestClient, path: str, words: str) -> None:
    assert words in client.get(path, headers=HTML).text


def test_a_permit_says_which_provision_gives_it_that_day(client: TestClient) -> None:
    now = client.get("/id/permit/temporary-protection-status", headers=HTML).text
    told = now.split('id="says"')[1].split("</section>")[0]
    assert 'href="/id/dk/aliens-act/7/3"' in told
    assert "arbitrary violence" in told
    before = client.get("/id/permit/temporary-protection-status?on=2014-06-01", headers=HTML).text
    assert "No provision in force on this day leads to it." in before
