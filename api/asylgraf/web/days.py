"""The days on which the law changed, as every page lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup, escape

from asylgraf.service.names import Names
from asylgraf.web.view import View
from asylgraf.web.words import WORDS

MOST = 6
"""How many of the provisions that changed on a day are named."""
_DAY = "0000-00-00"


def told(changed: Mapping[date, Sequence[str]], names: Names, language: str) -> dict[date, Markup]:
    """What changed on each day, in words."""
    more = WORDS[language]["and_more"]

    def words(provisions: Sequence[str]) -> str:
        named = ", ".join(names.text(iri, language) for iri in provisions[:MOST])
        return named + (" " + more.format(len(provisions) - MOST) if len(provisions) > MOST else "")

    return {day: escape(words(provisions)) for day, provisions in changed.items()}


def rows(view: View, days: Mapping[date, Markup], current: date | None) -> Markup:
    """A link to this page on each day, the last first; all are the same but for the day."""
    before, _, after = escape(view.here(on=_DAY)).partition(_DAY)

    def row(day: date, words: Markup) -> str:
        mark = ' aria-current="date"' if day == current else ""
        link = f'<a href="{before}{day}{after}" data-day="{day}" title="{words}"{mark}>{day}</a>'
        return f"<li>{link}</li>"

    return Markup("\n".join(row(day, words) for day, words in reversed(list(days.items()))))  # noqa: S704 -- escaped above
