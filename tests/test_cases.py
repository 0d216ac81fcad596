"""Each case on file comes out as the law has it; every permit is got in one and refused in another."""

from __future__ import annotations

import pytest
from tests.cases_on_file import EXAMPLES, FOLDER, CaseOnFile, called, cases, cited, provisions

from asylgraf.graph import open_graph
from asylgraf.namespaces import ID

ASYLUM = ID + "permit-family/asylum"
WRITTEN = sorted((case for case in cases() if case.file != EXAMPLES.stem), key=lambda case: case.on)
"""In the order of their days, since the law of a day is put together once."""


def check(case: CaseOnFile) -> None:
    """Outcomes, grants and reasons are those written down."""
    found = case.answer()
    outcomes = {called(outcome): outcome for outcome in found.outcomes}
    expected = {name: word for word, names in case.expected.items() for name in names}
    assert {name: outcomes[name].outcome for name in expected} == expected
    if case.grants is not None:
        (grant,) = (one for one in found.grants if one.family == ASYLUM)
        told = {
            "sure": _local(grant.sure),
            "possible": [_local(p) for p in grant.possible],
            "surelyOne": grant.surely_one,
        }
        assert {key: told[key] for key in case.grants} == case.grants
    named = {iri for name in expected for iri in provisions(outcomes[name])}
    assert [c for c in case.because if cited(c) not in named] == [], named


def _local(iri: str | None) -> str | None:
    return iri.rsplit("/", 1)[-1] if iri else None


@pytest.mark.parametrize("case", WRITTEN, ids=str)
def test_the_case_comes_out_as_the_law_has_it(case: CaseOnFile) -> None:
    check(case)


def consequences() -> list[str]:
    """Every consequence of the law, by the last steps of its address."""
    return sorted(iri.removeprefix(ID) for iri in open_graph().law().consequences)


@pytest.mark.parametrize("consequence", consequences())
@pytest.mark.parametrize("word", ["holds", "fails"])
def test_every_permit_and_consequence_has_a_case_that_gets_it_and_one_that_does_not(
    consequence: str, word: str
) -> None:
    names = {name.split()[-1] for case in WRITTEN for name in case.expected.get(word, ())}
    assert consequence.rsplit("/", 1)[-1] in names


def test_no_two_cases_of_a_file_have_one_name() -> None:
    names = [str(case) for case in cases()]
    assert len(names) == len(set(names))


def test_every_case_expects_something() -> None:
    assert [str(case) for case in cases() if not case.expected] == []
    assert sorted(FOLDER.rglob("*.yaml"))
