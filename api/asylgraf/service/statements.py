"""In which order the statements of a thing are read: what it is, what it says, and last what it is called."""

from __future__ import annotations

from typing import Final

from asylgraf.namespaces import DCT, ELI, ONTOLOGY, OWL, RDF, RDFS, SKOS

_FIRST: Final = (
    RDF + "type",
    SKOS + "definition",
    DCT + "title",
    *(ONTOLOGY + name for name in ("summary", "question", "partOf", "inChapter", "versionOf", "enactedBy")),
    *(ONTOLOGY + name for name in ("inForceFrom", "inForceNotBefore", "inForceNotAfter", "startStanding")),
    *(ONTOLOGY + name for name in ("scope", "consequence", "grants", "brings", "effect", "value")),
    OWL + "equivalentClass",
    *(ONTOLOGY + name for name in ("overrides", "references", "decidedBy", "appealTo")),
    *(ONTOLOGY + name for name in ("deliveredBy", "respondent")),
    DCT + "date",
    *(ONTOLOGY + name for name in ("judgmentOutcome", "applies", "touches", "ledTo", "departsFrom", "develops")),
    *(ONTOLOGY + name for name in ("amends", "enacts", "inProcedure", "follows", "performedBy", "legalBasis")),
)
_LAST: Final = (
    SKOS + "prefLabel",
    SKOS + "altLabel",
    *(ONTOLOGY + name for name in ("abbreviation", "citedAs", "number", "level", "order", "rank")),
    ELI + "number",
    *(ONTOLOGY + name for name in ("ecli", "applicationNumber", "caseNumber", "hudocItem", "celex")),
    ONTOLOGY + "reportCitation",
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
