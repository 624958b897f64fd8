from __future__ import annotations

import bz2
import codecs
import gzip
import hashlib
import lzma
import os
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core import text as text_module
from gloveui.core.errors import (
    BinaryText,
    FileMissing,
    FileUnreadable,
    NotAFile,
    NotInThisEncoding,
    UnknownEncoding,
)
from gloveui.core.text import FileText, PastedText, normalised, printable
from tests.core.steps import read, read_file, read_source, sentences_of

CHARACTERS = "ab \n\r\t.é가\u1112\u1161\u11abe\u0301\x0c\u2028\x85😀\u3000"
BYTES = [
    b"a",
    b" ",
    b"\n",
    b"\r\n",
    "가".encode(),
    "é".encode(),
    "e\u0301".encode(),
    b"\xff",
    b"\xed\xa0\x80",
    b"\xe2\x82",
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "text.txt"


@pytest.fixture(scope="module")
def shared_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts") / "text.txt"


@pytest.fixture
def tiny_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_module, "PIECE_BYTES", 4)


def test_a_file_is_read_with_its_name_its_size_and_its_hash(path: Path) -> None:
    path.write_bytes(b"Eis und Dampf\n")
    text, summary = read_file(path)
    assert text == "Eis und Dampf\n"
    assert (summary.name, summary.encoding, summary.byte_count) == ("text.txt", "utf-8", 14)
    assert summary.sha256 == hashlib.sha256(b"Eis und Dampf\n").hexdigest()
    assert (summary.broken_bytes, summary.first_broken, summary.nul_count) == (0, None, 0)


def test_a_source_can_be_read_again(path: Path) -> None:
    path.write_text("one two")
    source = FileText(path)
    assert read_source(source) == read_source(source)


def test_a_title_takes_the_place_of_the_file_name(path: Path) -> None:
    assert FileText(path, title="The lecture").name == "The lecture"


@given(st.text(CHARACTERS, max_size=60), st.integers(1, 12))
@settings(max_examples=100)
def test_a_text_is_the_same_in_pieces_of_any_size(content: str, piece_bytes: int) -> None:
    whole = read_source(PastedText(content))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_module, "PIECE_BYTES", piece_bytes)
        assert read_source(PastedText(content)) == whole


@given(st.lists(st.sampled_from(BYTES), max_size=20).map(b"".join), st.integers(1, 7), st.booleans())
@settings(max_examples=100)
def test_broken_bytes_are_counted_and_placed_in_pieces_of_any_size(
    shared_path: Path, data: bytes, piece_bytes: int, with_mark: bool
) -> None:
    data = codecs.BOM_UTF8 + data if with_mark else data
    encoding = "utf-8-sig" if with_mark else "utf-8"
    shared_path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_module, "PIECE_BYTES", piece_bytes)
        text, summary = read_file(shared_path, encoding)
    escaped = data.decode(encoding, "surrogateescape")
    assert summary.broken_bytes == sum("\udc80" <= character <= "\udcff" for character in escaped)
    assert summary.first_broken == first_error(data)
    assert text.count("\ufffd") == summary.broken_bytes


def first_error(data: bytes) -> int | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def test_broken_utf_8_is_placed_when_a_character_goes_over_the_end_of_a_piece(path: Path) -> None:
    data = b"a" * (text_module.PIECE_BYTES - 1) + "가".encode() + b" b\xff c\xfe"
    path.write_bytes(data)
    _, summary = read_file(path)
    assert (summary.broken_bytes, summary.first_broken) == (2, data.index(b"\xff"))


def test_a_character_cut_off_by_the_end_of_the_file_is_counted(path: Path) -> None:
    path.write_bytes("ice 가".encode()[:-1])
    text, summary = read_file(path)
    assert (text, summary.broken_bytes, summary.first_broken) == ("ice \ufffd\ufffd", 2, 4)


def test_broken_korean_is_placed_in_its_own_encoding(path: Path, tiny_pieces: None) -> None:
    data = "얼음과 증기 ".encode("cp949") + b"\xff" + "물".encode("cp949")
    path.write_bytes(data)
    text, summary = read_file(path, "cp949")
    assert text == "얼음과 증기 \ufffd물"
    assert (summary.broken_bytes, summary.first_broken) == (1, data.index(b"\xff"))


