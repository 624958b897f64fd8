"""The beginning of a text, and what can be chosen about it, before it is read."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from io import BufferedReader

from gloveui.core.decoding import Tally
from gloveui.core.encodings import detect_encoding
from gloveui.core.errors import ColumnMissing, ColumnWanted, ElementMissing, ElementWanted
from gloveui.core.progress import Progress, Task
from gloveui.core.text import SAMPLE_BYTES, FileText, PastedText, TextSource, cleaned, decoded_chunks
from gloveui.core.text_notes import TextNote
from gloveui.storage.extraction import choices
from gloveui.storage.files_reading import FilesReading, TextFile
from gloveui.storage.files_text import FilesText

PREVIEW_LINES = 200
LONGEST_LINE = 1_000  # characters of a line that are shown
_WITH_COLUMNS = ("csv", "tsv", "json lines")


@dataclass(frozen=True, slots=True)
class TextPreview:
    """How a text begins.

    Attributes
    ----------
    kind
        ``"pasted"``, ``"folder"``, ``"files"`` for several, or what the one file is: ``"text"``, ``"zip"`` or
        one of the kinds of `storage.extraction`.
    encoding
        Of what was read so far.
    lines
        The first 200 lines, long ones cut. Of a table or of markup for which a choice has to be made these
        are the lines of the file itself.
    columns, elements
        What can be chosen in the first table or JSON lines, or in the first XML or HTML.
    files, byte_count
        How many files there are, and their bytes on the disk.
    notes
        What was odd so far.
    """

    kind: str
    encoding: str
    lines: tuple[str, ...]
    columns: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    files: int = 0
    byte_count: int = 0
    notes: tuple[TextNote, ...] = ()


def preview_text(source: TextSource) -> Task[TextPreview]:
    """Read how a text begins; of its files only the first ones.

    Raises
    ------
    TextError
        If it cannot be read; that a column or element has to be chosen is no error here.
    TypeError
        For a source of another kind.
    """
    yield Progress("reading")
    if isinstance(source, PastedText):
        data = source.content.encode(errors="replace")
        return TextPreview("pasted", "utf-8", _first_lines(data), byte_count=len(data))
    files = _as_files(source)
    reading = FilesReading(files.name, files.paths, files.encoding, files.column, files.element)
    try:
        lines = yield from _lines_of(reading)
    except (ColumnWanted, ColumnMissing, ElementWanted, ElementMissing):
        lines = ()
    columns, elements = _choices(reading, files.encoding)
    if not lines and reading.structured is not None and (columns or elements):
        lines = _raw_lines(reading.structured[1], files.encoding)
    facts = (len(reading.files), reading.byte_count, reading.notes)
    return TextPreview(_kind(files, reading), reading.encoding, lines, columns, elements, *facts)


def _as_files(source: TextSource) -> FilesText:
    if isinstance(source, FilesText):
        return source
    if isinstance(source, FileText):
        return FilesText((source.path,), source.encoding, title=source.name)
    raise TypeError(f"expected a text of files or a pasted one, got {type(source).__name__}")


def _lines_of(reading: FilesReading) -> Task[tuple[str, ...]]:
    """The first lines of what is being read."""
    with closing(reading.chunks()) as chunks:
        gathered = b""
        for chunk in chunks:
            gathered += chunk
            if gathered.count(b"\n") >= PREVIEW_LINES or len(gathered) >= SAMPLE_BYTES:
                break
            yield Progress("reading")
    return _first_lines(gathered)


def _first_lines(data: bytes) -> tuple[str, ...]:
    text = cleaned(data[:SAMPLE_BYTES].decode(errors="replace"))
    return tuple(line[:LONGEST_LINE] for line in text.removesuffix("\n").split("\n")[:PREVIEW_LINES])


def _raw_lines(file: TextFile, encoding: str | None) -> tuple[str, ...]:
    """The first lines of a file as they stand in it."""
    with file.again() as stream:
        sample = stream.read(SAMPLE_BYTES)
    with file.again() as stream:
        encoding = encoding or detect_encoding(sample)
        return _first_lines(next(decoded_chunks(stream, encoding, Tally(), file.shown), b""))


def _choices(reading: FilesReading, encoding: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns and elements of the first file that has some."""
    if reading.structured is None:
        return (), ()
    kind, file = reading.structured
    with file.again() as stream, BufferedReader(stream) as buffered:
        found = choices(kind, buffered, file.shown, encoding)
    return (found, ()) if kind in _WITH_COLUMNS else ((), found)


def _kind(files: FilesText, reading: FilesReading) -> str:
    if len(files.paths) > 1:
        return "files"
    return "folder" if files.paths[0].is_dir() else reading.first_kind
