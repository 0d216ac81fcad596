"""Every kind of page is looked over by axe-core: wide and narrow, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import Visit
from .kinds import KINDS

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
GRAVE = ("serious", "critical")
LOOK_OVER = """async (asked) => {
  const { passes, violations } = await axe.run(document, asked);
  const places = (nodes) => nodes.slice(0, 5).map((node) => node.html.slice(0, 200));
  return { passes: passes.length, violations: violations.map(
    ({ id, impact, help, nodes }) => ({ id, impact, help, places: places(nodes) })) };
}"""


def faults(page: Page, *rules: str) -> list[str]:
    """What axe-core finds serious or critical, by all of its rules or those named, and where."""
    only = {"runOnly": list(rules)} if rules else {}
    found: dict[str, Any] = page.evaluate(LOOK_OVER, {"resultTypes": ["violations"], **only})
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {one['places']}"
        for one in found["violations"]
        if one["impact"] in GRAVE
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_page_has_a_grave_fault(visit: Visit, kind: str) -> None:
    visit.page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page = visit.to(KINDS[kind])
    if kind == "not found":
        visit.complaints.clear()  # the browser tells of the 404 itself
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "something sticks out"
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, "color-contrast") == []


def test_a_grave_fault_is_found(visit: Visit) -> None:
    page = visit.to("/")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate("q.labels[0].remove(); q.removeAttribute('placeholder')")
    assert [fault.split(" ")[0] for fault in faults(page)] == ["label"]