def test_broken_utf_16_is_counted_and_a_written_replacement_character_is_not(path: Path) -> None:
    path.write_bytes("a \ufffd b".encode("utf-16"))
    assert read_file(path)[1].broken_bytes == 0
    path.write_bytes(codecs.BOM_UTF16_LE + "ice ".encode("utf-16-le") + b"\x00\xd8" + "b".encode("utf-16-le"))
    text, summary = read_file(path)
    assert (text, summary.broken_bytes, summary.first_broken) == ("ice \ufffdb", 1, 10)


@pytest.mark.parametrize("encoding", ["UTF-16LE", "utf_16_le", "UTF-32BE", "iso2022_kr", "utf-7", "hz"])
def test_broken_bytes_stop_no_encoding(path: Path, encoding: str) -> None:
    path.write_bytes(b"ice\xff and steam\xd8")
    _, summary = read_file(path, encoding)
    assert summary.broken_bytes > 0


def test_utf_16_that_needs_a_mark_and_has_none_is_refused_with_the_reason(path: Path) -> None:
    path.write_bytes("ice and steam".encode("utf-16-le"))
    with pytest.raises(NotInThisEncoding, match=r"cannot be read as utf-16: .* does not start with BOM"):
        read_file(path, "utf-16")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_byte_order_mark_decides_about_the_encoding(path: Path, encoding: str, tiny_pieces: None) -> None:
    path.write_bytes("얼음 and 증기\n".encode(encoding))
    text, summary = read_file(path)
    assert (text, summary.encoding, summary.broken_bytes) == ("얼음 and 증기\n", encoding, 0)


@pytest.mark.parametrize(
    ("mark", "encoding"), [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be")]
)
def test_the_big_end_may_come_first(path: Path, mark: bytes, encoding: str) -> None:
    path.write_bytes(mark + "얼음 and 증기\n".encode(encoding))
    assert read_file(path)[0] == "얼음 and 증기\n"


def test_a_chosen_encoding_is_used_whatever_the_bytes_look_like(path: Path) -> None:
    path.write_bytes("Käse".encode("latin-1"))
    text, summary = read_file(path, "latin-1")
    assert (text, summary.encoding) == ("Käse", "latin-1")


def test_utf_16_without_a_mark_can_be_chosen(path: Path) -> None:
    path.write_bytes("ice and steam".encode("utf-16-le"))
    assert read_file(path, "utf-16-le")[0] == "ice and steam"


@pytest.mark.parametrize("encoding", ["utf-99", "rot13", "undefined", "a\0b"])
def test_an_encoding_that_is_none_is_refused_by_name(path: Path, encoding: str) -> None:
    path.write_text("ice")
    with pytest.raises(UnknownEncoding) as caught:
        read_file(path, encoding)
    assert caught.value.fields["received"] == encoding


def test_every_kind_of_line_end_becomes_a_newline(path: Path, tiny_pieces: None) -> None:
    path.write_bytes("a\r\nb\rc\x85d\u2028e\u2029f\x0cg\x0bh\n".encode())
    assert read_file(path)[0] == "a\nb\nc\nd\ne\nf\ng\nh\n"


def test_nul_is_dropped_and_counted(path: Path) -> None:
    path.write_bytes(b"ice a\0nd steam, and wa\0ter")
    text, summary = read_file(path)
    assert (text, summary.nul_count) == ("ice and steam, and water", 2)


def test_decomposed_letters_are_the_same_word_as_composed_ones(path: Path, tiny_pieces: None) -> None:
    path.write_text(
        unicodedata.normalize("NFD", "한국어 café\n") + unicodedata.normalize("NFC", "한국어 café\n")
    )
    stream = read(FileText(path))
    assert stream.vocabulary.words == ("한국어", "café")
    assert stream.vocabulary.counts.tolist() == [2, 2]


def test_lone_surrogates_become_replacement_characters_and_are_counted(path: Path) -> None:
    text, summary = read_source(PastedText("ice \ud800 steam"))
    assert text == "ice \ufffd\ufffd\ufffd steam"
    assert (summary.broken_bytes, summary.first_broken) == (3, 4)


def test_one_long_line_without_white_space_comes_whole_over_many_pieces(path: Path) -> None:
    path.write_bytes(b"x" * 700_000)
    assert read_file(path)[0] == "x" * 700_000
    stream = read(FileText(path))
    assert sentences_of(stream) == [["x" * 1_000]]
    assert stream.cut_tokens == 1


def test_a_line_that_never_ends_is_handed_out_before_it_fills_the_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_module, "LONGEST_TAIL", 100)
    monkeypatch.setattr(text_module, "PIECE_BYTES", 10)
    path.write_bytes(b"x" * 1_000)
    pieces = [piece.text for piece in FileText(path).pieces()]
    assert "".join(pieces) == "x" * 1_000
    assert {len(piece) for piece in pieces} == {100}


