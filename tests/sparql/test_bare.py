"""An endpoint that serves any RDF, without pages and without the law."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi.testclient import TestClient

from asylgraf.web.endpoint import Bare, open_dataset
from asylgraf.web.guard import Guard
from asylgraf.web.settings import Settings

FILE = Path(__file__).parent / "shared.trig"


def test_any_data_set_is_served_with_its_plain_meaning() -> None:
    settings = Settings()
    app = Guard(Bare(open_dataset([FILE], settings)), settings)
    with TestClient(app, base_url="http://localhost") as client:
        answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
        (row,) = json.loads(answer.content)["results"]["bindings"]
        assert row["o"]["value"] == "the default graph"
        assert client.get("/").status_code == 404
        assert client.get("/health").json()["status"] == "ok"
        assert "asylgraf_answers_total" in client.get("/metrics").text
        assert client.get("/sparql", headers={"host": "elsewhere.example"}).status_code == 421


def test_answers_are_for_everyone_unless_something_was_added() -> None:
    assert Settings().cors == "*"
    assert Settings(extra=(FILE,)).cors is None
    assert Settings(extra=(FILE,), origin="https://a.example").cors == "https://a.example"
