from __future__ import annotations

import bz2
import gzip
import struct
import zipfile
from io import BytesIO

import numpy as np
import pytest

from gloveui.core.signatures import looks_like


def zip_bytes() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "ice")
    return buffer.getvalue()


def numpy_bytes() -> bytes:
    buffer = BytesIO()
    np.save(buffer, np.zeros(3))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zip_bytes(), "ZIP"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"GIF89a\x01\0\x01\0", "GIF"),
        (b"%PDF-1.7\n", "PDF"),
        (gzip.compress(b"ice", mtime=0), "gzip"),
        (bz2.compress(b"ice"), "bzip2"),
        (numpy_bytes(), "numpy"),
        (b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt ", "sound"),
        (b"ID3\x03\0\0\0\0", "sound"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (bytes(range(256)) * 4, "binary data"),
        (b"\0" * 100, "binary data"),
    ],
)
def test_a_file_that_is_no_text_is_known_by_its_first_bytes(data: bytes, kind: str) -> None:
    assert kind in str(looks_like(data))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ice and steam",
        "RIFF is a file format.",
        "ID3 is a way to mark sound files.",
        "GIF8 is no format.",
        "BZh is how bzip2 begins.",
        "OggS begins a page.",
        "MZ was a programmer.",
        "tabs\tand\r\nline ends\x0c",
        "얼음과 증기",
    ],
)
def test_a_text_is_a_text_whatever_it_begins_with(text: str) -> None:
    assert looks_like(text.encode()) is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp949", "shift_jis"])
def test_texts_in_other_encodings_are_texts(encoding: str) -> None:
    assert looks_like("氷 ice 물".encode(encoding, "ignore")) is None


def test_a_few_control_characters_make_no_binary_file() -> None:
    assert looks_like(b"ice and steam " * 20 + b"\x07\0") is None
