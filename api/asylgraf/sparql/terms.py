"""What graphs speak in: properties, classes and namespaces, few where things are many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from asylgraf.namespaces import RDF

_MOST: Final = 5000
"""Terms of a graph that are kept; one with more has things where terms should be."""
_TYPE: Final = RDF + "type"


@dataclass
class Terms:
    """Terms that may be meant by one that stands nowhere, and the namespaces that things have."""

    names: set[str] = field(default_factory=set)
    namespaces: set[str] = field(default_factory=set)

    @classmethod
    def together(cls, several: Iterable[Terms]) -> Terms:
        """Those of several graphs."""
        found = cls()
        for one in several:
            found.names |= one.names
            found.namespaces |= one.namespaces
        return found

    @classmethod
    def from_json(cls, told: dict[str, list[str]]) -> Terms:
        """Terms as they were written."""
        return cls(set(told["names"]), set(told["namespaces"]))

    def to_json(self) -> dict[str, list[str]]:
        """Terms to be written."""
        return {"names": sorted(self.names), "namespaces": sorted(self.namespaces)}

    def see(self, quad: ox.Quad) -> None:
        """Take the terms of a statement."""
        predicate = quad.predicate.value
        names = [predicate]
        if predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            names.append(quad.object.value)
        things = [base(t.value) for t in (quad.subject, quad.object) if isinstance(t, ox.NamedNode)]
        if len(self.names) < _MOST:
            self.names.update(names)
        if len(self.namespaces) < _MOST:
            self.namespaces.update(things)


def base(iri: str) -> str:
    """The namespace of an address: all but its last part."""
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
