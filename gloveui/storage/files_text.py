"""Texts that are more than one plain file: folders, archives, several files, tables, markup, documents."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gloveui.core.encodings import check_encoding
from gloveui.core.text import TextPiece, TextSummary, pieces_of, printable
from gloveui.storage.file_walk import folder_name
from gloveui.storage.files_reading import FilesReading

GATHERED_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class FilesText:
    """Files and folders as one text, in their order, with a line end between two files.

    What a file is, its content decides: plain text, one of the kinds of `storage.extraction`, a ZIP archive
    of these, each perhaps compressed with gzip, bzip2 or xz. One file is open at a time, and nothing is
    unpacked to the disk.

    Parameters
    ----------
    paths
        Files and folders; folders are walked as `found_files` says.
    encoding
        Python's name of the encoding of all of them, or None to detect that of each.
    column
        Of tables the name or number of the column with the text, of JSON lines the field.
    element
        Of XML and HTML the element with the text.
    title
        A name to show instead of the files' own.
    """

    paths: tuple[Path, ...]
    encoding: str | None = None
    column: str = ""
    element: str = ""
    title: str = ""

    @property
    def name(self) -> str:
        """The title, or the name of the first file or folder and how many more there are."""
        if self.title or not self.paths:
            return self.title
        more = f" +{len(self.paths) - 1}" if len(self.paths) > 1 else ""
        return folder_name(self.paths[0]) + more

    def pieces(self) -> Generator[TextPiece, None, TextSummary]:
        """Read from the start; see `TextSource`. An empty piece is a chance to stop.

        Raises
        ------
        TextError
            If one of the files that were chosen cannot be read; one inside a folder or archive that is no
            text is left out, and noted in the summary.
        ColumnWanted, ElementWanted
            If a choice has to be made first; the choices are in their fields.
        """
        if self.encoding is not None:
            check_encoding(printable(self.name), self.encoding)
        reading = FilesReading(self.name, self.paths, self.encoding, self.column, self.element)
        yield from pieces_of(_gathered(reading.chunks()), reading.share)
        return reading.summary()


def _gathered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Small chunks put together, so that many small files cost no more than a large one."""
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= GATHERED_BYTES or not chunk:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)
