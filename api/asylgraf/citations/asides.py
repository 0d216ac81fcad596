"""What is read beside provisions: protocols by number, web addresses, rules of courts, bodies that write."""

from __future__ import annotations

from typing import Final

from asylgraf.citations import numbers
from asylgraf.citations.anchors import Hit
from asylgraf.citations.mentions import Named, Run
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading
from asylgraf.citations.steps import Item, Step

_RULE: Final = lazy(
    r"rules? \d+(?: ?[a-z])?(?:(?:,| and| §{1,2}| paragraphs?| para\.?) ?(?:paragraphs? )?\d+)*"
)
_LINK: Final = lazy(r"[^\s<>\"»«)\]]+")
_IN_LINK: Final = lazy(r"ecli(?::|%3a)|celex|eli/(?:lta|reg|dir|dec)/")


def rule(reading: Reading, hit: Hit) -> int | None:
    """Rules of procedure are not provisions of the graph; their numbers must not be read as such."""
    start = hit.start
    found = _RULE.match(reading.text, start)
    if found:
        reading.done = max(reading.done, found.end())
    return reading.done


def link(reading: Reading, hit: Hit) -> int | None:
    """A web address: its identifiers count, its other words do not."""
    start = hit.start
    if done := numbers.eli(reading, start):
        return done
    found = _LINK.match(reading.text, start)
    if found and not _IN_LINK.search(found.group()):
        reading.done = max(reading.done, found.end())
    return reading.done


_PROTOCOL: Final = lazy(
    r"protoc?kol?s? ?\(?(?:nos?\b\.?|nr\b\.?)? ?(\d{1,2})\)?(?!\d)|protocols? ?\(?(?:nos?\b\.?|"
    r"nr\b\.?)? ?(\d{1,2})\)?(?!\d)"
)


_OF_ECHR: Final = lazy(r" (?:to the |of the |til )?(?:echr|emrk|tfeu|teuf)\b")


def protocol(reading: Reading, hit: Hit) -> int | None:
    """A protocol by number: of the Union's treaties from 17 on, of the European Convention below."""
    start = hit.start
    found = _PROTOCOL.match(reading.text, start)
    if not found:
        return None
    number = int(found[1] or found[2])
    end = found.end() + len(
        of_convention.group() if (of_convention := _OF_ECHR.match(reading.text, found.end())) else ""
    )
    address = f"eu/protocol/{number}" if number > 16 else f"echr/p{number}"
    start = protocol_start(reading, start)
    reading.add(Named(start, end, (address,), reach=reading.reach(start)))
    return end


def protocol_start(reading: Reading, start: int) -> int:
    """Where a protocol begins whose convention stands in front: "EMRK's protokol nr. 4"."""
    last = reading.found.mentions[-1] if reading.found.mentions else None
    if not isinstance(last, Named) or last.addresses != ("echr",) or last.end != start - 1:
        return start
    if not last.genitive and not last.short:
        return start
    return reading.found.mentions.pop().start


_ARTICLE_OF: Final = lazy(
    r"(?:(?:tp ?|p)(?P<p>\d{1,2})-(?P<a>\d{1,2})|a(?P<a2>\d)p(?P<p2>\d{1,2}))(?![\w/-])"
)


def protocol_article(reading: Reading, hit: Hit) -> int | None:
    """An article of a protocol to the European Convention, abbreviated: "P1-1", "A1P1", "TP 1-1"."""
    found = _ARTICLE_OF.match(reading.text, hit.start)
    if found is None or not reading.capital(hit.start) or not reading.free(hit.start):
        return None
    address = f"echr/p{found['p'] or found['p2']}/{found['a'] or found['a2']}"
    reading.point(hit.start, found.end(), address, "article of a protocol", ())
    return found.end()


_OF_NAME: Final = lazy(r",? (?:to|of|til|i|in) (?:the |den )?")


def is_of_protocol(reading: Reading, start: int) -> bool:
    """Whether a protocol to the European Convention stands right before its name: one mention."""
    last = reading.found.mentions[-1] if reading.found.mentions else None
    if not isinstance(last, Named) or not last.addresses[0].startswith("echr/p"):
        return False
    return _OF_NAME.fullmatch(reading.text, last.end, start) is not None


_NTH_BEFORE: Final = lazy(r"(?<![\w.])\d{1,3}\.(?:(?: og| eller| samt|,| ?-)+ \d{1,3}\.)* $")
_NTH: Final = lazy(r"\d+")


def recitals_before(reading: Reading, start: int, end: int) -> int | None:
    """ "12. og 13. betragtning": recitals that are counted and not numbered."""
    found = _NTH_BEFORE.search(reading.text, max(0, start - 40), start)
    if found is None or not reading.free(found.start()):
        return None
    numbers = list(_NTH.finditer(reading.text, found.start(), start))
    base = found.start()
    items = [
        Item(nth.start() - base, nth.end() - base, (Step("recital", nth.group()),), "recital", head=1)
        for nth in numbers
    ]
    items[-1] = items[-1]._replace(end=end - base)
    reading.add(Run(base, end, base, tuple(items), danish=False))
    return end


def eli_path(reading: Reading, hit: Hit) -> int | None:
    """A European Legislation Identifier without its host."""
    start = hit.start
    return numbers.eli(reading, start)


def body(reading: Reading, hit: Hit) -> int | None:
    """A court or committee: whose convention *the Convention* is."""
    anchor = hit.anchor
    reading.found.bodies[anchor.addresses[0]] = reading.found.bodies.get(anchor.addresses[0], 0) + 1
    reading.found.voices.append((hit.end, anchor.addresses[0]))
    return None
