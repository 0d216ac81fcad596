"""Pages, documents, formats, the command and the corpus."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from asylgraf.citations import cite
from asylgraf.citations.annotate import to_markdown
from asylgraf.citations.documents import read_document
from asylgraf.citations.network import (
    Asked,
    cite_files,
    counts,
    documents_of,
    each_file,
    network,
    write_network,
)
from asylgraf.citations.outputs import to_csv, to_ntriples, to_web_annotations
from asylgraf.citations.pages import HtmlText
from asylgraf.cli.app import app
from asylgraf.errors import BadRequest
from asylgraf.namespaces import DCT, ID, OA, ONTOLOGY

TEXT = "Efter udlændingelovens § 7, stk. 1, og § 8, stk. 1-2, gives asyl, jf. EMRK artikel 3."
ASYLUM = ID + "dk/aliens-act/7/1"


def linked(page: str) -> str:
    """A page with its links."""
    read = HtmlText(page)
    return read.linked(cite(read.text))


@pytest.mark.parametrize(
    "closed",
    [
        "<script>var a = 'udlændingelovens § 7';</script>",
        "<style>/* udlændingelovens § 7 */</style>",
        "<a href='/x'>udlændingelovens § 7</a>",
        "<img alt='udlændingelovens § 7'>",
        "<!-- udlændingelovens § 7 -->",
        "<textarea>udlændingelovens § 7</textarea>",
    ],
)
def test_nothing_is_linked_where_no_link_may_stand(closed: str) -> None:
    assert linked(f"<p>Se</p>{closed}") == f"<p>Se</p>{closed}"


def test_a_citation_over_tags_and_entities_is_linked_in_pieces() -> None:
    page = linked("<p>Efter udl&aelig;ndingelovens <b>§&nbsp;7, stk.&nbsp;1</b>.</p>")
    assert page.count(f'href="{ASYLUM}"') == 2
    assert "<b><a class=" in page


def test_markdown_links_and_code_stay_as_they_are() -> None:
    text = "Se [udlændingelovens § 7](x) og `udlændingelovens § 7` og udlændingelovens § 8."
    written = to_markdown(text, cite(text))
    assert written.startswith(
        "Se [udlændingelovens § 7](x) og `udlændingelovens § 7` og [udlændingelovens § 8](<"
    )


def test_a_markdown_link_takes_in_the_mark_whose_fellow_it_holds() -> None:
    text = "Efter **udlændingelovens** § 7, stk. 1, og _udlændingelovens § 8_."
    assert to_markdown(text, cite(text)) == (
        f"Efter [**udlændingelovens** § 7, stk. 1](<{ASYLUM}>), "
        f"og _[udlændingelovens § 8](<{ID}dk/aliens-act/8>)_."
    )


def test_a_table_has_a_row_for_each_citation() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(cite(TEXT)))))
    assert [row["iri"].removeprefix(ID) for row in rows] == [
        "dk/aliens-act/7/1",
        "dk/aliens-act/8/1",
        "echr/3",
    ]
    assert rows[1]["iris"].split() == [ID + "dk/aliens-act/8/1", ID + "dk/aliens-act/8/2"]


def test_web_annotations_find_their_words_by_place_and_by_quote() -> None:
    page = to_web_annotations(TEXT, cite(TEXT), "urn:text")
    items = json.loads(json.dumps(page))["items"]
    quote, place = items[0]["target"]["selector"]
    assert TEXT[place["start"] : place["end"]] == quote["exact"] == "udlændingelovens § 7, stk. 1"
    assert items[0]["body"] == ASYLUM
    assert page["@context"] == ["http://www.w3.org/ns/anno.jsonld", {"asyl": ONTOLOGY}]
    assert [page["id"], items[0]["id"]] == ["urn:text#citations", "urn:text#citation-1"]


def test_citations_become_a_graph_that_can_be_asked() -> None:
    store = ox.Store()
    store.load("\n".join(to_ntriples(cite(TEXT), "urn:text")).encode(), format=ox.RdfFormat.N_TRIPLES)
    assert store.query(f"ASK {{ <urn:text> <{DCT}references> <{ASYLUM}> }}")
    assert store.query(
        f"""PREFIX oa: <{OA}> ASK {{
            ?link oa:hasBody <{ASYLUM}> ; oa:hasTarget ?place . ?place oa:hasSource <urn:text> ;
                oa:hasSelector [ oa:exact "udlændingelovens § 7, stk. 1" ] , [ oa:start 6 ; oa:end 34 ] }}"""
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with a text, a page and a Word document that cite the same provision."""
    import docx

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.html").write_text(f"<p>{TEXT}</p>", encoding="utf-8")
    word = docx.Document()
    word.add_paragraph(TEXT)
    word.save(str(tmp_path / "c.docx"))
    (tmp_path / "d.bin").write_bytes(b"\x00")
    return tmp_path


