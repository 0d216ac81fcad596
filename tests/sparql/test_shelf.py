"""A researcher's own graphs on disk: checked before anything is added, and asked together with the law."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.sparql.conftest import Server, serving

import asylgraf
from asylgraf.errors import AsylgrafError, BadParameter, BrokenFile, UnknownThing
from asylgraf.graph import open_graph
from asylgraf.sparql.limits import Limits
from asylgraf.sparql.ownwords import best, words_of
from asylgraf.sparql.rows import Rows
from asylgraf.sparql.rows import query as asked_of
from asylgraf.sparql.shelf import OWN, Shelf, add, graphs, on_day, version
from asylgraf.sparql.sources import Law, Own, Spec

E = "http://example.org/"
HERE = Path(__file__).parent
NOTES = """@prefix e: <http://example.org/> .
e:note e:about <https://w3id.org/asylgraf/id/made/1> ; e:by [ e:name "Ada" ] .
"""
CASES = "".join(
    f"<{E}{name}> <{E}about> <https://w3id.org/asylgraf/id/made/1> <urn:cases> .\n"
    for name in ("case", "note")
)
IN_FORCE = """PREFIX e: <http://example.org/> PREFIX asyl: <https://w3id.org/asylgraf/ontology/>
SELECT ?n ?v { ?n e:about ?p . ?p asyl:versionInForce ?v }"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two graphs that share a statement."""
    place = tmp_path_factory.mktemp("own")
    (place / "notes.ttl").write_text(NOTES)
    (place / "cases.nq.gz").write_bytes(gzip.compress(CASES.encode()))
    add(place / "store", [place / "notes.ttl", place / "cases.nq.gz"])
    return place / "store"


@pytest.fixture(scope="module")
def owned(folder: Path) -> Iterator[Server]:
    """A server of the made-up law with those graphs."""
    spec = Spec("only", (str(HERE / "law.trig"),), store=str(folder))
    with serving(spec, Limits(workers=2, seconds=8)) as server:
        yield server


def count(store: ox.Store, pattern: str) -> int:
    found = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(next(iter(found))["n"].value)  # type: ignore[arg-type]


def asked(server: Server, query: str, **options: str) -> list[dict[str, str]]:
    answer = server.get(query, **options)
    assert answer.status == 200, answer.body
    rows = json.loads(answer.body)["results"]["bindings"]
    return [{name: cell["value"] for name, cell in row.items()} for row in rows]


def test_the_graphs_are_listed_with_their_sizes(folder: Path) -> None:
    assert [(one.graph, one.triples, one.file) for one in graphs(folder)] == [
        (OWN + "notes", 3, "notes.ttl"),
        ("urn:cases", 2, "cases.nq.gz"),
    ]


def test_what_two_graphs_say_counts_once(folder: Path) -> None:
    store = on_day(folder, ox.Store()).open()
    assert count(store, f"<{E}note> <{E}about> ?p") == 1
    assert count(store, f"GRAPH ?g {{ <{E}note> <{E}about> ?p }}") == 2
    assert count(store, f"?n <{E}by>/<{E}name> 'Ada'") == 1


def test_they_are_asked_together_with_the_law_of_a_day(owned: Server) -> None:
    for day, versions in (("2012-01-01", {"a"}), ("2020-01-01", {"b"})):
        rows = asked(owned, IN_FORCE, on=day)
        assert {row["n"] for row in rows} == {E + "note", E + "case"}
        assert {row["v"][-1] for row in rows} == versions


