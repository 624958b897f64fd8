"""One pass over the files of a text."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import cast

from gloveui.core.compressed import ByteStream, FileBytes, Unpacked, open_bytes
from gloveui.core.decoding import Tally
from gloveui.core.encodings import detect_encoding
from gloveui.core.errors import (
    BinaryText,
    BrokenArchive,
    DocumentBroken,
    DocumentProtected,
    EncryptedArchive,
    FileUnreadable,
    NestedArchive,
    NoTextInside,
    ScannedDocument,
    TextError,
    UnknownCompression,
)
from gloveui.core.text import SAMPLE_BYTES, TextSummary, decoded_chunks, printable, refuse_binary, summary_of
from gloveui.core.text_notes import TextNote
from gloveui.storage.extraction import Extraction, extracted, structure_of
from gloveui.storage.file_walk import FoundFile, found_files
from gloveui.storage.note_list import NoteList
from gloveui.storage.text_streams import Pieces
from gloveui.storage.zip_members import ZIP_MARKS, member_name, members, open_archive, open_member

FILES_BETWEEN_PAUSES = 1_000
DOCUMENTS = ("docx", "pdf", "epub")  # they say their encoding themselves
_COMPRESSED_ENDINGS = (".gz", ".bz2", ".xz")
# What leaves out a file that was met in an archive or a folder, and refuses one that was chosen itself.
_UNUSABLE_IN_ARCHIVES = (
    BinaryText,
    DocumentBroken,
    DocumentProtected,
    EncryptedArchive,
    FileUnreadable,
    NoTextInside,
    ScannedDocument,
    UnknownCompression,
)
_UNUSABLE_IN_FOLDERS = (*_UNUSABLE_IN_ARCHIVES, BrokenArchive)  # a damaged archive is refused as a whole


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file, on the disk or in an archive.

    Attributes
    ----------
    name
        What people call it.
    shown
        What errors call it.
    is_chosen
        Whether it was chosen itself.
    open
        Its bytes from the beginning, unpacked; in an archive as long as that is open.
    again
        The same at any time.
    """

    name: str
    shown: str
    is_chosen: bool
    open: Callable[[], ByteStream]
    again: Callable[[], AbstractContextManager[ByteStream]]


def kind_of(sample: bytes, name: str) -> str:
    """``"zip"``, one of the kinds of `storage.extraction`, or ``"text"``, by how a file begins."""
    for ending in _COMPRESSED_ENDINGS:
        name = name.removesuffix(ending)
    kind = structure_of(sample, name)
    if kind is not None:
        return kind
    return "zip" if sample.startswith(ZIP_MARKS) else "text"


