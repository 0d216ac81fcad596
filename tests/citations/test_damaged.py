"""The own texts again, as bad copies print them: what they cite is still found."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Final

import pytest
from tests.citations.annotated import Annotated, addresses, is_link, sentences

from asylgraf.citations import cite


def wrapped(text: str) -> str:
    """Broken into short lines."""
    return "\n\n".join("\n".join(textwrap.wrap(part, 58)) for part in text.split("\n\n"))


def hyphenated(text: str) -> str:
    """Long words broken over two lines."""
    return re.sub(r"([^\W\d_]{5})([^\W\d_]{5,})", r"\1-\n\2", text)


def softened(text: str) -> str:
    """With the invisible hyphens of a word processor."""
    return re.sub(r"([a-zæøå]{4})([a-zæøå]{4})", "\\1\u00ad\\2", text)


DAMAGES: Final[dict[str, Callable[[str], str]]] = {
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "thin spaces": lambda text: re.sub(r"(?<=[§.]) ", "\u2009", text),
    "no-break hyphens": lambda text: text.replace("-", "\u2011"),
    "dashes": lambda text: re.sub(r"(?<=\d)-(?=\d)|(?<= [a-z])-(?=\d)", "–", text),
    "capitals": lambda text: text if "http" in text else text.upper(),
    "short lines": wrapped,
    "lines of another system": lambda text: wrapped(text).replace("\n", "\r\n"),
    "hyphenated lines": hyphenated,
    "soft hyphens": softened,
    "double spaces": lambda text: text.replace(" ", "  "),
    "no spaces": lambda text: text.replace("§ ", "§").replace("stk. ", "stk.").replace("nr. ", "nr."),
    "no points": lambda text: text.replace("stk.", "stk").replace("nr. ", "nr "),
    "spaces before commas": lambda text: re.sub(r",(?= (?:stk|nr|litra))", " ,", text),
    "no commas": lambda text: re.sub(r",(?= (?:stk|nr|litra))", "", text),
    "lost signs": lambda text: re.sub(r"(?<=s )§ ", "", text),
    "round quotes": lambda text: text.replace("'", "’").replace('"', "”"),
    "HTML": lambda text: re.sub(r"(§+ \d+)", r"<b>\1</b>", text),
    "Markdown": lambda text: re.sub(r"(udlændingelovens|Aliens Act|EMRK|ECHR)", r"**\1**", text),
    "letters in parts": lambda text: unicodedata.normalize("NFD", text),
}


def missed_and_wrong(text: Annotated, damage: Callable[[str], str]) -> tuple[int, int]:
    """How many citations of a damaged text are lost, and how many links lead to what it never cites."""
    expected = Counter(one.address for one in text.expected)
    others = {address for one in text.expected for address in one.others}
    clean = {address for one in cite(text.text) if is_link(one) for address in addresses(one)}
    found = [addresses(one) for one in cite(damage(text.text)) if is_link(one)]
    held = Counter(address for one in found for address in one)
    lost = sum((expected - held).values())
    return lost, sum(one.isdisjoint({*expected, *others, *clean}) for one in found)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_bad_copy_cites_what_the_text_cites(damage: Callable[[str], str]) -> None:
    texts = sentences()
    counts = [missed_and_wrong(text, damage) for text in texts]
    every = sum(len(text.expected) for text in texts)
    assert sum(lost for lost, _ in counts) <= 0.01 * every
    assert sum(wrong for _, wrong in counts) <= 0.01 * every
