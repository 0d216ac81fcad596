"""Very many cases: HermiT is asked why they come out as they do, and about each part of the law once.

The compiled rules propose the reasons. HermiT says of each whether it is one; what no reason settles, it is
asked about the case itself. So a wrong proposal costs time and never makes a wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tests.referee.answers import Answers, Said
from tests.referee.drawn import Drawer, Facts
from tests.referee.parts import Part, groups, part_of
from tests.referee.reasons import Columns, joined, members, reason

from asylgraf.errors import ContradictoryFacts
from asylgraf.graph import open_graph
from asylgraf.graph.consolidated import Consolidation
from asylgraf.reasoner.assessment import know
from asylgraf.reasoner.case import Case, read_case
from asylgraf.reasoner.compiled import Compiled, compiled
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.referee import Comparison, Difference, Judgement
from asylgraf.reasoner.referee.guesses import to_be
from asylgraf.reasoner.referee.judgement import told

EVERY = 6
"""Every so manieth change date lends its rules for drawing cases around."""
Values = dict[bool | None, int]
"""The cases of which a class holds, fails, and is open."""


@cache
def pool(count: int) -> tuple[Facts, ...]:
    """So many cases, drawn around the rules of days from the first to the last."""
    days = open_graph().change_dates()[::-EVERY]
    share = -(-count // len(days))
    drawers = (Drawer(open_graph().consolidated(day), seed=day.toordinal()) for day in days)
    return tuple(case for drawer in drawers for case in drawer.cases(share))[:count]


def asked_of(law: Consolidation) -> tuple[str, ...]:
    """The classes asked about: every consequence in force, and who is granted what."""
    in_force = [outcome.iri for outcome in law.outcomes if outcome.versions]
    return (*in_force, *(iri for iri in law.classes if iri.endswith("#granted")))


@dataclass(frozen=True)
class Ours:
    """What the compiled rules say of the cases; nothing is known of one that cannot be."""

    program: Compiled
    known: Sequence[Knowledge | None]

    @property
    def possible(self) -> int:
        """The cases that can be."""
        return sum(1 << number for number, known in enumerate(self.known) if known)

    def values(self, iri: str) -> Values:
        """What becomes of a class."""
        found: Values = {True: 0, False: 0, None: 0}
        for number, known in enumerate(self.known):
            if known:
                found[known.of(iri)] |= 1 << number
        return found


def compared(
    law: Consolidation,
    cases: Sequence[Facts],
    answers: Answers,
    presume: str = "none",
    program: Compiled | None = None,
) -> Comparison:
    """Every consequence in force for each case, and whether the case can be at all: both answers compared.

    The compiled rules are those of the law, unless others are to be held against it.
    """
    program = program or compiled(law)
    read = [_known(program, read_case(law.law, facts, presume)) for facts in cases]
    ours = Ours(program, [known for _, known in read])
    return _compared(Hearing(law, Columns([told(law, case) for case, _ in read]), ours, answers), cases)


def judgements(
    law: Consolidation, cases: Sequence[Facts], classes: Sequence[Sequence[str]], answers: Answers
) -> list[Judgement]:
    """What HermiT says of each case for its classes, each asked about in the part of the law it rests on."""
    said = [told(law, read_case(law.law, facts)) for facts in cases]
    values: list[dict[str, bool | None]] = [{} for _ in cases]
    impossible: set[int] = set()
    for iri in dict.fromkeys(iri for asked in classes for iri in asked):
        part, here = part_of(law, iri), [k for k, asked in enumerate(classes) if iri in asked]
        whole = [frozenset((fact, v) for fact, v in said[k].items() if fact in part.about) for k in here]
        inside, outside = (answers.can_be(part, whole, (iri, value)) for value in (True, False))
        for k, can_be, can_be_not in zip(here, inside, outside, strict=True):
            values[k][iri] = None if can_be and can_be_not else can_be
            impossible |= set() if can_be or can_be_not else {k}
    return [Judgement(k not in impossible, found) for k, found in enumerate(values)]


def _known(program: Compiled, case: Case) -> tuple[Case, Knowledge | None]:
    """The case with the presumptions that stand, and what is known of it."""
    try:
        knowledge, standing = know(program, case)
    except ContradictoryFacts:
        return Case(case.given, case.unknown, {}), None
    return standing, knowledge


def _compared(hearing: Hearing, cases: Sequence[Facts]) -> Comparison:
    ours, possible = hearing.ours, hearing.possible
    both, asked = possible & ours.possible, asked_of(hearing.law)
    found = [
        Difference(cases[k], "possible", bool(ours.known[k]), possible >> k & 1 == 1)
        for k in members(possible ^ ours.possible)
    ]
    holds = fails = 0
    for iri in asked:
        mine, theirs = ours.values(iri), hearing.values(iri)
        holds, fails = holds + (mine[True] & both).bit_count(), fails + (mine[False] & both).bit_count()
        different = members(both & ~_same(mine, theirs))
        found += [Difference(cases[k], iri, _of(mine, k), _of(theirs, k)) for k in different]
    return Comparison(
        len(cases), len(cases) - both.bit_count(), len(asked) * both.bit_count(), holds, fails, tuple(found)
    )


def _same(one: Values, other: Values) -> int:
    return one[True] & other[True] | one[False] & other[False] | one[None] & other[None]


def _of(values: Values, number: int) -> bool | None:
    return next(value for value, those in values.items() if those >> number & 1)


class Hearing:
    """Many cases before HermiT, under the law of one day."""

    def __init__(self, law: Consolidation, columns: Columns, ours: Ours, answers: Answers) -> None:
        self.law, self.ours = law, ours
        self._columns, self._answers = columns, answers
        self.possible = self._possible()

    def _possible(self) -> int:
        """The cases that can be: what they say of each group of joined facts can be."""
        found = self._columns.all
        for group in groups(self.law):
            said = self._columns.saying(group.about)
            for those, can in zip(said.values(), self._answers.can_be(group, list(said)), strict=True):
                found &= self._columns.all if can else ~those
        return found

    def values(self, iri: str) -> Values:
        """What becomes of a class, for each case that can be."""
        part, mine = part_of(self.law, iri), self.ours.values(iri)
        reasons = {value: self._reasons(part, iri, mine, value=value) for value in (True, False)}
        having, can = (
            {value: self._all_of(those(said) for said in reasons[value]) for value in reasons}
            for those in (self._columns.having, lambda said: self._can_have(said, mine[None]))
        )
        still_open = can[True] & can[False] & ~(having[True] | having[False])
        found: Values = {True: having[True], False: having[False], None: still_open}
        for k in members(self.possible & ~(found[True] | found[False] | found[None])):
            found[self.value(part, iri, k)] |= 1 << k
        return found

    def value(self, part: Part, iri: str, number: int) -> bool | None:
        """What HermiT says of a class when asked about the case itself."""
        case = self._columns.cases[number]
        whole = frozenset((fact, value) for fact, value in case.items() if fact in part.about)
        inside, outside = (self._answers.can_be(part, [whole], (iri, value))[0] for value in (True, False))
        return None if inside and outside else inside

    def _reasons(self, part: Part, iri: str, mine: Values, *, value: bool) -> list[Said]:
        """The reasons why cases are in a class, or outside of it, as far as HermiT finds that they are."""
        proposed = list(dict.fromkeys(self._proposed(iri, mine, value=value)))
        refuted = self._answers.can_be(part, proposed, (iri, not value))
        return [said for said, otherwise in zip(proposed, refuted, strict=True) if not otherwise]

    def _proposed(self, iri: str, mine: Values, *, value: bool) -> Iterator[Said]:
        """Reasons for every case that comes out so, then such as cases left open can still have."""
        row = self.ours.program.named[iri][0 if value else 1]
        sure, still_open = mine[value], mine[None]
        while sure:
            said = self._reason(row, sure, {})
            yield said
            sure &= ~(self._columns.having(said) | sure & -sure)
            still_open &= ~self._can_have(said, still_open)
        while still_open:
            answers = to_be(self._first(still_open), iri, inside=value)
            said = self._reason(row, still_open, answers)
            yield said
            still_open &= ~(self._can_have(said, still_open) | still_open & -still_open)

    def _reason(self, row: int, cases: int, answers: dict[int, bool]) -> Said:
        """Why the diagram is true of the first of the cases, were these the answers to what is open."""
        return reason(self.ours.program, row, {**self._first(cases).known, **answers})

    def _first(self, cases: int) -> Knowledge:
        knowledge = self.ours.known[next(members(cases))]
        assert knowledge is not None
        return knowledge

    def _can_have(self, said: Said, among: int) -> int:
        """Those of the cases that could be as they are and have this reason."""
        found = self._columns.beside(said) & among
        for group in groups(self.law):
            about = frozenset((fact, value) for fact, value in said if fact in group.about)
            if about:
                found &= self._beside_in(group, about, found)
        return found

    def _beside_in(self, group: Part, about: Said, among: int) -> int:
        """Those of which the axioms of a group allow this beside what they say of its facts."""
        stated = self._columns.saying(group.about).items()
        both = [(those, joined(said, about)) for said, those in stated if those & among]
        asked = [(those, said) for those, said in both if said is not None]
        can = self._answers.can_be(group, [said for _, said in asked])
        return self._all_of(those for (those, _), possible in zip(asked, can, strict=True) if possible)

    @staticmethod
    def _all_of(sets: Iterator[int]) -> int:
        found = 0
        for one in sets:
            found |= one
        return found
