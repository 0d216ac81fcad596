"""The act of sections that name none, as a caller writes it."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.atlas import ALIENS_ACT, Atlas
from asylgraf.citations.patterns import lazy
from asylgraf.errors import UnknownAct
from asylgraf.namespaces import ID

_NUMBERED: Final = lazy(r"dk/(?:act|lbk|bek)/\d{4}/\d{1,4}")
_NEAR: Final = 3


def base_of(atlas: Atlas, written: str) -> str:
    """The address of an act below `id/`, from that address or its IRI; UnknownAct if there is none."""
    if written == ALIENS_ACT:
        return written
    address = written.strip().removeprefix(ID).removeprefix("/").removeprefix("id/").rstrip("/")
    if address in atlas.named or address in atlas.known.outlines or _NUMBERED.fullmatch(address):
        return address
    near = ", ".join(_near(atlas, address) or [ALIENS_ACT])
    raise UnknownAct(f"No act has the address “{written[:80]}”; near it: {near}.", where="base")


def _near(atlas: Atlas, address: str) -> list[str]:
    from rapidfuzz import fuzz, process

    return [
        name
        for name, _, _ in process.extract(
            address, sorted(atlas.named), scorer=fuzz.WRatio, limit=_NEAR, score_cutoff=50
        )
    ]
