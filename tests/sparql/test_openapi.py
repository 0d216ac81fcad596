"""The addresses as the OpenAPI document tells them, asked with whatever it allows."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sparql.conftest import Server
from tests.sparql.made import MADE_UP
from tests.sparql.test_fuzz import TIMES

from asylgraf.sparql.named import queries
from asylgraf.web.routes.sparql import router

DOCUMENTED = {200, 400, 404, 406, 413, 415, 422, 503, 504, 507}
ELSEWHERE = ("/queries.json", "/context.jsonld", "/metrics")
"""Addresses of the site rather than of the endpoint."""


def document() -> dict[str, Any]:
    app = FastAPI()
    app.include_router(router)
    return app.openapi()


def operations() -> dict[str, Any]:
    found: list[Any] = list(schemathesis.openapi.from_dict(document()).get_all_operations())
    return {one.ok().label: one.ok() for one in found if one.ok().path not in ELSEWHERE}


OPERATIONS = operations()


@pytest.mark.parametrize("label", OPERATIONS)
@settings(max_examples=20 * TIMES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_nothing_but_what_is_documented_comes_back(law: Server, label: str, data: st.DataObject) -> None:
    case = data.draw(OPERATIONS[label].as_strategy())
    MADE_UP["addresses of the endpoint"] += 1
    address = case.path + "?" + urlencode(case.query or {}, doseq=True, errors="replace")
    if case.method == "GET":
        answer = law.send("GET", address)
    else:
        body = case.body if isinstance(case.body, dict) else {"query": str(case.body)}
        form = urlencode(body, errors="replace").encode()
        answer = law.send(case.method, address, form, content_type="application/x-www-form-urlencoded")
    assert answer.status in DOCUMENTED, answer.body
    assert law.endpoint.pool.turns.active == 0


def test_every_named_query_has_its_entry() -> None:
    paths = document()["paths"]
    for query in queries().values():
        entry = paths[f"/queries/{query.name}"]["get"]
        assert entry["summary"] == query.title
        told = {p["name"]: p["required"] for p in entry["parameters"]}
        assert told.items() >= {p.name: p.required for p in query.parameters}.items()
