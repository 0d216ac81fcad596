"""A receipt holds as long as nothing in it was altered and the answer is the same."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from tests.graph.writing import TINY, act, opened, version

from asylgraf.errors import BrokenReceipt
from asylgraf.graph import LawGraph, open_graph
from asylgraf.service.cases import CaseFile
from asylgraf.service.receipts import Json, checked, read_receipt, receipt, verify

CASE = CaseFile({"applied": True, "danger": True}, date(2021, 1, 1), None, "standard")


@cache
def graph() -> LawGraph:
    return open_graph(files=TINY)


@pytest.fixture
def given() -> Json:
    return receipt(graph(), CASE)


def test_a_receipt_holds_when_run_again(given: Json) -> None:
    found = verify(graph(), given)
    assert found.holds
    assert found.same_data
    assert found.same_program


def test_an_altered_answer_is_found(given: Json) -> None:
    given["answer"]["outcomes"][0]["outcome"] = "fails"
    found = verify(graph(), given)
    assert not found.intact
    assert len(found.differences) == 1


def test_an_altered_case_is_found(given: Json) -> None:
    given["case"]["facts"]["excluded"] = True
    assert not verify(graph(), given).holds


def test_other_law_gives_another_answer_and_says_that_the_data_differ(given: Json, tmp_path: Path) -> None:
    repealing = version("tiny/1", rule="owl:Nothing", more="; asyl:repeals true")
    found = verify(opened(act(tmp_path, repealing)), given)
    assert found.intact
    assert not found.same_data
    assert any("permit/high" in sentence for sentence in found.differences)


def test_a_file_that_cannot_be_read_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(BrokenReceipt, match=r"none\.json: The file cannot be read: No such file"):
        read_receipt(tmp_path / "none.json")
    (tmp_path / "latin.json").write_bytes(b'"\xe6"')
    with pytest.raises(BrokenReceipt, match="not text in UTF-8"):
        read_receipt(tmp_path / "latin.json")


@pytest.mark.parametrize("raw", [None, [], {}, {"program": 1, "data": 1, "case": 1, "answer": 1, "hash": 1}])
def test_what_is_no_receipt_is_refused(raw: object) -> None:
    with pytest.raises(BrokenReceipt):
        checked(raw, "receipt.json")
