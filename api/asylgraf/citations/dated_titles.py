"""Conventions whose year stands inside their title: "konventionen af 1961 om begrænsning af statsløshed"."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from asylgraf.citations.anchors import Hit
from asylgraf.citations.atlas import Atlas
from asylgraf.citations.fold import fold_name
from asylgraf.citations.mentions import Named
from asylgraf.citations.patterns import lazy
from asylgraf.citations.reading import Reading

_DATED: Final = lazy(
    r"(?:,? (?:af|fra|of|from|den|\())* ?(?:(?:\d{1,2}(?:\.|st|nd|rd|th)? )?[a-z]{3,9} )?(?:19|20)\d\d\)?,? "
)
_KINDS: Final = ("konvention ", "konventionen ", "convention ")


def dated_title(reading: Reading, hit: Hit) -> int | None:
    """A convention by its kind, a day or year, and the rest of its title."""
    if hit.anchor.genitive or (dated := _DATED.match(reading.text, hit.end, hit.end + 48)) is None:
        return None
    for title, address in _titles(reading.atlas):
        if reading.text.startswith(title, dated.end()):
            end = dated.end() + len(title)
            reading.add(Named(hit.start, end, (address,), reach=reading.reach(hit.start)))
            return end
    return None


@lru_cache(4)
def _titles(atlas: Atlas) -> list[tuple[str, str]]:
    """What stands behind the kind in the titles of conventions, longest first, and whose title it is."""
    folded = [(fold_name(name), address) for name, address, _ in atlas.known.names]
    titles = {
        name.split(kind, 1)[1]: address
        for name, address in folded
        for kind in _KINDS
        if f" {kind}" in f" {name}" and name.split(kind, 1)[1].startswith(_BEGINS)
    }
    return sorted(titles.items(), key=lambda pair: -len(pair[0]))


_BEGINS: Final = ("om ", "mod ", "til ", "on ", "relating to ", "against ", "for ", "concerning ")
