"""Which missing facts would decide: minimal sets that can settle an outcome, and the question to ask next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from asylgraf.graph.expressions import Named
from asylgraf.graph.law import Fact
from asylgraf.reasoner.assessment import Assessment, Outcome
from asylgraf.reasoner.case import Interval
from asylgraf.reasoner.days import days_of
from asylgraf.reasoner.implicants import Implicants, Term, minimal
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.proof import Prover

MOST_SETS, MOST_FACTS = 50, 6


@dataclass(frozen=True)
class Settling:
    """A minimal set of missing facts: some answers make the outcome hold, or fail, and no fewer do."""

    facts: tuple[Fact, ...]
    can_hold: bool
    can_fail: bool
    decides: float
    """The share of the answers to these facts that settle the outcome, each answer counted alike."""


@dataclass(frozen=True)
class Missing:
    """Every minimal set, the best first; not complete when cut at 50 sets or at 6 facts a set."""

    outcome: Outcome
    sets: tuple[Settling, ...]
    complete: bool


def missing(outcome: Outcome) -> Missing:
    """The minimal sets of missing facts that can settle an undetermined outcome either way.

    A day that is known only within bounds counts as missing.
    """
    if outcome.outcome != "undetermined":
        return Missing(outcome, (), complete=True)
    case = Open(outcome.prover)
    rows = case.know.program.entails[Named(outcome.rule.iri)]
    holding, failing = (frozenset(minimal(case.sets(row))) for row in rows)
    found = holding | failing
    small = [facts for facts in found if len(facts) <= MOST_FACTS]
    settling = (
        Settling(case.ordered(facts), facts in holding, facts in failing, case.decides(rows, facts))
        for facts in small
    )
    ranked = sorted(settling, key=_rank)
    complete = len(small) == len(found) and len(ranked) <= MOST_SETS
    return Missing(outcome, tuple(ranked[:MOST_SETS]), complete)


class Open:
    """What one case leaves open, and what to ask about it."""

    def __init__(self, prover: Prover) -> None:
        self.know = prover.knowledge
        self._program = self.know.program
        self._facts = self._program.law.law.facts
        given = prover.case.given
        self._days = {iri: v for iri, v in given.items() if isinstance(v, Interval) and v.days}
        self._told = frozenset(iri for iri, value in self._days.items() if value.lowest == value.highest)
        self.asks = cache(self._asks)

    def _asks(self, number: int) -> frozenset[str]:
        """The facts that answer an atom; none where it is the first day of an act that nobody knows."""
        fact = self._program.atoms[number].fact
        period = self._program.law.periods.get(fact)
        if period:
            return frozenset({period.start, period.end or ""}) - self._told
        return frozenset({fact} & self._facts.keys())

    def sets(self, row: int) -> frozenset[frozenset[str]]:
        """The sets of facts that possible prime implicants are about, up to a little over what is shown."""
        implicants = Implicants(self.know)
        terms = implicants.primes(implicants.open(row), MOST_FACTS + 2)
        return frozenset(facts for term in terms if self._possible(term) and (facts := self._all(term)))

    def _possible(self, term: Term) -> bool:
        """Whether some case is like that: neither the background axioms nor the calendar forbid it."""
        known = {**self.know.known, **dict(term)}
        if not Knowledge(self._program, known).possible():
            return False
        answers = {self._program.atoms[number]: value for number, value in known.items()}
        periods = self._program.law.periods
        if not any(self._program.atoms[number].fact in periods for number, _ in term):
            return True
        return days_of(answers, periods, self._days) is not None

    def _all(self, term: Term) -> frozenset[str]:
        asked = [self.asks(number) for number, _ in term]
        return frozenset().union(*asked) if all(asked) else frozenset()

    def ordered(self, facts: frozenset[str]) -> tuple[Fact, ...]:
        """The facts as a form would ask for them."""
        return tuple(sorted((self._facts[f] for f in facts), key=lambda f: (f.topic or "", f.order, f.iri)))

    def decides(self, rows: tuple[int, int], facts: frozenset[str]) -> float:
        """The share of the answers to these facts that settle one of the diagrams."""
        settled = [any(case.surely(row) for row in rows) for case in self.answers(facts)]
        return sum(settled) / len(settled) if settled else 0.0

    def answers(self, facts: frozenset[str]) -> Iterator[Knowledge]:
        """The case with every possible answer to these facts, as far as the rules can tell answers apart."""
        known = self.know.known
        atoms = [n for n in range(len(self._program.atoms)) if n not in known and self.asks(n) & facts]
        for values in product((True, False), repeat=len(atoms)):
            case = Knowledge(self._program, {**known, **dict(zip(atoms, values, strict=True))})
            if case.possible():
                yield case


def _rank(settling: Settling) -> tuple[int, float, tuple[str, ...]]:
    return len(settling.facts), -settling.decides, tuple(fact.iri for fact in settling.facts)


def next_question(assessment: Assessment, about: Sequence[Outcome] | None = None) -> Fact | None:
    """The fact whose answer leaves the fewest outcomes undetermined on average; nothing when none is open.

    `about` are the outcomes of interest, by default all.
    """
    wanted = assessment.outcomes if about is None else about
    undecided = [o for o in wanted if o.outcome == "undetermined"]
    if not undecided:
        return None
    case = Open(undecided[0].prover)
    facts = case.know.program.law.law.facts
    open_atoms = {number for outcome in undecided for number in case.know.open_atoms(Named(outcome.rule.iri))}
    open_facts = {fact for number in open_atoms for fact in case.asks(number)}
    weighed = [(_left_open(case, undecided, fact), facts[fact].order, fact) for fact in sorted(open_facts)]
    return facts[min(weighed)[2]] if weighed else None


def _left_open(case: Open, undecided: list[Outcome], fact: str) -> float:
    left = [sum(told.of(o.rule.iri) is None for o in undecided) for told in case.answers(frozenset({fact}))]
    return sum(left) / len(left)
