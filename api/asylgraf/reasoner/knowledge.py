"""What is known of one case, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from asylgraf.graph.expressions import Expression
from asylgraf.reasoner.compiled import FALSE, TRUE, Compiled

NEVER = 10**6
WORDS: dict[bool | None, str] = {True: "holds", False: "fails", None: "undetermined"}


class Knowledge:
    """Atoms known true or false; every question is answered from the same decision diagrams."""

    def __init__(self, program: Compiled, known: Mapping[int, bool]) -> None:
        self.program = program
        self.known = known
        self._surely: dict[int, bool] = {FALSE: False, TRUE: True}

    def value(self, expression: Expression) -> bool | None:
        """True where the facts entail the class, false where they entail its complement, else nothing."""
        return self._value(self.program.entails[expression])

    def of(self, iri: str) -> bool | None:
        """The value of a named class."""
        return self._value(self.program.named[iri])

    def _value(self, rows: tuple[int, int]) -> bool | None:
        holds, fails = rows
        if self.surely(holds):
            return True
        return False if self.surely(fails) else None

    def surely(self, row: int) -> bool:
        """Whether a diagram is true however the unknown atoms turn out."""
        found = self._surely.get(row)
        if found is None:
            atom, low, high = self.program.table[row]
            value = self.known.get(atom)
            if value is None:
                found = self.surely(low) and self.surely(high)
            else:
                found = self.surely(high if value else low)
            self._surely[row] = found
        return found

    def supposing(self, atom: int, value: bool) -> Knowledge:
        """The same case, were this atom known."""
        return Knowledge(self.program, {**self.known, atom: value})

    def possible(self) -> bool:
        """Whether some case is like this: no background axiom is broken."""
        return not any(self.surely(component.broken) for component in self.program.components)

    def open_atoms(self, expression: Expression) -> list[int]:
        """The unknown atoms that the value can still depend on, in the order of the rules."""
        seen: set[int] = set()
        found: set[int] = set()
        for row in self.program.entails[expression]:
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

    def distance(self, expression: Expression, wanted: bool) -> int:
        """How few known atoms would have to be otherwise for the class (or its complement) to be possible."""
        holds, fails = self.program.entails[expression]
        nearest, further, seen = [fails if wanted else holds], list[int](), {TRUE}
        otherwise = 0
        while nearest:
            while nearest:
                row = nearest.pop()
                if row == FALSE:
                    return otherwise
                if row not in seen:
                    seen.add(row)
                    atom, low, high = self.program.table[row]
                    value = self.known.get(atom)
                    nearest.append(high if value else low)
                    (nearest if value is None else further).append(low if value else high)
            nearest, further, otherwise = further, [], otherwise + 1
        return NEVER

    def broken(self) -> Iterator[str]:
        """The background axioms that the facts break: single ones if any, else those that clash together."""
        single = [c for c in self.program.axioms if self.surely(c.broken)]
        for component in single or [c for c in self.program.components if self.surely(c.broken)]:
            yield from component.axioms
