"""Whatever is sent, the answer is one of those documented, and no worker is lost."""

from __future__ import annotations

import os
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.bench.processes import descendants
from tests.sparql.conftest import Server, until
from tests.sparql.made import MADE_UP

TIMES = int(os.environ.get("FUZZ_TIMES", "1"))
"""How many times as many requests as in a quick run: `make soak` sets it, and takes its time."""
WORDS = """
SELECT ASK CONSTRUCT DESCRIBE WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND AS VALUES SERVICE GROUP
BY
ORDER HAVING LIMIT OFFSET DISTINCT EXISTS NOT IN COUNT(*) UNDEF PREFIX BASE a true 1 -1.5 "x" 'y'@da '''
"z"^^e:t
<http://example.org/a> <g> e: e:a _:b ?s ?p ?o $v * + ? / | ^ ! != = < > <= && || ( ) [ ] { } { } . ; , #
\\u0041 \\
INSERT CLEAR RAND() NOW() CONCAT( REGEX( STRLEN(
"""
QUERIES = st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join)
SOUND = st.lists(
    st.sampled_from(
        [
            "?s ?p ?o .",
            "OPTIONAL { ?o ?q ?r }",
            "FILTER(?o != 3)",
            "BIND(1 AS ?x)",
            "{ ?a ?b ?o } UNION { ?s ?b ?c }",
        ]
    ),
    max_size=6,
).map(lambda parts: "SELECT * { " + " ".join(parts) + " }")
OFTEN = settings(
    max_examples=150 * TIMES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def _no_worker_is_lost(plain: Server) -> None:
    pool = plain.endpoint.pool
    assert until(lambda: pool.turns.active == pool.turns.queued == 0)


@OFTEN
@given(QUERIES | SOUND | st.text(max_size=40))
def test_made_up_queries(plain: Server, query: str) -> None:
    MADE_UP["queries"] += 1
    assert plain.post(query).status in {200, 400, 503, 504, 507}
    assert plain.endpoint.pool.turns.active == 0


@OFTEN
@given(
    st.binary(max_size=60),
    st.sampled_from(["GET", "POST", "HEAD"]),
    st.sampled_from(["query=", "on=", "", "query=ASK%7B%7D&known="]),
)
def test_made_up_requests(plain: Server, junk: bytes, method: str, start: str) -> None:
    MADE_UP["requests"] += 1
    answer = plain.send(
        method, f"/sparql?{start}{quote_from_bytes(junk)}", junk, content_type="application/sparql-query"
    )
    assert answer.status in {200, 400, 403, 406, 415, 422, 503, 504, 507}


@OFTEN
@given(st.text(max_size=30), st.text(max_size=30))
def test_made_up_headers(plain: Server, accept: str, encoding: str) -> None:
    def clean(text: str) -> str:
        return text.encode("latin-1", "ignore").decode("latin-1").translate(dict.fromkeys([*range(32), 127]))

    MADE_UP["headers"] += 1
    answer = plain.get(
        "ASK {}", accept=clean(accept), accept_encoding=clean(encoding), if_none_match=clean(accept)
    )
    assert answer.status in {200, 304, 400, 406}


def test_no_worker_is_left_over(plain: Server) -> None:
    pool = plain.endpoint.pool
    assert until(lambda: len(descendants(pool.process)) <= (pool.limits.hands + 1) * pool.snapshots)
