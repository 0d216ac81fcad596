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

    from asylgraf.graph import LawGraph as _LawGraph
    from asylgraf.reasoner import Assessment as _Assessment

__all__ = ["AsylgrafError", "assess", "open"]


def open(*extra: _Path) -> _LawGraph:
    """The shipped graph of ontology and law, with further TriG or Turtle files beside it when given.

    Raises BrokenFile, naming file and line, for a file that is not RDF.
    """
    from asylgraf.graph import open_graph

    return open_graph(extra)


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
