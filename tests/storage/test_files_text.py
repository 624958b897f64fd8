"""Several files, folders and archives are one text; what is in them decides how they are read."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from gloveui.core.errors import ColumnWanted, FileMissing, NotAFile
from gloveui.core.progress import run_to_end
from gloveui.core.text import FileText, PastedText
from gloveui.storage import files_reading
from gloveui.storage.files_text import FilesText
from gloveui.storage.text_opening import open_text
from gloveui.storage.text_preview import preview_text
from tests.core.steps import read, read_source


def zip_of(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def notes_of(path: Path | tuple[Path, ...]) -> list[str]:
    source = FilesText(path if isinstance(path, tuple) else (path,))
    return [str(note) for note in read_source(source)[1].notes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "books"
    (folder / "b").mkdir(parents=True)
    (folder / "a.txt").write_text("first")
    (folder / "b" / "inner.txt").write_text("second\n")
    (folder / "c.txt.gz").write_bytes(gzip.compress(b"third"))
    (folder / ".hidden.txt").write_text("never")
    zip_of(folder / "d.zip", {"z.txt": b"fourth", "y.txt": b"fifth\n", "__MACOSX/._z": b"never"})
    return folder


def test_a_folder_is_read_in_the_order_of_its_names_with_a_line_end_between_two_files(folder: Path) -> None:
    text, summary = read_source(open_text(folder))
    assert text == "first\nsecond\nthird\nfourth\nfifth\n"
    assert (summary.name, summary.encoding, summary.notes) == ("books", "utf-8", ())
    content = b"firstsecond\nthirdfourthfifth\n"
    assert (summary.byte_count, summary.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_several_files_are_read_in_the_order_in_which_they_were_given(folder: Path) -> None:
    source = open_text([folder / "c.txt.gz", folder / "a.txt"])
    assert source.name == "c.txt.gz +1"
    assert read_source(source)[0] == "third\nfirst\n"
    assert read_source(source) == read_source(source)


def test_the_encoding_of_each_file_is_detected_and_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("얼음과 증기는 모두 물이다. 물은 얼면 얼음이 된다.".encode("cp949"))
    (tmp_path / "b.txt").write_bytes("물".encode())
    (tmp_path / "c.txt").write_bytes("눈".encode("utf-16"))
    text, summary = read_source(open_text(tmp_path))
    assert text.split("\n")[1:3] == ["물", "눈"]
    assert text.startswith("얼음과")
    assert summary.encoding == "cp949, utf-8, utf-16"
    assert summary.broken_bytes == 0


def test_a_broken_byte_is_placed_in_all_bytes_and_its_file_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("물\n".encode())
    (tmp_path / "b.txt").write_bytes("눈 눈 ".encode() + b"\xff")
    _, summary = read_source(open_text(tmp_path))
    assert (summary.broken_bytes, summary.first_broken) == (1, 12)
    assert "b.txt" in str(summary.notes[0])


@pytest.mark.parametrize("name", ["plain.txt", "packed.txt.gz", "packed.dat", "bundle"])
def test_one_plain_text_is_opened_as_it_is_by_its_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(lzma.compress(b"ice") if name.startswith("packed") else b"ice")
    assert open_text(path, "utf-8") == FileText(path, "utf-8")
    assert open_text([str(path)]) == FileText(path)


def test_what_is_in_a_file_decides_not_its_name(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "book.txt", {"a.txt": b"ice"})
    assert open_text(path) == FilesText((path,))
    assert read_source(open_text(path))[0] == "ice\n"


def test_a_missing_file_is_refused_when_it_is_read(tmp_path: Path) -> None:
    for paths in ([tmp_path / "a"], [tmp_path / "a", tmp_path / "b"]):
        with pytest.raises(FileMissing):
            read_source(open_text(paths))


def test_the_share_that_was_read_grows_to_one_over_files_of_all_kinds(tmp_path: Path) -> None:
    line = b"ice and steam and water\n"
    (tmp_path / "a.txt").write_bytes(line * 20_000)
    zip_of(tmp_path / "b.zip", {"a.txt": os.urandom(40_000).hex().encode(), "b.txt": line * 20_000})
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(line * 40_000))
    shares = [piece.fraction for piece in open_text(tmp_path).pieces()]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.6
    assert shares[-1] == 1.0


def test_files_are_closed_when_reading_stops_early(folder: Path) -> None:
    zip_of(folder / "d.zip", {"a.txt": b"ice\n" * 400_000})
    pieces = open_text([folder / "d.zip"]).pieces()
    next(pieces)
    pieces.close()  # an open file would be a ResourceWarning, which fails the test
    assert list(pieces) == []


def test_a_table_in_an_archive_is_asked_for_its_column_and_then_read(tmp_path: Path) -> None:
    rows = b"id,text\n1,ice melts\n2,steam rises\n"
    path = zip_of(tmp_path / "tables.zip", {"a.csv": rows, "b.csv": rows})
    with pytest.raises(ColumnWanted):
        read_source(open_text(path))
    source = open_text(path, column="text")
    assert isinstance(source, FilesText)
    assert read_source(source)[0] == "ice melts\nsteam rises\n" * 2
    assert read(source).vocabulary.counts.tolist() == [2, 2, 2, 2]


def test_documents_that_lie_as_they_are_in_an_archive_do_not_make_it_a_document(tmp_path: Path) -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("ice melts")
    document.save(str(tmp_path / "a.docx"))
    with zipfile.ZipFile(tmp_path / "b.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.write(tmp_path / "a.docx", "a.docx")
        archive.writestr("b.txt", "steam rises")
    assert read_source(open_text(tmp_path / "b.zip"))[0] == "ice melts\nsteam rises\n"
    assert read_source(open_text(tmp_path / "a.docx"))[0] == "ice melts\n"


def test_memory_is_bounded_however_long_a_line_is(tmp_path: Path) -> None:
    megabytes = int(os.environ.get("GLOVEUI_LONG_LINE_MB", "30"))
    path = tmp_path / "long.zip"
    with zipfile.ZipFile(path, "w") as archive, archive.open("a.txt", "w") as member:
        for _ in range(megabytes):
            member.write(b"x" * 1_000_000)
    tracemalloc.start()
    try:
        size = sum(len(piece.data) for piece in open_text(path).pieces())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size == megabytes * 1_000_000 + 1
    assert peak < 8_000_000


def test_very_many_files_are_read_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = int(os.environ.get("GLOVEUI_MANY_FILES", "1500"))
    for number in range(count):
        (tmp_path / f"{number:05}.txt").write_text(f"w{number % 7}")
    opened: list[files_reading.FileBytes] = []
    real = files_reading.open_bytes

    def counted(path: Path, shown: str) -> files_reading.FileBytes:
        assert all(stream.closed for stream in opened)
        opened[:] = [real(path, shown)]
        return opened[0]

    monkeypatch.setattr(files_reading, "open_bytes", counted)
    pieces = list(open_text(tmp_path).pieces())
    assert sum(piece.data.count(b"\n") for piece in pieces) == count
    assert len(pieces) < 10 + count / 500
    assert any(not piece.data for piece in pieces)  # a chance to stop while the folder is walked


def test_a_text_with_chances_to_stop_becomes_words_like_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_reading, "FILES_BETWEEN_PAUSES", 1)
    (tmp_path / "a.txt").write_text("I like")
    (tmp_path / "b.txt").write_text("NLP")
    assert read(open_text(tmp_path)).ids.tolist() == read("I like\nNLP").ids.tolist()


def test_a_preview_shows_the_first_lines_and_what_a_file_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(f"line {number}\n" for number in range(500)) + "x" * 5_000)
    preview = run_to_end(preview_text(FileText(path)))
    assert (preview.kind, preview.encoding, preview.files) == ("text", "utf-8", 1)
    assert preview.byte_count == path.stat().st_size
    assert preview.lines == tuple(f"line {number}" for number in range(200))


def test_a_preview_of_a_table_shows_its_columns_and_the_column_that_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1,ice melts\n2,steam rises\n")
    preview = run_to_end(preview_text(open_text(path)))
    assert (preview.kind, preview.columns) == ("csv", ("id", "text"))
    assert preview.lines == ("id,text", "1,ice melts", "2,steam rises")
    chosen = run_to_end(preview_text(open_text(path, column="text")))
    assert (chosen.columns, chosen.lines) == (("id", "text"), ("ice melts", "steam rises"))
    wrong = run_to_end(preview_text(open_text(path, column="colour")))
    assert wrong.lines == preview.lines


def test_a_preview_of_an_archive_shows_the_columns_of_its_tables(tmp_path: Path) -> None:
    tables = {name: f"id,text\n1,the {name} sat\n".encode() for name in ("cat.csv", "dog.csv")}
    path = zip_of(tmp_path / "talks.zip", tables)
    asked = run_to_end(preview_text(open_text(path)))
    assert (asked.kind, asked.columns, asked.lines[0]) == ("zip", ("id", "text"), "id,text")
    chosen = run_to_end(preview_text(open_text(path, column="text")))
    assert chosen.lines == ("the cat.csv sat", "the dog.csv sat")


def test_a_preview_of_a_folder_counts_its_files_and_tells_what_it_leaves_out(folder: Path) -> None:
    (folder / "0.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    preview = run_to_end(preview_text(open_text(folder)))
    assert (preview.kind, preview.files) == ("folder", 5)
    assert preview.lines == ("first", "second", "third", "fourth", "fifth")
    assert "books/0.png" in str(preview.notes[0])
    assert run_to_end(preview_text(open_text([folder, folder / "a.txt"]))).kind == "files"
    assert run_to_end(preview_text(open_text([folder / "d.zip"]))).kind == "zip"


def test_a_preview_of_a_pasted_text_is_its_beginning() -> None:
    preview = run_to_end(preview_text(PastedText("ice\r\nsteam\ud800")))
    assert (preview.kind, preview.lines, preview.files) == ("pasted", ("ice", "steam?"), 0)


def test_a_device_that_was_chosen_among_others_is_refused(folder: Path) -> None:
    with pytest.raises((NotAFile, FileMissing), match="null"):
        read_source(open_text([folder / "a.txt", Path(os.devnull)]))
