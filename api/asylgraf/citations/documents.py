"""Documents of several kinds, as text to cite from."""

from __future__ import annotations

import codecs
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

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


def pdf_text(stream: BinaryIO, name: str) -> str:
    """The text of a PDF, page by page."""
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
    except (PyPdfError, ValueError, LookupError, RecursionError) as mistake:
        raise BadRequest(f"The PDF cannot be read: {mistake}.", where=name) from None
    return "\n\n".join(pages)


def docx_text(stream: BinaryIO, name: str) -> str:
    """The text of a Word document, paragraph by paragraph, tables included."""
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
    except (zipfile.BadZipFile, PackageNotFoundError, ValueError, LookupError) as mistake:
        raise BadRequest(f"The Word document cannot be read: {mistake}.", where=name) from None
    cells = (
        paragraph
        for table in opened.tables
        for row in table.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
    )
    return "\n\n".join(paragraph.text for paragraph in (*opened.paragraphs, *cells))
