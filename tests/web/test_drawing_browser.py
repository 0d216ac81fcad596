"""The drawing in a real browser: unfolded, filtered, shared, saved, kept as one file without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Visit

pytestmark = pytest.mark.browser

BOARD = "https://w3id.org/asylgraf/id/actor/refugee-appeals-board"
PLACES = """() => Object.fromEntries(drawing.nodes(':childless').map(
  (n) => [n.id(), [Math.round(n.position('x')), Math.round(n.position('y'))]]))"""

OVERLAPS = """() => {
  const room = (one) => one.boundingBox({ includeNodes: false, includeEdges: false, includeOverlays: false });
  const apart = (a, b) => a.x1 > b.x2 - 2 || b.x1 > a.x2 - 2 || a.y1 > b.y2 - 2 || b.y1 > a.y2 - 2;
  const named = drawing.nodes(':visible').filter((one) => room(one).w > 0).toArray();
  const meet = (a, i) => named.slice(i + 1).filter((b) => !apart(room(a), room(b)));
  return named.flatMap((a, i) => meet(a, i).map((b) => [a.data('name'), b.data('name')]));
}"""
LEGIBLE = 9
"""Pixels of the letters on the screen when a drawing opens, at least."""


def tap(page: Page, iri: str) -> None:
    """Touch a thing in the drawing."""
    page.evaluate("(iri) => { drawing.getElementById(iri).emit('tap') }", iri)


def count(page: Page) -> int:
    return int(page.evaluate("drawing.nodes(':visible').length"))


def unfold(page: Page) -> None:
    tap(page, BOARD)
    before = count(page)
    page.locator("#card [data-expand]").click()
    page.wait_for_function("(before) => drawing.nodes().length > before", arg=before)


def test_a_thing_is_expanded_and_what_was_drawn_stays_where_it_stood(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    before = page.evaluate(PLACES)
    unfold(page)
    after = page.evaluate(PLACES)
    assert {iri: after[iri] for iri in before} == before
    expect(page.locator("#listing")).to_contain_text("is chaired by")
    page.locator("#card [data-collapse]").click()
    page.wait_for_function("(n) => drawing.nodes().length === n", arg=len(before))


def test_the_address_is_the_drawing(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    unfold(page)
    address, places = page.url, page.evaluate(PLACES)
    assert "open=actor/refugee-appeals-board" in address
    page.goto("about:blank")
    page.goto(address)
    assert page.evaluate(PLACES) == places


@pytest.mark.parametrize("asked", ["node=dk/aliens-act/7/3&group=1", "what=law", "what=all&most=300"])
def test_a_drawing_looks_the_same_at_each_visit(visit: Visit, asked: str) -> None:
    page = visit.to(f"/graph?{asked}")
    places, middle = (
        page.evaluate(PLACES),
        page.evaluate("[drawing.zoom(), drawing.pan().x, drawing.pan().y]"),
    )
    page.reload()
    assert page.evaluate(PLACES) == places
    assert page.evaluate("[drawing.zoom(), drawing.pan().x, drawing.pan().y]") == middle


def test_on_paper_stands_a_picture_of_the_whole_drawing(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    picture = page.locator(".canvas img.printed")
    expect(picture).to_be_visible()
    expect(page.locator("#canvas")).to_be_hidden()
    picture.evaluate("(image) => image.decode()")
    drawn = page.evaluate("(({ w, h }) => w / h)(drawing.elements().boundingBox())")
    assert abs(picture.evaluate("(image) => image.naturalWidth / image.naturalHeight") / drawn - 1) < 0.1
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(picture).to_have_count(0)
    expect(page.locator("#canvas")).to_be_visible()


def test_a_relation_is_left_out_of_drawing_and_list(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    page.locator(".filter summary").click()
    page.locator("#relations label", has_text="matters under").locator("input").uncheck()
    page.wait_for_url("**without=mattersUnder*")
    page.wait_for_function("() => drawing.edges().every((edge) => edge.data('name') !== 'matters under')")
    expect(page.locator("#listing")).not_to_contain_text("matters under")
    page.locator("#relations label", has_text="matters under").locator("input").check()
    expect(page.locator("#listing")).to_contain_text("matters under")


def test_sections_stand_in_the_box_of_their_act_and_open(visit: Visit) -> None:
    page = visit.to("/graph?what=law&node=dk/aliens-act")
    section = "https://w3id.org/asylgraf/id/dk/aliens-act/7"
    assert page.evaluate("(iri) => drawing.getElementById(iri).parent().id()", section).endswith("chapter/1")
    assert page.evaluate("(iri) => drawing.getElementById(iri).parent().parent().id()", section).endswith(
        "act"
    )
    tap(page, section)
    page.locator("#card [data-expand]").click()
    page.wait_for_function("(iri) => drawing.getElementById(iri).isParent()", arg=section)
    assert page.evaluate("(iri) => drawing.getElementById(iri + '/3').parent().id()", section) == section
    assert page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("asked", ["node=dk/aliens-act/7/3", "node=dk/aliens-act/7/3&group=1", "what=law"])
def test_names_can_be_read_and_do_not_lie_on_each_other(visit: Visit, asked: str) -> None:
    page = visit.to(f"/graph?{asked}&lang=da")
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate("12 * drawing.zoom()") >= LEGIBLE
    middle = page.evaluate("(({ x, y }) => [x, y])(drawing.nodes('[steps = 0]').renderedPosition())")
    room = page.evaluate("[drawing.width(), drawing.height()]")
    assert all(0 < place < side for place, side in zip(middle, room, strict=True))


def test_a_relation_is_named_once_and_read_like_a_sentence(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    says = """(way) => drawing.edges('.says').map((edge) => [edge.data(way), edge.data('label')])
      .filter(([end]) => end === drawing.nodes('[steps = 0]').id()).map(([, label]) => label)"""
    from_middle, to_middle = (page.evaluate(says, way) for way in ("source", "target"))
    assert sorted(from_middle) == sorted(set(from_middle))
    down = page.evaluate("""() => drawing.edges('.says').filter((edge) => edge.source().data('steps') === 0)
      .sort((a, b) => a.midpoint().y - b.midpoint().y).map((edge) => edge.data('label'))""")
    listed = page.locator("#listing > ul.tree > li > span.quiet").all_inner_texts()
    assert down == listed[: len(down)]
    assert listed.index("grants") < listed.index("overrides") < listed.index("is decided by")
    assert {"grants", "is decided by"} <= set(from_middle)
    is_phone = page.evaluate("innerWidth") < 700
    assert ("… matters under" if is_phone else "matters under") in to_middle
    if not is_phone:
        permit = "https://w3id.org/asylgraf/id/permit/temporary-protection-status"
        right = page.evaluate("(iri) => drawing.getElementById(iri).position('x')", permit)
        left = page.evaluate("drawing.nodes('[kind = \"Judgment\"]').position('x')")
        assert left < 0 < right


def test_a_way_is_drawn_from_left_to_right_as_it_is_told(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/2&to=actor/european-court-of-human-rights")
    at = page.evaluate(
        "drawing.nodes().sort((a, b) => a.data('steps') - b.data('steps')).map((n) => n.position('x'))"
    )
    assert at == sorted(at)
    assert len(at) == page.locator("ol.words li").count() + 1


def test_everything_is_drawn_and_one_thing_stands_out(visit: Visit) -> None:
    page = visit.to("/graph?what=all")
    page.wait_for_function("() => globalThis.drawing")
    assert count(page) > 1000
    tap(page, BOARD)
    expect(page.locator("#card h2")).to_have_text("Refugee Appeals Board")
    assert page.evaluate("drawing.nodes('.far').length > drawing.nodes().not('.far').length")


@pytest.mark.parametrize(("button", "begins"), [("#png", b"\x89PNG"), ("#svg", b"<svg xmlns")])
def test_a_drawing_is_saved_as_a_picture(visit: Visit, tmp_path: Path, button: str, begins: bytes) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    with page.expect_download() as download:
        page.locator(button).click()
    saved = tmp_path / "drawing"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(begins)


def test_the_svg_says_what_the_drawing_says(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3&group=1")
    with page.expect_download() as download:
        page.locator("#svg").click()
    saved = tmp_path / "drawing.svg"
    download.value.save_as(saved)
    picture = browser.new_page()
    picture.goto(saved.as_uri())
    assert picture.evaluate("document.querySelectorAll('circle').length") > 30
    assert picture.evaluate("document.querySelectorAll('rect').length") > 2
    assert "temporary protection status" in picture.evaluate("document.documentElement.textContent")
    picture.context.close()


def test_one_file_opens_without_a_network(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    with page.expect_download() as download:
        page.locator('a[href*="format=file"]').click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    context = browser.new_context(offline=True)
    asked: list[str] = []
    complaints: list[str] = []
    alone = context.new_page()
    alone.on("request", lambda request: asked.append(request.url))
    alone.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    alone.on("pageerror", lambda said: complaints.append(str(said)))
    alone.goto(saved.as_uri())
    assert count(alone) > 30
    permit = "https://w3id.org/asylgraf/id/permit/temporary-protection-status"
    tap(alone, permit)
    expect(alone.locator("#card h2")).to_have_text("temporary protection status")
    expect(alone.locator("#card [data-iri]")).to_have_text(permit)
    alone.locator("#kinds label", has_text="fact").locator("input").uncheck()
    assert alone.evaluate("drawing.nodes('[kind = \"Fact\"]').length") > 0
    alone.wait_for_function("drawing.nodes('[kind = \"Fact\"]').filter(':visible').length === 0")
    with alone.expect_download() as picture:
        alone.locator("#svg").click()
    assert picture.value.suggested_filename == "asylgraf.svg"
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []
    assert complaints == []
    context.close()


def test_the_tree_is_walked_by_keyboard_alone(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    page.locator("#listing a").first.focus()
    for _ in range(400):
        page.keyboard.press("Tab")
        if (page.evaluate("document.activeElement.getAttribute('href')") or "").count(
            "open=actor/refugee-appeals-board"
        ):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**open=actor/refugee-appeals-board**")
    expect(page.locator("#listing")).to_contain_text("is chaired by")
