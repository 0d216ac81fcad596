"""Asylgraf: a knowledge graph of Danish asylum law that can be asked.

>>> import asylgraf
>>> case = {"facts": {"asylumApplied": True, "riskOfTorture": True}, "on": "2024-05-01"}
>>> asylgraf.assess(case).outcome("protection-status").outcome
'undetermined'

An answer is *holds*, *fails*, *undetermined* or *not in force*, with the provisions and facts it rests on.
It is not legal advice.
"""

from __future__ import annotations

import typing as _t

from asylgraf.errors import AsylgrafError

if _t.TYPE_CHECKING:
    from datetime import date as _date
    from pathlib import Path as _Path

    from asylgraf import queries as queries
    from asylgraf.graph import LawGraph as _LawGraph
    from asylgraf.reasoner import Assessment as _Assessment
    from asylgraf.reasoner import Comparison as _Comparison
    from asylgraf.reasoner import Flip as _Flip
    from asylgraf.reasoner import Missing as _Missing
    from asylgraf.reasoner import Proof as _Proof
    from asylgraf.service.opened import Opened as _Opened
    from asylgraf.service.questions import Askable as _Askable
    from asylgraf.sparql.rows import Rows as _Rows
    from asylgraf.sparql.rows import Triples as _Triples

    class _Clocks(_t.TypedDict, total=False):
        on: _date | str | None
        known: _date | str | None
        presume: _t.Literal["none", "standard"] | None


__all__ = ["AsylgrafError", "assess", "change", "compare", "explain", "missing", "open", "query"]


def open(*extra: _Path, backend: str | None = None, store: _Path | str | None = None) -> _Opened:
    """The shipped graph of ontology and law, with further TriG or Turtle files beside it when given.

    With `store`, a folder that `asylgraf load` filled, queries see the graphs in it beside the law.
    With `backend`, or the setting ASYLGRAF_BACKEND, queries are answered by that SPARQL endpoint, into which
    `asylgraf backend load` put the graph, or by another Asylgraf's; cases are assessed here all the same.

    Raises BrokenFile, naming file and line, for a file that is not RDF.
    """
    from asylgraf.service.opened import opened

    return opened(extra, backend, store)


def assess(
    case: _t.Mapping[str, object],
    *,
    on: _date | str | None = None,
    known: _date | str | None = None,
    presume: _t.Literal["none", "standard"] | None = None,
    graph: _LawGraph | None = None,
) -> _Assessment:
    """The outcome of every consequence for a case, shaped as a case file.

    `on` (day of decision), `known` (day the graph knew) and `presume` beat what the case says. Raises
    an AsylgrafError that names the field for what cannot be read, and for facts that contradict each other.
    """
    from asylgraf.service.cases import answer, case_of

    given = {"on": on, "known": known, "presume": presume}
    asked = {**case, **{name: value for name, value in given.items() if value is not None}}
    return answer(graph or open(), case_of(asked))


def explain(
    case: _t.Mapping[str, object],
    consequence: str,
    *,
    graph: _LawGraph | None = None,
    **clocks: _t.Unpack[_Clocks],
) -> _Proof:
    """Why a consequence holds, fails or is open for a case: versions, conditions and facts, as a tree.

    `consequence` is its address or the end of it. The day and the rest may be given as to `assess`.
    """
    from asylgraf.service.cases import outcome_of

    return outcome_of(assess(case, graph=graph, **clocks), consequence).proof


def missing(
    case: _t.Mapping[str, object],
    consequence: str,
    *,
    graph: _LawGraph | None = None,
    **clocks: _t.Unpack[_Clocks],
) -> _Missing:
    """The minimal sets of missing facts that can settle a consequence, the best first."""
    from asylgraf.reasoner import missing as settle
    from asylgraf.service.cases import outcome_of

    return settle(outcome_of(assess(case, graph=graph, **clocks), consequence))


def change(
    case: _t.Mapping[str, object],
    consequence: str,
    *,
    only_possible: bool = False,
    graph: _LawGraph | None = None,
    **clocks: _t.Unpack[_Clocks],
) -> tuple[_Flip, ...]:
    """The smallest changes of the facts that turn a consequence around, each assessed again.

    With `only_possible`, facts that nobody can change stay as they are.
    """
    from asylgraf.reasoner import flips
    from asylgraf.service.cases import outcome_of

    return flips(outcome_of(assess(case, graph=graph, **clocks), consequence), only_possible=only_possible)


def compare(
    on_a: _date | str, on_b: _date | str, *, known: _date | str | None = None, graph: _LawGraph | None = None
) -> _Comparison:
    """What differs between the law of two days, each consequence with the smallest case that shows it."""
    from asylgraf.service.cases import day_of
    from asylgraf.service.reasoning import comparison, day_asked

    days = day_asked(on_a, "on_a"), day_asked(on_b, "on_b")
    return comparison(*days, day_of(known, "known"), graph or open())


def query(
    text: str,
    *,
    on: _date | str,
    known: _date | str | None = None,
    graph: _LawGraph | _Askable | None = None,
    **values: object,
) -> _Rows | _Triples | bool:
    """The answer to a SPARQL query, or to a named query with its values, about the law of a day.

    Rows hold Python values and become pandas; triples become rdflib or networkx.
    """
    from asylgraf.service.questions import answered

    return answered(text, values, on, known, graph or open())


def __getattr__(name: str) -> object:
    if name == "queries":
        from importlib import import_module

        return import_module("asylgraf.queries")
    raise AttributeError(f"module “asylgraf” has no attribute “{name}”")
