"""Whatever costs thought is done in a worker that can be killed: at the deadline the answer says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.web.test_assess import CASE, FORM, HTML

from asylgraf.sparql.pool import Pool

ABOUT = {"case": CASE, "consequence": "temporary-protection-status"}
RECEIPT = {"program": "", "data": "", "case": CASE, "answer": {"outcomes": []}, "hash": ""}
ASKED: dict[str, dict[str, Any]] = {
    "a case": {"method": "POST", "url": "/assess", "json": CASE},
    "a case by the form": {"method": "POST", "url": "/assess", "data": FORM},
    "why": {"method": "POST", "url": "/assess/explain", "json": ABOUT},
    "what is missing": {"method": "POST", "url": "/assess/missing", "json": ABOUT},
    "what would change it": {"method": "POST", "url": "/assess/change", "json": ABOUT},
    "a receipt": {"method": "POST", "url": "/assess/receipt", "json": CASE},
    "a receipt run again": {"method": "POST", "url": "/assess/verify", "json": RECEIPT},
    "a case and the law": {
        "method": "POST",
        "url": "/assess/query",
        "json": {"case": CASE, "query": "ASK {}"},
    },
    "two days": {"method": "GET", "url": "/compare?on_a=2014-01-01&on_b=2014-01-02"},
    "a law looked over": {"method": "GET", "url": "/review?on=2014-01-01"},
    "citations": {"method": "POST", "url": "/citations", "json": {"text": 50_000 * "A § 7, stk. 1 (b). "}},
}
PAGES: dict[str, dict[str, Any]] = {
    "a posted form": {"method": "POST", "url": "/assess", "data": FORM},
    "an example": {"method": "GET", "url": "/assess?example=indiscriminate-violence"},
}


@pytest.fixture
def pool(client: TestClient) -> Iterator[Pool]:
    """The pool of the site, with no time left for any answer."""
    found: Pool = client.app.state.endpoint.pool  # type: ignore[attr-defined]
    whole = found.limits
    found.limits = replace(whole, seconds=0)
    yield found
    found.limits = whole


@pytest.mark.parametrize("asked", ASKED)
def test_at_the_deadline_the_worker_is_killed_and_the_answer_says_so(
    client: TestClient, pool: Pool, asked: str
) -> None:
    kills = pool.kills
    answer = client.request(**ASKED[asked], headers={"accept": "application/json"})
    assert answer.status_code == 504, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert pool.kills == kills + 1
    assert pool.turns.active == 0


@pytest.mark.parametrize("asked", PAGES)
def test_a_page_says_so_too(client: TestClient, pool: Pool, asked: str) -> None:
    page = client.request(**PAGES[asked], headers=HTML)
    assert page.status_code == 504
    assert "the limit" in page.text
    assert pool.turns.active == 0


def test_who_assesses_cases_stays_though_the_first_of_a_day_takes_long(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("asylgraf.sparql.work._LONG", 0.0)  # however quick the machine is
    monkeypatch.setattr("asylgraf.sparql.pool._THINKING", 60.0)
    pool = client.app.state.endpoint.pool  # type: ignore[attr-defined]
    before = pool.kills
    for day in ("2009-03-04", "2009-03-04", "2011-08-09"):
        assert client.post("/assess", json={"facts": {}, "on": day}).status_code == 200
    assert pool.kills == before
