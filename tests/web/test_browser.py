"""The site in a real browser, wide and narrow; each visit also proves that no other host was asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Self

import pytest
from playwright.sync_api import Dialog, Page, expect

from .conftest import Visit

pytestmark = pytest.mark.browser


def fits(page: Page) -> bool:
    """Whether nothing sticks out to the side."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def answer(page: Page, fact: str, value: str) -> None:
    """Answer a question of the form, opening its topic if need be."""
    field = page.locator(f'input[name="fact.{fact}"][value="{value}"]')
    topic = page.locator("details.topic", has=field)
    if not topic.get_attribute("open"):
        topic.evaluate("one => one.open = true")
    field.check()


def test_home_leads_to_a_provision_and_its_history(visit: Visit) -> None:
    page = visit.to("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("graph that can be asked")
    assert fits(page)
    page.get_by_role("link", name="section 7(3)").first.click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    assert fits(page)


def test_the_day_is_chosen_and_kept(visit: Visit) -> None:
    page = visit.to("/id/dk/aliens-act/7/3?lang=da")
    page.locator("#on").fill("2014-06-01")
    page.wait_for_url("**on=2014-06-01**")
    expect(page.locator("#says")).to_contain_text("2014-06-01")
    page.locator("nav.path a").last.click()
    page.wait_for_url("**/id/dk/aliens-act/7?*")
    assert "on=2014-06-01" in page.url
    assert "lang=da" in page.url


def test_searching_suggests_and_finds(visit: Visit) -> None:
    page = visit.to("/")
    with page.expect_response("**/search?**format=json**"):
        page.locator("#q").press_sequentially("refugee app")
    expect(page.locator("#suggestions option").first).to_have_attribute("value", "Refugee Appeals Board")
    page.locator("#q").fill("§ 7, stk. 3")
    page.locator("#q").press("Enter")
    expect(page.locator("main li").first).to_contain_text("section 7(3)")


def test_the_editor_runs_a_query(visit: Visit) -> None:
    page = visit.to("/query")
    expect(page.locator(".CodeMirror").first).to_contain_text("versionInForce")
    expect(page.locator("#plain")).to_be_hidden()
    with page.expect_response("**/sparql*") as response:
        page.locator(".yasqe_queryButton").first.click()
    assert response.value.status == 200
    expect(page.locator(".yasr table").first).to_contain_text("temporary protection status")
    assert fits(page)


def test_the_editor_tells_of_a_term_that_stands_nowhere_while_it_is_typed(visit: Visit) -> None:
    page = visit.to("/query?query=ASK{?s a <https://w3id.org/asylgraf/ontology/Provission>}")
    expect(page.locator("#doubts")).to_contain_text("Did you mean")
    page.locator(".CodeMirror").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("ASK {?s ?p ?o}")
    expect(page.locator("#doubts li")).to_have_count(0)


def test_the_editor_tells_in_the_language_of_the_page_why_a_query_is_not_answered(visit: Visit) -> None:
    page = visit.to("/query?lang=da")
    refused = page.locator("#refused")
    expect(refused).to_be_hidden()
    page.locator(".CodeMirror").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("ASK { SERVICE <http://x/> { ?s ?p ?o } }")
    page.locator(".yasqe_queryButton").first.click()
    expect(refused).to_contain_text("SERVICE er slået fra.")
    page.route("**/sparql", lambda route: route.fulfill(status=504, body='{"status": 504}'))
    page.locator(".yasqe_queryButton").first.click()
    expect(refused).to_have_text("Svaret tog for lang tid.")
    page.unroute("**/sparql")
    page.locator(".CodeMirror").first.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("ASK {}")
    page.locator(".yasqe_queryButton").first.click()
    expect(refused).to_be_hidden()
    assert fits(page)
    visit.complaints.clear()  # the browser tells of the statuses itself


def test_the_editor_asks_about_the_day_of_the_page(visit: Visit) -> None:
    page = visit.to("/query?on=2014-06-01")
    with page.expect_response("**/sparql") as response:
        page.locator(".yasqe_queryButton").first.click()
    assert "on=2014-06-01" in str(response.value.request.post_data)
    expect(page.locator(".yasr table").first).to_contain_text("Convention status")
    expect(page.locator(".yasr table").first).not_to_contain_text("temporary protection status")


def test_a_drawing_appears_and_tells_of_a_node(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    expect(page.locator("#canvas canvas").first).to_be_visible()
    count = page.evaluate("drawing.nodes().length")
    assert count > 10
    painted = page.evaluate(
        """[...document.querySelectorAll('#canvas canvas')].some((c) =>
           c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((value) => value))"""
    )
    assert painted
    page.evaluate("void drawing.nodes('[kind = \"Permit\"]')[0].emit('tap')")
    expect(page.locator("#card h2")).to_contain_text("protection status")
    page.locator("#card [data-around]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("protection status")
    assert fits(page)


def test_kinds_are_switched_off_in_the_drawing(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    with page.expect_response("**/graph?**hide=Actor"):
        page.locator("#kinds label", has_text="actor").locator("input").uncheck()
    page.wait_for_function(
        "() => drawing.nodes().length && !document.querySelector('#kinds input[value=Actor]').checked"
    )
    shown = page.evaluate("drawing.nodes('[kind = \"Actor\"]').filter(':visible').length")
    assert shown == 0


def test_a_drawing_is_the_same_on_each_visit(visit: Visit) -> None:
    places = "JSON.stringify(drawing.nodes().map((n) => [n.position('x'), n.position('y')].map(Math.round)))"
    first = visit.to("/graph?node=dk/aliens-act/7/1").evaluate(places)
    assert visit.to("/graph?node=dk/aliens-act/7/1").evaluate(places) == first


def test_an_example_opens_with_its_outcome_and_proof(visit: Visit) -> None:
    page = visit.to("/assess")
    page.locator('a[href*="example=indiscriminate-violence"]').click()
    result = page.locator("#result")
    expect(result.locator(".grant").first).to_contain_text("temporary protection status")
    expect(result.locator("ul.proof").first).to_contain_text("harm from general violence")
    assert fits(page)


def test_the_answer_follows_the_form(visit: Visit) -> None:
    page = visit.to("/assess?example=indiscriminate-violence")
    with page.expect_response("**/assess?part=result"):
        answer(page, "harmFromGeneralViolence", "false")
    grant = page.locator("#result .grant").first
    expect(grant).to_contain_text("protection status")
    expect(grant).not_to_contain_text("temporary")


def test_a_presumption_is_taken_away_with_one_click(visit: Visit) -> None:
    page = visit.to("/assess?example=indiscriminate-violence")
    presumed = page.locator("#result .presumptions").first
    presumed.locator("summary").click()
    with page.expect_response("**/assess?part=result"):
        presumed.locator('[data-unpresume="protectedElsewhere"]').click()
    assert page.locator('input[name="fact.protectedElsewhere"][value="unknown"]').is_checked()


def test_what_is_answered_stays_out_of_addresses_and_storage(visit: Visit) -> None:
    page = visit.to("/assess")
    with page.expect_response("**/assess?part=result"):
        answer(page, "asylumApplied", "true")
    with page.expect_response("**/assess?part=result"):
        page.locator('input[name="fact.asylumAppliedOn"]').fill("2015-03-04")
    assert not [url for url in visit.requests if "2015-03-04" in url or "asylumApplied" in url]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    visit.to("/")
    page.go_back()
    assert not page.locator('input[name="fact.asylumApplied"][value="true"]').is_checked()


def test_the_form_is_answered_by_keyboard_alone(visit: Visit) -> None:
    page = visit.to("/assess")
    page.locator('input[name="fact.asylumApplied"]:checked').focus()
    with page.expect_response("**/assess?part=result"):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#result .outcome").first).to_be_visible()
    assert page.locator('input[name="fact.asylumApplied"][value="true"]').is_checked()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(visit: Visit) -> None:
    page = visit.to("/id/dk/aliens-act/7/3")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(visit: Visit, scheme: str) -> None:
    page = visit.page
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.to("/id/dk/aliens-act/7/3")
    assert page.evaluate(CONTRAST) == []


CONTRAST = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (let here = one; here; here = here.parentElement) {
      const colour = getComputedStyle(here).backgroundColor;
      if (!colour.endsWith(', 0)')) return colour;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const faint = new Set();
  for (const one of document.querySelectorAll('main *, header *, footer *, .day *')) {
    if (![...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(getComputedStyle(one).color), light(ground(one))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.add(one.tagName + '.' + one.className);
  }
  return [...faint];
}"""


def test_what_would_change_an_outcome_is_told_where_it_stands(visit: Visit) -> None:
    page = visit.to("/assess?example=indiscriminate-violence")
    with page.expect_response("**/assess?part=result"):
        page.locator('button[value="change:temporary-protection-status"]').click()
    expect(page.locator("#asked")).to_contain_text("harm from general violence: yes → no")
    assert fits(page)


def test_a_proof_is_drawn_where_it_stands(visit: Visit) -> None:
    page = visit.to("/assess?example=indiscriminate-violence")
    with page.expect_response("**/assess?part=result"):
        page.locator('button[value="why:temporary-protection-status"]').click()
    expect(page.locator("#proof canvas").first).to_be_visible()
    drawn = page.evaluate("proof.nodes().map((node) => node.data('label'))")
    assert any(label.startswith("✓ harm from general violence") for label in drawn)
    assert len(set(page.evaluate("proof.nodes().map((node) => node.id())"))) == len(drawn)
    assert page.evaluate("proof.nodes().roots().length") == 1
    assert page.evaluate("12 * proof.zoom()") > 9, "the letters are too small to read"
    rows = page.evaluate("proof.nodes().map((node) => node.boundingBox()).map(({ y1, y2 }) => [y1, y2])")
    assert all(above[1] <= below[0] for above, below in pairwise(sorted(rows)))
    assert "why" not in page.url


def test_on_paper_there_is_nothing_to_press(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    page.emulate_media(media="print")
    shown = (
        "[...document.querySelectorAll('button, input, select, nav')].filter((one) => one.checkVisibility())"
    )
    assert page.evaluate(f"{shown}.map((one) => one.id || one.outerHTML)") == []
    expect(page.locator("footer")).to_contain_text("Not legal advice")


def test_a_card_never_lies_on_the_drawing_of_a_phone(visit: Visit) -> None:
    page = visit.to("/graph?node=dk/aliens-act/7/3")
    card, canvas = (page.locator(one).bounding_box() for one in ("#card", "#canvas"))
    assert card is not None
    assert canvas is not None
    if page.viewport_size == {"width": 390, "height": 844}:
        assert card["y"] >= canvas["y"] + canvas["height"]
    else:
        drawn = page.evaluate("drawing.elements().renderedBoundingBox().x2")
        assert canvas["x"] + drawn <= card["x"]


def test_what_is_written_survives_another_language_and_another_day(visit: Visit) -> None:
    page = visit.to("/cite?lang=en")
    page.locator("#text").fill("udlændingelovens § 7, stk. 3")
    page.locator("#on").fill("2014-06-01")
    page.wait_for_url("**on=2014-06-01**")
    page.locator(".tongue").click()
    page.wait_for_url("**lang=da**")
    expect(page.locator("#text")).to_have_value("udlændingelovens § 7, stk. 3")
    expect(page.locator("p.cited a")).to_have_attribute("href", "/id/dk/aliens-act/7/3?lang=da&on=2014-06-01")
    page.goto(visit.address + "/assess?lang=en")
    answer(page, "asylumApplied", "true")
    page.locator(".tongue").click()
    page.wait_for_url("**lang=da**")
    expect(page.locator('input[name="fact.asylumApplied"][value="true"]')).to_be_checked()
    expect(page.locator("#result")).to_contain_text("uafklaret")
    assert not [url for url in visit.requests if "stk" in url or "asylumApplied" in url]


def test_a_case_on_paper_is_what_was_answered_and_what_follows(visit: Visit) -> None:
    page = visit.to("/assess?lang=en")
    answer(page, "asylumApplied", "true")
    expect(page.locator("#result .group").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator('[data-fact="asylumApplied"]')).to_be_visible()
    expect(page.locator('[data-fact="asylumApplied"] .choice:visible')).to_have_text("yes")
    expect(page.locator('[data-fact="wellFoundedFear"]')).to_be_hidden()
    expect(page.locator("#result .group").first).to_be_visible()
    page.goto(visit.address + "/id/dk/aliens-act/7/3?on=2015-02-20")
    expect(page.locator(".day .paper")).to_have_text("2015-02-20")
    expect(page.locator("#on")).to_be_hidden()


@dataclass
class Asked:
    """What the browser asks before a page is left, and whether the person then leaves."""

    page: Page
    leaves: bool = True
    kinds: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.page.on("dialog", self.answer)
        return self

    def __exit__(self, *_: object) -> None:
        self.page.remove_listener("dialog", self.answer)

    def answer(self, dialog: Dialog) -> None:
        """Remember the question and answer it."""
        self.kinds.append(dialog.type)
        if self.leaves:
            dialog.accept()
        else:
            dialog.dismiss()


def test_leaving_a_form_with_answers_is_asked_about_and_forgets_them(visit: Visit) -> None:
    page = visit.to("/assess")
    answer(page, "wellFoundedFear", "true")
    told = page.locator('input[name="fact.wellFoundedFear"][value="true"]')
    with Asked(page, leaves=False) as asked:
        page.evaluate("setTimeout(() => location.assign('/facts'))")
        page.wait_for_timeout(500)
        assert asked.kinds == ["beforeunload"]
    assert page.url.endswith("/assess")
    expect(told).to_be_checked()
    page.goto(visit.address + "/facts")
    page.go_back()
    expect(told).not_to_be_checked()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_nobody_is_asked_about_leaving_when_nothing_is_lost(visit: Visit) -> None:
    page = visit.to("/assess?example=indiscriminate-violence")
    with Asked(page) as asked:
        page.locator("#over").click()
        page.wait_for_url("**/assess")
        answer(page, "wellFoundedFear", "true")
        page.locator("button.tongue").click()
        page.wait_for_url("**lang=da")
        expect(page.locator('input[name="fact.wellFoundedFear"][value="true"]')).to_be_checked()
        assert asked.kinds == []
        page.locator("a.mark").click()
        page.wait_for_url("**/?lang=da")
        assert asked.kinds == ["beforeunload"]
