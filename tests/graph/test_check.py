"""Each check finds nothing in the shipped graph, and finds what it is for in a graph that has it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic
from tests.graph.writing import act, opened, version

from asylgraf.errors import MissingExtra
from asylgraf.graph import LawGraph, open_graph
from asylgraf.graph.check import Finding, Step, check, steps
from asylgraf.graph.check.beside import beside
from asylgraf.graph.check.coverage import is_in, uncovered
from asylgraf.graph.check.days import unreadable_days
from asylgraf.graph.check.hygiene import unclean
from asylgraf.graph.check.profile import News, outside_owl_dl, violations
from asylgraf.graph.check.shapes import _as_rdflib, misshapen
from asylgraf.graph.expressions import Has, Named, Within
from asylgraf.namespaces import OWL, RDF


def messages(found: list[Finding]) -> str:
    return "\n".join(map(str, found))


@pytest.mark.parametrize("step", [s for s in steps(java=False) if s.name != "OWL 2 DL"], ids=lambda s: s.name)
def test_the_shipped_graph_is_free_of_faults_in(step: Step) -> None:
    assert messages(list(step.run(open_graph()))) == ""


@pytest.mark.java
def test_the_shipped_graph_is_owl_2_dl() -> None:
    assert messages(list(outside_owl_dl(open_graph(), java=True))) == ""


@pytest.mark.java
def test_of_each_day_the_owl_api_is_given_what_is_new_and_every_declaration() -> None:
    law = open_graph().consolidated(date(2015, 2, 20))
    seen: set[tuple[str, object]] = set()
    whole, again = (News(law, seen) for _ in range(2))
    whole.write()
    again.write()
    assert len(again.out) < len(whole.out) / 2
    assert violations(again.out) == []
    changed = News(open_graph().consolidated(date(2024, 5, 1)), seen)
    changed.write()
    assert violations(changed.out) == []
    facts = {t.subject for t in changed.out if t.object == ox.NamedNode(OWL + "DatatypeProperty")}
    of_old = next(fact for fact in facts if isinstance(fact, ox.NamedNode))
    changed.say(of_old.value, RDF + "type", OWL + "ObjectProperty")
    assert violations(changed.out)


def test_a_skipped_check_says_so_and_is_no_fault() -> None:
    (found,) = outside_owl_dl(opened(), java=False)
    assert found.severity == "skipped"
    assert not found.is_fault


def test_without_java_the_skipped_check_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("asylgraf.graph.check.profile", "asylgraf.graph.java"):
        monkeypatch.setattr(f"{place}.available", lambda: False)
    (found,) = outside_owl_dl(opened())
    assert "pip install" in found.message
    with pytest.raises(MissingExtra, match="pip install"):
        violations([])


def test_every_step_is_told_as_it_begins() -> None:
    told: list[str] = []
    list(check(opened(), java=False, progress=told.append))
    assert told == [step.name for step in steps()]


def test_what_runs_beside_is_told_and_is_run_here_where_the_other_process_died() -> None:
    graph, here = opened(), os.getpid()

    def told(of: LawGraph) -> Iterator[Finding]:
        if os.getpid() != here and of is not graph:
            os._exit(1)
        yield Finding("who", "warning", "here" if os.getpid() == here else "beside")

    with beside(told, graph) as run:
        assert [found.message for found in run(graph)] == ["beside"]
    with beside(told, opened()) as run:
        assert [found.message for found in run(graph)] == ["here"]


def test_terms_are_the_same_to_rdflib_as_read_from_a_file() -> None:
    text = '<a:a> <a:p> "t", "t"@da, "1"^^<http://www.w3.org/2001/XMLSchema#integer>, [ <a:q> <a:b> ] .'
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert isomorphic(_as_rdflib(quads), rdflib.Graph().parse(data=text, format="turtle"))


def test_a_reference_to_what_is_not_there_is_found_with_its_place(tmp_path: Path) -> None:
    path = act(tmp_path, version("tiny/9", rule="asyl:Elsewhere"))
    (found,) = unreadable_days(opened(path))
    assert "Elsewhere" in found.message
    assert found.where is not None
    assert found.where.startswith(f"{path}:")


def test_a_circle_is_found(tmp_path: Path) -> None:
    circle = version("tiny/8", rule="<tiny/9#case>") + version("tiny/9", rule="<tiny/8#case>")
    (found,) = unreadable_days(opened(act(tmp_path, circle)))
    assert "circle" in found.message


def test_a_law_that_cannot_be_read_at_all_is_found(tmp_path: Path) -> None:
    (found,) = unreadable_days(opened(act(tmp_path, version("tiny/9", rule="[ a owl:Class ]"))))
    assert "grammar" in found.message


def covered(graph: LawGraph) -> str:
    return messages(list(uncovered(graph)))


def test_versions_that_begin_on_one_day_may_not_share_a_case(tmp_path: Path) -> None:
    scope = "; asyl:scope asyl:AppliedFrom2015"
    both = version("tiny/9", more=scope) + version("tiny/9", key="second")
    assert "the newer" in covered(opened(act(tmp_path, both)))


def test_versions_that_begin_on_one_day_for_different_cases_are_fine(tmp_path: Path) -> None:
    earlier = "asyl:Early owl:equivalentClass [ owl:complementOf asyl:AppliedFrom2015 ] . "
    one = version("tiny/9", more="; asyl:scope asyl:AppliedFrom2015")
    other = version("tiny/9", key="second", more="; asyl:scope asyl:Early")
    assert covered(opened(act(tmp_path, earlier + one + other))) == ""


def test_windows_that_overlap_leave_the_order_open(tmp_path: Path) -> None:
    unsure = 'asyl:inForceNotBefore "2019-01-01"^^xsd:date ; asyl:inForceNotAfter "2021-01-01"^^xsd:date'
    both = version("tiny/9", start=unsure) + version("tiny/9", key="second")
    assert "the newer" in covered(opened(act(tmp_path, both)))


def test_a_version_that_never_governs_is_found(tmp_path: Path) -> None:
    parts = "asyl:InDanger [ owl:complementOf asyl:InDanger ]"
    never = f"asyl:Never owl:equivalentClass [ owl:intersectionOf ( {parts} ) ] . "
    found = covered(opened(act(tmp_path, never + version("tiny/9", more="; asyl:scope asyl:Never"))))
    assert "tiny/9/v/new" in found
    assert "governs no case" in found


@pytest.mark.parametrize("day", open_graph().change_dates(), ids=str)
def test_each_case_of_each_day_is_governed_by_exactly_one_version(day: date) -> None:
    """Tried with applications on both sides of every day a scope draws, and with every yes and every no."""
    law = open_graph().consolidated(day)
    drawn = [c for c in law.classes.values() if isinstance(c, Within)]
    asked = {c.fact for c in law.classes.values() if isinstance(c, Has)}
    days = sorted({bound + k for w in drawn for bound in (w.minimum, w.maximum) if bound for k in (-1, 0, 1)})
    for provision, lives in law.live.items():
        for applied, said in product(days, (True, False)):
            case = (
                dict.fromkeys(asked, said)
                | {w.fact: applied for w in drawn}
                | dict.fromkeys(law.starts, True)
            )
            governing = [one for one in lives if is_in(case, one.governs, law)]
            scopes = [v.scope for v in law.law.versions[provision] if v.start.by(day) is not False]
            claimed = any(s is None or is_in(case, Named(s), law) for s in scopes)
            repealed = any(v.repeal for v in law.law.versions[provision])
            assert len(governing) == (1 if claimed else 0) or (repealed and not governing), (
                provision,
                applied,
            )


def test_hygiene_finds_with_the_place(tmp_path: Path) -> None:
    path = act(tmp_path, version("tiny/9", more="; asyl:overrides <nowhere>"))
    found = [f for f in unclean(opened(path)) if f.check == "override of nothing"]
    assert [f.where for f in found] == [f"{path}:{_line(path, '<tiny/9/v/new>')}"]


def test_shapes_find_with_the_place(tmp_path: Path) -> None:
    twice = version("tiny/9", more="; a asyl:ProvisionVersion").replace(
        'asyl:inForceFrom "2020-01-01"^^xsd:date',
        'asyl:inForceFrom "2020-01-01"^^xsd:date , "2021-01-01"^^xsd:date',
    )
    path = act(tmp_path, twice)
    found = [f for f in misshapen(opened(path)) if f.focus and f.focus.endswith("tiny/9/v/new")]
    assert any("one start" in f.message for f in found)
    assert {f.where for f in found} == {f"{path}:{_line(path, '<tiny/9/v/new>')}"}


def _line(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(k for k, line in enumerate(lines, start=1) if line.strip().startswith(text))
