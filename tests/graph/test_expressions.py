"""Class expressions: written and read back the same; what the grammar does not know is refused by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.graph.writing import PREFIXES, act, opened, version

from asylgraf.errors import BrokenLaw
from asylgraf.graph.expressions import CASE, And, Expression, Has, Named, Not, OneOf, Or, Within, read
from asylgraf.graph.index import Index
from asylgraf.graph.owl import Writer
from asylgraf.namespaces import ONTOLOGY, OWL

leaves = st.one_of(
    st.builds(Named, st.sampled_from([ONTOLOGY + "Applied", CASE, OWL + "Nothing", "urn:p#case"])),
    st.builds(Has, st.just(ONTOLOGY + "applied"), st.booleans()),
    st.builds(Has, st.just(ONTOLOGY + "status"), st.just(ONTOLOGY + "First")),
    st.builds(
        lambda v: OneOf(ONTOLOGY + "status", tuple(sorted(v))),
        st.sets(st.sampled_from("abc"), min_size=1).map(lambda v: {"urn:" + x for x in v}),
    ),
    st.builds(Within, st.just(ONTOLOGY + "age"), st.integers(-5, 5), st.none() | st.integers(6, 900_000)),
)
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda p: And(tuple(p)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda p: Or(tuple(p)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(Not, inner),
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(expressions)
def test_an_expression_written_as_owl_is_read_back_the_same(expression: Expression) -> None:
    writer = Writer(opened().consolidated(date(2016, 1, 1)))
    writer.define("urn:it", expression)
    index = Index(ox.Quad(t.subject, t.predicate, t.object) for t in writer.out)
    found = read(index, index.value("urn:it", OWL + "equivalentClass"), "urn:it")
    conjuncts = expression.parts if isinstance(expression, And) else (expression,)
    assert found == (expression if isinstance(expression, Named) else And((Named(CASE), *conjuncts)))


def restriction(rest: str, fact: str = "asyl:age") -> str:
    return f"[ a owl:Restriction ; owl:onProperty {fact} ; {rest} ]"


def whole(facets: str) -> str:
    return restriction(
        f"owl:someValuesFrom [ owl:onDatatype xsd:integer ; owl:withRestrictions ( {facets} ) ]"
    )


OUTSIDE = {
    "a literal": '"danger"',
    "nothing at all": "[ a owl:Class ]",
    "an empty union": "[ owl:unionOf () ]",
    "an unfinished list": "[ owl:unionOf [ rdf:first asyl:Applied ] ]",
    "two operators at once": "[ owl:unionOf ( asyl:Applied ) ; owl:complementOf asyl:InDanger ]",
    "two complements": "[ owl:complementOf asyl:Applied , asyl:InDanger ]",
    "a union with a literal": "[ owl:unionOf ( asyl:Applied 3 ) ]",
    "disjoint union": "[ owl:disjointUnionOf ( asyl:Applied asyl:InDanger ) ]",
    "individuals": "[ owl:oneOf ( asyl:First ) ]",
    "a universal": restriction("owl:allValuesFrom xsd:integer"),
    "a cardinality": restriction("owl:minCardinality 1"),
    "a value and a cardinality": restriction("owl:hasValue true ; owl:maxCardinality 1", "asyl:applied"),
    "two values": restriction("owl:hasValue true , false", "asyl:applied"),
    "self": restriction("owl:hasSelf true", "asyl:status"),
    "a number as value": restriction("owl:hasValue 7"),
    "a strange truth": restriction('owl:hasValue "maybe"^^xsd:boolean', "asyl:applied"),
    "any number": restriction("owl:someValuesFrom xsd:integer"),
    "a list of numbers": restriction("owl:someValuesFrom [ owl:oneOf ( 1 2 ) ]"),
    "an individual among numbers": restriction(
        "owl:someValuesFrom [ owl:oneOf ( asyl:First 2 ) ]", "asyl:status"
    ),
    "no individual": restriction("owl:someValuesFrom [ owl:oneOf () ]", "asyl:status"),
    "decimals": restriction(
        "owl:someValuesFrom [ owl:onDatatype xsd:decimal ; owl:withRestrictions ( [ xsd:minInclusive 1 ] ) ]"
    ),
    "a bound that is no whole number": whole("[ xsd:minInclusive 1.5 ]"),
    "a bound that is no number": whole('[ xsd:minInclusive "x"^^xsd:integer ]'),
    "a pattern": whole('[ xsd:minInclusive 1 ] [ xsd:pattern "1." ]'),
    "no bounds": whole(""),
    "an inverse": restriction("owl:hasValue asyl:First", "[ owl:inverseOf asyl:status ]"),
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_is_outside_the_grammar_is_refused_by_name(name: str, tmp_path: Path) -> None:
    path = act(tmp_path, version("tiny/9", rule=OUTSIDE[name]))
    text = path.read_text(encoding="utf-8").replace(
        PREFIXES, PREFIXES + "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BrokenLaw) as caught:
        opened(path).law()
    assert "tiny/9/v/new" in str(caught.value)
    assert str(caught.value).endswith(".")


def test_an_expression_that_stands_within_itself_is_refused(tmp_path: Path) -> None:
    rule = "_:x . _:x owl:complementOf _:x"
    with pytest.raises(BrokenLaw, match="within itself"):
        opened(act(tmp_path, version("tiny/9", rule=rule))).law()


def test_a_list_that_goes_round_in_a_circle_is_refused(tmp_path: Path) -> None:
    rule = "[ owl:unionOf _:l ] . _:l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> asyl:Applied ;"
    rule += " <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l"
    with pytest.raises(BrokenLaw, match="list"):
        opened(act(tmp_path, version("tiny/9", rule=rule))).law()


MISFITS = {
    "no such condition": ("asyl:Elsewhere", "Elsewhere"),
    "no such provision": ("<tiny/77#case>", "tiny/77#case"),
    "no such fact": (restriction("owl:hasValue true", "asyl:height"), "height"),
    "a truth of a number": (restriction("owl:hasValue true"), "age"),
    "a bound on a truth": (whole("[ xsd:minInclusive 1 ]").replace("asyl:age", "asyl:applied"), "applied"),
    "a value that is none of the fact's": (restriction("owl:hasValue asyl:Ninth", "asyl:status"), "Ninth"),
    "values that are none of the fact's": (
        restriction("owl:someValuesFrom [ owl:oneOf ( asyl:First asyl:Ninth ) ]", "asyl:status"),
        "Ninth",
    ),
}


@pytest.mark.parametrize("name", MISFITS)
def test_a_reference_to_what_is_not_there_is_an_error_that_names_it(name: str, tmp_path: Path) -> None:
    rule, named = MISFITS[name]
    with pytest.raises(BrokenLaw) as caught:
        opened(act(tmp_path, version("tiny/9", rule=rule))).consolidated(date(2021, 1, 1))
    assert named in caught.value.detail
    assert caught.value.where == "tiny/9/v/new#rule"
