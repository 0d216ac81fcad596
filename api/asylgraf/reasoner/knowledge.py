"""What is known of one case, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping

from asylgraf.reasoner.compiled import FALSE, TRUE, Compiled, Component
from asylgraf.reasoner.outline import Outline
from asylgraf.reasoner.verdicts import VALUES, Told

NEVER = 10**6
WORDS: dict[bool | None, str] = {True: "holds", False: "fails", None: "undetermined"}


class Knowledge:
    """Atoms known true or false; every question is answered from the same decision diagrams.

    What asks about none of the `touched` atoms, a bit an atom, is as it was `before` they were told.
    """

    def __init__(
        self,
        program: Compiled,
        known: Mapping[int, bool],
        before: Knowledge | None = None,
        touched: int = 0,
    ) -> None:
        self.program = program
        self.known = known
        self.before = before
        self.touched = touched
        self._surely: dict[int, bool] = {FALSE: False, TRUE: True}
        self.told: Told = Told(program.verdicts, known, before.told if before else None, self.touched)
        """The verdict on each class, by its row among the diagrams with three ends."""
        self.distances = Distances(self)

    def value(self, one: Outline) -> bool | None:
        """True where the facts entail a class or condition, false where its complement, else nothing."""
        return VALUES[self.told[one.verdict]]

    def of(self, iri: str) -> bool | None:
        """The value of a named class."""
        return VALUES[self.told[self.program.verdict[iri]]]

    def surely(self, row: int) -> bool:
        """Whether a diagram is true however the unknown atoms turn out."""
        found, here = self._surely.get(row), row
        if found is None and self.before and not self.program.support[row] & self.touched:
            found = self.before.surely(row)
        while found is None:
            atom, low, high = self.program.table[here]
            value = self.known.get(atom)
            if value is None:
                found = self.surely(low) and self.surely(high)
            else:
                here = high if value else low
                found = self._surely.get(here)
        self._surely[row] = found
        return found

    def supposing(self, atom: int, value: bool) -> Knowledge:
        """The same case, were this atom known."""
        return Knowledge(self.program, {**self.known, atom: value}, self, 1 << atom)

    def possible(self) -> bool:
        """Whether some case is like this: no background axiom is broken."""
        return not any(self.surely(component.broken) for component in self.program.components)

    def open_atoms(self, rows: tuple[int, int]) -> list[int]:
        """The unknown atoms that a value can still depend on, in their order."""
        seen: set[int] = set()
        found: set[int] = set()
        for row in rows:
            self._open(row, seen, found)
        return sorted(found)

    def _open(self, row: int, seen: set[int], found: set[int]) -> None:
        if row in seen or row in (FALSE, TRUE):
            return
        seen.add(row)
        atom, low, high = self.program.table[row]
        value = self.known.get(atom)
        if value is None:
            found.add(atom)
        for child in (low, high) if value is None else (high if value else low,):
            self._open(child, seen, found)

    def distance(self, one: Outline) -> int:
        """How few known atoms would have to be otherwise for a class or condition to be possible."""
        return self.distances[one.rows[1]]

    def broken(self) -> list[Component]:
        """The background axioms that the facts break: single ones if any, else those that clash together."""
        single = [c for c in self.program.axioms if self.surely(c.broken)]
        return single or [c for c in self.program.components if self.surely(c.broken)]


class Distances(dict[int, int]):
    """How few known atoms would have to be otherwise for each diagram to be false, as far as it was asked."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__({FALSE: 0, TRUE: NEVER})
        self._rows, self._known, self._surely = knowledge.program.table, knowledge.known, knowledge.surely
        self._before = knowledge.before.distances if knowledge.before else None
        self._support, self._touched = knowledge.program.support, knowledge.touched

    def __missing__(self, row: int) -> int:
        if self._before is not None and not self._support[row] & self._touched:
            found = self[row] = self._before[row]
            return found
        atom, low, high = self._rows[row]
        value = self._known.get(atom)
        if value is None:
            found = self[high] and min(self[high], self[low])
        else:
            near, far = (high, low) if value else (low, high)
            found = self[near]
            if found == 2:
                # only a way that needs no other change is shorter
                found = 2 if self._surely(far) else 1
            elif found > 2:
                found = min(found, self[far] + 1)
        self[row] = found
        return found
