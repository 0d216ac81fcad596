"""What the graph knows that a reader of citations needs: names, outlines, renumberings, judgments, states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from asylgraf.namespaces import DCT, ELI, ID, ONTOLOGY, RDF, SKOS

if TYPE_CHECKING:
    import pyoxigraph as ox

_IDENTIFIERS: Final = {
    "applicationNumber": "appno",
    "ecli": "ecli",
    "celex": "celex",
    "hudocItem": "hudoc",
    "caseNumber": "case",
}
_FIRST_DAY: Final = "0001-01-01"


@dataclass(frozen=True)
class Judgment:
    """A decision of a court or committee as texts name it."""

    address: str
    title: str
    names: list[str]
    identifiers: list[tuple[str, str]]
    reports: list[str]
    formation: str | None
    day: str | None


@dataclass(frozen=True)
class Knowledge:
    """Tables of the linker. Addresses stand below `id/`, days as ISO dates."""

    names: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, address, language; a name read in any case."""
    abbreviations: list[tuple[str, str]] = field(default_factory=list)
    named_from: dict[str, str] = field(default_factory=dict)
    articles: dict[str, int] = field(default_factory=dict)
    outlines: dict[str, list[tuple[str, dict[str, int]]]] = field(default_factory=dict)
    """For each act its outlines, oldest first: the day, and the subsections of each section."""
    consolidations: dict[str, str] = field(default_factory=dict)
    """The act whose text a numbered consolidation or order prints."""
    moved: list[tuple[str, str, str]] = field(default_factory=list)
    """Day, old address, new address."""
    dated: dict[str, str] = field(default_factory=dict)
    """The date of each numbered act, consolidation and order."""
    versions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    nodes: list[str] = field(default_factory=list)
    judgments: list[Judgment] = field(default_factory=list)
    states: list[tuple[str, str]] = field(default_factory=list)
    demonyms: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[tuple[str, str, str]] = field(default_factory=list)
    """Name of a body, its address, and the instrument it means by *the Convention*."""


def knowledge_of(store: ox.Store) -> Knowledge:
    """The linker's tables, read from a graph."""
    reader = _Reader(store)
    known = Knowledge()
    _read_names(reader, known)
    _read_structure(reader, known)
    known.judgments.extend(_judgments(reader))
    known.nodes.extend(sorted(reader.subjects()))
    return known


