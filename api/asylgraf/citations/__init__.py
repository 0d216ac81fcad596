"""From Danish and English prose to the provision, article, act or judgment meant.

Three steps, each usable alone: `find` reads, `resolve_found` decides, the writers of `annotate` link.
`cite` takes the first two together; `resolve` reads a single citation as a person types it.
"""

from __future__ import annotations

import gc
from datetime import date

from asylgraf.citations.atlas import ALIENS_ACT, Atlas, shipped_atlas
from asylgraf.citations.bases import base_of
from asylgraf.citations.find import find
from asylgraf.citations.fold import fold
from asylgraf.citations.records import Citation, Meaning, Status, UnknownCitation
from asylgraf.citations.resolve import resolve as resolve_found
from asylgraf.citations.typed import resolve


def cite(
    text: str, *, base: str = ALIENS_ACT, on: date | None = None, atlas: Atlas | None = None
) -> list[Citation]:
    """Every citation of a text, in order.

    Sections that name no act belong to `base`, the address or IRI of an act (UnknownAct if there is none);
    `on` is the day whose law the text means.
    """
    folded = fold(text)
    known = atlas or shipped_atlas()
    base = base_of(known, base)
    collecting = gc.isenabled()
    gc.disable()  # a long text makes many small records and no cycles: looking for some doubles the time
    try:
        return resolve_found(find(folded, known), folded, known, base=base, on=on)
    finally:
        if collecting:
            gc.enable()


__all__ = [
    "ALIENS_ACT",
    "Citation",
    "Meaning",
    "Status",
    "UnknownCitation",
    "cite",
    "find",
    "fold",
    "resolve",
    "resolve_found",
]
