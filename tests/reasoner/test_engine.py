"""The engine in C and the one in Python say the same of a law."""

from __future__ import annotations

from datetime import date

import pytest
from tests.graph.writing import TINY

from asylgraf.graph import open_graph
from asylgraf.reasoner import compare, engine
from asylgraf.reasoner.compiled import compile_law

DAYS = date(2012, 1, 1), date(2016, 1, 1)


def test_both_engines_compile_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    law = open_graph(files=TINY).consolidated(DAYS[1])
    chosen = compile_law(law)
    monkeypatch.setattr(engine, "diagrams", engine.in_python)
    slower = compile_law(law)
    assert len(chosen.table) > 2
    assert (chosen.table, chosen.entails) == (slower.table, slower.entails)
    assert (chosen.axioms, chosen.components) == (slower.axioms, slower.components)


def test_both_engines_find_the_same_differences(monkeypatch: pytest.MonkeyPatch) -> None:
    laws = [open_graph(files=TINY).consolidated(day) for day in DAYS]
    chosen = compare(*laws).consequences
    monkeypatch.setattr(engine, "diagrams", engine.in_python)
    slower = compare(*laws).consequences
    assert [d.consequence.iri for d in chosen] == [d.consequence.iri for d in slower] != []
    assert [w.facts for d in chosen for w in d.witnesses] == [w.facts for d in slower for w in d.witnesses]
