"""Documents of several kinds, as text to cite from."""

from __future__ import annotations

import codecs
import logging
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from asylgraf.citations.pages import HtmlText
from asylgraf.errors import BadRequest, MissingExtra, RequestTooLarge

LARGEST_UNPACKED: Final = 100 << 20
"""Bytes that an unpacked document may have."""
_PAGES: Final = frozenset((".html", ".htm", ".xhtml"))
_MARKDOWN: Final = frozenset((".md", ".markdown"))
READABLE: Final = frozenset((".txt", ".pdf", ".docx")) | _PAGES | _MARKDOWN
"""Endings of files that a corpus takes in."""


@dataclass(frozen=True)
class Document:
    """A document as the linker reads it."""

    text: str
    page: HtmlText | None = None
    """The HTML page that the text was taken from."""
    markdown: bool = False


def read_document(path: Path) -> Document:
    """A file by its ending: HTML, Markdown, PDF, DOCX, else plain text."""
    try:
        if path.stat().st_size > LARGEST_UNPACKED:
            raise RequestTooLarge(f"The document is longer than {LARGEST_UNPACKED} bytes.", where=str(path))
        match path.suffix.lower():
            case ".pdf":
                with path.open("rb") as stream:
                    return Document(pdf_text(stream, str(path)))
            case ".docx":
                with path.open("rb") as stream:
                    return Document(docx_text(stream, str(path)))
            case ending:
                return as_document(
                    decoded(path.read_bytes()), html=ending in _PAGES, markdown=ending in _MARKDOWN
                )
    except OSError as mistake:
        raise BadRequest(f"The document cannot be read: {mistake.strerror}.", where=str(path)) from None


PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS: Final = ("text/plain", "text/html", "text/markdown", PDF, DOCX)
"""Media types of documents that can be read."""


def document_of(content: bytes, kind: str) -> Document:
    """A document by its media type, one of `KINDS`."""
    if kind == PDF:
        return Document(pdf_text(BytesIO(content), "body"))
    if kind == DOCX:
        return Document(docx_text(BytesIO(content), "body"))
    return as_document(decoded(content), html=kind == "text/html", markdown=kind == "text/markdown")


def make_ready() -> None:
    """Load what reading documents takes, for a process that will not be allowed to open files."""
    for name in ("cp1252", "cp437", "utf-16", "utf-16-be", "mac-roman"):
        codecs.lookup(name)
    for library in ("pypdf", "docx"):
        with suppress(ImportError):
            import_module(library)


def as_document(text: str, *, html: bool = False, markdown: bool = False) -> Document:
    """Text as a document; of a page only the words a reader sees."""
    if html:
        page = HtmlText(text)
        return Document(page.text, page)
    return Document(text, markdown=markdown)


def decoded(content: bytes) -> str:
    """Bytes as text: UTF-8, else the encoding of old Danish files."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


_DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, ValueError, LookupError, SyntaxError, AttributeError, TypeError,
    ArithmeticError, RuntimeError, EOFError,
)  # fmt: skip
"""What reading a damaged document raises: of its archive, its XML, parts that are not what they should be."""


def pdf_text(stream: BinaryIO, name: str) -> str:
    """The text of a PDF, page by page."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it cannot read is told by an error
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        raise MissingExtra(
            "PDF needs the extra `documents`: pip install asylgraf[documents].", where=name
        ) from None
    pages: list[str] = []
    length = 0
    try:
        for page in PdfReader(stream).pages:
            pages.append(page.extract_text())
            length += len(pages[-1])
            if length > LARGEST_UNPACKED:
                raise RequestTooLarge(
                    f"The text of the document is longer than {LARGEST_UNPACKED} bytes.", where=name
                )
    except (*_DAMAGED, PyPdfError) as mistake:
        raise BadRequest(f"The PDF cannot be read: {mistake}.", where=name) from None
    return "\n\n".join(pages)


def docx_text(stream: BinaryIO, name: str) -> str:
    """The text of a Word document, paragraph by paragraph, with its tables and notes."""
    try:
        import docx
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError:
        raise MissingExtra(
            "DOCX needs the extra `documents`: pip install asylgraf[documents].", where=name
        ) from None
    try:
        with zipfile.ZipFile(stream) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise RequestTooLarge(
                    f"The document unpacks to more than {LARGEST_UNPACKED} bytes.", where=name
                )
        stream.seek(0)
        opened = docx.Document(stream)
        body, parts = _blocks(opened.iter_inner_content()), opened.part.package.iter_parts()
        return "\n\n".join((*body, *_notes(parts)))
    except (*_DAMAGED, PackageNotFoundError) as mistake:
        raise BadRequest(f"The Word document cannot be read: {mistake}.", where=name) from None


class _Element(Protocol):
    """An element of Word's XML, as far as its words are read."""

    def iter(self, tag: str) -> Iterable[Any]:
        """The elements of a name inside it."""
        ...


def _blocks(content: Iterable[Any]) -> Iterator[str]:
    """The paragraphs of a document and of its tables, in the order in which they stand."""
    for block in content:
        if hasattr(block, "rows"):
            cells = dict.fromkeys(cell._tc for row in block.rows for cell in row.cells)  # noqa: SLF001 merged cells are one
            for cell in cells:
                yield from _paragraphs(cell)
        else:
            yield block.text


_NOTES: Final = ("/word/footnotes.xml", "/word/endnotes.xml")
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _notes(parts: Iterable[Any]) -> Iterator[str]:
    """The paragraphs of footnotes and endnotes."""
    from docx.oxml.parser import parse_xml

    for part in parts:
        if str(part.partname) in _NOTES:
            yield from _paragraphs(parse_xml(part.blob))


def _paragraphs(element: _Element) -> Iterator[str]:
    """The words of each paragraph inside an element of Word."""
    for paragraph in element.iter(f"{_WORD}p"):
        yield "".join(words.text or "" for words in paragraph.iter(f"{_WORD}t"))
