"""The act that a text is: read from its title, and from whether its labels can be those of an act."""

from __future__ import annotations

import re
from typing import Final

from asylgraf.citations.contexts import Context
from asylgraf.citations.mentions import Label, Named, Run
from asylgraf.citations.names import OUTSIDE, family, noun_of
from asylgraf.citations.patterns import lazy

_ENABLING: Final = lazy(r"\bi medfør af\b.*\bfastsættes\b", re.DOTALL)
_TITLE: Final = lazy(
    r"(?:forslag til )?(?:(?:bekendtgørelse|anordning|kundgørelse) (?:for \w+ )?"
    r"(?:om ikrafttræden for \w+ )?af (?:lov (?=om )|(?P<named>(?=\w)))|lov (?=om )|"
    r"(?:bekendtgørelse|anordning|cirkulære|vejledning) (?=om ))"
)
_READ: Final = 4000
"""Characters in which an enabling clause must stand."""
_FITTING: Final = 200
"""How many labels are looked at to see whether they can be those of an act."""
_SUBSECTION: Final = lazy(r"stk\.? ?(\d{1,2})")


def own_act(context: Context) -> str | None:
    """The act that a statute's text is: `OUTSIDE` for one that the graph does not know."""
    labels = [mention for mention in context.mentions if isinstance(mention, Label)]
    if not labels or context.amending:
        return None
    first = labels[0].start
    named = [
        mention
        for mention in context.named
        if mention.start < first and family(mention.addresses[0]) == "danish"
    ]
    return (
        _put_in(context, labels, named)
        or _titled(context, first, named)
        or _named_before(context, labels, named)
    )


_AMENDING_TITLE: Final = lazy(r"(?:forslag til )?lov om ændring af ")
_OWN_SECTIONS: Final = 20
"""No act that amends others has so many sections of its own."""


def _put_in(context: Context, labels: list[Label], named: list[Named]) -> str | None:
    """The act whose new sections stand under the title of the act that put them in: "Lov om ændring af …"."""
    sections = [label.section for label in labels if label.section is not None]
    if not any(not number.isdigit() or int(number) > _OWN_SECTIONS for number in sections):
        return None
    for title in _AMENDING_TITLE.finditer(context.reading.text, 0, labels[0].start):
        if context.reading.line_start(title.start()) and context.reading.capital(title.start()):
            return next((mention.addresses[0] for mention in named if mention.start == title.end()), None)
    return None


def _named_before(context: Context, labels: list[Label], named: list[Named]) -> str | None:
    """The act named before the first label; an order is of itself, whatever else it names."""
    orders = [mention.addresses[0] for mention in named if noun_of(mention.addresses[0]) == "order"]
    if orders:
        return orders[0]
    if _ENABLING.search(context.reading.text, 0, labels[0].start):
        return OUTSIDE
    if named:
        return next((mention.addresses[0] for mention in named if not mention.numbered), None)
    return None if _can_be(context, labels) else OUTSIDE


_PURSUANT: Final = lazy(
    r"\bpursuant to (?:sections?|§) ?\d[^.]{0,300}(?:\b[a-z]{2,4}\.[^.]{0,200}){0,3}"
    r"\b(?:following|it) (?:is|are|shall be|has been) (?:laid down|provided|prescribed|fixed|hereby)"
)


def enabling_clause(context: Context) -> int | None:
    """Where the clause ends by which a translated order names the act it rests on."""
    found = _PURSUANT.search(context.reading.text, 0, _READ)
    return found.end() if found else None


def _titled(context: Context, first: int, named: list[Named]) -> str | None:
    """What the title that stands first calls the text; None where the text has no title."""
    for title in _TITLE.finditer(context.reading.text, 0, first):
        if not context.reading.line_start(title.start()) or not context.reading.capital(title.start()):
            continue
        object_at = (title.start("named"), title.end()) if title["named"] is not None else (title.start(),)
        lawful = title.group().rstrip().endswith("lov") or title["named"] is not None
        inside = [
            mention
            for mention in named
            if mention.start in object_at or (lawful and title.start() <= mention.start <= title.end())
        ]
        return inside[0].addresses[0] if inside else _number_above(context, title.start()) or OUTSIDE
    return None


_ABOVE: Final = 160


def _number_above(context: Context, start: int) -> str | None:
    """The number right above a title, as an act's page has it: "LBK nr 282 af 17/03/2025"."""
    above = [mention for mention in context.named if mention.numbered and mention.end <= start]
    return above[-1].addresses[0] if above and start - above[-1].end < _ABOVE else None


def _can_be(context: Context, labels: list[Label]) -> bool:
    """Whether labels can be those of the base act: it has them, and is not cited by its name."""
    reading, section = context.reading, None
    for label in labels[:_FITTING]:
        part = _SUBSECTION.match(reading.text, label.start)
        section = label.section or section
        if label.section and reading.atlas.has_section(context.base, label.section) is False:
            return False
        if part and section and not reading.atlas.has_subsection(context.base, section, int(part[1])):
            return False
    return not _cites_by_name(context, labels[0].start)


def _cites_by_name(context: Context, start: int) -> bool:
    """Whether the base act is named beside a provision behind a place: no act does so with itself."""
    for before, after in zip(context.mentions, context.mentions[1:], strict=False):
        if before.start < start or not isinstance(before, Named) or context.base not in before.addresses:
            continue
        if before.genitive and isinstance(after, Run) and after.start - before.end <= 2:
            return True
    return False
