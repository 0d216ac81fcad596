"""Which missing facts would decide: minimal sets that can settle an outcome, and the question to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

from asylgraf.graph.law import Fact
from asylgraf.reasoner.assessment import Assessment, Outcome
from asylgraf.reasoner.case import Interval
from asylgraf.reasoner.days import days_of
from asylgraf.reasoner.implicants import Implicants, Term, answers, bits, minimal
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
    case = Open.of(outcome.prover)
    rows = case.know.program.named[outcome.rule.iri]
    holding, failing = (frozenset(case.sets(row)) for row in rows)
    found = holding | failing
    small = _smallest([facts for facts in found if len(facts) <= MOST_FACTS])
    settling = (
        Settling(case.ordered(facts), facts in holding, facts in failing, case.decides(rows, facts))
        for facts in small
    )
    ranked = sorted(settling, key=_rank)
    complete = len(ranked) == len(found) <= MOST_SETS
    return Missing(outcome, tuple(ranked[:MOST_SETS]), complete)


def _smallest(sets: list[frozenset[str]]) -> list[frozenset[str]]:
    """Those that can be among the first fifty: no larger than the fiftieth."""
    largest = sorted(map(len, sets))[:MOST_SETS][-1:]
    return [facts for facts in sets if len(facts) <= sum(largest)]


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
        self._answering = cache(self._answered_by)
        self._has_days = cache(self._days_for)
        self._breaks = cache(self._break)
        self._implicants = Implicants(self.know, MOST_FACTS + 2)

    @classmethod
    def of(cls, prover: Prover) -> Open:
        """What a case leaves open, worked out once for all its outcomes and forgotten with them."""
        found = _OPEN.get(prover)
        if found is None:
            found = _OPEN[prover] = cls(prover)
        return found

    def _asks(self, number: int) -> frozenset[str]:
        """The facts that answer an atom; none where it is the first day of an act that nobody knows."""
        fact = self._program.atoms[number].fact
        period = self._program.law.periods.get(fact)
        if period:
            return frozenset({period.start, period.end or ""}) - self._told
        return frozenset({fact} & self._facts.keys())

    def sets(self, row: int) -> list[frozenset[str]]:
        """The minimal sets of facts that possible prime implicants are about, a little over what is shown."""
        terms: dict[frozenset[str], list[int]] = {}
        for term in self._implicants.primes(self._implicants.open(row)):
            facts = self._all(term)
            if facts:
                terms.setdefault(facts, []).append(term)
        return list(minimal(terms, lambda facts: any(self._possible(answers(term)) for term in terms[facts])))

    def _possible(self, term: Term) -> bool:
        """Whether some case is like that: neither the background axioms nor the calendar forbid it."""
        joining = self._program.joining
        touched: dict[int, list[tuple[int, bool]]] = {}
        for answer in term:
            if answer[0] in joining:
                touched.setdefault(joining[answer[0]].broken, []).append(answer)
        if any(self._breaks(broken, frozenset(answers)) for broken, answers in touched.items()):
            return False
        return self._has_days(frozenset(answer for answer in term if answer[0] in self._program.dated))

    def _break(self, broken: int, answers: Term) -> bool:
        """Whether these answers, beside what is known, break the background axioms that join them."""
        return Knowledge(self._program, {**self.know.known, **dict(answers)}).surely(broken)

    def _days_for(self, answers: Term) -> bool:
        """Whether the calendar has days for these answers beside what is known."""
        atoms, periods = self._program.atoms, self._program.law.periods
        if not any(atoms[number].fact in periods for number, _ in answers):
            return True
        known = {n: value for n, value in self.know.known.items() if n in self._program.dated}
        told = {atoms[number]: value for number, value in {**known, **dict(answers)}.items()}
        return days_of(told, periods, self._days) is not None

    def _all(self, term: int) -> frozenset[str]:
        """The facts that answer all of a term; none where one of its atoms nobody can answer."""
        asked = [self.asks(place // 2) for place in bits(term)]
        return frozenset().union(*asked) if all(asked) else frozenset()

    def _answered_by(self, fact: str) -> int:
        """The atoms that a fact answers, a bit an atom."""
        periods = self._program.law.periods.items()
        names = (fact, *(name for name, period in periods if fact in (period.start, period.end)))
        numbers = (
            n for name in names for n, _ in self._program.by_fact.get(name, ()) if fact in self.asks(n)
        )
        return sum(1 << number for number in numbers)

    def ordered(self, facts: frozenset[str]) -> tuple[Fact, ...]:
        """The facts as a form would ask for them."""
        return tuple(sorted((self._facts[f] for f in facts), key=lambda f: (f.topic or "", f.order, f.iri)))

    def decides(self, rows: tuple[int, int], facts: frozenset[str]) -> float:
        """The share of the answers to these facts that settle one of the diagrams.

        Answers that the diagrams do not tell apart count as one. Those that no case can give settle both.
        """
        implicants = self._implicants
        holds, fails = (implicants.open(row) for row in rows)
        asked = 0
        for fact in facts:
            asked |= self._answering(fact)
        sure = [implicants.surely(node, asked) for node in (holds, fails)]
        impossible = implicants.share(implicants.both(*sure))
        settled = sum(map(implicants.share, sure)) - 2 * impossible
        return settled / (1 - impossible) if impossible < 1 else 0.0


_OPEN: WeakKeyDictionary[Prover, Open] = WeakKeyDictionary()


def _rank(settling: Settling) -> tuple[int, float, tuple[str, ...]]:
    return len(settling.facts), -settling.decides, tuple(fact.iri for fact in settling.facts)


def next_question(assessment: Assessment, of: Sequence[Outcome] | None = None) -> Fact | None:
    """The fact whose answer leaves the fewest outcomes undetermined on average; nothing when none is open.

    `of` are the outcomes of interest, by default all.
    """
    wanted = assessment.outcomes if of is None else of
    undecided = [o for o in wanted if o.outcome == "undetermined"]
    if not undecided:
        return None
    case = Open.of(undecided[0].prover)
    facts = case.know.program.law.law.facts
    settled: dict[str, float] = {}
    for outcome in undecided:
        rows = case.know.program.named[outcome.rule.iri]
        for fact in frozenset().union(*map(case.asks, case.know.open_atoms(rows))):
            settled[fact] = settled.get(fact, 0.0) + case.decides(rows, frozenset({fact}))
    weighed = sorted((-share, facts[fact].order, fact) for fact, share in settled.items())
    return facts[weighed[0][2]] if weighed else None
