"""A query that is not SPARQL is answered with its first fault: the place, and one plain sentence."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from asylgraf.errors import BrokenQuery
from asylgraf.resources import data
from asylgraf.sparql.evaluate import checked, evaluate
from asylgraf.sparql.grammar import misfit
from asylgraf.sparql.syntax import tokens

FAULTS = [
    ("", 1, 1, "The query is empty"),
    ("SELECT", 1, 7, "The query ends too early; expected “*”, a variable"),
    ("SELEC * {}", 1, 1, "“SELEC” cannot stand here; perhaps SELECT is meant."),
    ("SELECT ?s WHERE { ?s ?p }", 1, 25, "“}” cannot stand here; expected an object."),
    ("SELECT * { ?s ?p ?o", 1, 20, "The query ends too early; expected “}”"),
    ("SELECT * { ?s ex:p ?o }", 1, 15, "The prefix “ex:” is not declared."),
    ("SELECT * { ?s asyl:p ?o }", 1, 15, "write PREFIX asyl: <"),
    ("SELECT *\n{ ?s ?p ?o }\nLIMIT x", 3, 7, "“x” cannot stand here; expected a whole number."),
    ("SELECT ?s { ?s a foo }", 1, 18, "“foo” cannot stand here; expected an object."),
    ('ASK { ?s ?p "abc }', 1, 13, "The string that begins here does not end on its line."),
    ("ASK { ?s <http://a b> ?o }", 1, 10, "The address that begins here does not end"),
    ("SELECT * { FILTER(?x = ) }", 1, 24, "“)” cannot stand here; expected an expression."),
    ("SELECT * { FILTER regexp(?x, 'a') }", 1, 19, "perhaps REGEX is meant"),
    ("ASK { FILTER regex(?o) }", 1, 22, "“)” cannot stand here; expected “,”"),
    ("ASK { ?s ?p ?o }}", 1, 17, "“}” cannot stand here"),
    ("ASK { ?s ?p ?o FILTER EXIST { ?s ?p ?o } }", 1, 23, "perhaps EXISTS is meant"),
    ("SELECT * { ?s ?p ?o } ORDER BY", 1, 31, "The query ends too early; expected “ASC”"),
    ("SELECT * { ?s ?p ?o } GROUP BY ?s", None, None, "SELECT * is not authorized with GROUP BY."),
    (
        "SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }",
        None,
        None,
        "The SELECT contains a variable that is unbound.",
    ),
    ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", None, None, "a variable is given a value twice"),
    ("\0", 1, 1, "“\\x00” cannot stand here"),
]


@pytest.mark.parametrize(("query", "line", "column", "said"), FAULTS)
def test_the_first_fault_is_told(query: str, line: int | None, column: int | None, said: str) -> None:
    with pytest.raises(BrokenQuery) as found:
        evaluate(ox.Store(), query, checked(query))
    assert said in found.value.detail
    assert found.value.detail.endswith(".")
    assert not re.search(r"\[|\b[A-F0-9]{4}\b|unreported", found.value.detail)
    assert line is None or (found.value.line, found.value.column) == (line, column)


def test_queries_that_the_engine_takes_fit_the_grammar() -> None:
    folders = ("competency", "hygiene", "explorer")
    files = [file for folder in folders for file in (data("queries") / folder).iterdir()]
    shipped = [file.read_text() for file in files if file.name.endswith(".rq")]
    assert shipped
    assert [query for query in (*shipped, *SOUND) if misfit(list(tokens(query)))] == []


SOUND = """\
BASE <a:> PREFIX : <a:> SELECT DISTINCT ?s (COUNT(DISTINCT *) AS ?n) FROM <a:g> FROM NAMED :h WHERE \
{ ?s :p/^:q|!(:r|^a)* 1, -1.5e3 ; a [] ; :l (1 'x'@da true) . } GROUP BY ?s (1 AS ?g) HAVING (?n > 1) \
ORDER BY DESC(?n) ?s LIMIT 1 OFFSET 2 VALUES (?s ?n) { (UNDEF 1) }
CONSTRUCT WHERE { ?s ?p ?o . _:b ?p 'a'^^<a:t> }
CONSTRUCT { [ ?p ( ?o ) ] ?q ?r } FROM <a:g> { { ?s ?p ?o } UNION { SELECT * { ?s ?q ?r } } MINUS { } }
DESCRIBE ?x <a:b> { GRAPH ?g { ?x ?p ?o OPTIONAL { ?x ?p ?r } } }
ASK { FILTER NOT EXISTS { ?s ?p ?o } FILTER(?a NOT IN (1, 2) && !BOUND(?b) || ?c <= -?d * 2 && true) \
BIND(<a:f>(DISTINCT 1, ?x) AS ?y) FILTER(GROUP_CONCAT(?x; SEPARATOR=',') = IF(1, 2, 3)) }
""".splitlines()
"""One of everything that the grammar has, a query a line."""
