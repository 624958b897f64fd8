"""What a person means by files and folders: the source that can read them, told by their content."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gloveui.core.compressed import open_bytes
from gloveui.core.errors import GloveError
from gloveui.core.text import SAMPLE_BYTES, FileText, TextSource, printable
from gloveui.storage.files_reading import kind_of
from gloveui.storage.files_text import FilesText


def open_text(
    paths: str | Path | Sequence[str | Path], encoding: str | None = None, column: str = "", element: str = ""
) -> TextSource:
    """A source for files and folders, read as one text in their order.

    One plain text, perhaps compressed, is a `FileText`; everything else is a `FilesText`: several files,
    folders, ZIP archives, tables, JSON lines, XML, HTML, documents. Whatever is wrong with a file is told
    when it is read.

    Parameters
    ----------
    paths
        A file or folder, or several.
    encoding
        Python's name of their encoding, or None to detect it.
    column
        Of tables the name or number of the column with the text, of JSON lines the field.
    element
        Of XML and HTML the element with the text.
    """
    chosen = [paths] if isinstance(paths, str | Path) else paths
    found = tuple(Path(path) for path in chosen)
    if len(found) == 1 and not column and not element and _is_one_text(found[0]):
        return FileText(found[0], encoding)
    return FilesText(found, encoding, column, element)


def _is_one_text(path: Path) -> bool:
    """Whether there is nothing to look for in it; what cannot be opened is refused as a file."""
    if path.is_dir():
        return False
    try:
        with open_bytes(path, printable(path)) as stream:
            return kind_of(stream.read(SAMPLE_BYTES), path.name) == "text"
    except (OSError, GloveError):
        return True
