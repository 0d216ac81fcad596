"""Reading the law out of the ontology and the reading graphs; what does not fit is an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pyoxigraph as ox

from asylgraf.errors import BrokenLaw
from asylgraf.graph import outside
from asylgraf.graph.calendar import Duration
from asylgraf.graph.dataset import Dataset
from asylgraf.graph.expressions import CASE, NO, Expression, read
from asylgraf.graph.index import Index
from asylgraf.graph.law import (
    Axiom,
    Condition,
    Consequence,
    Defined,
    Fact,
    Labels,
    Law,
    OnDay,
    Period,
    Presumption,
    Standing,
    Start,
    Version,
)
from asylgraf.namespaces import ONTOLOGY, OWL, RDF, RDFS, SKOS, XSD, short

LABEL, DEFINITION = SKOS + "prefLabel", SKOS + "definition"
EQUIVALENT = OWL + "equivalentClass"
_KINDS = {"PlainFact": "plain", "Assessment": "assessment", "Decision": "decision"}


@cache
def asyl(name: str) -> str:
    """The address of a term of ours."""
    return ONTOLOGY + name


_SAID_ANYWHERE = {
    ox.NamedNode(name)
    for name in (RDF + "type", LABEL, asyl("decidedBy"), asyl("appealTo"), asyl("family"), asyl("rank"))
}
"""What the law takes from every graph, not only from readings."""


def read_law(dataset: Dataset, known: date | None = None) -> Law:
    """The law as this graph had recorded it by `known`."""
    index = dataset.reading_index(known)
    everything = Index(quad for quad in dataset.quads(known) if quad.predicate in _SAID_ANYWHERE)
    versions = _versions(index, everything, _homes(dataset, known))
    return Law(
        facts={iri: _fact(index, iri) for iri in index.instances(asyl("Fact"))},
        conditions=_conditions(index),
        axioms=_axioms(index),
        versions=versions,
        consequences=_consequences(everything, versions),
        favourable=frozenset(index.instances(asyl("FavourableConsequence"))),
        provisions=frozenset(everything.instances(asyl("Provision"))) | versions.keys(),
        labels={iri: everything.in_languages(iri, LABEL) for iri in everything.subjects(LABEL)},
    )


def _homes(dataset: Dataset, known: date | None) -> dict[str, str]:
    """The reading graph that each version's start stands in."""
    return {
        quad.subject.value: graph
        for graph in dataset.readings(known)
        for quad in dataset.loaded.graphs[graph]
        if quad.predicate.value == asyl("versionOf") and isinstance(quad.subject, ox.NamedNode)
    }


def _fact(index: Index, iri: str) -> Fact:
    values = _values(index, iri)
    presumed = index.text(iri, asyl("presumedWhenNotRaised"))
    kind = _KINDS.get((index.text(iri, asyl("factKind")) or "").rsplit("/", 1)[-1])
    datatype = (index.text(iri, asyl("datatype")) or "").removeprefix(XSD)
    type_ = "enumeration" if values else datatype
    if kind is None or type_ not in ("boolean", "integer", "date", "enumeration"):
        raise BrokenLaw("A fact needs a kind and a type the grammar knows.", where=short(iri))
    return Fact(
        iri=iri,
        type=type_,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        label=index.in_languages(iri, LABEL),
        question=index.in_languages(iri, asyl("question")),
        definition=index.in_languages(iri, DEFINITION),
        values=values,
        answered_by=tuple(index.texts(iri, asyl("answeredBy"))),
        matters_under=tuple(index.texts(iri, asyl("mattersUnder"))),
        allowed_by=tuple(index.texts(iri, asyl("allowedBy"))),
        companion=index.text(iri, asyl("companion")),
        presumption=Presumption(presumed == "true", index.in_languages(iri, asyl("presumptionReason")))
        if presumed
        else None,
        unchangeable=index.text(iri, asyl("unchangeable")) == "true",
        topic=index.text(iri, asyl("topic")),
        order=int(index.text(iri, asyl("order")) or 0),
    )


def _values(index: Index, fact: str) -> tuple[str, ...]:
    if not index.is_a(fact, OWL + "ObjectProperty"):
        return ()
    enumeration = index.value(index.text(fact, RDFS + "range") or "", EQUIVALENT)
    members = index.value(enumeration, OWL + "oneOf") if isinstance(enumeration, ox.BlankNode) else None
    found = tuple(m.value for m in index.members(members) if isinstance(m, ox.NamedNode)) if members else ()
    if not found:
        raise BrokenLaw("The values of this fact are not listed.", where=short(fact))
    return found


def _conditions(index: Index) -> dict[str, Condition]:
    readers: list[tuple[str, Callable[[Index, str], Condition]]] = [
        (asyl("ofDate"), _on_day),
        (asyl("fromDate"), _period),
    ]
    found: dict[str, Condition] = {
        iri: reader(index, iri) for property_, reader in readers for iri in index.subjects(property_)
    }
    for iri in index.subjects(EQUIVALENT):
        if iri.startswith(ONTOLOGY) and not _enumeration(index, iri):
            found[iri] = Defined(iri, _only_expression(index, iri))
    return found


def _enumeration(index: Index, iri: str) -> bool:
    node = index.value(iri, EQUIVALENT)
    return isinstance(node, ox.BlankNode) and index.value(node, OWL + "oneOf") is not None


