"""Citations as records of other formats: CSV, W3C Web Annotation, RDF; and their places in other units."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from asylgraf.citations.patterns import lazy
from asylgraf.citations.records import Citation
from asylgraf.namespaces import DCT, ID, OA, ONTOLOGY, RDF, XSD

_COLUMNS: Final = (
    "source",
    "start",
    "end",
    "surface",
    "iri",
    "iris",
    "status",
    "rule",
    "confidence",
    "version",
    "asOf",
    "identifiers",
    "candidates",
)


def to_json_lines(citations: Iterable[Citation], source: str | None = None) -> Iterator[str]:
    """One record a line; with its source where several are read."""
    for citation in citations:
        record = {"source": source, **citation.to_json()} if source is not None else citation.to_json()
        yield json.dumps(record, ensure_ascii=False)


def to_csv(citations: Iterable[Citation], source: str = "") -> str:
    """A table with a header; lists are joined with blanks."""
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, _COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for citation in citations:
        record = citation.to_json()
        record |= {
            "source": source,
            "iris": " ".join(_list(record.get("iris"))),
            "candidates": " ".join(_list(record.get("candidates"))),
        }
        record["identifiers"] = " ".join(f"{kind}:{value}" for kind, value in citation.meaning.identifiers)
        writer.writerow({column: record.get(column) or "" for column in _COLUMNS})
    return sheet.getvalue()


def to_web_annotations(text: str, citations: Sequence[Citation], source: str) -> dict[str, object]:
    """An annotation page by the W3C model, each target found by place and by words."""
    source = document_iri(source)
    return {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"asyl": ONTOLOGY}],
        "id": f"{source}#citations",
        "type": "AnnotationPage",
        "items": [
            _annotation(text, citation, source, number)
            for number, citation in enumerate(citations, 1)
            if citation.iri is not None
        ],
    }


def _annotation(text: str, citation: Citation, source: str, number: int) -> dict[str, object]:
    quote = {
        "type": "TextQuoteSelector",
        "exact": citation.surface,
        "prefix": text[max(0, citation.start - 32) : citation.start],
        "suffix": text[citation.end : citation.end + 32],
    }
    place = {"type": "TextPositionSelector", "start": citation.start, "end": citation.end}
    bodies = [
        citation.iri,
        *(ID + member for member in citation.meaning.members if ID + member != citation.iri),
    ]
    return {
        "id": f"{source}#citation-{number}",
        "type": "Annotation",
        "motivation": "linking",
        "body": bodies if len(bodies) > 1 else bodies[0],
        "target": {"type": "SpecificResource", "source": source, "selector": [quote, place]},
        "asyl:status": str(citation.status),
        "asyl:rule": citation.meaning.rule,
    }


_SCHEME: Final = lazy(r"[A-Za-z][A-Za-z0-9+.-]+:")


def document_iri(source: str) -> str:
    """What a document is called: its web address, else its path: `urn:document:decisions/one.txt`."""
    return _iri(source if _SCHEME.match(source) else f"urn:document:{source}")


def to_ntriples(citations: Iterable[Citation], source: str) -> Iterator[str]:
    """The citations of a document as RDF: what it references, and a Web Annotation for each place."""
    source = document_iri(source)
    for number, citation in enumerate(citations, 1):
        targets = [
            ID + address
            for address in dict.fromkeys((citation.meaning.address, *citation.meaning.members))
            if address
        ]
        if not citation.meaning.linked:
            continue
        link = f"{source}#citation-{number}"
        yield _triple(link, RDF + "type", f"<{_iri(OA + 'Annotation')}>")
        yield _triple(link, OA + "motivatedBy", f"<{_iri(OA + 'linking')}>")
        yield from _place(link, source, citation)
        for target in targets:
            yield _triple(link, OA + "hasBody", f"<{_iri(target)}>")
            yield _triple(source, DCT + "references", f"<{_iri(target)}>")


def _place(link: str, source: str, citation: Citation) -> Iterator[str]:
    """Where in a document a citation stands: by its words and by its place."""
    place, quote, position = f"{link}-target", f"{link}-quote", f"{link}-position"
    yield _triple(link, OA + "hasTarget", f"<{_iri(place)}>")
    yield _triple(place, RDF + "type", f"<{OA}SpecificResource>")
    yield _triple(place, OA + "hasSource", f"<{_iri(source)}>")
    yield _triple(place, OA + "hasSelector", f"<{_iri(quote)}>")
    yield _triple(place, OA + "hasSelector", f"<{_iri(position)}>")
    yield _triple(quote, RDF + "type", f"<{OA}TextQuoteSelector>")
    yield _triple(quote, OA + "exact", json.dumps(_printable(citation.surface)))
    yield _triple(position, RDF + "type", f"<{OA}TextPositionSelector>")
    yield _triple(position, OA + "start", f'"{citation.start}"^^<{XSD}integer>')
    yield _triple(position, OA + "end", f'"{citation.end}"^^<{XSD}integer>')


def _triple(subject: str, prop: str, value: str) -> str:
    return f"<{_iri(subject)}> <{prop}> {value} ."


def _iri(address: str) -> str:
    """An address with what an IRI may not hold written as percent codes."""
    return "".join(
        c
        if c.isalnum() or c in "-._~:/?#[]@!$&'()*+,;=%"
        else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "replace"))
        for c in address
    )


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _list(values: object) -> list[str]:
    return [str(value) for value in values] if isinstance(values, list) else []


# Places in other units


def measured(text: str, citations: Sequence[Citation], units: str) -> list[Citation]:
    """The citations with their places counted in bytes of UTF-8 or units of UTF-16."""
    places = utf8_places(text, citations) if units == "utf-8" else utf16_places(text, citations)
    return [
        citation._replace(start=start, end=end)
        for citation, (start, end) in zip(citations, places, strict=True)
    ]


def utf8_places(text: str, citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Start and end of each citation in bytes of UTF-8."""
    return _places(text, citations, lambda piece: len(piece.encode("utf-8", "surrogatepass")))


def utf16_places(text: str, citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Start and end of each citation in units of UTF-16, as JavaScript counts."""
    return _places(text, citations, lambda piece: len(piece.encode("utf-16-le", "surrogatepass")) // 2)


def _places(text: str, citations: Sequence[Citation], length: Callable[[str], int]) -> list[tuple[int, int]]:
    if text.isascii():
        return [(citation.start, citation.end) for citation in citations]
    marks = sorted({mark for citation in citations for mark in (citation.start, citation.end)})
    at: dict[int, int] = {}
    total = done = 0
    for mark in marks:
        total += length(text[done:mark])
        at[mark] = total
        done = mark
    return [(at[citation.start], at[citation.end]) for citation in citations]
