"""Which missing facts would decide: minimal sets that can settle an outcome, and the question to ask next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from asylgraf.graph.expressions import Named
from asylgraf.graph.law import Fact
from asylgraf.reasoner.assessment import Assessment, Outcome
from asylgraf.reasoner.implicants import Implicants, Term, minimal
from asylgraf.reasoner.knowledge import Knowledge

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
    """The minimal sets of missing facts that can settle an undetermined outcome either way."""
    if outcome.outcome != "undetermined":
        return Missing(outcome, (), complete=True)
    know = outcome.prover.knowledge
    rows = know.program.entails[Named(outcome.rule.iri)]
    holding, failing = (frozenset(minimal(_sets(know, row))) for row in rows)
    found = holding | failing
    small = [facts for facts in found if len(facts) <= MOST_FACTS]
    ranked = sorted((_settling(know, rows, facts, holding, failing) for facts in small), key=_rank)
    complete = len(small) == len(found) and len(ranked) <= MOST_SETS
    return Missing(outcome, tuple(ranked[:MOST_SETS]), complete)


def _sets(know: Knowledge, row: int) -> frozenset[frozenset[str]]:
    """The sets of facts that the possible prime implicants are about, up to a little over what is shown."""
    implicants = Implicants(know)
    terms = implicants.primes(implicants.open(row), MOST_FACTS + 2)
    return frozenset(facts for term in terms if _possible(know, term) and (facts := askable(know, term)))


def _possible(know: Knowledge, term: Term) -> bool:
    return Knowledge(know.program, {**know.known, **dict(term)}).possible()


def askable(know: Knowledge, term: Term) -> frozenset[str]:
    """The facts to ask for; none where the term needs the first day of an act that nobody knows."""
    found: set[str] = set()
    for number, _ in term:
        fact = know.program.atoms[number].fact
        period = know.program.law.periods.get(fact)
        found.update((period.start, period.end or "") if period else (fact,))
    return frozenset(found) if found <= know.program.law.law.facts.keys() else frozenset()


def _asks(know: Knowledge, number: int) -> frozenset[str]:
    return askable(know, frozenset({(number, True)}))


def _settling(
    know: Knowledge,
    rows: tuple[int, int],
    facts: frozenset[str],
    holding: frozenset[frozenset[str]],
    failing: frozenset[frozenset[str]],
) -> Settling:
    law = know.program.law.law
    ordered = tuple(sorted((law.facts[f] for f in facts), key=lambda f: (f.topic or "", f.order, f.iri)))
    return Settling(ordered, facts in holding, facts in failing, _decides(know, rows, facts))


def _decides(know: Knowledge, rows: tuple[int, int], facts: frozenset[str]) -> float:
    settled = [any(case.surely(row) for row in rows) for case in answers(know, facts)]
    return sum(settled) / len(settled) if settled else 0.0


def answers(know: Knowledge, facts: frozenset[str]) -> Iterator[Knowledge]:
    """The case with every possible answer to these facts, as far as the rules can tell answers apart."""
    atoms = [n for n in range(len(know.program.atoms)) if n not in know.known and _asks(know, n) & facts]
    for values in product((True, False), repeat=len(atoms)):
        case = Knowledge(know.program, {**know.known, **dict(zip(atoms, values, strict=True))})
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
    know = undecided[0].prover.knowledge
    facts = know.program.law.law.facts
    open_atoms = {number for outcome in undecided for number in know.open_atoms(Named(outcome.rule.iri))}
    open_facts = {fact for number in open_atoms for fact in _asks(know, number)}
    weighed = [(_left_open(know, undecided, fact), facts[fact].order, fact) for fact in sorted(open_facts)]
    return facts[min(weighed)[2]] if weighed else None


def _left_open(know: Knowledge, undecided: list[Outcome], fact: str) -> float:
    cases = list(answers(know, frozenset({fact})))
    left = [sum(case.of(o.rule.iri) is None for o in undecided) for case in cases]
    return sum(left) / len(left)
