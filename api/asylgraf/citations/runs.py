"""A run: one unbroken stretch of units and numbers, read into its items."""

from __future__ import annotations

import re
from typing import Final

from asylgraf.citations.numerals import footnote_length, number_steps
from asylgraf.citations.patterns import lazy
from asylgraf.citations.steps import DEPTH, Item, Path, Step, is_next, kind_of, whole_of, within
from asylgraf.citations.tokens import Token, tokens
from asylgraf.citations.units import ORDINALS, roman_value


def read_run(text: str, language: str) -> tuple[Item, ...]:
    """The items that a run names, from the first unit on."""
    return tuple(_Parser(list(tokens(text, language))).items())


_PAREN: Final = lazy(r"(\w+)(?: ?- ?(\w+))?")
_NTH: Final = lazy(r"\d+|" + "|".join(ORDINALS))


_WIDEST_PART: Final = 2
"""Digits."""
_JOINTS: Final = frozenset(("join", "chain", "to"))


class _Parser:
    """Reads tokens left to right; what it cannot place ends the run."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.unit: str | None = None
        self.unit_start = 0
        self.heads = 0
        self.path: Path = ()
        self.current: Item | None = None
        self.joined = self.chained = self.ranged = False
        self.sectioned = False
        self.unit_text = ""
        """Whether *section* was just read as a part, so that *subsection* is a part of it."""
        self.prefix: tuple[int, Path] | None = None
        self.shared = self.shared_depth = 0
        self.loose: set[int] = set()
        """Where *subsection 7(2)* stands for section 7(2)."""
        """Index of the item whose whole the parts before it share."""
        self.done: list[Item] = []

    def items(self) -> list[Item]:
        """Every item, in order."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if not self._take(token):
                break
            self.at += 1
        self._close()
        paths = [self._completed(n, item) for n, item in enumerate(self.done)]
        return [
            item._replace(path=path, whole=whole_of(path))
            for item, path in zip(self.done, paths, strict=True)
        ]

    def _completed(self, n: int, item: Item) -> Path:
        """The path of an item; parts may come before what they share: "paragraphs 1 and 2 of Article 8"."""
        if item.start in self.loose and [step.level for step in item.path[:2]] == ["stk", "("]:
            return (Step("section", item.path[0].value), *item.path[1:])
        if whole_of(item.path) is not None or n >= self.shared or self.shared >= len(self.done):
            return item.path
        whole = self.done[self.shared].path
        return (*whole[: len(whole) - self.shared_depth], *item.path)

    def _take(self, token: Token) -> bool:  # noqa: PLR0911 - one answer for each kind of token
        kind, _, level = token.kind.partition("_")
        match kind:
            case "space" | "open" | "close" | "dot" | "colon":
                return kind != "colon" or self.unit is not None
            case "whole" | "part":
                return self._take_unit(level, token)
            case "pkt" | "led":
                return self._take_unit(kind, token)
            case "ord":
                return self._take_ordinal(level, token)
            case "join" | "chain" | "to":
                return self._take_joint(kind)
            case "of":
                return self._take_of()
            case "paren":
                return self._take_paren(token)
            case _:
                return self._take_value(kind, token)

    # Units and joints

    def _take_unit(self, level: str, token: Token) -> bool:
        if self.unit is not None and level != "litra":
            return self.unit == level
        here = self._level_here(level, token)
        self.sectioned = level == "section" and here == "stk"
        if self.current is None and token.text.startswith("sub"):
            self.loose.add(token.start)
        self.unit, self.unit_start, self.unit_text, level = here, token.start, token.text, here
        if DEPTH[level] == 0:
            self.heads += 1
        return True

    def _level_here(self, level: str, token: Token) -> str:
        """A whole unit right behind a number is a part: "Article 6 § 1", "Article 9C, section 1"."""
        close = self.current is not None and not self.chained and token.start - self.current.end <= 2
        if level == "section" and close and self.current and not self.ranged:
            top = self.current.path[0].level
            sign = token.text.startswith("§")
            small = self._is_paragraph_sign() if sign else self._is_small()
            if top == "article" and len(self.current.path) == 1 and small:
                return "stk"
            if top == "section" and not sign and not self.joined:
                return "stk"
        if level == "stk" and close and self.sectioned:
            return "nr"
        return level

    def _is_paragraph_sign(self) -> bool:
        """Whether § behind an article is its paragraph: "Article 5, § 1 (f)", not "artikel 8, § 26"."""
        if not self.joined:
            return True
        ahead = [token for token in self.tokens[self.at + 1 : self.at + 6] if token.kind != "space"]
        if not ahead:
            return False
        number, *behind = ahead
        small = number.kind == "number" and len(number.text.strip()) == 1
        return small and self._comma() and not any(token.kind.endswith("_stk") for token in behind)

    def _is_small(self) -> bool:
        """Whether no parenthesis follows a figure: "Article 9 section 1", not "Article 8; section 9(7)"."""
        ahead = [token for token in self.tokens[self.at + 1 : self.at + 6] if token.kind != "space"]
        if not ahead or ahead[0].kind != "number" or (len(ahead) > 1 and ahead[1].kind == "paren"):
            return False
        return self._comma() if self.joined else len(ahead[0].text.strip()) == 1

    def _take_joint(self, kind: str) -> bool:
        if self.current is None or self.unit is not None:
            return False
        self.joined = True
        self.chained = self.chained or kind == "chain"
        self.ranged = kind == "to" and not (len(self.path) > 1 and self._is_whole_next())
        return True

    def _is_whole_next(self) -> bool:
        """Whether "til § 7, stk. 1" names a second provision: to change from one to another is no range."""
        return any(token.kind.startswith("whole") for token in self.tokens[self.at + 1 : self.at + 3])

    def _take_of(self) -> bool:
        """A part before its whole: "stk. 1 i artikel 3", "the second subparagraph of Article 3(2)"."""
        if self.current is None or whole_of(self.current.path):
            return False
        self.prefix = (self.current.start, self.current.path)
        self.current, self.path, self.joined = None, (), False
        return True

    # Numbers

    def _take_value(self, kind: str, token: Token) -> bool:
        steps = self._steps(kind, token)
        if not steps:
            return False
        if self.unit is not None:
            level, start, self.unit = self.unit, self.unit_start, None
            named = (Step(level, steps[0].value), *steps[1:])
            return self._place(named, start, token.end, named_unit=True)
        if self.current is None or not self.joined:
            return False
        if self._is_lettered_part(token):
            return self._deepen((Step("litra", steps[0].value), *steps[1:]), token.end)
        if self._is_subsection(token):
            return self._deepen((Step("(", steps[0].value),), token.end)
        return self._place(self._bare(steps), token.start, token.end, named_unit=False)

    def _steps(self, kind: str, token: Token) -> Path:
        """The numbers in a token; the first gets its level from the unit."""
        if kind == "number":
            dotted_before = self.joined and len(self.path) > 1 and self.path[1].level == "("
            return number_steps(token.text, dotted=self.unit in ("section", "article") or dotted_before)
        numeral = token.text.strip("()[] ")
        level = self.unit or (self.path[-1].level if self.path else "")
        if self.unit in ("stk", "nr") and numeral in ("l", "i") and "(" not in token.text:
            return (Step("", "1"),)  # an l or I that a scanner made of the figure
        if kind == "roman" and level in ("article", "nr", "litra"):
            return (Step("", numeral if level != "nr" else str(roman_value(numeral))),)
        if self.unit == "stk" and "(" not in token.text:
            return ()  # "stk s": the number was lost
        lettered = level in ("litra", "stk", "nr", "(") or self._is_lettered_part(token)
        if kind in ("letter", "roman") and lettered:
            return (Step("", numeral),)
        return ()

    def _is_lettered_part(self, token: Token) -> bool:
        """ "artikel 1, A, nr. 2": the lettered parts of the Refugee Convention's first article."""
        first = len(self.path) == 1 and self.path[0] == Step("article", "1")
        return first and token.text in tuple("abcdef") and self._comma()

    def _is_subsection(self, token: Token) -> bool:
        """ "§ 7,1" and "section 9b, 1": a lone number behind one section is its subsection."""
        if self.ranged or self.chained or len(self.path) != 1 or self.path[0].level != "section":
            return False
        if not token.text.isdigit() or not self.current or self.current.continued:
            return False
        unit, comma = self.tokens[0].text, self.tokens[self.at - 1].text
        following = self.tokens[self.at + 1].text if self.at + 1 < len(self.tokens) else ""
        return (
            following != ","
            if (unit, comma) == ("§", ",")
            else (unit, comma, following) == ("section", ", ", "")
        )

    def _bare(self, steps: Path) -> Path:
        """A number without a unit stands at the level of the list it continues, or above what follows it."""
        last = next((step for step in reversed(self.path) if step.level != "("), self.path[0])
        level = last.level
        if self.ranged:
            return (Step(level, steps[0].value), *steps[1:])
        if ";" in self._joint() and DEPTH.get(self.path[0].level) == 0:
            return (Step(self.path[0].level, steps[0].value), *steps[1:])
        if self._is_another_section(steps[0].value):
            return (Step("section", steps[0].value), *steps[1:])
        if level == "litra" and steps[0].value.isdigit():
            level = "nr" if any(step.level == "nr" for step in self.path) else self.path[0].level
        coming = self._next_unit()
        while coming is not None and DEPTH[level] >= DEPTH[coming] > 0 and level != self._above(level):
            level = self._above(level)
        if not steps[0].value.isdigit() and steps[0].value[0].isdigit():
            level = self.path[0].level if DEPTH.get(self.path[0].level) == 0 else level
        return (Step(level, steps[0].value), *steps[1:])

    def _is_another_section(self, number: str) -> bool:
        """ "§ 119, stk. 1 og 2, 123 og 180": no section has a hundred subsections or items."""
        return self.path[0].level == "section" and len(number) > _WIDEST_PART and number.isdigit()

    def _above(self, level: str) -> str:
        higher = [step.level for step in self.path if step.level != "(" and DEPTH[step.level] < DEPTH[level]]
        return higher[-1] if higher else self.path[0].level

    def _next_unit(self) -> str | None:
        for token in self.tokens[self.at + 1 : self.at + 4]:
            kind, _, level = token.kind.partition("_")
            if kind in ("part", "ord"):
                return level
            if kind == "paren":
                return "stk" if any(letter.isdigit() for letter in token.text) else "litra"
            if token.text.strip(" ,.;"):
                return None
        return None

    def _take_ordinal(self, level: str, token: Token) -> bool:
        found = [nth for nth in _NTH.finditer(token.text) if ORDINALS.get(nth.group(), 1)]
        if self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].kind == "of":
            self._close()
        if "-" in token.text and len(found) == 2:
            first, last = (Step(level, str(ORDINALS.get(nth.group(), nth.group()))) for nth in found)
            self._place((first,), token.start, token.end, named_unit=True)
            self.ranged = True
            return self._end_range((last,), token.end)
        for n, nth in enumerate(found):
            end = token.start + nth.end() if n + 1 < len(found) else token.end
            step = Step(level, str(ORDINALS.get(nth.group(), nth.group())))
            if n:
                self._begin(
                    (*self._upper(DEPTH[level]), step), token.start + nth.start(), end, continued=True
                )
            else:
                self._place((step,), token.start, end, named_unit=True)
        return bool(found) or self.current is not None

    def _take_paren(self, token: Token) -> bool:
        found = _PAREN.search(token.text)
        if not found or (self.unit is not None and self.unit not in ("litra", "nr", "stk", "article")):
            return False
        start = token.start + len(token.text) - len(token.text.lstrip())
        end = token.end - footnote_length(token.text)
        if self.unit is not None:
            step, start, self.unit = Step(self.unit, found[1]), self.unit_start, None
            placed = self._place((step,), start, end, named_unit=True)
        elif self.current is None or self._is_note(token, found[1]):
            return False
        elif self.ranged:
            placed = self._end_range((Step(self.path[-1].level, found[1]),), end)
        elif (self.joined and not self._goes_down(found[1])) or is_next(self.path, token.text, found[1]):
            placed = self._continue_paren(found[1], start, end)
        else:
            placed = self._deepen(within(found[1]), end)
        if placed and found[2]:
            self.ranged = True
            last = (*self.path[:-1], Step(self.path[-1].level, found[2]))
            self.current = self.current._replace(until=last, end=end) if self.current else None
            self.ranged = False
        return placed

    def _is_note(self, token: Token, value: str) -> bool:
        """ "artikel 27, stk. 1 (2)": the mark of a note, for below *stk.* no parenthesis counts."""
        below = self.path[-1].level == "stk" and self.unit_text.startswith("stk")
        return below and value.isdigit() and token.text.startswith(" ") and not self.joined

    def _goes_down(self, value: str) -> bool:
        """ "section 52 b (1), (i) and (ii)": behind a comma another kind of number is of the one before."""
        kinds = [kind_of(step.value) for step in self.path[1:]]
        return self._comma() and kinds == ["number"] and kind_of(value) != "number"

    def _continue_paren(self, value: str, start: int, end: int) -> bool:
        """ "(2)" behind "7(1) or" stands where the last parenthesis of its kind stood."""
        depth = next(
            (n for n in range(len(self.path) - 1, 0, -1) if kind_of(self.path[n].value) == kind_of(value)),
            len(self.path) - 1,
        )
        if depth <= 0 and DEPTH.get(self.path[0].level):
            return self._begin((Step(self.path[0].level, value),), start, end, continued=True)
        if depth <= 0:
            return self._deepen((Step("(", value),), end)
        step = Step(self.path[depth].level, value)
        return self._begin((*self.path[:depth], step), start, end, continued=True)

    # Items

    def _place(self, steps: Path, start: int, end: int, *, named_unit: bool) -> bool:
        depth = DEPTH[steps[0].level]
        if self.ranged and self.current is not None:
            return self._end_range(steps, end)
        if self.current is None:
            self.path = ()
        deeper = bool(self.path) and (
            depth > max(DEPTH.get(step.level, 0) for step in self.path) or self._lettered(steps)
        )
        split = self.chained or (self.joined and not self._comma())
        if self.current is not None and deeper and not split:
            return self._deepen(steps, end)
        if self.chained and depth > 0:
            return self._begin(steps, start, end)
        above = () if depth == 0 else self._upper(depth)
        return self._begin((*above, *steps), start, end, continued=not named_unit)

    def _lettered(self, steps: Path) -> bool:
        """In a convention a letter may stand above numbers: "artikel 1, litra A, nr. 2"."""
        levels = [step.level for step in self.path]
        if levels != ["article", "litra"]:
            return False
        return steps[0].level == "nr" or (steps[0].level == "litra" and self.path[1].value == "f")

    def _upper(self, depth: int) -> Path:
        kept: list[Step] = []
        for step in self.path:
            if DEPTH.get(step.level, 1 if depth > 1 else 9) >= depth:
                break
            kept.append(step)
        return tuple(kept)

    def _comma(self) -> bool:
        """Whether only a comma, and no *og* or *or*, stands before."""
        return not re.search(r"\w|&|;", self._joint())

    def _joint(self) -> str:
        """What joins this number to those before it."""
        joints = (token for token in reversed(self.tokens[: self.at + 1]) if token.kind in _JOINTS)
        joint = next(joints, None)
        return joint.text if joint else ""

    def _begin(self, path: Path, start: int, end: int, *, continued: bool = False) -> bool:
        self._close()
        below: Path = ()
        if self.prefix is not None and DEPTH.get(path[0].level) == 0:
            (start, below), self.prefix = self.prefix, None
            self.shared, self.shared_depth = len(self.done), len(below)
        self.path = path
        whole, until = None, None  # told at the end
        self.current = Item(start, end, (*path, *below), whole, until, self.chained, continued, self.heads)
        self.joined = self.chained = False
        return True

    def _deepen(self, steps: Path, end: int) -> bool:
        if self.current is None:
            return False
        below = self.current.path[len(self.path) :]
        self.path = (*self.path, *steps)
        self.current = self.current._replace(path=(*self.path, *below), end=end)
        self.joined = False
        return True

    def _end_range(self, steps: Path, end: int) -> bool:
        if self.current is None:
            return False
        same = [n for n, step in enumerate(self.path) if step.level == steps[0].level]
        last = (*self.path[: same[-1]], *steps) if same else steps
        self.current = self.current._replace(until=last, end=end)
        self.joined = self.ranged = False
        return True

    def _close(self) -> None:
        if self.current is not None:
            self.done.append(self.current)
        self.current = None