TEXT = "PREFIX text: <https://w3id.org/asylgraf/function/> PREFIX e: <http://example.org/> "


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("forfølgelse", {"note"}),  # the word itself
        ("forfoelgelser", {"note"}),  # as it is typed elsewhere, and in another form
        ("risiko", {"note"}),  # a part of torturrisiko, which another text shows to be a word
        ("risici", set()),  # another stem
        ("refusals", {"case"}),  # in a text without a language
        ("asylum", set()),
    ],
)
def test_words_of_a_researchers_own_texts_are_found(tmp_path: Path, words: str, found: set[str]) -> None:
    file = tmp_path / "notes.ttl"
    file.write_text(
        """@prefix e: <http://example.org/> .
        e:note e:says "Forfølgelsen og torturrisikoen"@da . e:more e:says "tortur"@da , "risiko"@da .
        e:case e:says "It was refused" ; e:number 7 ."""
    )
    add(tmp_path / "store", [file])
    query = TEXT + f"SELECT ?n {{ ?n e:says ?t FILTER(text:matches(?t, '{words}')) FILTER(?n != e:more) }}"
    rows = asked_of(on_day(tmp_path / "store", ox.Store()), query)
    assert isinstance(rows, Rows)
    assert {str(row["n"]).removeprefix(E) for row in rows} == found


def test_the_words_of_what_was_added_later_are_found_beside_the_earlier(tmp_path: Path) -> None:
    for name, text in (("one", "den ene"), ("two", "den anden"), ("three", "den anden")):
        (tmp_path / f"{name}.ttl").write_text(f'<{E}{name}> <{E}says> "{text}"@da .')
        add(tmp_path / "store", [tmp_path / f"{name}.ttl"])
    words = words_of(tmp_path / "store")
    assert words is not None
    assert words.fit("den ene", "den") > 0
    assert words.fit("den anden", "anden") > 0
    assert words.fit("den ene", "anden") == 0


def test_the_best_texts_are_found_with_who_says_them(tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text(
        f'<{E}far> <{E}says> "tortur og meget andet, som ikke hører til sagen"@da .'
        f'<{E}near> <{E}says> "tortur" . [] <{E}says> "tortur"@da . <{E}other> <{E}says> "andet"@da .'
    )
    store = tmp_path / "store"
    add(store, [tmp_path / "one.ttl"])

    def found(most: int) -> list[tuple[str, str]]:
        asked = {"folder": str(store), "words": "Tortur", "most": most}
        return [(thing, graph) for _, thing, graph in best(asked)]

    assert found(10) == [(E + "near", OWN + "one"), (E + "far", OWN + "one")]
    assert found(1) == [(E + "near", OWN + "one")]
    (tmp_path / "one.ttl").write_text(f'<{E}far> <{E}says> "nu noget helt andet"@da .')
    add(store, [tmp_path / "one.ttl"], replace=True)
    assert found(10) == []


def test_the_server_finds_them_too(owned: Server) -> None:
    query = TEXT + "SELECT ?s { ?s e:name ?t FILTER(text:matches(?t, 'ADA')) }"
    assert len(asked(owned, query, on="2020-01-01")) == 1


def test_a_typo_is_still_told_and_words_of_the_law_are_still_found(owned: Server) -> None:
    assert b"nowhere" in owned.get(f"ASK {{ ?n <{E}abuot> ?p }}")["asylgraf-warnings"].encode()
    text = "PREFIX text: <https://w3id.org/asylgraf/function/> ASK { ?s ?p ?o FILTER(text:matches(?o, 'x')) }"
    assert owned.get(text, on="2020-01-01").status == 200


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        (f"ASK {{ ?n <{E}abuot> ?p }}", f"<{E}about>"),  # a property of their own
        ("PREFIX asyl: <https://w3id.org/asylgraf/ontology/> ASK { ?n asyl:versionInForse ?v }", "InForce"),
        (f"ASK {{ <{E}caze> ?p ?o }}", None),  # things of their own may be too many to look through
        (f"PREFIX e: <{E}> ASK {{ e:caze ?p ?o }}", None),  # the namespace is known all the same
    ],
)
def test_a_typo_has_what_was_meant_of_the_law_and_of_their_own_terms(
    owned: Server, query: str, nearest: str | None
) -> None:
    warnings = json.loads(owned.get(query, lint="json").body)["warnings"]
    assert [one["kind"] == "prefix" for one in warnings] == [False]
    assert [near[-len(nearest) :] for near in warnings[0]["nearest"][:1]] == [nearest] if nearest else True
    assert nearest or E + "case" not in str(warnings)


