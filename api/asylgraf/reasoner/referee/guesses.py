"""What the compiled rules expect of a case, so that HermiT need not be asked about each class by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from asylgraf.reasoner.compiled import FALSE, TRUE
from asylgraf.reasoner.knowledge import Knowledge
from asylgraf.reasoner.referee.hermit import Claim
from asylgraf.reasoner.referee.judgement import Guess


def guess(knowledge: Knowledge, classes: Sequence[str]) -> Guess:
    """The values, and for the classes left open some ways the case may turn out that show each both ways."""
    values = {iri: knowledge.of(iri) for iri in classes}
    return Guess(values, tuple(_turns(knowledge, [iri for iri, value in values.items() if value is None])))


def _turns(knowledge: Knowledge, undecided: list[str]) -> Iterator[Mapping[str, bool]]:
    seen: set[Claim] = set()
    for claim in [(iri, inside) for iri in undecided for inside in (True, False)]:
        if claim not in seen:
            turn = _turn(knowledge, claim, undecided, seen)
            seen |= turn.items()
            yield turn


def _turn(knowledge: Knowledge, first: Claim, undecided: list[str], seen: set[Claim]) -> Mapping[str, bool]:
    """One way the case may turn out, with the first claim true, and others not yet seen if they can be."""
    wanted = [first, *((iri, (iri, True) not in seen) for iri in undecided)]
    for iri, inside in wanted:
        if knowledge.of(iri) is None:
            answers = to_be(knowledge, iri, inside=inside)
            knowledge = Knowledge(knowledge.program, {**knowledge.known, **answers})
    return {iri: value for iri in undecided if (value := knowledge.of(iri)) is not None}


def to_be(knowledge: Knowledge, iri: str, *, inside: bool) -> dict[int, bool]:
    """Answers to open atoms after which the class may be true of the case, or its complement."""
    holds, fails = knowledge.program.named[iri]
    row, found = (fails if inside else holds), dict[int, bool]()
    while row not in (FALSE, TRUE):
        atom, low, high = knowledge.program.table[row]
        known = knowledge.known.get(atom)
        if known is None:
            # what the diagram is not sure of, on this side, can still be made false
            known = found[atom] = knowledge.surely(low)
        row = high if known else low
    return found
