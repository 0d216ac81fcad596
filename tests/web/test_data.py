"""Downloads that can be checked, versions that can be asked for later, and the feed of changes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from asylgraf.errors import DataError
from asylgraf.graph import open_graph
from asylgraf.service.downloads import archive, downloads, unpacked
from asylgraf.web.app import Settings, create_app

from .conftest import TODAY

ATOM = "{http://www.w3.org/2005/Atom}"
QUERY = "SELECT ?v { <id/dk/aliens-act/7/3> <ontology/versionInForce> ?v }"
OURS = Path(__file__).parents[1] / "sparql/law.trig"


TOLD = b'<urn:example> <urn:outcome> "as it was then" <https://w3id.org/asylgraf/graph/derived/examples> .\n'
"""What a program of another day may have found in an example."""


def test_every_file_is_listed_with_the_checksum_of_its_bytes(client: TestClient) -> None:
    listed = client.get("/data", headers={"accept": "application/json"}).json()["files"]
    assert {file["name"].rpartition(".")[2] for file in listed} == {"zip", "trig", "nt"}
    sums = client.get("/data/SHA256SUMS").text
    for file in listed:
        answer = client.get("/data/" + file["name"])
        assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
        assert f"{file['sha256']}  {file['name']}\n" in sums
        assert answer.headers["content-type"].startswith(file["mediaType"])
        again = client.get("/data/" + file["name"], headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert listed[0]["name"] in client.get("/data", headers={"accept": "text/html"}).text
    assert client.get("/data/other.zip").status_code == 404


def test_the_same_version_makes_the_same_bytes_and_every_statement(client: TestClient) -> None:
    graph = open_graph()
    files = downloads(graph)
    for name, file in files.items():
        assert client.get("/data/" + name).content == file.content
    trig = next(file.content for name, file in files.items() if name.endswith(".trig"))
    assert sum(1 for _ in ox.parse(trig, format=ox.RdfFormat.TRIG)) == sum(1 for _ in graph.quads())


def test_an_archive_holds_its_version(tmp_path: Path) -> None:
    graph = open_graph(extra=[OURS])
    file = next(file for name, file in downloads(graph, [OURS]).items() if name.endswith(".zip"))
    (tmp_path / file.name).write_bytes(file.content)
    again = open_graph(files=unpacked(tmp_path / file.name, tmp_path / "out")[0])
    assert again.digest == graph.digest
    assert file.name == f"asylgraf-{again.digest[:12]}.zip"
    assert "README" in zipfile.ZipFile(io.BytesIO(file.content)).namelist()


def test_files_that_changed_after_they_were_read_are_not_given_out(tmp_path: Path) -> None:
    (tmp_path / "law.trig").write_bytes(OURS.read_bytes())
    graph = open_graph(extra=[tmp_path / "law.trig"])
    (tmp_path / "law.trig").write_bytes(OURS.read_bytes() + b"\n# changed")
    with pytest.raises(DataError, match="have changed"):
        archive(graph, [tmp_path / "law.trig"])


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The site of today, which keeps the archive of another version: one with a made-up law beside it."""
    folder = tmp_path_factory.mktemp("releases")
    older = open_graph(extra=[OURS])
    file = next(file for name, file in downloads(older, [OURS]).items() if name.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(file.content)) as made, zipfile.ZipFile(folder / file.name, "w") as kept:
        for name in made.namelist():
            kept.writestr(name, made.read(name) + (TOLD if name == "derived/examples/last.nq" else b""))
    app = create_app(Settings(now=lambda: TODAY, releases=folder))
    with TestClient(app, base_url="http://localhost") as found:
        yield found


def test_an_older_version_is_answered_from_its_archive(later: TestClient) -> None:
    asked = {"query": "ASK { <id/made/1> ?p ?o }", "on": "2020-01-01"}
    older = open_graph(extra=[OURS]).digest[:12]
    assert later.get("/sparql", params=asked).json()["boolean"] is False
    answer = later.get("/sparql", params=asked | {"version": older})
    assert answer.json()["boolean"] is True
    assert answer.headers["asylgraf-version"] == older
    assert later.get("/sparql", params=asked | {"version": "0" * 12}).status_code == 404
    assert later.get("/sparql", params=asked | {"version": older[:4]}).status_code == 404
    assert f"asylgraf-{older}.zip" in later.get("/data/SHA256SUMS").text
    assert later.get(f"/data/asylgraf-{older}.zip").status_code == 200


def test_an_older_version_may_be_named_in_a_form(later: TestClient) -> None:
    asked = {"query": "ASK { <id/made/1> ?p ?o }", "on": "2020-01-01"}
    older = open_graph(extra=[OURS]).digest[:12]
    assert later.post("/sparql", data=asked).json()["boolean"] is False
    assert later.post("/sparql", data=asked | {"version": older}).json()["boolean"] is True
    assert later.post("/sparql", data=asked | {"version": "0" * 12}).status_code == 404


def test_who_reads_pages_gets_the_page_with_the_answer_of_the_older_version(later: TestClient) -> None:
    older = open_graph(extra=[OURS]).digest[:12]
    asked = {"query": "SELECT ?o { <id/made/1> a ?o }", "on": "2020-01-01", "version": older}
    page = later.get("/sparql", params=asked, headers={"accept": "text/html"})
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "Provision" in page.text.split("<tbody>")[1]
    assert f"Asylgraf, version {older}" in page.text


def test_the_outcomes_of_examples_are_those_of_then(later: TestClient) -> None:
    older = open_graph(extra=[OURS]).digest[:12]
    asked = {"query": "SELECT ?o { <urn:example> <urn:outcome> ?o }", "version": older}
    (row,) = later.get("/sparql", params=asked).json()["results"]["bindings"]
    assert row["o"]["value"] == "as it was then"
    cases = {"query": "ASK { ?case a <ontology/ExampleCase> ; ?p ?o }", "version": older}
    assert later.get("/sparql", params=cases).json()["boolean"] is True


def test_a_citation_gives_the_same_rows_from_the_archive(later: TestClient) -> None:
    older = open_graph(extra=[OURS]).digest[:12]
    cited = {"query": QUERY, "on": "2024-05-01", "known": "2026-12-01", "version": older}
    then = later.get("/sparql", params=cited).json()["results"]["bindings"]
    now = later.get("/sparql", params=cited | {"version": open_graph().digest}).json()["results"]["bindings"]
    assert then == now != []


def test_the_feed_tells_what_each_act_changed(client: TestClient) -> None:
    answer = client.get("/changes.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)  # noqa: S314 - it is our own
    entries = feed.findall(ATOM + "entry")
    ids = [entry.findtext(ATOM + "id") for entry in entries]
    assert len(ids) == len(set(ids)) > 10
    assert all(entry.findtext(ATOM + "updated") for entry in entries)
    act = next(e for e in entries if (e.findtext(ATOM + "id") or "").endswith("act/2015/153#2015-02-20"))
    links = [link.get("href", "") for link in act.findall(ATOM + "link")]
    assert any(link.endswith("/id/dk/aliens-act/7/3") for link in links)
    assert "lov nr. 153" in client.get("/changes.atom?lang=da").text.lower()
