"""A page of every kind, for the tests that look at all of them."""

from __future__ import annotations

from typing import Final

KINDS: Final = {
    "home": "/",
    "act": "/id/dk/aliens-act",
    "provision": "/id/dk/aliens-act/7/3",
    "version": "/id/dk/aliens-act/7/3/v/2015-153",
    "permit": "/id/permit/convention-status",
    "actor": "/id/actor/refugee-appeals-board",
    "instrument": "/id/echr",
    "judgment": "/id/case/cjeu/C-163-17",
    "step": "/id/step/2000/board-of-five",
    "source": "/id/source/drc-getting-asylum",
    "fact": "/ontology/wellFoundedFear",
    "condition": "/ontology/NoProtectionAtHome",
    "practice": "/id/practice/asylum-authorities/discrimination-and-harassment",
    "voice": "/graph/act-2015-153/reading",
    "disagreement": "/id/disagreement/C01",
    "facts": "/facts?format=html",
    "search": "/search?q=board&format=html",
    "time": "/id/dk/aliens-act/7/3?on=2014-06-01",
    "graph": "/graph?node=dk/aliens-act/7/3",
    "boxes": "/graph?node=dk/aliens-act/7/3&group=1",
    "way": "/graph?node=dk/aliens-act/7/2&to=actor/european-court-of-human-rights",
    "assess": "/assess",
    "assessed": "/assess?example=indiscriminate-violence",
    "compare": "/compare",
    "sparql": "/query",
    "queries": "/query?name=who-decides",
    "disagreements": "/query?name=disagreements",
    "statistics": "/query?name=statistics",
    "data": "/data",
    "cite": "/cite",
    "not found": "/id/actor/refuge-appeals-board",
}
"""The kind, and the address of a page of that kind."""
