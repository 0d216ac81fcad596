"""In which order the statements of a thing are read: what it is, what it says, and last what it is called."""

from __future__ import annotations

from typing import Final

from asylgraf.namespaces import DCT, ELI, ONTOLOGY, OWL, RDF, RDFS, SKOS


def _ours(names: str) -> list[str]:
    return [ONTOLOGY + name for name in names.split()]


_FIRST: Final = (
    RDF + "type",
    SKOS + "definition",
    DCT + "title",
    *_ours("summary question partOf inChapter versionOf enactedBy"),
    *_ours("inForceFrom inForceNotBefore inForceNotAfter startStanding"),
    *_ours("scope consequence grants brings effect value"),
    OWL + "equivalentClass",
    *_ours("overrides references decidedBy appealTo deliveredBy respondent"),
    DCT + "date",
    *_ours("judgmentOutcome applies touches ledTo departsFrom develops"),
    *_ours("amends enacts inProcedure follows performedBy legalBasis"),
)
_LAST: Final = (
    SKOS + "prefLabel",
    SKOS + "altLabel",
    *_ours("abbreviation citedAs number level order rank"),
    ELI + "number",
    *_ours("ecli applicationNumber caseNumber hudocItem celex reportCitation"),
    DCT + "identifier",
    RDFS + "isDefinedBy",
    RDFS + "domain",
    RDFS + "range",
    RDFS + "seeAlso",
)
_PLACES: Final = {
    **{relation: place - len(_FIRST) for place, relation in enumerate(_FIRST)},
    **{relation: place + 1 for place, relation in enumerate(_LAST)},
}


def place_of(relation: str) -> int:
    """Where statements of a relation stand: below zero the first, above the last, zero all others."""
    return _PLACES.get(relation, 0)