class _Reader:
    """A graph seen as pairs of subject and value, a property at a time."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def pairs(self, prop: str) -> Iterator[tuple[str, ox.NamedNode | ox.Literal]]:
        """Subject below `id/` and value of each statement with the property, each once, in order."""
        import pyoxigraph as ox

        found = set()
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(prop), None, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                found.add((quad.subject.value.removeprefix(ID), quad.object))
        yield from sorted(found, key=lambda pair: (pair[0], str(pair[1])))

    def values(self, prop: str) -> Iterator[tuple[str, str]]:
        """As `pairs`, the value as text: an address below `id/`, or the words of a literal."""
        return ((subject, value.value.removeprefix(ID)) for subject, value in self.pairs(prop))

    def several(self, prop: str) -> dict[str, list[str]]:
        """The values of a property by subject."""
        found: dict[str, list[str]] = {}
        for subject, value in self.values(prop):
            found.setdefault(subject, []).append(value)
        return found

    def instances(self, name: str) -> list[str]:
        """What is typed so, below `id/`."""
        import pyoxigraph as ox

        quads = self.store.quads_for_pattern(
            None, ox.NamedNode(RDF + "type"), ox.NamedNode(ONTOLOGY + name), None
        )
        return sorted(
            {quad.subject.value.removeprefix(ID) for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        )

    def subjects(self) -> set[str]:
        """Every address below `id/` that the graph says something about; versions and classes aside."""
        import pyoxigraph as ox

        nodes = {quad.subject.value for quad in self.store if isinstance(quad.subject, ox.NamedNode)}
        kinds = ("dk/", "eu", "case/", "echr", "refugee-", "cat", "crc", "iccpr", "stateless")
        below = {
            node[len(ID) :] for node in nodes if node.startswith(ID) and "#" not in node and "/v/" not in node
        }
        return {node for node in below if node.startswith(kinds)}


def _read_names(reader: _Reader, known: Knowledge) -> None:
    own = dict(reader.values(ONTOLOGY + "ownConvention"))
    for subject, name in reader.pairs(ONTOLOGY + "citedAs"):
        language = getattr(name, "language", None) or "en"
        if subject in own:
            known.bodies.append((name.value, subject, own[subject]))
        elif subject.startswith("actor/"):
            known.states.append((name.value, subject.removeprefix("actor/")))
        elif not subject.startswith("case/"):
            known.names.append((name.value, subject, language))
    known.abbreviations.extend((name, subject) for subject, name in reader.values(ONTOLOGY + "abbreviation"))
    known.demonyms.extend(
        (name, subject.removeprefix("actor/")) for subject, name in reader.values(ONTOLOGY + "demonym")
    )
    known.named_from.update(reader.values(ONTOLOGY + "namedFrom"))


def _read_structure(reader: _Reader, known: Knowledge) -> None:
    known.articles.update(
        (subject, int(count)) for subject, count in reader.values(ONTOLOGY + "articleCount")
    )
    known.consolidations.update(reader.values(ELI + "consolidates"))
    known.outlines.update(_outlines(reader, known.consolidations))
    days, origins, goals = (
        reader.several(ONTOLOGY + prop) for prop in ("renumberedOn", "fromAddress", "toAddress")
    )
    known.moved.extend(sorted((days[event][0], origins[event][0], goals[event][0]) for event in days))
    known.dated.update(
        (act, day)
        for act, day in reader.values(DCT + "date")
        if act.startswith(("dk/act/", "dk/lbk/", "dk/bek/"))
    )
    starts = dict(reader.values(ONTOLOGY + "inForceNotBefore")) | dict(
        reader.values(ONTOLOGY + "inForceFrom")
    )
    for version, provision in reader.values(ONTOLOGY + "versionOf"):
        known.versions.setdefault(provision, []).append((starts.get(version, _FIRST_DAY), version))
    for dated in known.versions.values():
        dated.sort()


def _outlines(reader: _Reader, consolidations: dict[str, str]) -> dict[str, list[tuple[str, dict[str, int]]]]:
    import pyoxigraph as ox

    days = dict(reader.values(ONTOLOGY + "asOf"))
    sources = dict(reader.values("http://www.w3.org/ns/prov#wasDerivedFrom"))
    found: dict[str, list[tuple[str, dict[str, int]]]] = {}
    for graph, act in reader.values(ONTOLOGY + "outlineOf"):
        consolidations[sources[graph]] = act
        quads = reader.store.quads_for_pattern(
            None, ox.NamedNode(ONTOLOGY + "subsectionCount"), None, ox.NamedNode(graph)
        )
        counts = {
            quad.subject.value.removeprefix(f"{ID}{act}/"): int(quad.object.value)
            for quad in quads
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        }
        found.setdefault(act, []).append((days[graph], counts))
    return {act: sorted(outlines, key=lambda dated: dated[0]) for act, outlines in found.items()}


def _judgments(reader: _Reader) -> Iterator[Judgment]:
    titles = {
        subject: name.value
        for subject, name in reader.pairs(SKOS + "prefLabel")
        if getattr(name, "language", None) == "en"
    }
    kinds = {short: reader.several(ONTOLOGY + prop) for prop, short in _IDENTIFIERS.items()}
    names, reports = reader.several(ONTOLOGY + "citedAs"), reader.several(ONTOLOGY + "reportCitation")
    formations, days = dict(reader.values(ONTOLOGY + "formation")), dict(reader.values(DCT + "date"))
    for address in sorted({*reader.instances("Judgment"), *reader.instances("View")}):
        yield Judgment(
            address,
            titles.get(address, address),
            names.get(address, []),
            [(short, value) for short, found in kinds.items() for value in found.get(address, [])],
            reports.get(address, []),
            formations.get(address),
            days.get(address),
        )
