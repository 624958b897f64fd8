"""Texts in documents that have to be read out of order: Word, PDF, electronic books."""

from __future__ import annotations

from collections.abc import Generator
from typing import BinaryIO

import numpy as np

from gloveui.core.byte_size import ByteSize
from gloveui.core.errors import DocumentTooLarge
from gloveui.core.scratch import ScratchFile
from gloveui.storage.text_streams import PIECE_BYTES, Pieces, file_size

LARGEST_DOCUMENT = 10**9  # bytes


def document_texts(kind: str, stream: BinaryIO, path: str) -> Pieces:
    """The text of a document; a stream that is no file of its own is first copied to a temporary one.

    Parameters
    ----------
    kind
        ``"docx"``, ``"pdf"`` or ``"epub"``.

    Raises
    ------
    DocumentTooLarge, NotEnoughDisk, ScratchFolderUnusable
        If it cannot be copied.
    TextError
        If it cannot be read.
    """
    if file_size(stream) is not None:
        return (yield from _texts(kind, stream, path))
    with ScratchFile() as scratch:
        yield from _copy(stream, scratch, path)
        return (yield from _texts(kind, scratch.stream(), path))


def _texts(kind: str, stream: BinaryIO, path: str) -> Pieces:
    if kind == "docx":
        from gloveui.storage.word_texts import word_texts

        return word_texts(stream, path)
    if kind == "epub":
        from gloveui.storage.book_texts import book_texts

        return book_texts(stream, path)
    from gloveui.storage.pdf_texts import pdf_texts

    return pdf_texts(stream, path)


def _copy(stream: BinaryIO, scratch: ScratchFile, path: str) -> Generator[tuple[bytes, None], None, None]:
    """Copy a stream, with an empty piece for each stretch."""
    while data := stream.read(PIECE_BYTES):
        scratch.append(np.frombuffer(data, np.uint8))
        if scratch.size > LARGEST_DOCUMENT:
            raise DocumentTooLarge(
                path=path, expected=ByteSize(LARGEST_DOCUMENT), received=ByteSize(scratch.size)
            )
        yield b"", None
