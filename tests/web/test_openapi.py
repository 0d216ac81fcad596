"""Every address of the site, asked whatever its OpenAPI document allows: it may refuse, it may not fail."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sparql.made import MADE_UP
from tests.sparql.test_fuzz import TIMES

from asylgraf.web.app import ROUTES

OF_THE_ENDPOINT = ("/sparql", "/graph-store", "/queries/")
"""Addresses that tests/sparql/test_openapi.py asks."""
HONEST = {501, 503, 504, 507}
"""What a server may say of itself: a part that is not installed, and its limits."""


def operations() -> dict[str, Any]:
    app = FastAPI()
    for name in ROUTES:
        app.include_router(import_module(f"asylgraf.web.routes.{name}").router)
    found: list[Any] = list(schemathesis.openapi.from_dict(app.openapi()).get_all_operations())
    return {one.ok().label: one.ok() for one in found if not one.ok().path.startswith(OF_THE_ENDPOINT)}


OPERATIONS = operations()


@pytest.mark.parametrize("label", OPERATIONS)
@settings(max_examples=8 * TIMES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_request_that_the_document_allows_makes_the_site_fail(
    client: TestClient, label: str, data: st.DataObject
) -> None:
    case = data.draw(OPERATIONS[label].as_strategy())
    MADE_UP["addresses of the site"] += 1
    told = case.as_transport_kwargs(base_url="http://localhost")
    known = {
        name: told[name] for name in ("method", "url", "params", "json", "data") if told.get(name) is not None
    }
    answer = client.request(**known, follow_redirects=False)
    assert answer.status_code < 500 or answer.status_code in HONEST, answer.text


@pytest.mark.parametrize("address", ["/id/%22%3C%3E", "/ontology/a%20b", "/graph/%7B%7D", "/id/%00"])
def test_an_address_that_nothing_can_have_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404
