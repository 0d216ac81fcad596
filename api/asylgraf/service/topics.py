"""The questions that make a case, grouped as a person would ask them."""

from __future__ import annotations

from dataclasses import dataclass

from asylgraf.graph.law import Fact
from asylgraf.namespaces import ONTOLOGY
from asylgraf.service.things import Things


@dataclass(frozen=True)
class Topic:
    """A heading and the facts under it, in the order to ask them."""

    iri: str | None
    facts: tuple[Fact, ...]


def topics(things: Things) -> tuple[Topic, ...]:
    """Every fact under its topic; topics and facts in the order that the ontology gives."""
    found: dict[str | None, list[Fact]] = {}
    for fact in sorted(things.law.facts.values(), key=lambda fact: (fact.order, fact.name)):
        found.setdefault(fact.topic, []).append(fact)
    return tuple(Topic(iri, tuple(found[iri])) for iri in sorted(found, key=lambda iri: _place(things, iri)))


def _place(things: Things, topic: str | None) -> tuple[int, str]:
    order = things.values(topic, ONTOLOGY + "order") if topic else ()
    return int(order[0]) if order else 10_000, topic or ""
