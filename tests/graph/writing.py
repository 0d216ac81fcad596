"""Small laws written as Turtle and TriG, for tests that change one thing."""

from __future__ import annotations

from pathlib import Path

from asylgraf.graph import LawGraph, open_graph

LAW = Path(__file__).parents[1] / "law"
TINY = (LAW / "tiny.ttl", LAW / "tiny.trig")
PREFIXES = """
@base <https://w3id.org/asylgraf/id/> .
@prefix asyl: <https://w3id.org/asylgraf/ontology/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def act(
    folder: Path, statements: str, *, name: str = "new", recorded: str = "2026-02-01", also: str = ""
) -> Path:
    """A file of the knowledge base: one reading graph with these statements."""
    graph = f"<../graph/{name}/reading>"
    path = folder / f"{name}.trig"
    path.write_text(
        f'{PREFIXES}{graph} a asyl:Reading ; asyl:recordedOn "{recorded}"^^xsd:date {also}.\n'
        f"GRAPH {graph} {{\n{statements} }}\n",
        encoding="utf-8",
    )
    return path


def version(
    provision: str,
    *,
    key: str = "new",
    start: str = 'asyl:inForceFrom "2020-01-01"^^xsd:date',
    rule: str = "asyl:Applied",
    brings: str = "asyl:consequence asyl:Grants ; asyl:grants <permit/low> ; asyl:effect asyl:Shall",
    more: str = "",
) -> str:
    """A version of a provision and its rule; without a rule when that is empty."""
    said = f"<{provision}/v/{key}>"
    stated = f"{said} asyl:versionOf <{provision}> ; asyl:enactedBy <act/{key}> ; {start} ;"
    stated += f" asyl:standing asyl:Checked ; {brings} {more} .\n"
    return stated + (
        f"<{provision}/v/{key}#rule> a owl:Class ; owl:equivalentClass {rule} .\n" if rule else ""
    )


def opened(*extra: Path) -> LawGraph:
    """The made-up law of the tests, with further files."""
    return open_graph(extra, TINY)
