"""What things are called: by the graph's own labels, and for borrowed words by ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

import pyoxigraph as ox

from asylgraf.graph import LawGraph
from asylgraf.graph.law import Labels
from asylgraf.namespaces import DCT, ELI, GRAPH, ID, ONTOLOGY, ORG, OWL, PROV, QB, RDF, RDFS, SKOS, XSD, short

BORROWED: Final[Mapping[str, Labels]] = {
    RDF + "type": {"en": "is a", "da": "er en"},
    RDFS + "subClassOf": {"en": "is a kind of", "da": "er en slags"},
    RDFS + "subPropertyOf": {"en": "is a way of", "da": "er en måde at"},
    RDFS + "isDefinedBy": {"en": "defined in", "da": "defineret i"},
    RDFS + "seeAlso": {"en": "see also", "da": "se også"},
    RDFS + "domain": {"en": "said of", "da": "siges om"},
    RDFS + "range": {"en": "has values in", "da": "har værdier i"},
    OWL + "equivalentClass": {"en": "means", "da": "betyder"},
    OWL + "versionIRI": {"en": "release", "da": "udgave"},
    OWL + "oneOf": {"en": "one of", "da": "en af"},
    OWL + "sameAs": {"en": "is the same as", "da": "er det samme som"},
    OWL + "Class": {"en": "kind of thing", "da": "slags ting"},
    OWL + "ObjectProperty": {"en": "relation", "da": "relation"},
    OWL + "DatatypeProperty": {"en": "data property", "da": "dataegenskab"},
    OWL + "AnnotationProperty": {"en": "annotation", "da": "annotation"},
    OWL + "FunctionalProperty": {"en": "has one value", "da": "har én værdi"},
    OWL + "NamedIndividual": {"en": "named thing", "da": "navngiven ting"},
    RDFS + "Datatype": {"en": "datatype", "da": "datatype"},
    OWL + "Ontology": {"en": "ontology module", "da": "ontologimodul"},
    OWL + "Nothing": {"en": "no case", "da": "ingen sager"},
    SKOS + "prefLabel": {"en": "name", "da": "navn"},
    SKOS + "altLabel": {"en": "also called", "da": "også kaldet"},
    SKOS + "definition": {"en": "definition", "da": "definition"},
    SKOS + "example": {"en": "example", "da": "eksempel"},
    SKOS + "scopeNote": {"en": "note", "da": "note"},
    DCT + "title": {"en": "title", "da": "titel"},
    DCT + "identifier": {"en": "identifier", "da": "kendetegn"},
    DCT + "date": {"en": "date", "da": "dato"},
    DCT + "issued": {"en": "published", "da": "udgivet"},
    DCT + "publisher": {"en": "published by", "da": "udgivet af"},
    DCT + "source": {"en": "source", "da": "kilde"},
    DCT + "license": {"en": "licence", "da": "licens"},
    ELI + "consolidates": {"en": "consolidates", "da": "sammenskriver"},
    QB + "Observation": {"en": "count", "da": "optælling"},
    QB + "DataSet": {"en": "table of counts", "da": "tabel med optællinger"},
    QB + "DataStructureDefinition": {"en": "make-up of a table", "da": "en tabels opbygning"},
    QB + "ComponentSpecification": {"en": "component of a table", "da": "en tabels bestanddel"},
    QB + "DimensionProperty": {"en": "dimension", "da": "dimension"},
    QB + "MeasureProperty": {"en": "measure", "da": "mål"},
    QB + "AttributeProperty": {"en": "attribute", "da": "egenskab"},
    QB + "component": {"en": "has component", "da": "har bestanddel"},
    QB + "dataSet": {"en": "stands in the table", "da": "står i tabellen"},
    QB + "dimension": {"en": "dimension", "da": "dimension"},
    QB + "measure": {"en": "measure", "da": "mål"},
    QB + "attribute": {"en": "attribute", "da": "egenskab"},
    QB + "structure": {"en": "is made up as", "da": "er opbygget som"},
    ELI + "number": {"en": "number", "da": "nummer"},
    ELI + "LegalResource": {"en": "legal resource", "da": "retskilde"},
    ELI + "LegalResourceSubdivision": {"en": "part of a legal resource", "da": "del af en retskilde"},
    PROV + "Agent": {"en": "agent", "da": "aktør"},
    PROV + "Activity": {"en": "activity", "da": "aktivitet"},
    ORG + "Organization": {"en": "organisation", "da": "organisation"},
    PROV + "Entity": {"en": "document", "da": "dokument"},
    GRAPH + "catalogue": {"en": "the list of all graphs", "da": "listen over alle grafer"},
    PROV + "wasDerivedFrom": {"en": "drawn from", "da": "hentet fra"},
    XSD + "boolean": {"en": "yes or no", "da": "ja eller nej"},
    XSD + "date": {"en": "a day", "da": "en dag"},
    XSD + "integer": {"en": "a whole number", "da": "et helt tal"},
    XSD + "decimal": {"en": "a number", "da": "et tal"},
    XSD + "string": {"en": "a text", "da": "en tekst"},
    ONTOLOGY + "usedInDefinitionOf": {"en": "used in the definition of", "da": "brugt i definitionen af"},
    ONTOLOGY + "usesInRule": {"en": "uses in its rule", "da": "bruger i sin regel"},
    ONTOLOGY + "Case": {"en": "every case", "da": "alle sager"},
}

_FALLBACKS = (DCT + "title", RDFS + "label")
_NUMBERED = re.compile(r"(?P<outer>(?:dk/)?[a-z-]+)/(?P<number>\d+[a-z]?)")
_JOINTS: Final = {"en": (" of the ", " of "), "da": (" i ", " til ")}
_VERSION = re.compile(r"(?P<provision>.+)/v/(?P<act>[^/#]+)")


class Names:
    """The labels of everything in a graph."""

    def __init__(self, graph: LawGraph) -> None:
        self._graph = graph
        self._labels = graph.law().labels

    def of(self, iri: str) -> Labels:
        """What a thing is called, in each language it has a name in; for a version, place and act."""
        base = iri.partition("#")[0]
        found = BORROWED.get(iri) or self._labels.get(iri) or self._labels.get(base)
        return found or next(filter(None, (way(base) for way in self._ways)), {})

    @property
    def _ways(self) -> tuple[Callable[[str], Labels], ...]:
        """How a thing without a name is called, in turn."""
        by_graph = (self._version, self._titles, self._cited, self._module, self._moved)
        return (*by_graph, _act, self._place, self._inner, _covered)

    def _place(self, iri: str) -> Labels:
        """The name of a section or article that the graph only mentions: section 3 of the Aliens Act."""
        match = _NUMBERED.fullmatch(iri.removeprefix(ID))
        if match is None:
            return {}
        number, above = match["number"], self._labels.get(ID + match["outer"], {})
        kinds = ("section", "§") if match["outer"].startswith("dk/") else ("article", "artikel")
        place = {"en": f"{kinds[0]} {number} of the", "da": f"{kinds[1]} {number} i"}
        return {
            language: f"{place[language]} {name}" for language, name in above.items() if language in place
        }

    def _cited(self, iri: str) -> Labels:
        """The fullest of the forms in which an instrument is cited, where it has no name of its own."""
        forms = [v for v in self._values(iri, ONTOLOGY + "citedAs") if isinstance(v, ox.Literal)]
        spoken = {form.language for form in forms if form.language}
        return {one: max((f.value for f in forms if f.language == one), key=len) for one in sorted(spoken)}

    def _module(self, iri: str) -> Labels:
        """The name of a file of the ontology that has no title: the module it belongs to, and its own."""
        if not iri.startswith(ONTOLOGY):
            return {}
        defined = self._graph.store.quads_for_pattern(
            None, ox.NamedNode(RDFS + "isDefinedBy"), None, ox.NamedNode(iri)
        )
        module = next((quad.object.value for quad in defined if isinstance(quad.object, ox.NamedNode)), None)
        titles = self._titles(module) if module else {}
        return {language: f"{title} ({short(iri)})" for language, title in titles.items()}

    def _moved(self, iri: str) -> Labels:
        """The name of a renumbering: from where to where."""
        ends = [self._values(iri, ONTOLOGY + name) for name in ("fromAddress", "toAddress")]
        if not all(ends):
            return {}
        places = [self._labels.get(end[0].value, {}) for end in ends]
        return {lang: " → ".join(place[lang] for place in places) for lang in places[0] if lang in places[1]}

    def _inner(self, iri: str) -> Labels:
        """The name of a thing told by its place below another: a side of a disagreement."""
        outer, _, last = iri.rpartition("/")
        above = self._labels.get(outer, {}) if outer.startswith(ID) else {}
        return {language: f"{name} ({last})" for language, name in above.items()}

    def text(self, iri: str, language: str) -> str:
        """The name in a language, in the other one, or the end of the address."""
        labels = self.of(iri)
        return labels.get(language) or labels.get("en") or labels.get("da") or short(iri)

    def within(self, iri: str, outer: str, language: str) -> str:
        """The name of a part, without that of what it stands in: article 3 of a convention is article 3."""
        name, above = self.text(iri, language), self.text(outer, language)
        for joint in _JOINTS[language]:
            name = name.replace(f"{joint}{above}", "", 1)
        return name

    def _version(self, iri: str) -> Labels:
        match = _VERSION.fullmatch(iri)
        if match is None:
            return {}
        place = self._labels.get(match["provision"], {})
        act = _act_of(match["act"])
        return {language: f"{name} ({act[language]})" for language, name in place.items() if language in act}

    def _titles(self, iri: str) -> Labels:
        for fallback in _FALLBACKS:
            values = self._values(iri, fallback)
            if found := {v.language or "en": v.value for v in values if isinstance(v, ox.Literal)}:
                return found
        return {}

    def _values(self, iri: str, relation: str) -> list[ox.NamedNode | ox.Literal]:
        quads = self._graph.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(relation), None, None)
        return [q.object for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal)]


def _act(iri: str) -> Labels:
    """The name of an act that the graph only mentions."""
    key = iri.removeprefix(ID + "dk/act/")
    return _act_of(key.replace("/", "-")) if key != iri else {}


def _covered(iri: str) -> Labels:
    """The name of a statement of a source that the graph answers for."""
    key = iri.removeprefix(ID + "coverage/")
    return {"en": f"statement {key} of a source", "da": f"udsagn {key} i en kilde"} if key != iri else {}


@cache
def _act_of(key: str) -> Labels:
    """What the key of an enacting act stands for: 2015-153 is act 153 of 2015."""
    year, _, number = key.removeprefix("lbk-").partition("-")
    if not (year.isdigit() and number[:1].isdigit()):
        return {"en": key, "da": key}
    kind = ("consolidation", "lovbekendtgørelse") if key.startswith("lbk-") else ("act", "lov")
    return {"en": f"{kind[0]} {number} of {year}", "da": f"{kind[1]} nr. {number} af {year}"}


def in_order(iri: str) -> tuple[tuple[int, int | str], ...]:
    """A key that sorts addresses as people count: 7 before 10, 9 before 9 a."""
    parts = re.findall(r"\d+|\D+", iri.removeprefix(ID))
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in parts)
