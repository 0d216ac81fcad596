"""Which thing a person means who writes an address, or a citation."""

from __future__ import annotations

from datetime import date

from asylgraf.errors import UnknownThing
from asylgraf.service.things import Things, whole_address


def meant(things: Things, text: str, on: date) -> str:
    """The address of the thing that a full or short address or a citation stands for."""
    iri = whole_address(text)
    if iri in things.addresses or "://" in text:
        return iri
    raise UnknownThing(f"Nothing in the graph is called “{text}”.", where=str(on))
