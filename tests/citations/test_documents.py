"""Word documents and PDF files: what is read of them, in which order, and what of damaged ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from asylgraf.citations.documents import DOCX, PDF, document_of
from asylgraf.errors import BadRequest

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="1"><w:p><w:r><w:t>Se udlændingelovens </w:t></w:r>'
    "<w:r><w:t>§ 53 a.</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def word(change: Callable[[str, bytes], bytes] = lambda _, content: content) -> bytes:
    """A Word document of a paragraph, a table and a paragraph; each part may be changed."""
    import docx

    made = docx.Document()
    made.add_paragraph("Først.")
    table = made.add_table(1, 3)
    for n, words in enumerate(("§ 7", "stk. 1", "§ 8")):
        table.cell(0, n).text = words
    table.cell(0, 0).merge(table.cell(0, 1))
    made.add_paragraph("Sidst.")
    made.save(stream := io.BytesIO())
    packed, changed = zipfile.ZipFile(stream), io.BytesIO()
    with zipfile.ZipFile(changed, "w") as archive:
        for name in packed.namelist():
            archive.writestr(name, change(name, packed.read(name)))
        archive.writestr("word/footnotes.xml", _NOTES)
    return changed.getvalue()


def with_notes(name: str, content: bytes) -> bytes:
    """A part of a package that says where the footnotes are."""
    if name == "[Content_Types].xml":
        part = f'<Override PartName="/word/footnotes.xml" ContentType="{_KIND}"/></Types>'
        return content.replace(b"</Types>", part.encode())
    if name == "word/_rels/document.xml.rels":
        relation = f'<Relationship Id="rIdN" Type="{_RELATION}" Target="footnotes.xml"/></Relationships>'
        return content.replace(b"</Relationships>", relation.encode())
    return content


def test_a_word_document_is_read_in_its_order_with_its_tables_once_and_its_notes_last() -> None:
    words = [part for part in document_of(word(with_notes), DOCX).text.split("\n\n") if part]
    assert words == ["Først.", "§ 7", "stk. 1", "§ 8", "Sidst.", "Se udlændingelovens § 53 a."]


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (
            word(lambda name, content: b"<w:p" if name == "word/document.xml" else content),
            DOCX,
            "Word document",
        ),
        (word(lambda name, content: b"" if name == "_rels/.rels" else content), DOCX, "Word document"),
        (word()[:-200], DOCX, "Word document"),
        (b"%PDF-1.7 1 0 obj << /Type /Catalog", PDF, "PDF"),
    ],
)
def test_a_damaged_document_is_told_in_one_sentence(content: bytes, kind: str, sentence: str) -> None:
    with pytest.raises(BadRequest, match=f"The {sentence} cannot be read"):
        document_of(content, kind)
