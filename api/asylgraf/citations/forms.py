"""The forms in which the citations of a document are written, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal

from asylgraf.citations import annotate, outputs
from asylgraf.citations.documents import Document
from asylgraf.citations.records import Citation

Form = Callable[[Document, Sequence[Citation], str | None], Iterable[str]]
"""From a document, its citations and its name, if it has one, to pieces of the answer."""
Units = Literal["code-points", "utf-8", "utf-16"]

_UNNAMED: Final = "urn:text"
"""What a text is called where a form needs a name for it."""


def written(
    form: str,
    document: Document,
    found: Sequence[Citation],
    source: str | None = None,
    units: Units = "code-points",
) -> Iterable[str]:
    """The citations of a document in a form, their places counted in the units asked for."""
    if units != "code-points" and form in _COUNTED:
        found = outputs.measured(document.text, found, units)
    return FORMS[form](document, found, source)


def _list(_: Document, found: Sequence[Citation], source: str | None) -> Iterator[str]:
    for citation in found:
        place = f"{source}:{citation.start}" if source else str(citation.start)
        surface, status = " ".join(citation.surface.split()), citation.status
        yield f"{place}\t{surface}\t{citation.iri or '–'}\t{status}\t{citation.meaning.rule}\n"


def _lines(_: Document, found: Sequence[Citation], source: str | None) -> Iterator[str]:
    return (f"{line}\n" for line in outputs.to_json_lines(found, source))


def _json(_: Document, found: Sequence[Citation], source: str | None) -> Iterator[str]:
    yield "{" if source is None else f'{{"source":{json.dumps(source)},'
    yield '"citations":['
    for number, line in enumerate(outputs.to_json_lines(found)):
        yield f",{line}" if number else line
    yield "]}"


def _html(document: Document, found: Sequence[Citation], _: str | None) -> Iterator[str]:
    yield document.page.linked(found) if document.page else annotate.to_html(document.text, found)


def _markdown(document: Document, found: Sequence[Citation], _: str | None) -> Iterator[str]:
    yield annotate.to_markdown(document.text, found)


def _text(document: Document, found: Sequence[Citation], _: str | None) -> Iterator[str]:
    yield annotate.to_text(document.text, found)


def _csv(_: Document, found: Sequence[Citation], source: str | None) -> Iterator[str]:
    yield outputs.to_csv(found, source or "")


def _annotations(document: Document, found: Sequence[Citation], source: str | None) -> Iterator[str]:
    page = outputs.to_web_annotations(document.text, found, source or _UNNAMED)
    yield json.dumps(page, ensure_ascii=False)


def _rdf(_: Document, found: Sequence[Citation], source: str | None) -> Iterator[str]:
    return (f"{line}\n" for line in outputs.to_ntriples(found, source or _UNNAMED))


FORMS: Final[Mapping[str, Form]] = {
    "list": _list,
    "lines": _lines,
    "json": _json,
    "html": _html,
    "markdown": _markdown,
    "text": _text,
    "csv": _csv,
    "annotations": _annotations,
    "rdf": _rdf,
}
_COUNTED: Final = frozenset(("list", "lines", "json", "csv"))
"""Forms that tell places in numbers of a unit; the others keep to the model of their standard."""
