"""The provision of which a part alone is named: "stk. 4", "litra d", "subsection (2)"."""

from __future__ import annotations

from asylgraf.citations.mentions import Run
from asylgraf.citations.names import family
from asylgraf.citations.scopes import Bound, Context
from asylgraf.citations.steps import Step


def _headed(context: Context, run: Run) -> str | None:
    """The section that "subsection (2)" in a translated statute is part of."""
    if not context.reading.text.startswith("sub", run.start):
        return None
    return context.headed or context.label or context.reading.counted_section(run.start)


def antecedent(context: Context, run: Run) -> Bound | None:
    """The provision of which "stk. 4" or "litra d" alone is a part."""
    section = context.label if run.danish else _headed(context, run)
    if section is not None:
        return Bound(context.own or context.base, (Step("section", section),), run.start, run.start, True)
    for bound in reversed(context.bound):
        if run.start - bound.end > 600 or "\n" in context.reading.text[bound.end : run.start]:
            return None
        if run.danish and bound is context.bound[-1] and bound.path[-1].level == "stk":
            return bound
        recital = bound.path[:1] and bound.path[0].level == "recital"
        if not recital and (bound.danish == run.danish or family(bound.instrument) == "danish"):
            return bound
    return None
