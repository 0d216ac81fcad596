"""Numbers as provisions bear them: "9 b", "7.1", "1.a", and the digits of a note that stick to one."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.patterns import lazy
from asylgraf.citations.steps import Path, Step

_LETTERED: Final = lazy(r"(\d{1,4}) ?([a-zæø])?$")
_LETTERED_DOT: Final = lazy(r"(\d{1,3} ?[a-zæø])\.(\d{1,2})")
_LETTER_DOT: Final = lazy(r"\d{1,2}\.[a-f]")


def number_steps(written: str, *, dotted: bool) -> Path:
    """The steps that a number names, the first without its level; `dotted` says whether 7.1 may name two."""
    if _LETTER_DOT.fullmatch(written):
        return (Step("", written.replace(".", "")),)
    if lettered := _LETTERED_DOT.fullmatch(written):
        return (Step("", lettered[1].replace(" ", "")), Step("(", lettered[2]))
    parts = written.rstrip().split(".")
    if len(parts) > 1 and all(part.strip().isdigit() for part in parts):
        return (Step("", parts[0]), *(Step("(", part) for part in parts[1:])) if dotted else ()
    found = _LETTERED.match(written)
    return (Step("", found[1] + (found[2] or "")),) if found else ()


def footnote_length(paren: str) -> int:
    """How many digits of a footnote stick to a parenthesis: "section 7(1)3"."""
    return len(paren) - 1 - max(paren.rfind(")"), paren.rfind("]"))
