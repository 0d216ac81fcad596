"""What is not certain says so wherever it is read: an unchecked start is unchecked in every answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from asylgraf.graph import open_graph
from asylgraf.namespaces import ONTOLOGY

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def unchecked_starts() -> list[tuple[str, str, str]]:
    """Version, provision and latest first day of each version whose start nobody has checked."""
    found = open_graph().store.query(
        f"""PREFIX asyl: <{ONTOLOGY}>
        SELECT DISTINCT ?version ?provision ?day WHERE {{
            GRAPH ?graph {{ ?version asyl:versionOf ?provision ; asyl:startStanding asyl:Unchecked ;
                                     asyl:inForceFrom|asyl:inForceNotAfter ?day }}
        }} ORDER BY ?version"""
    )
    assert isinstance(found, ox.QuerySolutions)
    return [(row["version"].value, row["provision"].value, row["day"].value) for row in found]


STARTS = unchecked_starts()


def versions_in(answer: object) -> list[dict[str, Any]]:
    """Every part of a JSON answer that tells of a version's start."""
    if isinstance(answer, dict):
        own = [answer] if "startStanding" in answer else []
        return own + [found for part in answer.values() for found in versions_in(part)]
    if isinstance(answer, list):
        return [found for part in answer for found in versions_in(part)]
    return []


def test_there_are_unchecked_starts_to_follow() -> None:
    assert len(STARTS) > 3


@pytest.mark.parametrize(("version", "provision", "day"), STARTS)
def test_an_unchecked_start_is_shown_as_unchecked(run: Run, version: str, provision: str, day: str) -> None:
    shown = run("show", provision, "--on", day, "--json")
    told = [part for part in versions_in(json.loads(shown.out)) if part["iri"] == version]
    assert told
    assert {part["startStanding"] for part in told} == {"Unchecked"}


def test_an_outcome_that_rests_on_an_unchecked_start_says_so(run: Run) -> None:
    version, _, day = next(start for start in STARTS if "/10/1/" in start[0])
    told = run("assess", "kb/examples/excluded-war-criminal.json", "--on", day, "--json")
    resting = [one for one in json.loads(told.out)["outcomes"] if version in one["versions"]]
    assert resting
    assert {one["restsOn"]["standing"] for one in resting} == {"Unchecked"}


def test_a_proof_names_the_version_whose_start_is_unchecked(run: Run) -> None:
    version, _, day = next(start for start in STARTS if "/10/1/" in start[0])
    proof = run("explain", "kb/examples/excluded-war-criminal.json", "--on", day, "--json")
    told = [part for part in versions_in(json.loads(proof.out)) if part["iri"] == version]
    assert {part["startStanding"] for part in told} == {"Unchecked"}
