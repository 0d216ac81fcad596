"""Asylgraf: a knowledge graph of Danish asylum law that can be asked.

>>> import asylgraf
>>> case = {"facts": {"asylumApplied": True, "riskOfTorture": True}, "on": "2024-05-01"}
>>> [o.outcome for o in asylgraf.assess(case).outcomes if o.label["en"] == "protection status"]
['undetermined']

An answer is *holds*, *fails*, *undetermined* or *not in force*, with the provisions and facts it rests on. It is
not legal advice.
"""

from __future__ import annotations

import typing as _t

from asylgraf.errors import AsylgrafError

if _t.TYPE_CHECKING:
    import datetime as _datetime
    import pathlib as _pathlib

    from asylgraf.graph import LawGraph as _LawGraph
    from asylgraf.reasoner import Assessment as _Assessment

__all__ = ["AsylgrafError", "assess", "open"]


def open(*extra: _pathlib.Path) -> _LawGraph:
    """The shipped graph of ontology and law, with further TriG or Turtle files beside it when given.

    Raises BrokenFile, naming file and line, for a file that is not RDF.
    """
    from asylgraf.graph import open_graph

    return open_graph(extra)


def assess(
    case: _t.Mapping[str, object],
    *,
    on: _datetime.date | str | None = None,
    known: _datetime.date | str | None = None,
    presume: _t.Literal["none", "standard"] | None = None,
    graph: _LawGraph | None = None,
) -> _Assessment:
    """The outcome of every consequence for a case, shaped as a case file.

    `on` (day of decision), `known` (day of the graph's knowledge) and `presume` beat what the case says. Raises an
    AsylgrafError that names the field for anything that cannot be read, and for facts that contradict each other.
    """
    from asylgraf.service.cases import answer, case_of

    given = {"on": on, "known": known, "presume": presume}
    asked = {**case, **{name: value for name, value in given.items() if value is not None}}
    return answer(graph or open(), case_of(asked))
