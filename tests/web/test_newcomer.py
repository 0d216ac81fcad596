"""Someone new finds answers from the home page by what is seen of it, in at most four clicks.

A click is on a link, or opens a part of a page that is shut.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

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
    ("Which judgments touched section 9?", ["section 9"], "touches section 9 · 2 X v. Udlændingenævnet"),
    ("On what do two sources disagree?", ["Query", "On what do the sources disagree"], "real conflict"),
    ("What stood at 7(3) before 2015?", ["section 7(3)"], "Something else stood at this address before"),
    ("Who hears an appeal against a refusal?", ["section 7(1)"], "Appeal to Refugee Appeals Board"),
    ("What changed on the day that 7(3) changed?", ["section 7(3)", "2015-02-20", "What changed?"], "7(4)"),
]
UNSEEN = {("script", None), ("title", None), ("datalist", None), ("noscript", None), ("ol", "changes")}
"""What a browser does not show; the slider stands for the list of days."""
EMPTY = {"meta", "link", "input", "br", "hr", "img", "base"}


@dataclass
class Seen(HTMLParser):
    """The words of a page and the links among them, each with how many parts must be opened to see it."""

    html: str
    words: list[tuple[str, int]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._around: list[tuple[str, int]] = []
        self._link: str | None = None
        self._text = ""
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element; one shut part more, or out of sight."""
        if tag in EMPTY:
            return
        given, shut = dict(attrs), self._around[-1][1] if self._around else 0
        if {(tag, None), (tag, given.get("id"))} & UNSEEN or "hidden" in given:
            shut += 100
        if tag == "details" and "open" not in given:
            shut += 1
        if tag == "summary" and self._around[-2][1] < shut:
            shut -= 1
        self._around.append((tag, shut))
        if tag == "a" and shut == 0 and (given.get("href") or "").startswith("/"):
            self._link, self._text = given["href"], ""

    def handle_endtag(self, tag: str) -> None:
        """Come out of an element."""
        while self._around and self._around.pop()[0] != tag:
            pass
        if tag == "a" and self._link:
            self.links.append((" ".join(self._text.split()), self._link))
            self._link = None

    def handle_data(self, data: str) -> None:
        """Read words."""
        self._text += data
        self.words += [(word, self._around[-1][1] if self._around else 0) for word in data.split()]

    def opened(self, answer: str) -> int:
        """How many parts must be opened, one in the other, to read the answer."""
        for clicks in range(CLICKS):
            if answer in " ".join(word for word, shut in self.words if shut <= clicks):
                return clicks
        raise AssertionError(f"“{answer}” is not seen.")


@pytest.mark.parametrize(("question", "clicks", "answer"), QUESTIONS, ids=[one[0] for one in QUESTIONS])
def test_the_answer_is_a_few_clicks_away(
    client: TestClient, question: str, clicks: list[str], answer: str
) -> None:
    page = Seen(client.get("/", headers={"accept": "text/html"}).text)
    for click in clicks:
        choice = {text: href for text, href in page.links if click.lower() in text.lower()}
        assert choice, f"no link that is seen says “{click}”"
        page = Seen(client.get(choice[min(choice, key=len)], headers={"accept": "text/html"}).text)
    assert len(clicks) + page.opened(answer) <= CLICKS, question
