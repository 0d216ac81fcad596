"""Home, search, facts, query and drawing."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from html import unescape
from unittest.mock import patch
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from asylgraf.graph import open_graph
from asylgraf.namespaces import ID, ONTOLOGY
from asylgraf.service.examples import examples
from asylgraf.sparql.named import queries
from asylgraf.web.routes import query

HTML = {"accept": "text/html"}


def test_health_names_the_release_and_the_day(client: TestClient) -> None:
    answer = client.get("/health").json()
    assert answer["status"] == "ok"
    assert answer["today"] == "2026-03-02"
    assert re.fullmatch(r".+\+[0-9a-f]{12}", answer["release"])


def test_home_leads_to_each_example_case(client: TestClient) -> None:
    page = client.get("/?lang=da", headers=HTML).text
    assert '<a href="/assess?lang=da&amp;example=excluded-war-criminal">En udelukket krigsforbryder' in page
    assert page.count("example=") == len(examples())


def test_home_says_what_this_is_and_is_not(client: TestClient) -> None:
    page = client.get("/", headers=HTML).text
    assert "not legal advice" in page
    assert "temporary protection status" in page
    assert "ikke juridisk rådgivning" in client.get("/?lang=da", headers=HTML).text


def test_home_shows_the_permits_of_the_day(client: TestClient) -> None:
    assert "temporary protection status" not in client.get("/?on=2015-02-19", headers=HTML).text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("da", "da"),
        ("da-DK,da;q=0.9,en;q=0.5", "da"),
        ("en-GB", "en"),
        ("sv,fr", "en"),
        ("", "en"),
        ("en;q=0.1,da", "da"),
    ],
)
def test_the_browser_chooses_the_language(client: TestClient, accepted: str, language: str) -> None:
    page = client.get("/", headers={**HTML, "accept-language": accepted}).text
    assert f'<html lang="{language}">' in page


def test_the_address_beats_the_browser(client: TestClient) -> None:
    assert '<html lang="en">' in client.get("/?lang=en", headers={**HTML, "accept-language": "da"}).text


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Flygtningenævnet", "actor/refugee-appeals-board"),
        ("refugee appeals", "actor/refugee-appeals-board"),
        ("§ 7, stk. 3", "dk/aliens-act/7/3"),
        ("section 7(3)", "dk/aliens-act/7/3"),
        ("konventionsstatus", "permit/convention-status"),
        ("Refugee Apeals Bord", "actor/refugee-appeals-board"),
        ("§ 9c", "dk/aliens-act/9c"),
        ("nine c", "dk/aliens-act/9c"),
        ("ni c", "dk/aliens-act/9c"),
        ("section seven", "dk/aliens-act/7"),
    ],
)
def test_search_finds_what_a_person_types(client: TestClient, asked: str, first: str) -> None:
    found = client.get("/search", params={"q": asked, "format": "json"}).json()["found"]
    assert found[0]["iri"] == ID + first


@pytest.mark.parametrize(
    ("compound", "name"), [("torturrisiko", "risiko for tortur"), ("asylafslag", "afslag på asyl")]
)
def test_search_takes_a_compound_apart(client: TestClient, compound: str, name: str) -> None:
    asked = {"q": compound, "lang": "da", "format": "json"}
    names = [one["name"] for one in client.get("/search", params=asked).json()["found"]]
    assert names[0] == name


def test_search_gives_the_law_before_the_words_it_is_told_by_and_these_before_graphs(
    client: TestClient,
) -> None:
    found = client.get("/search", params={"q": "board", "format": "json"}).json()["found"]
    place = {one["iri"]: at for at, one in enumerate(found)}
    assert place[ONTOLOGY + "Board"] == 0  # the very word
    authority, fact = place[ID + "actor/refugee-appeals-board"], place[ONTOLOGY + "boardHasDecided"]
    source = place[ID + "source/board-decisions-dublin"]
    assert 0 < authority < 3 < fact < source
    by_kind = [one["kind"] for one in client.get("/search?q=harassment&format=json").json()["found"]]
    assert by_kind[0] == "practice"
    assert by_kind[-1] == "reading"


@pytest.mark.parametrize(
    ("asked", "language", "kind"),
    [
        ("no protection at home", "en", "condition"),
        ("ingen beskyttelse i hjemlandet", "da", "betingelse"),
        ("authority", "en", "kind of thing"),
        ("myndighed", "da", "slags ting"),
    ],
)
def test_search_calls_each_kind_by_a_name_that_says_something(
    client: TestClient, asked: str, language: str, kind: str
) -> None:
    found = client.get("/search", params={"q": asked, "lang": language, "format": "json"}).json()["found"]
    assert found[0]["kind"] == kind
    page = client.get("/search", params={"q": asked, "lang": language}, headers=HTML).text
    assert f"· {kind}<" in page
    assert not {"class", "klasse"} & {one["kind"] for one in found}


def test_search_finds_nothing_without_failing(client: TestClient) -> None:
    assert client.get("/search?q=zzzzzzzzzz&format=json").json()["found"] == []
    assert "Nothing found" in client.get("/search?q=zzzzzzzzzz", headers=HTML).text
    assert client.get("/search", params={"q": "x" * 300, "format": "json"}).status_code == 400


def test_facts_are_listed_with_their_questions(client: TestClient) -> None:
    facts = {fact["name"]: fact for fact in client.get("/facts").json()}
    applied = facts["asylumAppliedOn"]
    assert (applied["type"], applied["companion"]) == ("date", "asylumApplied")
    assert set(applied["question"]) == {"da", "en"}
    page = client.get("/facts", headers=HTML).text
    assert applied["question"]["en"] in page


def test_a_query_is_answered_on_the_page_without_scripts(client: TestClient) -> None:
    text = f"SELECT ?p {{ ?p a <{ONTOLOGY}Permit> }} ORDER BY ?p"
    page = client.get("/query", params={"query": text}, headers=HTML).text
    assert 'href="/id/permit/convention-status"' in page


def test_a_ready_question_comes_in_pages_with_code_and_citation(client: TestClient) -> None:
    pages = [client.get("/query", params={"name": "facts", "offset": n}, headers=HTML).text for n in (0, 200)]
    assert 'rel="next"' in pages[0]
    assert 'rel="prev"' not in pages[0]
    assert 'rel="prev"' in pages[1]
    assert pages[0].split("<tbody>")[1].count("<tr>") == query.PAGE
    assert "rows &lt;- read.csv(&#34;http://localhost/queries/facts.csv?" in pages[0]
    cited = unescape(pages[0].split('id="citation"')[1].split(">", 1)[1].split("</pre>")[0])
    address = cited.split()[-1]
    assert len(client.get(address).json()["results"]["bindings"]) > query.PAGE
    other = address.replace("version=", "version=0000")
    assert client.get(other).status_code == 404
    page = client.get(other, headers=HTML)
    assert (page.status_code, "holds version" in page.text) == (404, True)


def test_a_query_on_the_page_is_asked_on_the_day_chosen(client: TestClient) -> None:
    text = f"ASK {{ <{ID}dk/aliens-act/7/4> <{ONTOLOGY}versionInForce> ?v }}"
    answers = [
        client.get("/query", params={"query": text, "on": day}, headers=HTML).text.split('id="answer"')[1]
        for day in ("2014-06-01", "2016-06-01")
    ]
    assert ['<p class="lead">no' in answers[0], '<p class="lead">yes' in answers[1]] == [True, True]


@pytest.mark.parametrize(
    "text", ["SELECT ?p { ?p a", "DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://x/> {} }"]
)
def test_a_query_that_cannot_be_asked_is_told_on_the_page(client: TestClient, text: str) -> None:
    page = client.get("/query", params={"query": text}, headers=HTML)
    assert page.status_code in (400, 403)
    assert 'role="alert"' in page.text
    assert "Traceback" not in page.text


@pytest.mark.parametrize("name", sorted(queries()))
def test_every_ready_question_has_a_page(client: TestClient, name: str) -> None:
    values = {
        "provision": ID + "dk/aliens-act/7/1",
        "thing": ID + "dk/aliens-act/7",
        "procedure": ID + "procedure/asylum-today",
    }
    wanted = {p.name: values[p.name] for p in queries()[name].parameters if p.name in values}
    page = client.get("/query", params={"name": name, **wanted}, headers=HTML)
    assert page.status_code == 200
    assert queries()[name].title in page.text.replace("&#39;", "'")


def test_the_plain_form_is_there_without_the_editor(client: TestClient, tmp_path: object) -> None:
    with patch.object(query, "HOME", tmp_path):
        page = client.get("/query", headers=HTML).text
    assert "yasgui" not in page.replace('id="yasgui"', "")
    assert '<textarea id="query"' in page


def test_a_drawing_says_the_same_as_page_and_as_data(client: TestClient) -> None:
    told = client.get("/graph?node=dk/aliens-act/7&format=json").json()
    page = client.get("/graph?node=dk/aliens-act/7", headers=HTML).text
    drawn = json.loads(page.split('id="told">')[1].split("</script>")[0])
    assert {node["iri"] for node in drawn["nodes"]} == {node["iri"] for node in told["nodes"]}
    listed = page.split('id="list"')[1]
    assert all(f'"/{node["iri"].split("asylgraf/")[1]}"' in listed for node in told["nodes"])


def test_a_drawing_is_of_the_law_of_its_day(client: TestClient) -> None:
    def names(day: str) -> set[str]:
        told = client.get(f"/graph?node=dk/aliens-act/7/3&on={day}&format=json").json()
        return {node["iri"].removeprefix(ID) for node in told["nodes"]}

    assert "permit/temporary-protection-status" in names("2016-01-01")
    assert "permit/temporary-protection-status" not in names("2015-02-19") - names("2016-01-01")


@pytest.mark.parametrize(
    ("asked", "status"), [("node=nothing-of-that-name", 404), ("steps=9", 400), ("steps=x", 400)]
)
def test_a_drawing_that_cannot_be_made_is_a_problem(client: TestClient, asked: str, status: int) -> None:
    answer = client.get(f"/graph?{asked}", headers={"accept": "application/json"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_method_that_is_not_allowed_says_which_are(client: TestClient) -> None:
    answer = client.delete("/facts")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"
    assert client.put("/cite").headers["allow"] == "GET, HEAD, POST"


def test_the_page_of_two_days_shows_what_each_provision_said_and_whom_it_changes(client: TestClient) -> None:
    page = client.get("/compare?on_a=2015-02-19&on_b=2015-02-20", headers=HTML).text
    pairs = page.split("<article")
    pair = next(pair for pair in pairs if ">section 7(3)</a></h3>" in pair)
    assert "first-country rule" in pair
    assert "Temporary protection" in pair
    assert "temporary protection status" in page.split('id="cases"')[1]


def test_the_last_change_is_compared_when_no_day_is_given(client: TestClient) -> None:
    changed = max(day for day in open_graph().change_dates() if day <= date(2016, 1, 1))
    page = client.get("/compare?on=2016-01-01", headers=HTML).text
    assert f'name="on_a" value="{changed - timedelta(days=1)}"' in page
    assert f'name="on_b" value="{changed}"' in page


def test_the_shortest_way_between_two_things_is_told_in_words(client: TestClient) -> None:
    asked = "/graph?node=permit/temporary-protection-status&to=Flygtningenævnet"
    nodes = client.get(asked + "&format=json").json()["nodes"]
    assert nodes[0]["name"] == "temporary protection status"
    assert nodes[-1]["name"] == "Refugee Appeals Board"
    assert [node["steps"] for node in nodes] == list(range(len(nodes)))
    listed = client.get(asked, headers=HTML).text.split('id="list"')[1]
    assert "Refugee Appeals Board" in listed


def test_no_way_is_said_to_be_none(client: TestClient) -> None:
    answer = client.get("/graph?node=dk/aliens-act/7&to=ontology/cases&format=json")
    assert answer.status_code == 404
    assert answer.json()["where"] == "to"


def test_a_drawing_is_given_as_graphml(client: TestClient) -> None:
    answer = client.get("/graph?node=dk/aliens-act/7&format=graphml&lang=da")
    assert answer.headers["content-type"].startswith("application/graphml+xml")
    told = client.get("/graph?node=dk/aliens-act/7&format=json").json()
    root = ET.fromstring(answer.text)  # noqa: S314 -- our own answer
    assert sum(one.tag.endswith("}node") for one in root.iter()) == len(told["nodes"])
    assert "udlændingeloven" in {one.text for one in root.iter()}


def test_a_ready_question_does_not_say_twice_what_a_thing_is_called(client: TestClient) -> None:
    page = client.get("/query?name=disagreements", headers=HTML).text
    assert re.findall(r"<th>(\w+)</th>", page)[:3] == ["disagreement", "kind", "side"]
    own = client.get(
        "/query",
        params={
            "query": "SELECT ('judges' AS ?label) ?x {VALUES ?x {<https://w3id.org/asylgraf/id/actor/judges>}}"
        },
        headers=HTML,
    ).text
    assert re.findall(r"<th>(\w+)</th>", own) == ["label", "x"]


def test_a_browser_finds_the_icon_also_on_pages_of_data(client: TestClient) -> None:
    answer = client.get("/favicon.ico")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")


@pytest.mark.parametrize("address", ["/", "/search?q=nothing", "/query", "/data", "/assess", "/health"])
def test_head_says_what_get_says_without_the_body(client: TestClient, address: str) -> None:
    accept = {"accept": "text/html"}
    head, got = client.head(address, headers=accept), client.get(address, headers=accept)
    assert head.status_code == got.status_code == 200
    assert head.content == b""
    assert {**head.headers} == {**got.headers}


def test_head_of_what_takes_no_get_is_refused(client: TestClient) -> None:
    assert client.head("/assess/receipt").status_code == 405


def test_a_page_tells_of_a_term_that_stands_nowhere(client: TestClient) -> None:
    query = "SELECT ?s { ?s <https://w3id.org/asylgraf/ontology/versionInForse> ?v }"
    page = client.get("/query", params={"query": query}, headers=HTML).text
    assert "stands nowhere in this graph. Did you mean" in page
