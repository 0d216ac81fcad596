"""What kind of thing something is, as the legend of a drawing groups things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from asylgraf.namespaces import GRAPH, ONTOLOGY, RDF, short

if TYPE_CHECKING:
    from asylgraf.service.things import Things

_NAMED: Final = (
    *("Provision", "LegalInstrument", "Judgment", "Permit", "Consequence", "Fact", "Actor", "Step"),
    *("Source", "Factor", "Binding", "Programme", "PersonGroup", "Competence", "Chapter"),
)
KIND_TERMS: Final = {**{name: ONTOLOGY + name for name in _NAMED}, "Graph": ONTOLOGY + "SourceGraph"}
"""The kinds that the ontology names; besides, there are Condition and Term."""
_GROUPS: Final = {
    "Practice": "Provision",
    "View": "Judgment",
    "Criterion": "Factor",
    "Subject": "PersonGroup",
    **dict.fromkeys(("EvidenceStep", "Procedure", "Event", "Stage"), "Step"),
    **dict.fromkeys(("Reading", "SourceGraph", "Outline"), "Graph"),
    **dict.fromkeys(("Disagreement", "Side", "CoveredFact", "Finding", "Position"), "Source"),
    **dict.fromkeys(("Quota", "Flow", "Benefit"), "Programme"),
    **dict.fromkeys(("Authority", "Board", "Court", "Organisation", "Party", "State", "Seat"), "Actor"),
    **dict.fromkeys(("Act", "AmendingAct", "Bill", "Consolidation", "Convention"), "LegalInstrument"),
    **dict.fromkeys(("EuropeanUnionAct", "Guidance", "Order"), "LegalInstrument"),
}


def group_of(term: str | None) -> str:
    """How the legend groups things of a kind; Term where the kind is none of them."""
    name = short(term) if term and term.startswith(ONTOLOGY) else ""
    found = _GROUPS.get(name, name)
    return found if found in KIND_TERMS else "Term"


def kind_of(things: Things, iri: str) -> str:
    """The kind of a thing as the legend groups it."""
    for kind in map(group_of, things.values(iri, RDF + "type")):
        if kind != "Term":
            return kind
    if iri in things.law.conditions or iri in things.law.axioms:
        return "Condition"
    if iri in things.law.consequences:
        return "Consequence"
    return "Graph" if iri.startswith(GRAPH) else "Term"
