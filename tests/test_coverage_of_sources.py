"""Every statement of the five sources is found again in the graph, by structure and not by its words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
import pytest

from asylgraf.graph import open_graph
from asylgraf.namespaces import GRAPH, ID, ONTOLOGY

WORDS = {
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2004/02/skos/core#definition",
    "http://www.w3.org/2004/02/skos/core#scopeNote",
    "http://www.w3.org/2000/01/rdf-schema#comment",
    ONTOLOGY + "summary",
}
STATEMENTS = {0: 28, 1: 31, 2: 20, 3: 23, 4: 113}
PREFIXES = {"asyl": ONTOLOGY, "dct": "http://purl.org/dc/terms/"}


@dataclass(frozen=True)
class Covered:
    """A statement of a source: its number, the question that finds it, the row that answers, who says it."""

    number: str
    ask: str
    answer: str
    graphs: tuple[str, ...]


@cache
def covered() -> tuple[Covered, ...]:
    query = f"""PREFIX asyl: <{ONTOLOGY}> PREFIX dct: <http://purl.org/dc/terms/>
        SELECT ?number ?ask ?answer (GROUP_CONCAT(STR(?in); SEPARATOR=" ") AS ?graphs) WHERE {{
            GRAPH ?graph {{
                ?fact dct:identifier ?number ; asyl:ask ?ask ; asyl:answer ?answer ; asyl:statedIn ?in
            }}
        }} GROUP BY ?number ?ask ?answer ORDER BY ?number"""
    found = open_graph().store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return tuple(
        Covered(
            row["number"].value, row["ask"].value, row["answer"].value, tuple(row["graphs"].value.split())
        )
        for row in found
    )


def domain() -> ox.Store:
    """The graph without its words and without the list of what it covers."""
    store = ox.Store()
    store.bulk_extend(
        ox.Quad(quad.subject, quad.predicate, quad.object)
        for quad in open_graph().store
        if quad.predicate.value not in WORDS
        and not (
            isinstance(quad.graph_name, ox.NamedNode)
            and quad.graph_name.value.startswith(GRAPH + "coverage/")
        )
    )
    return store


def said_in(graphs: tuple[str, ...]) -> ox.Store:
    """What these graphs say, without words."""
    store = ox.Store()
    for graph in graphs:
        store.bulk_extend(
            ox.Quad(quad.subject, quad.predicate, quad.object)
            for quad in open_graph().store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
            if quad.predicate.value not in WORDS
        )
    return store


@pytest.fixture(scope="module")
def structure() -> ox.Store:
    return domain()


def compact(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value.replace(ONTOLOGY, "asyl:").removeprefix(ID)


def rows(store: ox.Store, ask: str) -> set[str]:
    found = store.query(ask, base_iri=ID, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    names = sorted(found.variables, key=lambda variable: int(variable.value.removeprefix("v")))
    return {" | ".join(compact(row[name]) for name in names) for row in found}


def matched(store: ox.Store, fact: Covered) -> list[ox.Quad]:
    """The statements of the graph that the answer rests on."""
    pattern = fact.ask.removeprefix("SELECT * WHERE ")
    found = store.query(f"CONSTRUCT {pattern} WHERE {pattern}", base_iri=ID, prefixes=PREFIXES)
    assert isinstance(found, ox.QueryTriples)
    return [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in found]


@pytest.mark.parametrize("fact", covered(), ids=lambda fact: fact.number)
def test_the_graph_repeats(fact: Covered, structure: ox.Store) -> None:
    assert fact.answer in rows(structure, fact.ask)


@pytest.mark.parametrize("fact", covered(), ids=lambda fact: fact.number)
def test_the_answer_rests_on_the_statements_it_matches(fact: Covered, structure: ox.Store) -> None:
    removed = matched(structure, fact)
    assert removed
    for quad in removed:
        structure.remove(quad)
    assert fact.answer not in rows(structure, fact.ask)
    structure.extend(removed)


@pytest.mark.parametrize("fact", covered(), ids=lambda fact: fact.number)
def test_its_own_source_says(fact: Covered) -> None:
    assert fact.answer in rows(said_in(fact.graphs), fact.ask)


@pytest.mark.parametrize("fact", covered(), ids=lambda fact: fact.number)
def test_another_value_in_any_place_is_noticed(fact: Covered) -> None:
    store = said_in(fact.graphs)
    for right in matched(store, fact):
        store.remove(right)
        store.add(ox.Quad(right.subject, right.predicate, ox.NamedNode(ID + "wrong")))
    assert not any(
        fact.answer.split(" | ")[place] in row.split(" | ")[place]
        for row in rows(store, fact.ask)
        for place in range(len(fact.answer.split(" | ")))
    )


def test_every_statement_of_every_source_is_listed_once() -> None:
    expected = [
        f"S{source}-{number:02d}" for source, count in STATEMENTS.items() for number in range(1, count + 1)
    ]
    assert sorted(fact.number for fact in covered()) == sorted(expected)


def test_few_statements_are_held_only_in_part() -> None:
    partly = open_graph().store.quads_for_pattern(None, ox.NamedNode(ONTOLOGY + "partlyBecause"), None)
    assert len({quad.subject for quad in partly}) <= 20
