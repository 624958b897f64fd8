"""Bad and unusual texts: each is refused with the reason, or read with what was odd about it noted."""

from __future__ import annotations

import gzip
import io
import os
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gloveui.core import compressed
from gloveui.core.errors import (
    BinaryText,
    BrokenArchive,
    DecompressionBomb,
    EmptyText,
    EncryptedArchive,
    FileMissing,
    FileUnreadable,
    GloveError,
    NestedArchive,
    NoPairs,
    NotAFile,
    NoTextInside,
    NoWordFrequentEnough,
    UnknownCompression,
)
from gloveui.core.text import TextPiece, TextSummary
from gloveui.storage import file_walk
from gloveui.storage.text_opening import open_text
from tests.core.steps import count, read, sentences_of

Made = Callable[[Path], Path]
PNG = b"\x89PNG\r\n\x1a\n and more"
BOMB = b"ice " * 1_000_000
BODY = b"".join(b"%d ice\n" % number for number in range(20_000))


@dataclass
class Refused:
    """A text that is refused; the words are in what is said."""

    sentence: str
    make: Made
    error: type[GloveError]
    words: tuple[str, ...] = ()


@dataclass
class Read:
    """A text that is read as these words by sentence, with these words in its notes."""

    sentence: str
    make: Made
    words: list[list[str]]
    notes: tuple[str, ...] = ()
    facts: tuple[tuple[str, object], ...] = ()


