"""The provision of which a part alone is named: "stk. 4", "litra d", "subsection (2)"."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.contexts import Bound, Context
from asylgraf.citations.mentions import Run
from asylgraf.citations.names import OUTSIDE, family, noun_of
from asylgraf.citations.steps import Item, Step


def _headed(context: Context, run: Run) -> str | None:
    """The section that "subsection (2)" in a translated statute is part of."""
    if not context.reading.text.startswith("sub", run.start):
        return None
    return context.headed or context.label or context.reading.counted_section(run.start)


def _order(context: Context) -> str | None:
    """The translated order that a text is: the one named before its enabling clause ends."""
    if context.enabled is None:
        return None
    before = [named for named in context.named if named.start < (context.enabled or 0) and not named.numbered]
    orders = (named.addresses[0] for named in before)
    return next((address for address in orders if noun_of(address) == "order"), OUTSIDE)


def _is_of_the_last(context: Context, run: Run, section: str, item: Item) -> bool:
    """Whether "§ 19, stk. 1, jf. stk. 7" in § 19 a must mean § 19: § 19 a never had so many subsections."""
    last = context.bound[-1] if context.bound else None
    level, number = item.path[0]
    if last is None or last.start < run.start or level != "stk" or not number.isdigit():
        return False
    atlas, act = context.reading.atlas, context.own or context.base
    known = atlas.has_section(act, section) and last.path[0].level == "section" and last.instrument == act
    return (
        bool(known) and not atlas.has_subsection(act, section, int(number)) and last.path[0].value != section
    )


_CF: Final = frozenset((", jf. ", " jf. ", ", jfr. ", " jfr. "))
_IN_LIST: Final = frozenset((", ", " og ", " eller ", " samt "))


def _cited_before(context: Context, run: Run, item: Item) -> Bound | None:
    """In a statute the section right before "jf. stk. 1": "§ 9 h, stk. 4, jf. stk. 1, nr. 1-9"."""
    last = context.bound[-1] if context.bound else None
    if context.label is None or last is None or last.path[0].level != "section" or not run.danish:
        return None
    if item.path[0].level != "stk" or last.path[0].value == context.label:
        return None
    gap = context.reading.text[last.end : run.base + item.start]
    return last if gap in _CF or (gap in _IN_LIST and item is not run.items[0]) else None


_FAR: Final = 600
_QUOTES: Final = (("»", "«"), ("“", "”"), ("„", "“"))


def _is_quoted(context: Context, bound: Bound, run: Run) -> bool:
    """Whether a quotation that began behind a provision still goes on: its paragraphs are its text."""
    quoted = context.reading.folded.written(bound.end, run.start)
    return any(quoted.count(opening) > quoted.count(closing) for opening, closing in _QUOTES)


def antecedent(context: Context, run: Run, item: Item) -> Bound | None:
    """The provision of which "stk. 4" or "litra d" alone is a part."""
    return (
        _cited_before(context, run, item)
        or _own_section(context, run, item)
        or _last_cited(context, run, item)
    )


def _own_section(context: Context, run: Run, item: Item) -> Bound | None:
    """In a statute the section in whose text a part stands."""
    section = context.label if run.danish else _headed(context, run)
    if section is None or _is_of_the_last(context, run, section, item):
        return None
    act = context.own or _order(context) or context.base
    part = (Step("stk", context.part),) if context.part and item.path[0].level in ("pkt", "nr") else ()
    return Bound(act, (Step("section", section), *part), run.start, run.start, True)


def _last_cited(context: Context, run: Run, item: Item) -> Bound | None:
    """The provision last cited in the paragraph that may have such a part."""
    for bound in reversed(context.bound):
        if run.start - bound.end > _FAR:
            return None
        if "\n" in context.reading.text[bound.end : run.start] and not _is_quoted(context, bound, run):
            return None
        if run.danish and bound is context.bound[-1] and bound.path[-1].level == "stk":
            return bound
        whole = bound.path[0].level if bound.path else None
        beside = bound is context.bound[-1] and not context.breaks(bound.end, run.start)
        if whole == "article" and beside and context.label is None and item.path[0].level == "stk":
            return bound
        lettered = item.path[0].level == "litra" and whole == "article"
        if whole != "recital" and (
            lettered or bound.danish == run.danish or family(bound.instrument) == "danish"
        ):
            return bound
    return None
