"""Mistakes as people read them: one sentence in the language of the page, which names the field."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.web.test_assess import FORM

import asylgraf
from asylgraf.errors import AsylgrafError, TooBusy, TooMuchMemory
from asylgraf.sparql.pool import Pool
from asylgraf.web.told import TOLD

HTML = {"accept": "text/html"}
_PIECES = re.compile(r"\{\w+\}|; |\.$")
"""What the program may put together differently: around gaps, and after a semicolon."""


def told(page: str) -> str:
    """What a page says went wrong, as plain text."""
    kind = "mistake" if '<div class="mistake"' in page else "heading"
    found = page.split(f'<div class="{kind}"')[1].split("</div>", 1)[0].partition(">")[2]
    assert 'lang="en"' not in found
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found)).split())


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/?on=nonsense", 400, "Dag: ”nonsense” er ingen dato; der ventes en som 2024-05-01."),
        ("/?known=1999-01-01", 422, "den 1999-01-01 var intet kendt."),
        ("/compare?on_a=2015-13-01", 400, "Første dag: ”2015-13-01” er ingen dato;"),
        ("/compare?on_b=x", 400, "Anden dag: ”x” er ingen dato;"),
        ("/queries/who-decides?provision=zzzzzzzz", 404, "Bestemmelse: ”zzzzzzzz” er ingen henvisning,"),
        ("/queries/who-decides?provision=§ 999 q", 404, "Bestemmelse: ”§ 999 q” er rigtigt skrevet,"),
        ("/queries/who-decides?provison=7", 400, "har ingen parameter ”provison”. Mente du ”provision”?"),
        ("/queries/who-decidez", 404, "Der er intet spørgsmål med navnet ”who-decidez”."),
        ("/query?name=facts&offset=x", 400, "Første række: ”x” er intet antal rækker;"),
        (
            "/sparql?query=SELECT ?p {",
            400,
            "kolonne 12: Forespørgslen slutter for tidligt; der ventes ”}”, en tripel eller et mønster.",
        ),
        (
            "/sparql?query=ASK { ?s foo:bar ?o }",
            400,
            "Linje 1, kolonne 10: Præfikset ”foo:” er ikke erklæret.",
        ),
        ("/sparql?query=DELETE WHERE { ?s ?p ?o }", 400, "DELETE er en ændring;"),
        ("/sparql?query=ASK {}&version=00000000", 404, "Dataversion: Denne server har version"),
        ("/assess?example=none", 404, "Der er intet eksempel med navnet ”none”."),
        ("/graph?steps=9", 400, "Trin: ”9” er for meget; der ventes et tal op til 3."),
        ("/graph?what=none", 400, "der ventes around, law eller all."),
        ("/resolve?q=zzz", 404, "”zzz” er ingen henvisning, der kan læses."),
        ("/nothing", 404, "Der er ingen side på denne adresse."),
    ],
)
def test_a_mistake_is_told_in_danish_and_names_the_field(
    client: TestClient, address: str, status: int, sentence: str
) -> None:
    path, _, query = address.partition("?")
    asked = dict(pair.split("=", 1) for pair in query.split("&")) if query else {}
    page = client.get(path, params={**asked, "lang": "da"}, headers=HTML)
    assert page.status_code == status
    assert '<html lang="da">' in page.text
    assert sentence in told(page.text)


@pytest.mark.parametrize(
    ("field", "value", "status", "sentence"),
    [
        ("decided", "2015-02-30", 400, "Afgørelsesdag: ”2015-02-30” er ingen dato;"),
        ("also", "soon", 400, "Den samme sag også den: ”soon” er ingen dato;"),
        ("fact.asylumAppliedOn", "soon", 400, "dag for asylansøgningen: ”soon” er ingen dato;"),
        (
            "fact.wellFoundedFear",
            "perhaps",
            422,
            "kan ikke være 'perhaps'; der ventes ja, nej eller ikke oplyst.",
        ),
        ("fact.asylumApplied", "false", 422, "Der er en dag for ”"),
        (
            "fact.longestSentenceMonths",
            "9",
            422,
            "”ingen straf har ingen måneder”: En længde hører til en straf.",
        ),
        ("fact.asylumAplied", "true", 422, "Ingen bestemmelse spørger efter et faktum ”asylumAplied”."),
        ("ask", "change:nothing", 404, "Ingen retsvirkning hedder ”nothing”;"),
    ],
)
def test_a_mistake_in_a_case_is_told_in_danish_beside_the_form(
    client: TestClient, field: str, value: str, status: int, sentence: str
) -> None:
    page = client.post(
        "/assess?lang=da", data={**FORM, "fact.everSentenced": "false", field: value}, headers=HTML
    )
    assert page.status_code == status
    assert sentence in told(page.text)


def test_a_term_that_stands_nowhere_is_told_in_danish(client: TestClient) -> None:
    text = "ASK { ?s a <https://w3id.org/asylgraf/ontology/Provission> }"
    page = client.get("/query", params={"query": text, "lang": "da"}, headers=HTML).text
    assert "Linje 1, kolonne 12: klassen &lt;https" in page
    assert "står intetsteds i denne graf. Mente du" in page


@pytest.mark.parametrize(
    ("mistake", "sentence"),
    [
        (TooBusy("No worker became free in time; try again in a few seconds."), "prøv igen om"),
        (TooMuchMemory("The query needs more memory than one query may take."), "spørg om mindre."),
    ],
)
def test_a_limit_is_told_in_danish_as_a_page(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, mistake: AsylgrafError, sentence: str
) -> None:
    async def refuse(*_: object, **__: object) -> None:
        raise mistake

    pool: Pool = client.app.state.endpoint.pool  # type: ignore[attr-defined]
    monkeypatch.setattr(pool, "ask", refuse)
    monkeypatch.setattr(pool, "run", refuse)
    for page in ("query", "assess", "example"):
        status, text = limited(client, page, mistake.title)
        assert status == mistake.status
        assert sentence in text


@pytest.mark.usefixtures("out_of_time")
def test_a_deadline_is_told_in_danish_as_a_page(client: TestClient) -> None:
    for page in ("query", "assess", "example"):
        status, text = limited(client, page, "late")
        assert status == 504
        assert "sekunder; det er grænsen." in text


@pytest.fixture
def out_of_time(client: TestClient) -> Iterator[None]:
    """No time left for any answer."""
    pool: Pool = client.app.state.endpoint.pool  # type: ignore[attr-defined]
    whole = pool.limits
    pool.limits = replace(whole, seconds=0)
    yield
    pool.limits = whole


def limited(client: TestClient, page: str, mark: str) -> tuple[int, str]:
    """The status of a page that reached a limit, and what it says; each mark asks something new."""
    if page == "query":
        long = f"ASK {{ ?a ?b ?c . ?d ?e ?f FILTER(CONCAT(STR(?c), STR(?f)) = '{mark}') }}"
        query = {"query": long, "lang": "da"}
        found = client.get("/query", params=query, headers=HTML)
        assert mark in found.text  # the query is still there
    elif page == "assess":
        found = client.post("/assess?lang=da", data=FORM, headers=HTML)
        assert 'name="fact.riskOfInhumanTreatment" value="true" checked' in found.text
    else:
        found = client.get("/assess?example=indiscriminate-violence&lang=da", headers=HTML)
    return found.status_code, told(found.text)


def test_every_sentence_that_has_danish_is_one_that_the_program_says() -> None:
    said = "\n".join(sentences())
    unsaid = [
        sentence
        for section in ("sentences", "hints")
        for sentence in TOLD[section]
        for piece in _PIECES.split(sentence)
        if piece not in said
    ]
    assert unsaid == []


def sentences() -> Iterator[str]:
    """Every text of the program, with its gaps empty."""
    for path in Path(asylgraf.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            if isinstance(node, ast.JoinedStr):
                pieces = (v.value if isinstance(v, ast.Constant) else "{}" for v in node.values)
                yield "".join(map(str, pieces))
