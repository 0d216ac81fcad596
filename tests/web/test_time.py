"""The law of a day: what changed on it, the slider of days, and versions side by side."""

from __future__ import annotations

import re
from itertools import pairwise
from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from asylgraf.errors import TooSlow
from asylgraf.web.routes import compare

from .conftest import Visit
from .kinds import KINDS

HTML = {"accept": "text/html"}


def beside(client: TestClient, path: str) -> list[str]:
    """What the history of a provision shows side by side."""
    page = client.get(path, headers=HTML).text
    return re.findall(r'<details class="beside".*?</details>', page, re.DOTALL)


def test_a_version_is_shown_beside_the_one_it_carries_on_with_what_differs(client: TestClient) -> None:
    found = beside(client, "/id/dk/aliens-act/7/4")
    moved = next(one for one in found if "section 7(4) (act 153 of 2015)" in one)
    assert "<del>rule: a permit under</del>" in moved
    assert "<ins>rule, until then in subsection 3, now over</ins>" in moved
    assert "Beside what it was before" in moved


def test_a_number_that_changed_its_content_says_so(client: TestClient) -> None:
    (found,) = (one for one in beside(client, "/id/dk/aliens-act/7/3") if "at this address before" in one)
    assert "first-country rule" in found
    assert "Temporary protection" in found
    assert "<del>" not in found


def test_conditions_that_came_or_went_are_named(client: TestClient) -> None:
    found = "".join(beside(client, "/id/dk/aliens-act/7/2"))
    assert "The rule now uses" in found
    assert "individual harm" in found.split("The rule now uses")[1]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"assess", "assessed", "not found"}))
def test_every_page_says_what_changed_last(client: TestClient, kind: str) -> None:
    joint = "&" if "?" in KINDS[kind] else "?"
    address = KINDS[kind] if "on=" in KINDS[kind] else f"{KINDS[kind]}{joint}on=2015-03-01"
    page = client.get(address, headers=HTML).text
    assert 'id="differs"' in page
    days = re.findall(r'data-day="([0-9-]+)"', page)
    assert len(days) > 50
    assert all(one > other for one, other in pairwise(days))  # the last first
    told = page.split('id="differs"')[1].split("</p>")[0]
    if "2015-03-01" in address:
        assert "2015-02-20" in told
        assert "section 7(3)" in told


def test_what_changed_is_told_even_when_the_cases_come_too_late(client: TestClient) -> None:
    asked = "/compare?on_a=2014-11-13&on_b=2015-02-21"
    with patch.object(compare, "_compared", side_effect=TooSlow("The deadline passed.")):
        page = client.get(asked, headers=HTML).text
        assert client.get(asked).status_code == TooSlow.status
    assert "could not be found in time" in page
    assert "Temporary protection" in page


def test_cases_that_differ_only_because_days_passed_stand_apart(client: TestClient) -> None:
    page = client.get("/compare?on_a=2015-02-19&on_b=2015-02-20&lang=en", headers=HTML).text
    law, time = page.split('id="cases"')[1].split('<details class="by-time"><summary>')
    assert "/id/permit/temporary-protection-status" in law  # it came that day
    told = client.get("/compare?on_a=2015-02-19&on_b=2015-02-20").json()["consequences"]
    slugs = {
        cause: {one["consequence"].rpartition("/")[2] for one in told if one["cause"] == cause}
        for cause in ("law", "time")
    }
    assert slugs["time"]
    assert all(f"/{slug}" in time for slug in slugs["time"])
    assert not any(f'/{slug}"' in law.split("</h2>")[1] for slug in slugs["time"] - slugs["law"])
    assert f"only because days passed: {time.count('<article')}" in time


def test_provisions_with_other_words_come_before_those_with_the_same(client: TestClient) -> None:
    page = client.get("/compare?on_a=2025-12-31&on_b=2026-01-01&lang=en", headers=HTML).text
    pairs = page.split('id="provisions"')[1].split("</section>")[0].split("<article")[1:]
    assert 'href="/id/dk/aliens-act/11/4/nr/3' in pairs[0]
    same = ["the same words" in pair for pair in pairs]
    assert same == [False, *[True] * (len(pairs) - 1)]


@pytest.mark.browser
def test_the_slider_tells_what_changed_and_then_shows_the_day(visit: Visit) -> None:
    page = visit.to("/id/dk/aliens-act/7/3?on=2015-02-20")
    slider = page.locator("#slider")
    expect(slider).to_have_attribute("aria-valuetext", "2015-02-20")
    expect(page.locator("#says")).to_contain_text("2015-02-20")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    day = slider.get_attribute("aria-valuetext")
    assert day is not None
    assert day < "2015-02-20"
    expect(page.locator("#differs")).to_contain_text(day)
    page.wait_for_url(f"**on={day}")
    expect(page.locator("#says")).to_contain_text(day)


@pytest.mark.browser
def test_the_slider_is_dragged(visit: Visit) -> None:
    page = visit.to("/id/dk/aliens-act/7/3?on=2015-02-20")
    slider = page.locator("#slider")
    box = slider.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    page.wait_for_url(lambda address: "2015-02-20" not in address)
    expect(slider).to_have_value("0")
