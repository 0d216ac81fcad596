"""Someone new finds answers from the home page by links alone, in at most four clicks."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

CLICKS = 4
QUESTIONS = [
    ("Who decides on section 9 b?", ["section 9 b"], "Who decides ministry competent for aliens"),
    (
        "What was the family wait for holders of 7(3) on 1 March 2016?",
        ["section 9", "section 9(1)(i)(d)", "2016-02-05"],
        "temporary protection under section 7(3) for more than the last three years",
    ),
    (
        "Why does 7(2) fail in the example of general violence?",
        ["Assess a case", "first day of temporary"],
        "✗ individual harm",
    ),
    ("Which judgments touched section 9?", ["section 9"], "touches (2) X v. Udlændingenævnet"),
    ("On what do two sources disagree?", ["Query", "On what do the sources disagree"], "conflict"),
    ("What stood at 7(3) before 2015?", ["section 7(3)"], "Something else stood at this address before"),
    ("Who hears an appeal against a refusal?", ["section 7(1)"], "Appeal to Refugee Appeals Board"),
    ("What changed on the day that 7(3) changed?", ["section 7(3)", "2015-02-20", "What changed?"], "7(4)"),
]


def links(page: str) -> dict[str, str]:
    """The address behind each visible text."""
    found = re.findall(r'<a [^>]*?href="(/[^"]*)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {re.sub(r"<[^>]+>", " ", text).strip(): address.replace("&amp;", "&") for address, text in found}


def text(page: str) -> str:
    """What stands on a page, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize(("question", "clicks", "answer"), QUESTIONS, ids=[one[0] for one in QUESTIONS])
def test_the_answer_is_a_few_clicks_away(
    client: TestClient, question: str, clicks: list[str], answer: str
) -> None:
    assert len(clicks) <= CLICKS, question
    page = client.get("/", headers={"accept": "text/html"}).text
    for click in clicks:
        choice = {text: address for text, address in links(page).items() if click.lower() in text.lower()}
        assert choice, f"no link says “{click}”"
        page = client.get(choice[min(choice, key=len)], headers={"accept": "text/html"}).text
    assert answer in text(page)
