"""The compiled rules held against the referee, case by case and class by class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from asylgraf.errors import ContradictoryFacts
from asylgraf.graph.consolidated import Consolidation
from asylgraf.reasoner.assessment import know
from asylgraf.reasoner.case import Case, read_case
from asylgraf.reasoner.compiled import Compiled, compiled
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.referee.guesses import guess
from asylgraf.reasoner.referee.judgement import Judgement, judge, questions

Facts = Mapping[str, object]


@dataclass(frozen=True)
class Difference:
    """A case of which the two say different things of one class, or disagree that it can be."""

    facts: Facts
    about: str
    ours: bool | None
    referee: bool | None


@dataclass(frozen=True)
class Comparison:
    """How many cases and questions were compared, how they came out, and what differed."""

    cases: int
    impossible: int
    questions: int
    holds: int
    fails: int
    differences: tuple[Difference, ...]

    def __add__(self, other: Comparison) -> Comparison:
        return Comparison(
            self.cases + other.cases,
            self.impossible + other.impossible,
            self.questions + other.questions,
            self.holds + other.holds,
            self.fails + other.fails,
            self.differences + other.differences,
        )


NO_COMPARISON = Comparison(0, 0, 0, 0, 0, ())


def compare(
    law: Consolidation,
    cases: Sequence[Facts],
    presume: str = "none",
    *,
    classes: Sequence[Sequence[str]] = (),
) -> Comparison:
    """Each case answered by both, on one reading of the law by HermiT.

    `classes` are those asked about, for each case; by default every consequence and grant.
    """
    asked = classes or [questions(law)] * len(cases)
    program = compiled(law)
    return held_against(
        judged(program, cases, presume, classes=asked), program, cases, presume, classes=asked
    )


def judged(
    program: Compiled,
    cases: Sequence[Facts],
    presume: str = "none",
    *,
    classes: Sequence[Sequence[str]],
    possible: bool = False,
) -> list[Judgement]:
    """What HermiT says of each case for its classes; what the compiled rules say serves as a guess.

    With `possible`, HermiT said before that there can be such cases.
    """
    read = [_ours(program, read_case(program.law.law, facts, presume)) for facts in cases]
    guesses = [
        guess(knowledge, asked) if knowledge else None
        for (_, knowledge), asked in zip(read, classes, strict=True)
    ]
    return judge(program.law, [case for case, _ in read], classes, guesses, possible=possible)


def held_against(
    judgements: Sequence[Judgement],
    program: Compiled,
    cases: Sequence[Facts],
    presume: str = "none",
    *,
    classes: Sequence[Sequence[str]],
) -> Comparison:
    """What compiled rules say of cases, held against what the referee said of them."""
    found = NO_COMPARISON
    for facts, judgement, asked in zip(cases, judgements, classes, strict=True):
        _, knowledge = _ours(program, read_case(program.law.law, facts, presume))
        found += _compared(facts, knowledge, judgement, asked)
    return found


def _ours(program: Compiled, case: Case) -> tuple[Case, Knowledge | None]:
    """The case with the presumptions that stand, and what is known; nothing known of what cannot be."""
    try:
        knowledge, standing = know(program, case)
    except ContradictoryFacts:
        return Case(case.given, case.unknown, {}), None
    return standing, knowledge


def _compared(
    facts: Facts, knowledge: Knowledge | None, judgement: Judgement, classes: Sequence[str]
) -> Comparison:
    if knowledge is None or not judgement.possible:
        ours = knowledge is not None
        differs = ours is not judgement.possible
        difference = (Difference(facts, "possible", ours, judgement.possible),) if differs else ()
        return Comparison(1, 1, 0, 0, 0, difference)
    values = {iri: knowledge.of(iri) for iri in classes}
    differences = tuple(
        Difference(facts, iri, value, judgement.values[iri])
        for iri, value in values.items()
        if value is not judgement.values[iri]
    )
    answers = list(values.values())
    return Comparison(1, 0, len(answers), answers.count(True), answers.count(False), differences)
