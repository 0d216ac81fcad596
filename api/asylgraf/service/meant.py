"""Which thing a person means who writes an address, a citation or a name."""

from __future__ import annotations

from asylgraf.errors import UnknownProvision, UnknownThing
from asylgraf.service.names import in_order
from asylgraf.service.things import Things, whole_address


def meant(things: Things, text: str) -> str:
    """The address of the thing that a full or short address, a citation or a name stands for."""
    iri = whole_address(text)
    if iri in things.addresses or "://" in text:
        return iri
    cited = citation_meant(text)
    if cited in things.addresses:
        return str(cited)
    if cited:
        raise UnknownProvision(f"“{text}” is well formed, but the graph says nothing of it yet.", where=cited)
    named = {found.iri for found in things.search.exactly(text)}
    if named:
        return min(named, key=in_order)
    near = things.search.find(text, "en")[:3]
    hint = f" Near it: {', '.join(one.name for one in near)}." if near else ""
    raise UnknownThing(
        f"“{text}” is no citation, and nothing in the graph has that name or address.{hint}",
        near=tuple(one.iri for one in near),
    )


def citation_meant(text: str) -> str | None:
    """The address a citation stands for (whatever stood there on any day), or nothing if it is none."""
    from asylgraf.citations import UnknownCitation, resolve

    if len(text) > 200:
        return None
    found = resolve(text)
    return None if isinstance(found, UnknownCitation) else next((c.iri for c in found if c.iri), None)
