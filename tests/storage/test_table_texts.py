from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gloveui.core.errors import ColumnMissing, ColumnWanted, FieldTooLong, QuoteNotClosed
from gloveui.core.text_notes import TextNote
from gloveui.storage import text_streams
from gloveui.storage.extraction import choices
from tests.storage.structured import lines_and_notes, lines_of

CELLS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12
) | st.sampled_from(["", '"', ",", "a\nb", "\r\n", '""', ";\t|"])


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_separator_and_the_encoding_are_found(separator: str, encoding: str) -> None:
    rows = "id;text;note\n1;얼음, 차가운;x\n2;증기;y, z\n".replace(";", separator)
    if separator == ",":
        rows = rows.replace("얼음, 차가운", '"얼음, 차가운"').replace("y, z", '"y, z"')
    assert lines_of("csv", rows.encode(encoding), column="text") == ["얼음, 차가운", "증기"]


def test_an_encoding_that_is_chosen_is_used() -> None:
    assert lines_of("csv", "text\n얼음\n".encode("cp949"), encoding="cp949") == ["얼음"]


def test_a_cell_with_line_ends_becomes_lines() -> None:
    assert lines_of("csv", 'id,text\n1,"ice\nmelts"\n2,steam', column="text") == ["ice", "melts", "steam"]


@pytest.mark.parametrize("column", ["text", "2"])
def test_a_column_is_chosen_by_name_or_number(column: str) -> None:
    assert lines_of("csv", "id,text\n7,ice\n", column=column) == ["ice"]


def test_a_table_without_names_has_numbers() -> None:
    table = b"7,The ice melts.\n8,The steam rises.\n"
    assert choices("csv", io.BytesIO(table), "text") == ("1", "2")
    assert lines_of("csv", table, column="2") == ["The ice melts.", "The steam rises."]


def test_a_missing_column_is_refused_with_those_there_are() -> None:
    with pytest.raises(ColumnMissing, match="no column body; its columns are: id, text") as caught:
        lines_of("csv", "id,text\n1,ice\n", column="body")
    assert caught.value.fields["columns"] == ("id", "text")


def test_no_column_is_needed_where_there_is_one_and_asked_for_where_there_are_more() -> None:
    assert lines_of("csv", 'text\n"ice, steam"\nwater\n') == ["ice, steam", "water"]
    with pytest.raises(ColumnWanted) as caught:
        lines_of("csv", "id,text\n1,ice\n")
    assert caught.value.fields["columns"] == ("id", "text")


def test_a_cell_beyond_the_usual_limit_is_read_in_pieces() -> None:
    text = "ice melts " * 40_000
    lines = lines_of("csv", f'id,text\n1,"{text}"\n', column="text")
    assert lines == [text]


def test_a_cell_that_is_too_long_is_refused_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gloveui.storage.table_texts.LONGEST_LINE", 100)
    with pytest.raises(FieldTooLong, match="line 3"):
        lines_of("csv", 'id,text\n1,ice\n2,"' + "ice\n" * 100, column="text")
    assert text_streams.LONGEST_FIELD >= 16_000_000


@pytest.mark.parametrize(
    ("table", "line"),
    [('id,text\n1,ice\n2,"steam\nand\n', 3), ('id,text\n"a\nb","c\nd\n', 3), ('id,text\n"1","x""\n', 2)],
)
def test_a_quotation_mark_that_is_not_closed_is_refused_with_its_line(table: str, line: int) -> None:
    with pytest.raises(QuoteNotClosed) as caught:
        lines_of("csv", table, column="text")
    assert caught.value.fields["line"] == line


def test_quotation_marks_in_tab_separated_prose_are_text() -> None:
    table = 'id\ttext\n1\t"Ice," she said\n2\the "never\n'
    assert lines_of("tsv", table, column="text") == ['"Ice," she said', 'he "never']


def test_ragged_rows_are_read_and_noted_with_the_first_line() -> None:
    lines, notes = lines_and_notes("csv", "id,text\n1,ice\n\n2\n3,steam,more\n", column="text")
    assert lines == ["ice", "steam"]
    assert notes == (TextNote("ragged_rows", "text", 2, "4"),)


def test_broken_bytes_and_nul_are_noted() -> None:
    lines, notes = lines_and_notes("csv", b"text\nice \xff\0\n", encoding="utf-8")
    assert lines == ["ice \ufffd"]
    assert [(note.kind, note.count, note.place) for note in notes] == [
        ("broken_bytes", 1, "9"),
        ("nul_characters", 1, ""),
    ]


@settings(max_examples=30)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_whatever_csv_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["first", "second"])
    writer.writerows(rows)
    lines, notes = lines_and_notes("csv", stream.getvalue(), column="second", encoding="utf-8")
    wanted = "".join(cell if cell.endswith("\n") else f"{cell}\n" for _, cell in rows if cell)
    assert "".join(f"{line}\n" for line in lines) == wanted
    assert notes == ()
