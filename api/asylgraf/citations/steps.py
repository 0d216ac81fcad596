"""The steps of an address as a text names them, and the things pointed at with them."""

from __future__ import annotations

from typing import Final, NamedTuple

DEPTH: Final = {
    "section": 0,
    "article": 0,
    "recital": 0,
    "stk": 1,
    "nr": 2,
    "litra": 3,
    "pkt": 4,
    "led": 4,
    "indent": 4,
}


class Step(NamedTuple):
    """One step of an address: its level and its number. The level `(` is a parenthesis that names none."""

    level: str
    value: str


Path = tuple[Step, ...]


def kind_of(value: str) -> str:
    """What a number in a parenthesis is written with."""
    if value.isdigit():
        return "number"
    return "roman" if set(value) <= set("ivx") and value not in ("i", "v", "x", "c", "d") else "letter"


def within(parenthesis: str) -> Path:
    """The steps that a parenthesis names: "(2)" one, "(1b)" a paragraph and its letter."""
    number, letter = parenthesis[:-1], parenthesis[-1:]
    parts = (number, letter) if number.isdigit() and letter.isalpha() else (parenthesis,)
    return tuple(Step("(", part) for part in parts)


_WHOLE: Final = {level: level for level, depth in DEPTH.items() if depth == 0}


def whole_of(path: Path) -> str | None:
    """`section`, `article` or `recital`; none for a part whose whole stands elsewhere."""
    return _WHOLE.get(path[0].level)


class Item(NamedTuple):
    """One thing pointed at, with its place in the run."""

    start: int
    end: int
    path: Path
    whole: str | None
    """`section`, `article` or `recital`; none for a part whose whole stands elsewhere."""
    until: Path | None = None
    """The last of a range."""
    chained: bool = False
    """Behind *jf.* or its like."""
    continued: bool = False
    """A bare number that goes on from the item before."""
    head: int = 0
    """Which unit word of the run it hangs on: items of one list share it."""


def is_next(path: Path, written: str, value: str) -> bool:
    """Whether a parenthesis behind another lists the next letter: "(a) (b)", and not a part, "(h) (i)"."""
    last = path[-1].value
    letters = len(last) == len(value) == 1 and last.isalpha() and value.isalpha() and written.startswith(" ")
    return letters and value not in "iv" and ord(value) == ord(last) + 1
