"""The addresses Asylgraf gives to things, and the prefixes it writes them with."""

from __future__ import annotations

from typing import Final

BASE: Final = "https://w3id.org/asylgraf/"
ONTOLOGY: Final = BASE + "ontology/"
ID: Final = BASE + "id/"
GRAPH: Final = BASE + "graph/"

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCT: Final = "http://purl.org/dc/terms/"
PROV: Final = "http://www.w3.org/ns/prov#"
ELI: Final = "http://data.europa.eu/eli/ontology#"
ORG: Final = "http://www.w3.org/ns/org#"
QB: Final = "http://purl.org/linked-data/cube#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
VOID: Final = "http://rdfs.org/ns/void#"
SD: Final = "http://www.w3.org/ns/sparql-service-description#"
SH: Final = "http://www.w3.org/ns/shacl#"
OA: Final = "http://www.w3.org/ns/oa#"
FOAF: Final = "http://xmlns.com/foaf/0.1/"

PREFIXES: Final[dict[str, str]] = {
    "asyl": ONTOLOGY,
    "id": ID,
    "graph": GRAPH,
    "act": ID + "dk/",
    "actor": ID + "actor/",
    "permit": ID + "permit/",
    "consequence": ID + "consequence/",
    "source": ID + "source/",
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dct": DCT,
    "prov": PROV,
    "eli": ELI,
    "org": ORG,
    "qb": QB,
    "dcat": DCAT,
    "void": VOID,
    "sd": SD,
    "sh": SH,
    "oa": OA,
    "foaf": FOAF,
}


def local(iri: str) -> str:
    """The last step of an address: what a person would call the thing."""
    return iri.replace("#", "/").rstrip("/").rsplit("/", 1)[-1]


def short(iri: str) -> str:
    """The address below `id/`, `ontology/` or `graph/`, or the whole address of anything else."""
    for base in (ID, ONTOLOGY, GRAPH):
        if iri.startswith(base):
            return iri[len(base) :]
    return iri
