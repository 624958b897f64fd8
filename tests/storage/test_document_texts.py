from __future__ import annotations

import io
import logging

import pytest

from gloveui.core import compressed
from gloveui.core.errors import (
    DecompressionBomb,
    DocumentBroken,
    DocumentProtected,
    DocumentTooLarge,
    EntityRefused,
    ScannedDocument,
    TextError,
)
from gloveui.storage import document_texts, pdf_texts
from gloveui.storage.pdf_texts import joined_lines
from tests.storage.structured import epub, lines_and_notes, lines_of, pdf, zipped

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(scope="module")
def word_document() -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("Ice", 1)
    paragraph = document.add_paragraph("Ice is ")
    paragraph.add_run("co").bold = True
    paragraph.add_run("ld.\nSteam\tis not.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "solid", "고체"
    document.add_paragraph("The end.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def docx(body: str) -> bytes:
    return zipped({"word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'})


@pytest.mark.parametrize("seekable", [True, False])
def test_a_word_document_is_read_in_its_order(word_document: bytes, seekable: bool) -> None:
    lines, notes = lines_and_notes("docx", word_document, seekable=seekable)
    assert lines == ["Ice", "Ice is cold.", "Steam is not.", "solid", "고체", "The end."]
    assert notes == ()


def test_deleted_text_and_second_forms_of_text_boxes_are_left_out() -> None:
    body = (
        "<w:p><w:r><w:t>Ice</w:t></w:r><w:del><w:r><w:delText> gone</w:delText></w:r></w:del>"
        "<mc:AlternateContent xmlns:mc='m'><mc:Choice><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Choice>"
        "<mc:Fallback><w:p><w:r><w:t>Box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert lines_of("docx", docx(body)) == ["Ice", "Box"]


def test_entities_in_a_word_document_are_refused() -> None:
    with pytest.raises(EntityRefused):
        lines_of("docx", zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}))


@pytest.mark.parametrize("kind", ["docx", "epub", "pdf"])
@pytest.mark.parametrize("seekable", [True, False])
def test_a_damaged_document_is_refused(kind: str, seekable: bool, word_document: bytes) -> None:
    whole = {"docx": word_document, "epub": epub({"one": "<p>Ice"}, ["one"]), "pdf": pdf("Ice")}[kind]
    for data in (whole[: len(whole) // 3], b"", zipped({"other": "x"})):
        with pytest.raises(DocumentBroken, match="text: the document cannot be read"):
            lines_and_notes(kind, data, seekable=seekable)


def test_no_change_of_a_byte_breaks_more_than_the_document(word_document: bytes) -> None:
    documents = {
        "docx": docx("<w:p/>"),
        "epub": epub({"one": "<p>Ice</p>"}, ["one"]),
        "pdf": pdf("Ice", "Steam"),
    }
    refusals = []
    for kind, data in documents.items():
        for place in range(0, len(data), 7):
            changed = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
            try:
                lines_and_notes(kind, changed)
            except TextError as error:
                refusals.append(str(error))
    assert refusals
    assert all(refusal.startswith("text") for refusal in refusals)


def test_a_bomb_in_a_document_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "BOMB_BYTES", 1_000_000)
    with pytest.raises(DecompressionBomb):
        lines_of("docx", docx(" " * 3_000_000))
    with pytest.raises(DecompressionBomb):
        lines_of("epub", epub({"one": " " * 3_000_000}, ["one"]))


def test_a_document_too_large_for_a_temporary_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_texts, "LARGEST_DOCUMENT", 100)
    with pytest.raises(DocumentTooLarge):
        lines_and_notes("pdf", pdf("Ice"), seekable=False)


def test_the_chapters_of_a_book_are_read_in_their_order() -> None:
    chapters = {
        "two": "<html><head><title/></head><body><h1>Second</h1><p>Steam&nbsp;rises.</p></body></html>",
        "one": '<?xml version="1.0" encoding="UTF-8"?><html xmlns="x"><body><p>얼음</p></body></html>',
        "cover": "<p>not in the spine</p>",
    }
    assert lines_of("epub", epub(chapters, ["one", "two"])) == ["얼음", "Second", "Steam rises."]


def test_a_chapter_that_is_not_in_the_book_is_noted() -> None:
    book = epub({"one": "<p>Ice</p>"}, ["one"]).replace(b"OEBPS/one.xhtml", b"OEBPS/two.xhtml")
    lines, notes = lines_and_notes("epub", book)
    assert lines == []
    assert [(note.kind, note.place) for note in notes] == [("missing_chapters", "OEBPS/one.xhtml")]


@pytest.mark.parametrize(("reference", "is_read"), [("OEBPS/one.xhtml", False), ("OEBPS/font.otf", True)])
def test_an_encrypted_book_is_refused_but_not_for_its_fonts(reference: str, is_read: bool) -> None:
    encryption = f'<encryption><CipherReference URI="{reference}"/></encryption>'
    book = epub({"one": "<p>Ice</p>"}, ["one"], **{"META-INF/encryption.xml": encryption})
    if is_read:
        assert lines_of("epub", book) == ["Ice"]
    else:
        with pytest.raises(DocumentProtected):
            lines_of("epub", book)


@pytest.mark.parametrize("seekable", [True, False])
def test_a_pdf_is_read_page_by_page_and_scanned_pages_are_noted(seekable: bool) -> None:
    lines, notes = lines_and_notes("pdf", pdf("Ice melts.\nSteam", "", "Water."), seekable=seekable)
    assert lines == ["Ice melts.", "Steam", "Water."]
    assert [(note.kind, note.count, note.place) for note in notes] == [("scanned_pages", 1, "2")]


def test_a_pdf_without_any_text_is_refused() -> None:
    with pytest.raises(ScannedDocument, match="none of its 2 pages"):
        lines_of("pdf", pdf("", ""))


def test_a_pdf_with_a_password_is_refused() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf("Ice"))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(DocumentProtected):
        lines_of("pdf", stream.getvalue())


def test_a_page_that_is_too_large_is_left_out_and_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_texts, "LARGEST_PAGE", 100)
    lines, notes = lines_and_notes("pdf", pdf("Ice", "Steam\n" * 50))
    assert lines == ["Ice"]
    assert [(note.kind, note.place) for note in notes] == [("large_pages", "2")]


def test_what_pypdf_logs_becomes_a_note_and_its_logger_stays_as_it_was() -> None:
    data = pdf("Ice").replace(b"startxref\n", b"startxref\n9")
    lines, notes = lines_and_notes("pdf", data)
    assert lines == ["Ice"]
    assert {note.kind for note in notes} == {"pdf_oddities"}
    assert logging.getLogger("pypdf").propagate
    assert logging.getLogger("pypdf").handlers == []


def test_lines_of_a_page_are_put_together_to_paragraphs() -> None:
    page = [
        "The molecules of frozen wa-",
        "ter stand in a lattice, and",
        "they melt.",
        "",
        "Well-known facts by Jean-",
        "Luc.",
    ]
    assert list(joined_lines(page)) == [
        "The molecules of frozen water stand in a lattice, and they melt.",
        "Well-known facts by Jean- Luc.",
    ]
