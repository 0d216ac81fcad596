"""What holds for every answer: the Host header, the policy, no cookies, sizes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from asylgraf.web.app import Settings, create_app
from asylgraf.web.site import HOME

PAGES = [
    "/",
    "/id/dk/aliens-act/7/3",
    "/ontology/Fact",
    "/graph/act-2015-153/reading",
    "/search?q=board&format=html",
    "/facts?format=html",
    "/query",
    "/graph",
    "/assess",
    "/assess?example=indiscriminate-violence",
]
HTML = {"accept": "text/html"}


@pytest.mark.parametrize("path", [*PAGES, "/health", "/nowhere", "/sparql?query=ASK{}"])
def test_every_answer_carries_the_headers_that_keep_visitors_safe(client: TestClient, path: str) -> None:
    headers = client.get(path, headers=HTML).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["da", "en"])
def test_every_page_is_whole_in_both_languages(client: TestClient, path: str, language: str) -> None:
    joint = "&" if "?" in path else "?"
    page = client.get(f"{path}{joint}lang={language}", headers=HTML)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert page.headers["content-language"] == language
    assert page.text.rstrip().endswith("</html>")
    assert "built-in method" not in page.text


@pytest.mark.parametrize("path", PAGES)
def test_language_and_day_stay_in_every_link(client: TestClient, path: str) -> None:
    joint = "&" if "?" in path else "?"
    page = client.get(f"{path}{joint}lang=da&on=2014-06-01", headers=HTML).text
    links = [link for link in re.findall(r'<a [^>]*href="(/[^"]*)"', page) if not link.startswith("/static")]
    assert len(links) > 5
    assert [link for link in links if "lang=" not in link] == []
    days = [link for link in links if "on=2014-06-01" not in link and "on=" not in link]
    assert len(days) <= 1  # the link back to today


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_script_or_style_of_its_own(client: TestClient, path: str) -> None:
    page = client.get(path, headers=HTML).text
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))", page)
    assert scripts == []
    assert re.findall(r'<style|\sstyle="|\son\w+="', page) == []
    assert re.findall(r'(?:src|<link[^>]*href)="https?:', page) == []


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000", ""]
)
def test_a_request_for_another_host_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/health", headers={"host": host})
    assert answer.status_code == 421
    assert answer.json()["where"] == "Host"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8123", "[::1]:8000", "LOCALHOST:1"])
def test_loopback_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/health", headers={"host": host}).status_code == 200


def test_a_host_named_at_the_start_is_answered_too() -> None:
    hosts = Settings(host="::", allowed_hosts=("Law.example",)).hosts
    assert hosts == {"localhost", "127.0.0.1", "[::1]", "law.example"}
    assert Settings(host="10.1.2.3").hosts == {"localhost", "127.0.0.1", "[::1]", "10.1.2.3"}


def test_other_sites_may_read_only_while_nothing_but_the_shipped_graph_is_served(
    client: TestClient, tmp_path: Path
) -> None:
    assert client.get("/health").headers["access-control-allow-origin"] == "*"
    own = tmp_path / "own.ttl"
    own.write_text("")
    with TestClient(create_app(Settings(extra=(own,))), base_url="http://localhost") as other:
        assert "access-control-allow-origin" not in other.get("/health").headers


def test_a_request_that_is_too_large_is_refused(client: TestClient) -> None:
    answer = client.post("/assess", content=b"x" * (3 << 20), headers={"content-type": "application/json"})
    assert answer.status_code == 413


def test_a_body_without_a_length_is_cut_off_too(client: TestClient) -> None:
    parts = (b"x" * (1 << 20) for _ in range(4))
    answer = client.post("/assess", content=parts, headers={"content-type": "application/json"})
    assert answer.status_code == 413


def test_scripts_of_ours_ask_only_this_site() -> None:
    for script in (HOME / "static").glob("*.js"):
        assert (
            re.findall(r"https?://(?!www\.w3\.org/2000/svg\b)", script.read_text(encoding="utf-8")) == []
        ), script.name
