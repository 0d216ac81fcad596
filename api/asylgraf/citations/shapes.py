"""Runs that differ in their digits only have one shape; a shape is parsed a single time.

So the parser may ask whether something is a digit, not which; only the number 1 stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from asylgraf.citations.patterns import lazy
from asylgraf.citations.runs import read_run
from asylgraf.citations.steps import Item, Path, Step


def parse_run(text: str, language: str) -> tuple[Item, ...]:
    """The items that a run names, from the first unit on; of long runs only a few are kept."""
    return _parsed(text, language) if len(text) <= len(_STAND_INS) else _parsed_long(text, language)


@lru_cache(64)
def _parsed_long(text: str, language: str) -> tuple[Item, ...]:
    return _with_subsection(text, read_run(text, language))


@lru_cache(32768)
def _parsed(text: str, language: str) -> tuple[Item, ...]:
    pieces = _DIGIT.split(text)
    digits = pieces[1::2]
    pieces[1::2] = _STAND_INS[: len(digits)]
    shape = _shape("".join(pieces), language)
    return _with_subsection(text, shape.numbered(dict(zip(_CODES, digits, strict=False))))


_DIGIT: Final = lazy(r"([02-9]|(?<=[0-9])1|1(?=[0-9]))")
"""All digits but that of the number 1: article 1 of the Refugee Convention is read in its own way."""
_STAND_INS: Final = "".join(
    chr(zero + digit)
    for zero in (0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66)
    for digit in range(10)
)
"""Digits of other scripts, each for the digit at one place of a run: of § 7 and § 8 only one is parsed."""
_CODES: Final = tuple(map(ord, _STAND_INS))


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


_BETWEEN: Final = "\x00"
_step: Final = lru_cache(4096)(Step)


class _Shape:
    """The items of all runs that differ in their digits only."""

    def __init__(self, items: tuple[Item, ...]) -> None:
        self.items = items
        self.values = _BETWEEN.join(
            step.value for item in items for step in (*item.path, *(item.until or ()))
        )
        """The numbers and letters of all paths, in order."""

    def numbered(self, digits: dict[int, str]) -> tuple[Item, ...]:
        """The items with the digits of one run."""
        values = iter(self.values.translate(digits).split(_BETWEEN))
        return tuple(
            [
                Item(
                    start,
                    end,
                    _with(path, values),
                    whole,
                    until and _with(until, values),
                    chained,
                    more,
                    head,
                )
                for start, end, path, whole, until, chained, more, head in self.items
            ]
        )


@lru_cache(32768)
def _shape(text: str, language: str) -> _Shape:
    return _Shape(read_run(text, language))


def _with(path: Path, values: Iterator[str]) -> Path:
    return tuple([_step(level, next(values)) for level, _ in path])
