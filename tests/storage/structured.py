"""Structured texts in memory, and all that comes out of one."""

from __future__ import annotations

import zipfile
from io import BytesIO

from gloveui.core.text_notes import TextNote
from gloveui.storage.extraction import Extraction, extracted


class Unseekable:
    """Bytes that can only be read from their beginning, as in an archive."""

    def __init__(self, data: bytes) -> None:
        self._stream = BytesIO(data)

    def read(self, size: int = -1, /) -> bytes:
        return self._stream.read(size)


def lines_and_notes(
    kind: str, data: bytes | str, *, seekable: bool = True, **options: str
) -> tuple[list[str], tuple[TextNote, ...]]:
    """The lines in a structured text, and what was odd about it."""
    encoded = data.encode() if isinstance(data, str) else data
    stream = BytesIO(encoded) if seekable else Unseekable(encoded)
    reading = extracted(kind, stream, "text", Extraction(**options))
    pieces: list[bytes] = []
    while True:
        try:
            piece, share = next(reading)
        except StopIteration as end:
            return b"".join(pieces).decode().split("\n")[:-1], end.value
        assert share is None or 0 <= share <= 1
        assert len(piece) <= 256 * 1024
        pieces.append(piece)


def lines_of(kind: str, data: bytes | str, **options: str) -> list[str]:
    """The lines of a text with nothing odd about it."""
    lines, notes = lines_and_notes(kind, data, **options)
    assert notes == ()
    return lines


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive with these parts."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF document with lines of ASCII text on its pages; a page without text has none."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, page in enumerate(pages):
        shown = "".join(f"({line}) Tj T* " for line in page.split("\n")) if page else ""
        content = f"BT /F1 12 Tf 14 TL 72 720 Td {shown}ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    return _with_table_of_places(objects)


def _with_table_of_places(objects: list[str]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    table += "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (table + end).encode()


def epub(chapters: dict[str, str], order: list[str], **more: str | bytes) -> bytes:
    """An electronic book; `order` names the chapters as they are to be read."""
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in chapters
    )
    references = "".join(f'<itemref idref="{name}"/>' for name in order)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        f"{items}</manifest><spine>{references}</spine></package>"
    )
    container = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
    parts: dict[str, str | bytes] = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    parts |= {"OEBPS/book.opf": package}
    parts |= {f"OEBPS/{name}.xhtml": content for name, content in chapters.items()}
    return zipped(parts | more)