def test_a_case_is_refused_since_nothing_of_it_may_stay_on_disk(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(BadParameter, match="graphs on disk"):
        Own(Law([str(HERE / "law.trig")], only=True), folder).about({"facts": {}})
    assert sorted(folder.rglob("*")) == before


def test_a_version_is_of_both(owned: Server, law: Server, folder: Path) -> None:
    versions = {server.get("ASK {}")["asylgraf-version"] for server in (owned, law)}
    assert len(versions) == 2
    assert version(folder) == version(folder)


def test_the_library_asks_them_too(folder: Path) -> None:
    opened = asylgraf.open(HERE / "law.trig", store=folder)
    found = opened.query(IN_FORCE, on="2020-01-01")
    assert {str(row["n"]) for row in found} == {E + "note", E + "case"}  # type: ignore[union-attr]
    with pytest.raises(UnknownThing, match="asylgraf load"):
        asylgraf.open(store=folder / "none")


MISTAKES = {
    "broken.ttl": ("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .", "broken.ttl:2"),
    "broken.nt": ("<urn:a> <urn:b> 1 .\n", "broken.nt:1"),
    "table.csv": ("a,b", "table.csv"),
    "ours.nq": (f"<urn:a> <urn:b> <urn:c> <{OWN[:-4]}act-2015-153/reading> .", "ours.nq"),
    "twice.nt": ("<urn:a> <urn:b> <urn:c> .", "graph"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_nothing_is_added_if_a_file_is_wrong(name: str, tmp_path: Path) -> None:
    text, where = MISTAKES[name]
    (tmp_path / name).write_text(text)
    (tmp_path / "good.nt").write_text("<urn:x> <urn:y> <urn:z> .")
    files = [tmp_path / "good.nt", tmp_path / name]
    with pytest.raises(AsylgrafError) as caught:
        add(tmp_path / "store", files, graph="urn:same" if name == "twice.nt" else None)
    assert isinstance(caught.value, BrokenFile | BadParameter)
    assert str(caught.value.where).endswith(where)
    with pytest.raises(UnknownThing):
        graphs(tmp_path / "store")


def test_a_file_that_ends_in_the_middle_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(b"<urn:x> <urn:y> <urn:z> .\n" * 1000)
    (tmp_path / "cut.nt.gz").write_bytes(whole[:-20])
    with pytest.raises(BrokenFile, match="cannot be read"):
        add(tmp_path / "store", [tmp_path / "cut.nt.gz"])


def test_a_graph_is_replaced_only_when_asked(tmp_path: Path) -> None:
    file, other = tmp_path / "a.nt", tmp_path / "b.nt"
    file.write_text("<urn:old> <urn:p> 1 .\n<urn:both> <urn:p> 1 .".replace("1", '"1"'))
    other.write_text('<urn:both> <urn:p> "1" .')
    add(tmp_path / "store", [file, other])
    file.write_text('<urn:new> <urn:p> "1" .')
    with pytest.raises(BadParameter, match="--replace"):
        add(tmp_path / "store", [file])
    add(tmp_path / "store", [file], replace=True)
    store = on_day(tmp_path / "store", ox.Store()).open()
    found = {str(quad.subject) for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert found == {"<urn:new>", "<urn:both>"}
    assert [one.triples for one in graphs(tmp_path / "store")] == [1, 1]


def test_days_that_nobody_asks_about_are_swept_away(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text("<urn:a> <urn:b> <urn:c> .")
    add(tmp_path / "store", [tmp_path / "a.nt"])
    law = open_graph(files=[HERE / "law.trig"]).snapshot(date(2020, 1, 1))
    held: list[Shelf] = [on_day(tmp_path / "store", law)]
    held.append(on_day(tmp_path / "store", law))
    assert len(list((tmp_path / "store/days").iterdir())) == 2
    held.clear()
    held.append(on_day(tmp_path / "store", law))
    assert len(list((tmp_path / "store/days").iterdir())) == 1
