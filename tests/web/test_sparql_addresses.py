"""The endpoint's addresses in the whole site: answers for programs, for browsers a page about the same."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

HTML = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/sparql", "/query"),
        ("/sparql?query=ASK+%7B%7D&lang=da", "/query?query=ASK+%7B%7D&lang=da"),
        ("/queries/facts?lang=da", "/query?name=facts&lang=da"),
        ("/queries", "/query"),
    ],
)
def test_a_browser_is_led_to_the_page(client: TestClient, address: str, page: str) -> None:
    answer = client.get(address, headers=HTML, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    assert client.get(page, headers=HTML).status_code == 200


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/csv, text/html;q=0.1", "text/csv"),
        ("text/html;q=0.5,application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/html, application/sparql-results+json", "application/sparql-results+json"),
        ("text/html;q=0, */*", "application/sparql-results+json"),
        ("text/html;q=much, text/csv", "text/csv"),
    ],
)
def test_who_reads_tables_rather_than_pages_gets_a_table(client: TestClient, accept: str, media: str) -> None:
    told = {"query": "SELECT ?s { ?s ?p ?o } LIMIT 1"}
    answer = client.get("/sparql", params=told, headers={"accept": accept}, follow_redirects=False)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media)


def test_a_program_is_led_to_the_list_of_named_queries(client: TestClient) -> None:
    assert client.get("/queries").json() == client.get("/queries.json").json()


@pytest.mark.parametrize("headers", [{}, HTML])
def test_a_file_of_rows_is_a_file_for_everyone(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.get("/queries/facts.csv", headers=headers)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("fact,")


def test_a_program_gets_its_answer(client: TestClient) -> None:
    assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
    assert client.post("/sparql", data={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
    assert client.get("/queries.json").json()["queries"][0]["title"].endswith("?")
    assert client.get("/context.jsonld").json()["@context"]["asyl"].endswith("/ontology/")
    assert "asylgraf_answers_total" in client.get("/metrics").text
