"""The act of sections that name none, as a caller writes it."""

from __future__ import annotations

from typing import Final

from asylgraf.citations.atlas import ALIENS_ACT, Atlas
from asylgraf.citations.find import find
from asylgraf.citations.fold import fold
from asylgraf.citations.mentions import Named
from asylgraf.citations.names import Names
from asylgraf.citations.patterns import lazy
from asylgraf.errors import UnknownAct
from asylgraf.namespaces import ID

_NUMBERED: Final = lazy(r"dk/(?:act|lbk|bek)/\d{4}/\d{1,4}")
_NEAR: Final = 3
_DANISH: Final = "dk/"


def base_of(atlas: Atlas, written: str) -> str:
    """The address of an act below `id/`, from that address or its IRI, a part of it, or the act's name.

    `dk/return-act`, `return-act`, “hjemrejseloven” and “Return Act” are one act; UnknownAct if there is none.
    """
    if written == ALIENS_ACT:
        return written
    address = written.strip().removeprefix(ID).removeprefix("/").removeprefix("id/").rstrip("/")
    for candidate in (address, _DANISH + address):
        if candidate in atlas.named or candidate in atlas.known.outlines or _NUMBERED.fullmatch(candidate):
            return candidate
    if named := _named(atlas, written.strip()):
        return named
    near = ", ".join(_near(atlas, address) or [ALIENS_ACT])
    raise UnknownAct(
        f"No act is known as “{written[:80]}”; expected its address or name, such as {near}.", where="base"
    )


def _named(atlas: Atlas, written: str) -> str | None:
    """The act that a text means which is nothing but its name."""
    folded = fold(written)
    mentions = [mention for mention in find(folded, atlas).mentions if isinstance(mention, Named)]
    if len(mentions) != 1 or mentions[0].end - mentions[0].start < len(folded.text.rstrip(". ")):
        return None
    address = Names(atlas, mentions).chosen(mentions[0])
    return atlas.known.consolidations.get(address, address)


def _near(atlas: Atlas, address: str) -> list[str]:
    from rapidfuzz import fuzz, process

    acts = sorted(name for name in atlas.named if name.startswith(_DANISH))
    near = process.extract(_DANISH + address, acts, scorer=fuzz.WRatio, limit=_NEAR, score_cutoff=70)
    return [name for name, _, _ in near]
