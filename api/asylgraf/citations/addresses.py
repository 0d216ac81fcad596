"""Addresses: from the steps a citation names to the IRI, by how each kind of instrument numbers itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from asylgraf.citations.atlas import Atlas, numbers_between
from asylgraf.citations.records import Meaning, Status
from asylgraf.citations.steps import Path, Step
from asylgraf.citations.units import roman_value

_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_WITH_CHILDREN: Final = frozenset(("nr", "litra", "pkt", "led", "indent"))


class Cited(NamedTuple):
    """A provision or range of an instrument, with the rule of scope that found the instrument."""

    instrument: str
    path: Path
    rule: str
    confidence: float
    until: Path | None = None


@lru_cache(1 << 14)
def provision(atlas: Atlas, instrument: str, path: Path) -> str:
    """The address of a provision of an instrument."""
    if instrument.startswith("dk/"):
        steps = _danish(atlas, instrument, path)
    else:
        steps = _union(path) if instrument.startswith("eu") else _convention(instrument, path)
    return "/".join((instrument, *steps))


def _danish(atlas: Atlas, act: str, path: Path) -> list[str]:
    """Section, subsection, number, letter, sentence: `9/1/nr/1/litra/d`."""
    section, rest = path[0].value, list(path[1:])
    if (
        rest
        and rest[0].level == "("
        and rest[0].value.isalpha()
        and _is_lettered(atlas, act, section, rest[0].value)
    ):
        section += rest.pop(0).value
    steps, levels = [section], ["section"]
    for step in rest:
        level = _danish_level(step, levels) if step.level == "(" else step.level
        value = (
            str(roman_value(step.value))
            if level == "nr" and step.level == "(" and not step.value.isdigit()
            else step.value
        )
        if level == "nr" and step.level == "nr" and value.isalpha() and set(value) <= set("ivx"):
            value = str(roman_value(value))
        levels.append(level)
        steps.extend([value] if level == "stk" else [level, value])
    return steps


def _is_lettered(atlas: Atlas, act: str, section: str, letter: str) -> bool:
    """Whether "section 9(c)" is section 9 c: where the act has such a section, or is not known."""
    return atlas.has_section(act, section + letter) is not False and section.isdigit()


def _danish_level(step: Step, levels: list[str]) -> str:
    """What a parenthesis means, by what stands before it."""
    if step.value.isdigit():
        return "stk" if levels[-1] == "section" else "nr"
    if levels[-1] == "stk" and set(step.value) <= set("ivx"):
        return "nr"
    return "litra"


def _union(path: Path) -> list[str]:
    """Article, paragraph, letter; subparagraph and indent by name; recitals apart."""
    return ["recital", path[0].value] if path[0].level == "recital" else _plain(path)


def _plain(path: Path) -> list[str]:
    steps: list[str] = []
    for step in path:
        steps.extend([step.level, step.value] if step.level in ("led", "indent", "pkt") else [step.value])
    return steps


def _convention(instrument: str, path: Path) -> list[str]:
    """Article and paragraph; article 1 of the Refugee Convention has lettered sections."""
    steps = _plain(path)
    first = steps[0]
    if instrument == "refugee-protocol":
        steps[0] = (
            _ROMAN[int(first) - 1] if first.isdigit() and 0 < int(first) <= len(_ROMAN) else first.upper()
        )
    elif set(first) <= set("ivx"):
        steps[0] = str(roman_value(first))
    elif not first.isdigit() and first[:-1].isdigit():
        steps[:1] = [first[:-1], first[-1]]
    if instrument == "refugee-convention" and len(steps) > 1 and steps[0] == "1":
        steps[1] = steps[1].upper() if steps[1].isalpha() else steps[1]
    return steps


# What an address stands for


def meaning(atlas: Atlas, cited: Cited, on: date | None = None) -> Meaning:
    """What a provision or range of an instrument means on a day."""
    if cited.until and _is_descent(cited.path, cited.until):
        cited = cited._replace(path=(*cited.path, Step("stk", cited.until[-1].value)), until=None)
    address = provision(atlas, cited.instrument, cited.path)
    members = _members(atlas, cited, cited.until, on) if cited.until else ()
    status = _status(atlas, cited.instrument, cited.path, address)
    plain = Meaning(
        members[0] if members else address, status, cited.rule, cited.confidence, members, as_of=on
    )
    return _with_parent(atlas, plain, cited.instrument) if on is None else _as_it_was(atlas, plain, on)


def _is_descent(first: Path, last: Path) -> bool:
    """ "Article 8-1" in the database of the Strasbourg court: paragraph 1, not a range that runs down."""
    if len(first) > 1 or first[0].level != "article" or last[-1].level != "article":
        return False
    low, high = last[-1].value, first[0].value
    return low.isdigit() and high.isdigit() and int(low) < int(high)


def _as_it_was(atlas: Atlas, plain: Meaning, on: date) -> Meaning:
    """The provision as of a day: its version then, and where its content stands today."""
    address = plain.address or ""
    version = atlas.version(address, on)
    goals = atlas.moved(address, on)
    if not goals:
        return replace(plain, version=version)
    rule = f"{plain.rule}, renumbered"
    if len(goals) == 1:
        return replace(
            plain, address=goals[0], status=Status.RESOLVED, rule=rule, version=version, candidates=(address,)
        )
    return replace(
        plain,
        rule=rule,
        status=Status.RESOLVED,
        version=version,
        members=tuple(goals),
        candidates=tuple(goals),
    )


def _with_parent(atlas: Atlas, plain: Meaning, instrument: str) -> Meaning:
    """Where the graph lacks the exact place, the nearest one above that it has."""
    if plain.status is not Status.UNKNOWN_TARGET or plain.address is None:
        return plain
    above = plain.address.rpartition("/")[0]
    while len(above) > len(instrument) and above not in atlas.nodes:
        above = above.rpartition("/")[0]
    return replace(plain, candidates=(above,)) if above in atlas.nodes and above != instrument else plain


def _status(atlas: Atlas, instrument: str, path: Path, address: str) -> Status:
    if address in atlas.nodes:
        return Status.RESOLVED
    steps = address[len(instrument) + 1 :].split("/")
    if instrument in atlas.sections:
        return _in_outline(atlas, instrument, steps)
    count = atlas.known.articles.get(instrument)
    if (
        count is not None
        and path[0].level == "article"
        and steps[0].isdigit()
        and not 0 < int(steps[0]) <= count
    ):
        return Status.NO_SUCH_PROVISION
    return Status.UNKNOWN_TARGET


def _in_outline(atlas: Atlas, act: str, steps: list[str]) -> Status:
    """An act whose sections are listed tells what it does not have from what is not yet in the graph."""
    section = steps[0]
    if not atlas.has_section(act, section):
        return Status.NO_SUCH_PROVISION
    if len(steps) == 1:
        return Status.RESOLVED
    if steps[1] not in _WITH_CHILDREN:
        if not steps[1].isdigit() or not atlas.has_subsection(act, section, int(steps[1])):
            return Status.NO_SUCH_PROVISION
        return Status.RESOLVED if len(steps) == 2 else Status.UNKNOWN_TARGET
    return Status.UNKNOWN_TARGET


def _members(atlas: Atlas, cited: Cited, until: Path, on: date | None) -> tuple[str, ...]:
    """The provisions of a range, in the order of the act."""
    first, last, above = cited.path[-1], until[-1], cited.path[:-1]
    if not above and first.level in ("section", "article") and cited.instrument in atlas.sections:
        values = atlas.sections_between(cited.instrument, first.value, last.value, on)
    else:
        values = numbers_between(first.value, last.value)
    steps = (Step(first.level, value) for value in values)
    return tuple(provision(atlas, cited.instrument, (*above, step)) for step in steps)


# Whole instruments


def instrument_meaning(
    atlas: Atlas, address: str, numbered: bool, candidates: tuple[str, ...], on: date | None
) -> Meaning:
    """What an instrument by name or number means; `candidates` are others that bear the name."""
    known = address in atlas.named or address in atlas.nodes or address in atlas.known.dated
    status = Status.RESOLVED if known else Status.UNKNOWN_TARGET
    rule, confidence = "number" if numbered else "name", 0.97 if known else 0.93
    identifiers = _identifiers(address)
    return Meaning(address, status, rule, confidence, (), identifiers, as_of=on, candidates=candidates)


def _identifiers(address: str) -> tuple[tuple[str, str], ...]:
    """ELI or CELEX, computed from the number."""
    steps = address.split("/")
    if address.startswith("eu/3"):
        return (("celex", steps[1]),)
    if len(steps) == 4 and steps[1] in ("act", "lbk", "bek"):
        return (("eli", f"https://www.retsinformation.dk/eli/lta/{steps[2]}/{steps[3]}"),)
    return ()
