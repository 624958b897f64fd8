from __future__ import annotations

import csv
import io
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given

from gloveui.core.errors import WriteFailed
from gloveui.storage.export import (
    FORMULA_STARTS,
    csv_text,
    inert,
    tab_separated_text,
    write_bytes,
    write_csv,
)


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", "\r=1"])
def test_a_word_that_looks_like_a_formula_is_made_inert(word) -> None:
    assert inert(word) == f"'{word}"


@pytest.mark.parametrize("word", ["king", "well-known", "1/2", "a=b", "", "왕", "'tis"])
def test_other_words_stay_as_they_are(word) -> None:
    assert inert(word) == word


@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), max_size=5))
def test_no_cell_of_a_table_begins_like_a_formula(rows) -> None:
    for row in csv.reader(io.StringIO(csv_text(rows), newline="")):
        assert not any(cell.startswith(FORMULA_STARTS) for cell in row)


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), min_size=1, max_size=5))
def test_csv_keeps_every_cell_in_its_place(rows) -> None:
    read = list(csv.reader(io.StringIO(csv_text(rows), newline="")))
    assert read == [[inert(cell) for cell in row] for row in rows]


def test_a_table_of_words_and_numbers_keeps_seven_digits() -> None:
    rows = [["", "king", "=x"], ["king", 0.0, 1.5], ["=x", 1.5, 1 / 3]]
    assert csv_text(rows).splitlines() == [",king,'=x", "king,0,1.5", "'=x,1.5,0.3333333"]


def test_negative_numbers_stay_numbers() -> None:
    assert csv_text([["loss", -0.5]]) == "loss,-0.5\r\n"


def test_tabs_and_lines_inside_words_do_not_break_a_copied_table() -> None:
    assert tab_separated_text([["a\tb", "c\nd"], ["e", 2.0]]) == "a b\tc d\ne\t2"


def test_a_csv_file_is_known_as_utf_8_by_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "counts.csv"
    write_csv(path, [["왕", 1.0]])
    assert path.read_bytes() == "\ufeff왕,1\r\n".encode()


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    def broken_rows():
        yield ["a", 1.0]
        raise OSError(28, "No space left on device")

    path = tmp_path / "counts.csv"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(WriteFailed):
        write_csv(path, broken_rows())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed):
        write_bytes(tmp_path / "nowhere" / "counts.png", b"\x89PNG")


def test_a_picture_is_written_as_it_is(tmp_path: Path) -> None:
    write_bytes(tmp_path / "counts.png", b"\x89PNG")
    assert (tmp_path / "counts.png").read_bytes() == b"\x89PNG"
