"""Amending acts: which act a clause opens, and where in the words it puts in the reading stands."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from asylgraf.citations.contexts import Bound, Context
from asylgraf.citations.mentions import Label, Named, Run, Unknown
from asylgraf.citations.names import OUTSIDE
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading
from asylgraf.citations.steps import Item, Step

_AMENDMENTS: Final = lazy(r"følgende ændring(?:er)?")
_WIDEST_CLAUSE: Final = 1000
_WIDEST_QUOTE: Final = 4000


def amended_acts(context: Context) -> list[tuple[int, str]]:
    """Where "I udlændingeloven, jf. …, foretages følgende ændringer" ends, and the act it opens."""
    reading, opened = context.reading, []
    acts = [
        (mention.start, OUTSIDE if isinstance(mention, Unknown) else mention.addresses[0])
        for mention in context.mentions
        if isinstance(mention, Named | Unknown) and _opens(reading, mention.start)
    ]
    for clause in _AMENDMENTS.finditer(reading.text):
        n = bisect_left(acts, (clause.start(), "")) - 1
        if n >= 0 and clause.start() - acts[n][0] < _WIDEST_CLAUSE:
            opened.append((clause.end(), acts[n][1]))
    return opened


def _opens(reading: Reading, start: int) -> bool:
    """Whether "I " with a capital stands before the name of an act that begins there."""
    if not reading.capital(start - 2) or not reading.text.startswith("i ", start - 2):
        return False
    return not reading.capital(start + 1) or reading.line_start(start - 2)


def quoted_section(context: Context, run: Run, item: Item) -> Bound | None:
    """The section in whose new words a part stands: "»§ 24 b. … Stk. 2. … efter stk. 1 …«"."""
    text, low = context.reading.text, max(0, run.start - _WIDEST_QUOTE)
    opened = text.rfind("»", low, run.start)
    if not context.amending or opened < 0 or text.rfind("«", low, run.start) > opened:
        return None
    section, labelled = None, False
    for index in range(context.here - 1, -1, -1):
        mention = context.mentions[index]
        if mention.start < opened:
            break
        if isinstance(mention, Label):
            labelled = True
            if mention.section is not None:
                section = mention.section
                break
    if not labelled and item.path[0].level != "stk":
        return None
    outer = next((bound for bound in reversed(context.bound) if bound.end <= opened), None)
    if section is None:
        return Bound(outer.instrument, outer.path[:1], run.start, run.start, True) if outer else None
    act = outer.instrument if outer else context.base
    return Bound(act, (Step("section", section),), run.start, run.start, True)