def file_of(data: bytes, name: str = "text.txt") -> Made:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def zip_bytes(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def zip_of(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Made:
    return file_of(zip_bytes(files, method), "texts.zip")


def zip_with(place: int, value: bytes) -> bytes:
    """An archive with other bytes at a place of the entry in its directory, and of the file's own header."""
    data = bytearray(zip_bytes({"a.txt": b"ice and steam"}, zipfile.ZIP_STORED))
    entry = data.index(b"PK\x01\x02")
    data[entry + place : entry + place + len(value)] = value
    local = place - 2  # the same fields without the version that made it
    data[local : local + len(value)] = value
    return bytes(data)


def zip_with_wrong_size() -> bytes:
    """An archive whose deflated file ends before the size that is claimed."""
    data = bytearray(zip_bytes({"a.txt": b"ice and steam"}))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 99)
    data[22:26] = struct.pack("<I", 99)
    return bytes(data)


def folder_of(files: dict[str, bytes]) -> Made:
    def make(folder: Path) -> Path:
        inside = folder / "texts"
        inside.mkdir()
        for name, data in files.items():
            (inside / name).parent.mkdir(parents=True, exist_ok=True)
            (inside / name).write_bytes(data)
        return inside

    return make


def folder_with_a_loop(folder: Path) -> Path:
    inside = folder_of({"a.txt": b"ice melts"})(folder)
    (inside / "b").mkdir()
    (inside / "b" / "up").symlink_to(inside)
    (inside / "c.txt").symlink_to(inside / "a.txt")
    (inside / "self").symlink_to(inside / "self")
    return inside


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def folder_with_a_pipe(folder: Path) -> Path:
    inside = folder_of({"a.txt": b"ice melts"})(folder)
    os.mkfifo(inside / "pipe")
    return inside


CUT = gzip.compress(BODY)[:9_000]
REFUSED = [
    Refused("an empty file has no text", file_of(b""), EmptyText, ("no text",)),
    Refused("only spaces are no text", file_of(b" \n\t \r\n"), EmptyText, ("no text",)),
    Refused("one word has no pairs", file_of(b"ice"), NoPairs, ("no pairs",)),
    Refused("a picture called txt is told", file_of(PNG), BinaryText, ("PNG",)),
    Refused(
        "an archive of another kind is told", file_of(b"7z\xbc\xaf\x27\x1c", "a.txt"), BinaryText, ("7-Zip",)
    ),
    Refused("a pipe is not waited for", pipe, NotAFile, ("pipe",)),
    Refused("a device is no text", lambda _: Path("/dev/zero"), NotAFile, ("device",)),
    Refused("a missing file is named", lambda folder: folder / "gone.txt", FileMissing, ("gone.txt",)),
    Refused(
        "gzip without anything whole", file_of(gzip.compress(BODY)[:11]), BrokenArchive, ("ends too early",)
    ),
    Refused(
        "gzip with a wrong CRC",
        file_of(gzip.compress(b"ice")[:-8] + bytes(8)),
        BrokenArchive,
        ("data check",),
    ),
    Refused(
        "an archive inside an archive",
        zip_of({"a.txt": b"ice", "b.zip": zip_bytes({"c": b"x"})}),
        NestedArchive,
    ),
    Refused("a packed archive", file_of(gzip.compress(zip_bytes({"c": b"x"}))), NestedArchive),
    Refused("an encrypted archive", file_of(zip_with(8, b"\x01\x00")), EncryptedArchive, ("password",)),
    Refused("an archive with a wrong CRC", file_of(zip_with(16, b"1234")), BrokenArchive, ("CRC", "a.txt")),
    Refused(
        "an archive with a wrong size",
        file_of(zip_with_wrong_size()),
        BrokenArchive,
        ("expected 99 bytes, found 13",),
    ),
    Refused(
        "an archive packed in an unknown way",
        file_of(zip_with(10, struct.pack("<H", 97))),
        UnknownCompression,
        ("97",),
    ),
    Refused("an archive that is cut off", file_of(zip_bytes({"a.txt": BODY})[:-40], "a.zip"), BrokenArchive),
    Refused("an archive without text", zip_of({"a.png": PNG}), NoTextInside, ("texts.zip",)),
    Refused("an archive without files", zip_of({}), NoTextInside),
    Refused("a folder without files", folder_of({".hidden": b"ice"}), NoTextInside, ("texts",)),
]
READ = [
    Read("NUL is dropped", file_of(b"ice m\0elts"), [["ice", "melts"]], facts=(("nul_count", 1),)),
    Read(
        "UTF-16 with its mark",
        file_of("얼음 물".encode("utf-16")),
        [["얼음", "물"]],
        facts=(("encoding", "utf-16"),),
    ),
    Read(
        "UTF-32 with its mark",
        file_of("얼음 물".encode("utf-32")),
        [["얼음", "물"]],
        facts=(("encoding", "utf-32"),),
    ),
    Read(
        "broken UTF-8 is placed",
        file_of("얼음 물".encode() + b" \xff"),
        [["얼음", "물"]],
        facts=(("broken_bytes", 1), ("first_broken", 11)),
    ),
    Read(
        "every line end ends a sentence",
        file_of("a\r\nb\rc\x85d\u2028e".encode()),
        [["a"], ["b"], ["c"], ["d"], ["e"]],
    ),
    Read(
        "half a character is replaced",
        file_of("물은 얼음 ".encode() + b"\xed\xa0\x80"),
        [["물은", "얼음"]],
        facts=(("broken_bytes", 3),),
    ),
    Read(
        "NFC and NFD are the same word",
        file_of((unicodedata.normalize("NFD", "한글") + " 한글").encode()),
        [["한글", "한글"]],
    ),
    Read(
        "a loop of links ends",
        folder_with_a_loop,
        [["ice", "melts"]],
        (
            "texts: links to what was read already: 2 (texts/b/up, texts/c.txt)",
            "could not be read",
            "texts/self",
        ),
    ),
    Read(
        "a pipe in a folder is left out",
        folder_with_a_pipe,
        [["ice", "melts"]],
        ("pipes and devices", "1 (texts/pipe)"),
    ),
    Read(
        "a picture in a folder is left out",
        folder_of({"a.txt": b"ice", "b.png": PNG}),
        [["ice"]],
        ("texts/b.png",),
    ),
    Read(
        "gzip with garbage behind it",
        file_of(gzip.compress(b"ice melts") + b"garbage"),
        [["ice", "melts"]],
        ("left out: 7",),
    ),
    Read(
        "names that lead out of an archive",
        zip_of({"../../a.txt": b"ice", "/etc/b.txt": b"melts"}),
        [["ice"], ["melts"]],
    ),
    Read(
        "a picture in an archive is left out",
        zip_of({"a.txt": b"ice", "b.png": PNG}),
        [["ice"]],
        ("texts.zip/b.png",),
    ),
    Read(
        "a compressed file in an archive", zip_of({"a.gz": gzip.compress(b"ice melts")}), [["ice", "melts"]]
    ),
    Read(
        "a locked archive in a folder is left out",
        folder_of({"a.txt": b"ice", "b.zip": zip_with(8, b"\x01\x00")}),
        [["ice"]],
        ("texts/b.zip",),
    ),
    Read(
        "a session that was saved beside texts is left out",
        folder_of({"a.txt": b"ice", "b.gloveui/manifest.json": b"{}", "b.gloveui/objects/c.txt": b"ice"}),
        [["ice"]],
        ("1 (texts/b.gloveui)",),
    ),
    Read(
        "damaged archives in a folder are left out",
        folder_of({"a.txt": b"ice", "b.docx": b"PK\x03\x04 no", "c.gz": b"\x1f\x8b no"}),
        [["ice"]],
        ("2 (texts/b.docx, texts/c.gz)",),
    ),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.sentence)
def test_it_is_refused_with_the_reason(tmp_path: Path, case: Refused) -> None:
    if case.make is pipe and not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    path = case.make(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(case.error) as caught:
        count(read(open_text(path)))
    told = f"{caught.value}. {caught.value.next_step}"
    assert all(word in told for word in case.words), told
    assert caught.value.next_step.endswith(".")
    assert contents(tmp_path) == before


@pytest.mark.parametrize("case", READ, ids=lambda case: case.sentence)
def test_it_is_read_with_what_was_odd_noted(tmp_path: Path, case: Read) -> None:
    path = case.make(tmp_path)
    before = contents(tmp_path)
    tokens = read(open_text(path))
    told = "\n".join(map(str, tokens.summary.notes))
    assert sentences_of(tokens) == case.words
    assert all(word in told for word in case.notes), told
    assert bool(told) == bool(case.notes)
    for name, value in case.facts:
        assert getattr(tokens.summary, name) == value
    assert contents(tmp_path) == before


def contents(folder: Path) -> dict[str, bytes]:
    """All files in a folder: what reading must leave alone."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_minimum_that_no_word_reaches_is_refused_with_one_that_some_do(tmp_path: Path) -> None:
    path = file_of(b"ice melts, ice floats")(tmp_path)
    with pytest.raises(NoWordFrequentEnough) as caught:
        count(read(open_text(path)), min_count=5)
    assert caught.value.next_step == "Set the minimum count to 2 or less."


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("cp949", "얼음은 차갑고 물은 흐른다. 증기는 뜨겁다. 나는 딥러닝을 좋아한다."),
        ("latin-1", "Der Käse ist grün, das Mädchen hört die Vögel über den Dächern."),
        ("gbk", "冰是冷的，水在流动，蒸汽是热的。我喜欢深度学习和自然语言处理。"),
        ("shift_jis", "氷は冷たい。水は流れる。蒸気は熱い。私はディープラーニングが好きです。"),
    ],
)
def test_a_legacy_encoding_without_a_mark_is_detected_and_said(
    tmp_path: Path, encoding: str, content: str
) -> None:
    tokens = read(open_text(file_of((content + "\n").encode(encoding) * 20)(tmp_path)))
    assert tokens.summary.encoding != "utf-8"
    assert sentences_of(tokens) == sentences_of(read((content + "\n") * 20))


def test_a_word_over_1_000_bytes_is_cut_at_a_character(tmp_path: Path) -> None:
    tokens = read(open_text(file_of(("가" * 500).encode())(tmp_path)))
    assert (tokens.vocabulary.words, tokens.cut_tokens) == (("가" * 333,), 1)


@pytest.mark.parametrize("change", ["grows", "shrinks"])
def test_a_file_that_changes_while_it_is_read_is_noted(tmp_path: Path, change: str) -> None:
    path = file_of(BODY * 4)(tmp_path)
    pieces = open_text(path).pieces()
    next(pieces)
    if change == "grows":
        with path.open("ab") as stream:
            stream.write(b"more")
    else:
        os.truncate(path, 300_000)
    notes = summary_of_the_rest(pieces).notes
    assert [str(note) for note in notes] == ["text.txt changed its size while it was read"]


def summary_of_the_rest(pieces: Generator[TextPiece, None, TextSummary]) -> TextSummary:
    while True:
        try:
            next(pieces)
        except StopIteration as stop:
            summary: TextSummary = stop.value
            return summary


def test_a_file_that_vanishes_after_its_folder_was_walked_is_refused_by_name(tmp_path: Path) -> None:
    folder = folder_of({"a.txt": BODY * 2, "b.txt": b"ice"})(tmp_path)
    pieces = open_text(folder).pieces()
    next(pieces)
    (folder / "b.txt").unlink()
    with pytest.raises(FileMissing, match=r"b\.txt"):
        list(pieces)


def test_an_unreadable_file_in_a_folder_is_listed_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of({"a.txt": b"ice", "b.txt": b"never", "c.txt": b"melts"})(tmp_path)
    real = Path.open

    def opened(path: Path, mode: str = "r") -> object:
        if path.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return real(path, mode)

    monkeypatch.setattr(Path, "open", opened)
    tokens = read(open_text(folder))
    assert sentences_of(tokens) == [["ice"], ["melts"]]
    assert [str(note) for note in tokens.summary.notes] == [
        "texts: files that could not be read and were left out: 1 (texts/b.txt)"
    ]
    with pytest.raises(FileUnreadable, match="Permission denied"):
        read(open_text([folder / "a.txt", folder / "b.txt"]))


def test_a_folder_that_cannot_be_listed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_of({"a.txt": b"ice"})(tmp_path)

    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(file_walk.os, "scandir", refuse)
    with pytest.raises(FileUnreadable, match="Permission denied"):
        read(open_text(folder))


@pytest.mark.skipif(os.name != "posix", reason="file names are characters on this system")
def test_a_file_name_that_is_not_utf_8_is_shown_escaped(tmp_path: Path) -> None:
    folder = folder_of({"a.txt": b"ice"})(tmp_path)
    try:
        (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"melts")
        (folder / os.fsdecode(b"\xff.png")).write_bytes(PNG)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    tokens = read(open_text(folder))
    assert tokens.token_count == 2
    assert "texts/\\udcff.png" in str(tokens.summary.notes[0]).encode().decode()


def test_gzip_that_is_cut_off_is_whole_up_to_a_byte_that_is_told(tmp_path: Path) -> None:
    tokens = read(open_text(file_of(CUT)(tmp_path)))
    size = tokens.summary.byte_count
    assert sentences_of(tokens) == sentences_of(read(BODY[:size].decode()))
    assert [str(note) for note in tokens.summary.notes] == [
        f"text.txt is cut off: its text is whole up to byte {size:,}"
    ]


@pytest.mark.parametrize("make", [file_of(gzip.compress(BOMB)), zip_of({"a.txt": BOMB})])
def test_what_is_made_to_fill_a_machine_is_refused_with_its_ratio(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Made
) -> None:
    monkeypatch.setattr(compressed, "BOMB_BYTES", 1_000_000)
    with pytest.raises(DecompressionBomb) as caught:
        read(open_text(make(tmp_path)))
    assert caught.value.fields["ratio"] > 200
    assert f"{caught.value.fields['ratio']} times" in str(caught.value)