def test_a_corpus_is_counted_and_written_as_a_network(corpus: Path) -> None:
    paths = documents_of(corpus)
    assert [path.name for path in paths] == ["a.txt", "b.html", "c.docx"]
    cited = {path.name: found for path, found in cite_files(paths, workers=1)}
    assert counts(cited)[ASYLUM] == 3
    graph = network(cited)
    assert graph.nodes[ASYLUM]["cited"] == 3
    assert graph.edges["a.txt", ASYLUM]["weight"] == 1
    write_network(cited, corpus / "net.graphml")
    write_network(cited, corpus / "net.nt")
    assert "graphml" in (corpus / "net.graphml").read_text()
    store = ox.Store()
    store.load(path=corpus / "net.nt", format=ox.RdfFormat.N_TRIPLES)
    assert store.query(f"ASK {{ <urn:document:a.txt> <{DCT}references> <{ASYLUM}> }}")


def test_several_processes_give_what_one_gives(corpus: Path) -> None:
    paths = documents_of(corpus)
    assert list(cite_files(paths, workers=2)) == list(cite_files(paths, workers=1))


def test_a_document_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"not a zip")
    with pytest.raises(BadRequest, match=r"broken\.docx"):
        read_document(broken)


def test_the_command_prints_a_record_a_line() -> None:
    done = CliRunner().invoke(app, ["cite", "--json", "-"], input=TEXT)
    assert done.exit_code == 0
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["surface"] for record in records] == [
        "udlændingelovens § 7, stk. 1",
        "§ 8, stk. 1-2",
        "EMRK artikel 3",
    ]
    assert records[0].keys() == {
        "start", "end", "surface", "iri", "status", "rule", "confidence", "identifiers", "version", "asOf",
    }  # fmt: skip


@pytest.mark.parametrize("form", ["list", "json", "html", "markdown", "text", "csv", "annotations", "rdf"])
def test_the_command_writes_every_form(form: str) -> None:
    done = CliRunner().invoke(app, ["cite", "--to", form, "-"], input=TEXT)
    assert done.exit_code == 0
    assert ASYLUM in done.stdout


def test_the_command_reads_a_corpus(corpus: Path) -> None:
    done = CliRunner().invoke(app, ["cite", "--corpus", str(corpus), "--graph", str(corpus / "net.graphml")])
    assert done.exit_code == 0
    assert f"3\t{ASYLUM}" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--corpus", "nowhere"], "nowhere: There is no such folder."),
        (["--corpus", "{}/empty"], "The folder holds no document"),
        (["--corpus", "{}", "--graph", "{}/net.csv"], "--graph: A network is written to a file that ends in"),
        (["--corpus", "{}", "--graph", "{}/nowhere/net.nt"], "The network cannot be written: No such file"),
        (["--corpus", "{}", "{}/a.txt"], "--corpus: A corpus is a folder"),
        (["--corpus", "{}", "--to", "html"], "--to: A corpus is answered as list"),
        (["--graph", "net.nt", "{}/a.txt"], "--graph: A network is written of a corpus"),
        (
            ["--base", "nonsense", "{}/a.txt"],
            "base: No act is known as “nonsense”; expected",
        ),
    ],
)
def test_what_the_command_cannot_do_is_told_in_one_sentence(
    corpus: Path, arguments: list[str], sentence: str
) -> None:
    (corpus / "empty").mkdir()
    done = CliRunner().invoke(app, ["cite", *(argument.format(corpus) for argument in arguments)])
    assert done.exit_code == 1
    assert sentence in str(done.exception)


def test_a_corpus_is_read_on_a_day_and_a_broken_document_does_not_end_it(corpus: Path) -> None:
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = CliRunner().invoke(app, ["cite", "--corpus", str(corpus), "--json", "--on", "2014-01-01"])
    assert done.exit_code == 1
    assert "broken.pdf: The PDF cannot be read" in done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert list(dict.fromkeys(record["source"] for record in records)) == ["a.txt", "b.html", "c.docx"]
    assert {record["asOf"] for record in records if record["iri"] == ASYLUM} == {"2014-01-01"}


def test_several_tables_have_one_header_and_what_cannot_be_read_is_told_beside_them(corpus: Path) -> None:
    names = [str(corpus / name) for name in ("a.txt", "none.txt", "b.html")]
    done = CliRunner().invoke(app, ["cite", "--to", "csv", *names])
    assert done.exit_code == 1
    assert "none.txt: The document cannot be read" in done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["source"] for row in rows] == [names[0]] * 3 + [names[2]] * 3


def test_the_command_answers_for_several_files_in_their_order_with_their_names(corpus: Path) -> None:
    names = [str(corpus / name) for name in ("b.html", "a.txt")]
    done = CliRunner().invoke(app, ["cite", "--json", "--on", "2014-01-01", *names])
    assert list(dict.fromkeys(json.loads(line)["source"] for line in done.stdout.splitlines())) == names
    assert '"asOf": "2014-01-01"' in done.stdout


def test_what_is_asked_of_files_can_be_asked_in_other_processes(corpus: Path) -> None:
    asked = Asked("lines", "dk/aliens-act", units="utf-8")
    paths = documents_of(corpus)
    assert list(each_file(asked, paths, workers=2)) == [asked(path) for path in paths]


def test_the_command_counts_places_in_the_units_asked_for() -> None:
    starts = []
    for units in ("code-points", "utf-8", "utf-16"):
        done = CliRunner().invoke(app, ["cite", "--json", "--units", units, "-"], input="æ😀 § 7, stk. 1")
        starts.append(json.loads(done.stdout)["start"])
    assert starts == [3, 7, 4]
