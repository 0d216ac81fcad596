"""Every property of the ontology is used by a question, by a rule, or by what reads its module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox
from tests.test_competency import objects

from asylgraf.graph import expressions, open_graph
from asylgraf.graph.law import Defined, OnDay, Period
from asylgraf.namespaces import ONTOLOGY, OWL, RDF, RDFS
from asylgraf.resources import data

KINDS = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
READ_BY = {
    "cases": "forms, commands and pages ask for facts with what is said of them",
    "citations": "the citation linker",
    "conditions": "consolidation makes conditions on days of them",
    "proofs": "proofs are written with them",
    "review": "the coverage of the sources is tested by itself",
}
"""Modules whose properties a program reads, and which."""


def properties() -> set[str]:
    """Every property that the ontology defines."""
    kind = ox.NamedNode(RDF + "type")
    quads = (
        quad
        for name in KINDS
        for quad in open_graph().store.quads_for_pattern(None, kind, ox.NamedNode(OWL + name))
    )
    found = (quad.subject for quad in quads)
    return {s.value for s in found if isinstance(s, ox.NamedNode) and s.value.startswith(ONTOLOGY)}


@cache
def asked() -> frozenset[str]:
    """The properties that questions name: those of competency and pages, and those put to each source."""
    folders = ("competency", "explorer", "hygiene")
    texts = [
        path.read_text(encoding="utf-8") for name in folders for path in (data("queries") / name).glob("*.rq")
    ]
    put = open_graph().store.quads_for_pattern(None, ox.NamedNode(ONTOLOGY + "ask"), None)
    texts += [str(quad.object.value) for quad in put if isinstance(quad.object, ox.Literal)]
    return frozenset(ONTOLOGY + name for text in texts for name in re.findall(r"asyl:(\w+)", text))


def in_rules() -> Iterator[str]:
    """The facts that rules and conditions ask for, and those that dates bring with them."""
    law = open_graph().law()
    for version in (v for versions in law.versions.values() for v in versions):
        yield from (test.fact for test in expressions.tests(version.rule))
    for condition in law.conditions.values():
        match condition:
            case Defined(expression=expression):
                yield from (test.fact for test in expressions.tests(expression))
            case OnDay(fact=fact):
                yield fact
            case Period(start=start, end=end):
                yield from (fact for fact in (start, end) if fact)
    yield from (fact.companion for fact in law.facts.values() if fact.companion)


def test_every_property_is_used_by_a_question_or_a_rule() -> None:
    elsewhere = {ONTOLOGY + module for module in READ_BY}
    unused = properties() - asked() - set(in_rules())
    assert sorted(p for p in unused if not objects(p, RDFS + "isDefinedBy") & elsewhere) == []


def test_every_fact_is_asked_for_by_a_rule() -> None:
    assert sorted(set(open_graph().law().facts) - set(in_rules())) == []


def test_every_condition_is_used_by_a_rule_or_another_condition() -> None:
    law = open_graph().law()
    rules = [(None, v.rule) for versions in law.versions.values() for v in versions]
    bodies = [(iri, c.expression) for iri, c in law.conditions.items() if isinstance(c, Defined)]
    used = {name for home, body in (*rules, *bodies) for name in expressions.names(body) if name != home}
    used |= {v.scope for versions in law.versions.values() for v in versions if v.scope} | law.axioms.keys()
    assert sorted(set(law.conditions) - used) == []


def test_what_is_said_to_be_read_elsewhere_is_a_module() -> None:
    modules = {p.stem for p in data("ontology").glob("*.ttl")}
    assert READ_BY.keys() <= modules
