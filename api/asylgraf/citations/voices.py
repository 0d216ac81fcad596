"""Whose words a text is: the court or committee that writes, and what its articles are articles of."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.beside import follows
from asylgraf.citations.contexts import Asked, Context
from asylgraf.citations.mentions import Mention, Named, Pointed, Run
from asylgraf.citations.names import family
from asylgraf.citations.patterns import lazy
from asylgraf.citations.steps import Path

REMEMBERED: Final = 50


def body(context: Context, asked: Asked) -> str | None:
    """The convention of the court or committee that writes."""
    return own_convention(context) if asked.kind == "article" else None


def own_convention(context: Context) -> str | None:
    """What the court or committee most often named calls *the Convention*; the Union's court has none."""
    counted = {
        address: count for address, count in context.reading.found.bodies.items() if address != "eu-charter"
    }
    return max(sorted(counted), key=counted.__getitem__) if counted else None


_HEADED: Final = lazy(r"\bcase of [^\n]{3,120}? \(applications? nos?\b")
_HEAD: Final = 600
"""Characters in which a judgment says which it is."""
SPEAKING: Final = 2
"""A text that names one body so often is taken to be its own."""


def voice(context: Context, asked: Asked) -> str | None:
    """The convention of the court or committee whose own words the text is."""
    count_of, own = context.reading.count, own_convention(context)
    if asked.kind != "article" or own is None:
        return None
    speaks = count_of("the applicant") + count_of("the government") >= SPEAKING
    of_court = own == "echr" and (speaks or _HEADED.search(context.reading.text, 0, _HEAD) is not None)
    of_committee = own != "echr" and count_of("state party") >= SPEAKING
    count = context.reading.atlas.known.articles.get(own)
    number = asked.item.path[0].value
    known = not number.isdigit() or count is None or int(number) <= count
    return own if (of_court or of_committee) and known else None


def again(context: Context, asked: Asked) -> str | None:
    """An article that a text cites as an act's: "Article 7(1) of the Aliens Act", then "Article 7(2)"."""
    if asked.item.whole != "article" or len(asked.item.path) < 2:
        return None
    first = asked.item.path[0]
    if asked.item.path[:2] in context.called_articles:
        return context.base
    for bound in reversed(context.bound[-REMEMBERED:]):
        if bound.path[:1] == (first,) and len(bound.path) > 1 and family(bound.instrument) == "danish":
            return bound.instrument
    return None


_PRIVATE_LIFE: Final = (
    "private life",
    "family life",
    "family reun",
    "privatliv",
    "familieliv",
    "familiesammenf",
)


def strasbourg(context: Context, asked: Asked) -> str | None:
    """In a text that names a judgment of the Strasbourg court its convention."""
    if asked.kind != "article" or asked.item.path[0].level != "article":
        return None
    value = asked.item.path[0].value
    if value in ("8", "14") and any(map(context.reading.count, _PRIVATE_LIFE)):
        return "echr"
    count = context.reading.atlas.known.articles.get("echr") or 0
    if not value.isdigit() or int(value) > count:
        return None
    return "echr" if any(_is_of_strasbourg(mention) for mention in context.mentions[:REMEMBERED]) else None


def _is_of_strasbourg(mention: Mention) -> bool:
    return isinstance(mention, Pointed) and (mention.meaning.address or "").startswith("case/echr/")


def called_articles(context: Context) -> frozenset[Path]:
    """The sections of the base act that a text calls articles, where it names the act right behind them."""
    pairs = zip(context.mentions, context.mentions[1:], strict=False)
    return frozenset(
        item.path[:2]
        for run, behind in pairs
        if isinstance(run, Run) and isinstance(behind, Named) and context.base in behind.addresses
        for item in run.items
        if item.whole == "article" and len(item.path) > 1 and follows(context.reading, run, behind)
    )
