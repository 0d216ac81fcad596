"""A made-up law of a few thousand triples, large enough to be abused."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

from asylgraf.sparql.reply import Written

BASE = "http://example.org/"


def write(path: Path, cases: int = 2500) -> Path:
    """Cases that cite provisions and earlier cases, with text, as N-Triples."""
    chance = random.Random(7)  # noqa: S311 - the same data each time is what is wanted
    lines = []
    for number in range(cases):
        case = f"<{BASE}case/{number}>"
        words = " ".join(chance.choices(["danger", "refuge", "home", "return", "family", "aaaaab"], k=30))
        lines.append(f'{case} <{BASE}text> "{words}"@en .')
        lines.append(
            f'{case} <{BASE}decided> "{1990 + number % 30}-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .'
        )
        lines += [f"{case} <{BASE}cites> <{BASE}provision/{chance.randrange(300)}> ." for _ in range(4)]
        lines += [
            f"{case} <{BASE}follows> <{BASE}case/{chance.randrange(number)}> ." for _ in range(3) if number
        ]
    path.write_text("\n".join(dict.fromkeys(lines)) + "\n")
    return path


PREFIX = f"PREFIX e: <{BASE}> "
SMALL = f"SELECT ?p {{ <{BASE}case/7> <{BASE}cites> ?p }}"

ABUSE: dict[str, tuple[str, set[int]]] = {
    "a product counted": (PREFIX + "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", {504}),
    "a product sorted": (PREFIX + "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a LIMIT 10", {507, 504}),
    "a regular expression that backtracks": (
        PREFIX + f'SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ "{"a" * 40}!" }} FILTER(REGEX(?x, "^(a+)+$")) }}',
        {200},
    ),
    "a regular expression of great size": (
        PREFIX + 'ASK { ?s e:text ?x FILTER(REGEX(?x, "((((a{0,60}){0,60}){0,60}){0,60}b){0,20}")) }',
        {200, 504, 507},
    ),
    "a path in all directions": (
        PREFIX + "SELECT (COUNT(*) AS ?n) { ?a (e:follows|^e:follows|e:cites|^e:cites)* ?b }",
        {504},
    ),
    "many values": (
        PREFIX + "ASK { VALUES ?s { " + " ".join(f"e:case{n}" for n in range(200_000)) + " } ?s ?p ?o }",
        {413},
    ),
    "a string doubled": (
        f'SELECT (STRLEN(?a24) AS ?n) {{ BIND("{"x" * 1000}" AS ?a0) '
        + " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(24))
        + " }",
        {507, 504},
    ),
    "deep brackets": ("SELECT * WHERE " + "{" * 5000 + "?s ?p ?o" + "}" * 5000, {400}),
    "many optional parts": ("SELECT * { ?s ?p ?o " + "OPTIONAL { ?s ?p ?o } " * 400 + "} LIMIT 1", {504}),
    "nested repetition": ("SELECT * { ?s " + "(" * 30 + f"<{BASE}follows>" + ")*" * 30 + " ?o }", {504, 507}),
    "a long sum": ("SELECT * { ?s ?p ?o FILTER(" + "+".join(["1"] * 50_000) + " > 3) }", {504, 400}),
    "a product made distinct": (
        "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?c), STR(?f)) AS ?x) }",
        {504, 507},
    ),
    "everything in one string": (
        PREFIX + "SELECT (GROUP_CONCAT(?t) AS ?all) { ?a e:text ?t . ?b e:text ?u }",
        {504, 507},
    ),
    "values joined with values": (
        "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"VALUES ?{v} {{ {' '.join(map(str, range(3000)))} }}" for v in "abc")
        + " FILTER(?a + ?b + ?c < 0) }",
        {504, 507},
    ),
    "subselects in subselects": (
        "SELECT * { " + "{ SELECT * { " * 90 + "?s ?p ?o" + " } }" * 90 + " } LIMIT 1",
        {200, 504, 507},
    ),
    "three thousand unions": (
        "SELECT (COUNT(*) AS ?n) { " + " UNION ".join(["{ ?s ?p ?o }"] * 3000) + " }",
        {200, 400, 504, 507},
    ),
    "a string that replaces itself": (
        f"""SELECT (STRLEN(?c) AS ?n) {{ BIND("{"x" * 2000}" AS ?a)
        BIND(REPLACE(?a, "x", ?a) AS ?b) BIND(REPLACE(?b, "x", ?a) AS ?c) }}""",
        {504, 507},
    ),
    "a product that must not exist": (
        """SELECT (COUNT(*) AS ?n) { ?a ?b ?c
        FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?f = ?i && ?d = ?c) } }""",
        {504, 507},
    ),
    "conditions in conditions": ("ASK { FILTER(" + "IF(true," * 190 + "1" + ",1)" * 190 + ") }", {200}),
}
"""Queries meant to knock the endpoint over, and the statuses that are an honest end."""


MADE_UP: Counter[str] = Counter()
"""Requests that hypothesis and schemathesis made up, by who asked them."""


def count_words(argument: dict[str, str]) -> dict[str, int]:
    """What the pool is asked to run: any function of JSON to JSON."""
    return {"words": len(argument["text"].split())}


def fail(argument: dict[str, str]) -> None:
    """A function with a fault, which quotes what it was given."""
    raise KeyError(f"no such thing as {argument['text']}")


def count_letters(argument: dict[str, str]) -> int:
    """Another function of the same module."""
    return len(argument["text"])


def echo(times: int, body: bytes) -> Written:
    """What was sent, several times."""
    return Written("text/plain", [body] * times)


def sleep(_: object) -> None:
    """A function that does not end."""
    time.sleep(60)


def hoard(_: object) -> int:
    """A function that wants more memory than there is."""
    return len(b"x" * (4 << 30))
