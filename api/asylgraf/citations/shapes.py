"""Runs that differ in their digits only have one shape; a shape is parsed a single time.

So the parser may ask whether something is a digit, not which; only the number 1 stands for itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from asylgraf.citations.patterns import lazy
from asylgraf.citations.runs import read_run
from asylgraf.citations.steps import Item, Path, Step


@lru_cache(32768)
def parse_run(text: str, language: str) -> tuple[Item, ...]:
    """The items that a run names, from the first unit on."""
    parts = _DIGIT.split(text)
    if len(parts) > len(_STAND_INS):
        return _with_subsection(text, read_run(text, language))
    digits = dict(zip(_CODES, _DIGIT.findall(text), strict=False))
    shape = "".join([part + digit for part, digit in zip(parts[:-1], _STAND_INS, strict=False)]) + parts[-1]
    return _with_subsection(text, tuple([_numbered(item, digits) for item in _of_shape(shape, language)]))


_DIGIT: Final = lazy(r"[02-9]|(?<=[0-9])1|1(?=[0-9])")
"""All digits but that of the number 1: article 1 of the Refugee Convention is read in its own way."""
_STAND_INS: Final = "".join(
    chr(zero + digit)
    for zero in (0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66)
    for digit in range(10)
)
"""Digits of other scripts, each for the digit at one place of a run: of § 7 and § 8 only one is parsed."""
_CODES: Final = tuple(map(ord, _STAND_INS))


@lru_cache(32768)
def _of_shape(shape: str, language: str) -> tuple[Item, ...]:
    """The items of all runs that differ in their digits only."""
    return read_run(shape, language)


def _with_subsection(text: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """ "§ 7, 3" is subsection 3 of section 7, for no list of sections goes down."""
    if len(items) != 2 or not items[1].continued or text[:1] != "§" or text[1:2] == "§":
        return items
    section, part = items
    (level, number), *below = part.path
    lower = level == "section" and len(number) == 1 and number.isdigit() and number < "9" and not below
    if not lower or len(section.path) > 1 or text[section.end : part.start] != ", " or section.until:
        return items
    if int(number) >= int("".join(filter(str.isdigit, section.path[0].value))) or part.until:
        return items
    return (section._replace(end=part.end, path=(*section.path, Step("(", number))),)


def _numbered(item: Item, digits: dict[int, str]) -> Item:
    """An item of a shape with the digits of the run."""
    until = _with(item.until, digits) if item.until else None
    return item._replace(path=_with(item.path, digits), until=until)


def _with(path: Path, digits: dict[int, str]) -> Path:
    return tuple([Step(level, value.translate(digits)) for level, value in path])
