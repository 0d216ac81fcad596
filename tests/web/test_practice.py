"""The page of a provision tells of practice beside the law."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize(
    ("lang", "heading"), [("en", "Practice beside the law"), ("da", "Praksis ved siden af loven")]
)
def test_the_page_of_the_provision_tells_of_practice(client: TestClient, lang: str, heading: str) -> None:
    asked = f"/id/dk/aliens-act/7/1?on=2024-05-01&lang={lang}"
    page = client.get(asked, headers={"accept": "text/html"}).text
    assert heading in page
    assert "/id/practice/refugee-appeals-board/afghan-women" in page


def test_a_provision_without_practice_has_no_such_heading(client: TestClient) -> None:
    page = client.get("/id/dk/aliens-act/31/1?on=2024-05-01&lang=en", headers={"accept": "text/html"}).text
    assert "Practice beside the law" not in page