def _only_expression(index: Index, iri: str) -> Expression:
    found = index.objects(iri, EQUIVALENT)
    if len(found) != 1:
        raise BrokenLaw(f"One class expression is expected, not {len(found)}.", where=short(iri))
    said_besides = outside.axioms(index, iri)
    if said_besides:
        raise BrokenLaw(f"The grammar of rules has no {', '.join(said_besides)} here.", where=short(iri))
    try:
        return read(index, found[0], iri)
    except BrokenLaw as mistake:
        foreign = outside.constructs(index, found[0]) if isinstance(found[0], ox.BlankNode) else []
        if not foreign:
            raise
        detail = f"{mistake.detail.rstrip('.')}: {', '.join(foreign)}."
        raise BrokenLaw(detail, where=mistake.where) from None


def _on_day(index: Index, iri: str) -> OnDay:
    fact = index.text(iri, asyl("ofDate"))
    after, before = _date(index, iri, "onOrAfter"), _date(index, iri, "before")
    if fact is None or (after is None and before is None):
        raise BrokenLaw("A condition on a date needs the date and a day.", where=short(iri))
    return OnDay(iri, fact, after, before)


def _period(index: Index, iri: str) -> Period:
    start = index.text(iri, asyl("fromDate"))
    least, more = index.text(iri, asyl("atLeast")), index.text(iri, asyl("moreThan"))
    if start is None or (least is None) == (more is None):
        raise BrokenLaw("A period needs a first date and either atLeast or moreThan.", where=short(iri))
    duration = Duration.parse(least or more or "", where=short(iri))
    return Period(iri, start, index.text(iri, asyl("toDate")), duration, more is not None)


def _date(index: Index, iri: str, property_: str) -> date | None:
    text = index.text(iri, asyl(property_))
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BrokenLaw(f"“{text}” is no date.", where=f"{short(iri)} {property_}") from None


def _axioms(index: Index) -> dict[str, Axiom]:
    named = [
        iri for iri in index.texts(CASE, RDFS + "subClassOf") if index.is_a(iri, asyl("BackgroundAxiom"))
    ]
    return {
        iri: Axiom(iri, index.in_languages(iri, LABEL), index.in_languages(iri, asyl("reason")))
        for iri in named
    }


def _versions(index: Index, everything: Index, homes: dict[str, str]) -> dict[str, tuple[Version, ...]]:
    found: dict[str, list[Version]] = {}
    for iri in sorted(homes):
        version = _version(index, everything, iri, homes[iri])
        found.setdefault(version.provision, []).append(version)
    return {
        p: tuple(sorted(vs, key=lambda v: (v.start.latest, v.start.earliest, v.iri)))
        for p, vs in sorted(found.items())
    }


def _version(index: Index, everything: Index, iri: str, graph: str) -> Version:
    provision = index.text(iri, asyl("versionOf"))
    enacted_by = index.text(iri, asyl("enactedBy"))
    if provision is None or enacted_by is None:
        raise BrokenLaw(
            "A version needs the provision it is of and the act that enacted it.", where=short(iri)
        )
    kind, brings, effect = _consequence_of(index, iri)
    repeal = index.text(iri, asyl("repeals")) == "true"
    return Version(
        iri=iri,
        provision=provision,
        enacted_by=enacted_by,
        start=_start(index, iri),
        scope=index.text(iri, asyl("scope")),
        rule=NO if repeal else _only_expression(index, iri + "#rule"),
        repeal=repeal,
        overrides=tuple(index.texts(iri, asyl("overrides"))),
        continues=tuple(index.texts(iri, asyl("continues"))),
        kind=kind,
        brings=brings,
        effect=effect,
        value=index.text(iri, asyl("value")),
        decided_by=index.text(iri, asyl("decidedBy")) or everything.text(provision, asyl("decidedBy")),
        appeal_to=index.text(iri, asyl("appealTo")) or everything.text(provision, asyl("appealTo")),
        standing=_standing(index, iri, "standing"),
        summary=index.in_languages(iri, asyl("summary")),
        graph=graph,
        practice=everything.is_a(provision, asyl("Practice")),
    )


def _consequence_of(index: Index, iri: str) -> tuple[str | None, str | None, str | None]:
    kind = index.text(iri, asyl("consequence"))
    if kind is None:
        return None, None, None
    brings = index.text(iri, asyl("grants" if kind == asyl("Grants") else "brings"))
    effect = index.text(iri, asyl("effect"))
    if brings is None or effect is None:
        raise BrokenLaw("A version with a consequence needs what it brings and its effect.", where=short(iri))
    return kind, brings, effect.rsplit("/", 1)[-1].lower()


def _start(index: Index, iri: str) -> Start:
    certain = _date(index, iri, "inForceFrom")
    earliest = certain or _date(index, iri, "inForceNotBefore")
    latest = certain or _date(index, iri, "inForceNotAfter")
    if earliest is None or latest is None or latest < earliest:
        raise BrokenLaw(
            "A version needs the day it came into force, or both ends of a window.", where=short(iri)
        )
    return Start(earliest, latest, _standing(index, iri, "startStanding"))


def _standing(index: Index, iri: str, property_: str) -> Standing:
    text = index.text(iri, asyl(property_)) or index.text(iri, asyl("standing"))
    name = (text or "").removeprefix(ONTOLOGY)
    if name not in Standing.__members__:
        raise BrokenLaw("A version needs a standing: Checked, Reported or Unchecked.", where=short(iri))
    return Standing[name]


def _consequences(index: Index, versions: dict[str, tuple[Version, ...]]) -> dict[str, Consequence]:
    brought = sorted({v.brings for vs in versions.values() for v in vs if v.brings})
    return {iri: _consequence(index, iri) for iri in brought}


def _consequence(index: Index, iri: str) -> Consequence:
    labels: Labels = index.in_languages(iri, LABEL)
    rank = index.text(iri, asyl("rank"))
    return Consequence(iri, labels, index.text(iri, asyl("family")), int(rank) if rank else 0)
