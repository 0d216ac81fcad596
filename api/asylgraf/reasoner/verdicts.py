"""What becomes of a class, in one diagram: it holds, it fails, or no case can be like that.

It says the same as the two diagrams that entail the class and its complement, and is gone through once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

Node = tuple[int, int, int]
"""Atom number, the node where it is false, the node where it is true."""
FAILS, HOLDS, NO_CASE, OPEN = range(4)
"""The three ends of a diagram, and what is said of a class that can still go both ways."""
VALUES: tuple[bool | None, ...] = (False, True, True, None)
"""What each of them means; from facts that no case can have, everything follows."""
_ENDS = {(0, 1): FAILS, (1, 0): HOLDS, (1, 1): NO_CASE}


class Verdicts:
    """The diagrams with three ends of the classes of a day, by the two rows of each class."""

    def __init__(self, table: Sequence[Node], pairs: Iterable[tuple[int, int]]) -> None:
        self._table = table
        self._unique: dict[Node, int] = {}
        self.rows: list[Node] = [(-1, end, end) for end in (FAILS, HOLDS, NO_CASE)]
        self.of: dict[tuple[int, int], int] = dict(_ENDS)
        for pair in pairs:
            self._join(pair)

    @cached_property
    def support(self) -> list[int]:
        """The atoms that each row asks about, a bit an atom."""
        return support(self.rows)

    def _join(self, pair: tuple[int, int]) -> int:
        found = self.of.get(pair)
        if found is None:
            first = min(self._table[row][0] for row in pair if row > 1)
            (low, high), (left, right) = (self._sides(row, first) for row in pair)
            found = self.of[pair] = self._node(first, self._join((low, left)), self._join((high, right)))
        return found

    def _sides(self, row: int, atom: int) -> tuple[int, int]:
        here, low, high = self._table[row]
        return (low, high) if here == atom else (row, row)

    def _node(self, atom: int, low: int, high: int) -> int:
        if low == high:
            return low
        node = (atom, low, high)
        if node not in self._unique:
            self._unique[node] = len(self.rows)
            self.rows.append(node)
        return self._unique[node]


def support(rows: Sequence[Node]) -> list[int]:
    """The atoms that each diagram asks about, a bit an atom; a row comes after those it leads to."""
    found = [0] * len(rows)
    for row, (atom, low, high) in enumerate(rows):
        if atom >= 0:
            found[row] = 1 << atom | found[low] | found[high]
    return found


class Told(dict[int, int]):
    """What the facts of one case say of each row of such diagrams, worked out when it is first asked for.

    A row that asks about none of the `touched` atoms, a bit an atom, is as it was `before` they were told.
    """

    def __init__(
        self, of: Verdicts, known: Mapping[int, bool | None], before: Told | None = None, touched: int = 0
    ) -> None:
        super().__init__({end: end for end in (FAILS, HOLDS, NO_CASE)})
        self._rows, self._support, self._known = of.rows, of.support, known
        self._before, self._touched = before, touched

    def __missing__(self, row: int) -> int:
        if self._before is not None and not self._support[row] & self._touched:
            found = self[row] = self._before[row]
            return found
        rows, known, here = self._rows, self._known, row
        asked = None
        while asked is None:
            atom, low, high = rows[here]
            value = known.get(atom)
            if value is None:
                asked = self[low]
                if asked != OPEN:
                    asked = self._other_way(asked, self[high])
            else:
                here = high if value else low
                asked = self.get(here)
        self[row] = self[here] = asked
        return asked

    def _other_way(self, one: int, other: int) -> int:
        if other in (one, NO_CASE):
            return one
        return other if one == NO_CASE else OPEN
