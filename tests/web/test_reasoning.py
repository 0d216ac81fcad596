"""A case asked together with the law leaves nothing behind; receipts and reviews over HTTP."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from fastapi.testclient import TestClient

from asylgraf.resources import data

CASE = {"facts": {"asylumAppliedOn": "2023-06-01", "riskOfTorture": True}, "on": "2024-05-01"}
PREFIX = "PREFIX asyl: <https://w3id.org/asylgraf/ontology/> "
COUNT = PREFIX + (
    "SELECT (COUNT(?o) AS ?n) { ?o asyl:ofCase <https://w3id.org/asylgraf/id/case/asked> ; "
    "asyl:ofConsequence/asyl:family ?family ; asyl:provedBy ?step }"
)


def counted(answer: str) -> int:
    return int(answer.rsplit(maxsplit=1)[-1])


def test_a_case_is_asked_together_with_the_law(client: TestClient) -> None:
    answer = client.post("/assess/query", json={"case": CASE, "query": COUNT}, headers={"accept": "text/csv"})
    assert answer.status_code == 200
    assert counted(answer.text) > 0
    assert answer.headers["cache-control"] == "no-store"


def test_after_it_nobody_else_finds_the_case(client: TestClient) -> None:
    for _ in range(3):
        client.post("/assess/query", json={"case": CASE, "query": COUNT})
        told = client.get(
            "/sparql", params={"query": COUNT, "on": "2024-05-01"}, headers={"accept": "text/csv"}
        )
        assert counted(told.text) == 0


def test_a_mistake_in_case_or_query_is_told(client: TestClient) -> None:
    told = client.post("/assess/query", json={"case": {"facts": {"x": 1}}, "query": COUNT})
    assert (told.status_code, told.json()["where"]) == (422, "facts.x")
    told = client.post("/assess/query", json={"case": CASE, "query": "SELECT"})
    assert told.status_code == 400
    assert client.post("/assess/query", json={"case": CASE}).status_code == 400
    assert client.post("/assess/query", json={"query": COUNT}).status_code == 422


def test_the_examples_stand_in_the_graph_with_their_proofs(client: TestClient) -> None:
    query = PREFIX + (
        "SELECT (COUNT(DISTINCT ?case) AS ?n) { ?case a asyl:ExampleCase . "
        "?o asyl:ofCase ?case ; asyl:provedBy ?step }"
    )
    told = client.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
    assert counted(told.text) >= 12


def why() -> str:
    """The query of the guide: what an outcome rests on."""
    guide = Path(__file__).parents[2] / "docs" / "asking.md"
    (found,) = re.finditer(r"```sparql\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    return found[1]


EXCLUDED = {
    ("section 7(1)", "Fails"),
    ("article 1 A(2) of the Refugee Convention", "Fails"),
    ("article 1 F of the Refugee Convention", "Holds"),
    ("article 1 F(a) of the Refugee Convention", "Holds"),
    ("section 10(1)", "Holds"),
    ("section 10(1)(iii)", "Holds"),
}


def told_in(answer: str) -> set[tuple[str, str]]:
    rows = csv.DictReader(answer.splitlines())
    return {(row["provision"], row["result"].rpartition("/")[2]) for row in rows}


def test_the_query_of_the_guide_tells_what_an_exclusion_rests_on(client: TestClient) -> None:
    asked = {"query": why(), "on": "2024-05-01"}
    assert told_in(client.get("/sparql", params=asked, headers={"accept": "text/csv"}).text) == EXCLUDED


def test_the_query_of_the_guide_can_be_asked_of_a_case_of_ones_own(client: TestClient) -> None:
    name = "excluded-war-criminal"
    case = json.loads((data("kb") / "examples" / f"{name}.json").read_text(encoding="utf-8"))
    asked = {"case": case, "query": why().replace(f"<id/example/{name}#", "<id/case/asked#")}
    answer = client.post("/assess/query", json=asked, headers={"accept": "text/csv"})
    assert told_in(answer.text) == EXCLUDED


def test_a_receipt_can_be_run_again(client: TestClient) -> None:
    given = client.post("/assess/receipt", json=CASE).json()
    told = client.post("/assess/verify", json=given).json()
    right = dict.fromkeys(("holds", "intact", "sameProgram", "sameData"), True)
    assert told == {**right, "differences": []}
    given["answer"]["presume"] = "standard"
    assert client.post("/assess/verify", json=given).json()["intact"] is False


def test_the_law_of_a_day_is_looked_over(client: TestClient) -> None:
    told = client.get("/review", params={"on": "2024-05-01"}).json()
    assert {"conflicts", "never", "implied", "idle"} <= told.keys()