class FilesReading:
    """Reads files as one text, and remembers what was met.

    Parameters
    ----------
    name
        What people call the text.
    paths, encoding, column, element
        See `FilesText`.
    """

    def __init__(
        self, name: str, paths: Sequence[Path], encoding: str | None, column: str, element: str
    ) -> None:
        self._name, self._paths = name, paths
        self._extraction = Extraction(encoding, column, element)
        self._tally = Tally()
        self._notes = NoteList(name)
        self._encodings: dict[str, None] = {}
        self._read_files = 0
        self._total = 0
        self._size_before = 0
        self._current: FileBytes | None = None
        self._share = 0.0
        self.files: list[FoundFile] = []
        self.structured: tuple[str, TextFile] | None = None  # the first file with a structure
        self.first_kind = ""

    @property
    def byte_count(self) -> int:
        """Bytes of all files that were found, as they are on the disk."""
        return sum(file.size for file in self.files)

    @property
    def encoding(self) -> str:
        """The encodings that were used so far, in the order in which they were met."""
        return ", ".join(self._encodings) or "utf-8"

    @property
    def notes(self) -> tuple[TextNote, ...]:
        """What was odd so far."""
        return self._notes.values()

    def share(self) -> float:
        """Share of the files' bytes that has been read."""
        position = 0 if self._current is None else self._current.position
        self._share = max(self._share, (self._size_before + position) / max(1, self._total))
        return self._share

    def summary(self) -> TextSummary:
        """What was met in all of them."""
        return summary_of(self._tally, self._name, self.encoding, self.notes)

    def chunks(self) -> Generator[bytes, None, None]:
        """Whole characters in UTF-8; the chunks of a file end with a line.

        Empty ones come where no text comes for long.
        """
        for file in found_files(self._paths, self._notes):
            self.files.append(file)
            if len(self.files) % FILES_BETWEEN_PAUSES == 0:
                yield b""
        self._total = self.byte_count
        for file in self.files:
            shown = printable(file.path)
            opening = partial(open_bytes, file.path, shown)
            text = TextFile(file.name, shown, file.is_chosen, opening, opening)
            yield from self._texts_of(text, _UNUSABLE_IN_FOLDERS)
            self._size_before += file.size
        if self._read_files == 0:
            raise NoTextInside(path=self._name)

    def _texts_of(self, file: TextFile, unusable: tuple[type[TextError], ...]) -> Iterator[bytes]:
        """The text of a file; of one that was not chosen itself and cannot be used, a note."""
        before = self._tally.byte_count
        try:
            yield from self._texts(file)
        except unusable as error:
            if file.is_chosen or self._tally.byte_count > before:
                raise
            is_binary = isinstance(error, BinaryText)
            self._notes.leave_out("binary_skipped" if is_binary else "unreadable_skipped", file.name)
            yield b""

    def _texts(self, file: TextFile) -> Iterator[bytes]:
        with self._opened(file) as stream:
            sample = stream.read(SAMPLE_BYTES)
        kind = kind_of(sample, file.name)
        self.first_kind = self.first_kind or kind
        if kind == "zip":
            chunks = self._archived(file)
        elif kind == "text":
            refuse_binary(sample, file.shown, self._extraction.encoding)
            chunks = self._decoded(file, sample)
        else:
            chunks = self._extracted(kind, file, sample)
        end = b"\n"
        for data in chunks:
            end = data[-1:] or end
            yield data
        if end != b"\n":
            yield b"\n"

    def _decoded(self, file: TextFile, sample: bytes) -> Iterator[bytes]:
        encoding = self._extraction.encoding or detect_encoding(sample)
        self._begin_file(encoding)
        broken = self._tally.broken_bytes
        with self._opened(file) as stream:
            yield from decoded_chunks(stream, encoding, self._tally, file.shown)
            self._note_end(file, stream)
        if self._tally.broken_bytes > broken:
            self._notes.leave_out("broken_in", file.name)

    def _extracted(self, kind: str, file: TextFile, sample: bytes) -> Iterator[bytes]:
        self.structured = self.structured or (kind, file)
        if kind not in DOCUMENTS:
            self._begin_file(self._extraction.encoding or detect_encoding(sample))
        else:
            self._begin_file("utf-8")
        with self._opened(file) as stream, BufferedReader(stream) as buffered:
            pieces = extracted(kind, buffered, file.shown, self._extraction)
            notes = yield from self._counted(pieces)
            self._notes.add(replace(note, path=file.name) for note in notes)
            self._note_end(file, stream)

    def _counted(self, pieces: Pieces) -> Generator[bytes, None, tuple[TextNote, ...]]:
        with closing(pieces):
            while True:
                try:
                    data, _ = next(pieces)
                except StopIteration as stop:
                    return cast(tuple[TextNote, ...], stop.value)
                self._tally.add(data)
                yield data

    def _archived(self, file: TextFile) -> Iterator[bytes]:
        before = self._read_files
        with self._opened(file) as stream:
            if not isinstance(stream, FileBytes) or not stream.seekable():
                raise NestedArchive(path=file.shown)
            buffered = BufferedReader(stream)
            with closing(buffered), closing(open_archive(buffered, stream.size, file.shown)) as archive:
                for member in members(archive):
                    yield from self._texts_of(_in_archive(file, archive, member), _UNUSABLE_IN_ARCHIVES)
        if self._read_files == before:
            raise NoTextInside(path=file.shown)

    def _begin_file(self, encoding: str) -> None:
        self._encodings[encoding] = None
        self._read_files += 1

    def _note_end(self, file: TextFile, stream: ByteStream) -> None:
        if isinstance(stream, FileBytes | Unpacked):
            self._notes.add(stream.notes(file.name))

    @contextmanager
    def _opened(self, file: TextFile) -> Iterator[ByteStream]:
        """A file's bytes; while one of the disk is open, it says how far reading is."""
        with file.open() as stream:
            if isinstance(stream, FileBytes):
                self._current = stream
            try:
                yield stream
            except OSError as error:
                raise FileUnreadable(path=file.shown, reason=error.strerror or error) from error
            finally:
                if self._current is stream:
                    self._current = None


def _in_archive(file: TextFile, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> TextFile:
    name, shown = f"{file.name}/{member_name(member)}", f"{file.shown}/{member_name(member)}"
    opening = partial(open_member, archive, member, shown)
    return TextFile(name, shown, False, opening, partial(_opened_again, file, member, shown))


@contextmanager
def _opened_again(file: TextFile, member: zipfile.ZipInfo, shown: str) -> Iterator[ByteStream]:
    """A file in an archive that may have been closed meanwhile."""
    with ExitStack() as opened:
        stream = cast(FileBytes, opened.enter_context(file.open()))
        buffered = opened.enter_context(BufferedReader(stream))
        archive = opened.enter_context(open_archive(buffered, stream.size, file.shown))
        yield opened.enter_context(open_member(archive, member, shown))