def test_pieces_end_at_white_space_and_say_how_far_they_are(path: Path, tiny_pieces: None) -> None:
    path.write_text("ice and steam and water\n" * 10)
    pieces = list(FileText(path).pieces())
    assert all(piece.text[-1] in " \n" for piece in pieces)
    fractions = [piece.fraction for piece in pieces]
    assert fractions == sorted(fractions)
    assert 0 < fractions[0] < 0.1
    assert fractions[-1] == 1.0


def test_a_compressed_text_is_read_as_it_is_and_its_fraction_is_that_of_the_file(path: Path) -> None:
    content = "".join(f"word{number} and word{number * 7}\n" for number in range(50_000))
    path.write_bytes(lzma.compress(content.encode()))
    pieces = list(FileText(path).pieces())
    assert "".join(piece.text for piece in pieces) == content
    assert 0 < pieces[0].fraction < 1
    assert pieces[-1].fraction == 1.0


@pytest.mark.parametrize(
    "compress", [partial(bz2.compress, compresslevel=1), gzip.compress, partial(lzma.compress, preset=0)]
)
def test_a_compressed_text_that_is_cut_short_is_read_as_far_as_it_goes(
    path: Path, compress: Callable[[bytes], bytes]
) -> None:
    content = b"".join(b"%d and %d\n" % (number, number * number) for number in range(40_000))
    data = compress(content)
    path.write_bytes(data[: len(data) * 2 // 3])
    text, summary = read_file(path)
    assert 0 < summary.byte_count < len(content)
    assert text == content[: summary.byte_count].decode()
    assert [str(note) for note in summary.notes] == [
        f"text.txt is cut off: its text is whole up to byte {summary.byte_count:,}"
    ]


@pytest.mark.parametrize(
    ("data", "kind"), [(b"PK\x03\x04 and more", "ZIP"), (b"\x89PNG\r\n\x1a\n and more", "PNG")]
)
@pytest.mark.parametrize("encoding", [None, "utf-8"])
def test_a_binary_file_called_txt_is_refused_with_what_it_looks_like(
    path: Path, data: bytes, kind: str, encoding: str | None
) -> None:
    path.write_bytes(data)
    with pytest.raises(BinaryText, match=kind) as caught:
        read_file(path, encoding)
    assert caught.value.fields["path"] == str(path)


def test_a_missing_file_is_named(path: Path) -> None:
    with pytest.raises(FileMissing, match=r"text\.txt"):
        read_file(path)


def test_a_file_that_vanished_since_it_was_chosen_is_named(path: Path) -> None:
    path.write_text("ice and steam")
    source = FileText(path)
    path.unlink()
    with pytest.raises(FileMissing, match=r"text\.txt"):
        read_source(source)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotAFile, match="a folder"):
        read_file(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_without_waiting_for_it(path: Path) -> None:
    os.mkfifo(path)
    with pytest.raises(NotAFile, match="a pipe or device"):
        read_file(path)


def test_a_device_is_refused() -> None:
    with pytest.raises((NotAFile, FileMissing), match="null"):
        read_file(Path(os.devnull))


def test_a_file_that_cannot_be_opened_says_why(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text("ice")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FileUnreadable, match="Permission denied"):
        read_file(path)


def refuse(*_: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.skipif(os.name != "posix", reason="file names are characters on this system")
def test_a_file_name_that_is_not_utf_8_works_and_is_shown_escaped(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text("ice and steam")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    text, summary = read_file(path)
    assert text == "ice and steam"
    assert summary.name == "caf\\udce9.txt"
    path.unlink()
    with pytest.raises(FileMissing) as caught:
        read_file(path)
    assert str(caught.value).encode().endswith(b"caf\\udce9.txt")


def test_a_file_is_closed_when_reading_stops_early(path: Path, tiny_pieces: None) -> None:
    path.write_text("ice and steam and water\n" * 10)
    pieces = FileText(path).pieces()
    next(pieces)
    pieces.close()  # an open file would be a ResourceWarning, which fails the test
    assert list(pieces) == []


def test_printable_keeps_names_that_can_be_shown() -> None:
    assert printable("얼음.txt") == "얼음.txt"


def test_normalising_composes_after_lower_case() -> None:
    assert normalised("CAFE\u0301", lower=True) == "café"
    assert normalised("CAFE\u0301", lower=False) == "CAFÉ"
