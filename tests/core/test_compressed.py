"""Compressed bytes come whole, or it is said how far they are whole, or they are refused."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from io import BytesIO, FileIO
from pathlib import Path
from typing import Any

import pytest

from gloveui.core import compressed
from gloveui.core.compressed import MAGIC_BYTES, FileBytes, Unpacked, compression_of, open_bytes
from gloveui.core.errors import BrokenArchive, DecompressionBomb, FileUnreadable

TEXT = b"".join(b"%d times %d\n" % (number, number * number) for number in range(9_000))
METHODS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}
Compress = Callable[[bytes], bytes]
every_method = pytest.mark.parametrize("compress", METHODS.values(), ids=METHODS)


def unpacked(data: bytes) -> tuple[bytes, list[tuple[str, int, str]]]:
    stream = Unpacked(BytesIO(data), "file")
    return stream.read(), [(note.kind, note.count, note.place) for note in stream.notes("file")]


@pytest.mark.parametrize("name", METHODS)
def test_the_method_is_told_by_the_first_bytes(name: str) -> None:
    data = METHODS[name](TEXT)
    assert compression_of(data[:6]) == name
    assert unpacked(data) == (TEXT, [])
    assert compression_of(TEXT[:6]) is None


@every_method
def test_reads_of_any_size_give_the_same_bytes(compress: Compress) -> None:
    stream = Unpacked(BytesIO(compress(TEXT)), "file")
    sizes = [1, 7, 4_096, 1 << 20]
    parts = [stream.read(size) for size in sizes]
    assert [len(part) for part in parts[:3]] == sizes[:3]
    assert b"".join(parts) == TEXT


@every_method
def test_several_streams_are_one_and_zeros_pad(compress: Compress) -> None:
    assert unpacked(compress(b"ice ") + compress(b"") + bytes(8) + compress(b"steam") + bytes(512)) == (
        b"ice steam",
        [],
    )


@every_method
def test_what_lies_behind_the_end_is_left_out_and_counted(compress: Compress) -> None:
    assert unpacked(compress(b"ice") + bytes(3) + b"garbage") == (b"ice", [("garbage_behind", 7, "")])
    assert unpacked(compress(b"ice") + b"x" * 40_000)[1] == [("garbage_behind", 40_000, "")]


def test_a_second_stream_that_is_cut_off_is_told_with_what_is_whole() -> None:
    data = gzip.compress(b"ice\n") + gzip.compress(TEXT)[:-4]
    assert unpacked(data) == (b"ice\n" + TEXT, [("cut_off", 0, f"{len(TEXT) + 4:,}")])


@every_method
def test_nothing_that_can_be_had_is_refused(compress: Compress) -> None:
    with pytest.raises(BrokenArchive, match="ends too early"):
        unpacked(compress(TEXT)[:8])


@every_method
def test_a_wrong_check_is_refused(compress: Compress) -> None:
    data = bytearray(compress(TEXT))
    data[-8 if compress is gzip.compress else len(data) // 2] ^= 0xFF
    with pytest.raises(BrokenArchive):
        unpacked(bytes(data))


def test_a_wrong_size_is_refused() -> None:
    data = bytearray(gzip.compress(TEXT))
    data[-1] ^= 0xFF
    with pytest.raises(BrokenArchive, match="length"):
        unpacked(bytes(data))


@every_method
def test_what_is_made_to_fill_a_machine_is_refused_with_its_ratio(
    compress: Compress, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = compress(bytes(3_000_000))
    assert len(unpacked(data)[0]) == 3_000_000  # not over 1 GB
    monkeypatch.setattr(compressed, "BOMB_BYTES", 1_000_000)
    with pytest.raises(DecompressionBomb) as caught:
        unpacked(data)
    assert caught.value.fields["ratio"] > compressed.BOMB_RATIO


def test_a_file_that_is_not_compressed_can_be_read_from_any_place(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"ice and steam")
    with open_bytes(path, "file") as stream:
        assert stream.read(3) == b"ice"
        assert (stream.position, stream.size, stream.compression, stream.seekable()) == (3, 13, None, True)
        stream.seek(8)
        assert (stream.read(), stream.tell(), stream.notes("file")) == (b"steam", 13, ())


class FailingFile(FileIO):
    """A file on a disk that breaks after the first bytes."""

    def read(self, size: int = -1) -> bytes:
        if size != MAGIC_BYTES:
            raise OSError(5, "Input/output error")
        return super().read(size)

    def readinto(self, buffer: Any) -> int:
        raise OSError(5, "Input/output error")


@pytest.mark.parametrize("data", [TEXT, gzip.compress(TEXT, mtime=0)])
def test_a_disk_that_breaks_while_a_file_is_read_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    file = FailingFile(path)
    with FileBytes(file, "file") as stream, pytest.raises(FileUnreadable, match="Input/output error"):
        stream.read()


def test_a_compressed_file_says_how_much_of_it_has_been_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(gzip.compress(TEXT))
    with open_bytes(path, "file") as stream:
        stream.read(10)
        assert (stream.compression, stream.seekable()) == ("gzip", False)
        assert 0 < stream.position < stream.size
        stream.read()
        assert stream.position == stream.size
