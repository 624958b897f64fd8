"""The whole table as rows: what they say, and filter and order beside naive twins."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt

from gloveui.core.lookup import LookupTable
from gloveui.views.models.embedding_table import EmbeddingTableModel
from gloveui.views.models.vector_rows import LONGEST_SHOWN, strong_value
from tests.views.vectors import FAMILY, STRANGE, large_table, model_of, noise

ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
SERVED = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.UserRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.TextAlignmentRole,
)


@pytest.fixture
def model(qapp) -> EmbeddingTableModel:
    model = EmbeddingTableModel()
    model.set_table(model_of(FAMILY).table)
    return model


@pytest.fixture(scope="module")
def large() -> LookupTable:
    return large_table(75_000, 100)


@pytest.fixture
def large_model(qapp, large: LookupTable) -> EmbeddingTableModel:
    model = EmbeddingTableModel()
    model.set_table(large)
    return model


def shown_words(model: EmbeddingTableModel) -> list[str]:
    return [model.word_at(row) for row in range(model.rowCount())]


def test_rows_begin_with_the_special_words_and_say_word_index_and_numbers(model) -> None:
    texts = [[model.index(row, column).data() for column in range(4)] for row in range(4)]
    assert texts[1] == ["<pad>", "1", "+0.000", "+0.000"]
    assert texts[2] == ["man", "2", "+1.000", "+0.000"]
    assert texts[0][:2] == ["<unk>", "0"]
    assert (model.rowCount(), model.columnCount()) == (len(FAMILY) + 2, 2 + 5)


def test_numbers_below_zero_have_their_sign(model) -> None:
    assert model.index(8, 4).data() == "-1.000"
    assert model.index(8, 4).data(Qt.ItemDataRole.UserRole) == -1.0


def test_headings_are_word_index_and_the_places_of_the_numbers(model) -> None:
    horizontal = Qt.Orientation.Horizontal
    assert [model.headerData(column, horizontal) for column in range(4)] == ["word", "index", "0", "1"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_roles_that_are_not_served_give_nothing(model) -> None:
    others = [role for role in Qt.ItemDataRole if role not in (*SERVED, Qt.ItemDataRole.EditRole)]
    assert {model.data(model.index(2, column), role) for role in others for column in range(3)} == {None}


def test_an_empty_model_has_neither_rows_nor_columns(qapp) -> None:
    model = EmbeddingTableModel()
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    assert model.data(QModelIndex()) is None


def test_a_filter_keeps_words_that_hold_the_text_and_puts_the_word_itself_first(qapp) -> None:
    model = EmbeddingTableModel()
    model.set_table(model_of(noise(("making", "kings", "queen", "king"))).table)
    model.set_filter("king")
    assert shown_words(model) == ["king", "kings", "making"]


def test_a_filter_ignores_case_and_the_form_of_letters(qapp) -> None:
    model = EmbeddingTableModel()
    model.set_table(model_of(noise(("Straße", "고양이", "KÖNIG"))).table)
    model.set_filter(unicodedata.normalize("NFD", "könig"))
    assert shown_words(model) == ["KÖNIG"]
    model.set_filter(unicodedata.normalize("NFD", "고양"))
    assert shown_words(model) == ["고양이"]


@pytest.mark.parametrize("text", ["(", "\\", "<img", "&"])
def test_a_filter_takes_every_sign_literally(qapp, text: str) -> None:
    model = EmbeddingTableModel()
    model.set_table(model_of(noise(STRANGE)).table)
    model.set_filter(text)
    assert shown_words(model) == [word for word in STRANGE if text in word]


@pytest.mark.parametrize("text", ["", "a", "qu", "zz3", "nothing of this kind"])
def test_a_filter_of_a_large_table_finds_what_a_loop_finds(large, large_model, text: str) -> None:
    large_model.set_filter(text)
    expected = [index for index, word in enumerate(large.vocabulary.words) if text in word]
    assert sorted(large_model.ids) == expected


@pytest.mark.parametrize("text", ["", "ab"])
@pytest.mark.parametrize("column", [0, 1, 2, 60])
@pytest.mark.parametrize("order", [ASCENDING, DESCENDING])
def test_a_large_table_is_sorted_as_pythons_stable_sort_does(large, large_model, text, column, order) -> None:
    large_model.set_filter(text)
    large_model.sort(column, order)
    ids = [index for index, word in enumerate(large.vocabulary.words) if text in word]
    keys = {0: large.vocabulary.words, 1: range(len(large))}.get(
        column, large.vectors[:, column - 2].tolist()
    )
    expected = sorted(ids, key=lambda index: keys[index], reverse=order == DESCENDING)
    assert large_model.ids.tolist() == expected


def test_a_column_below_zero_takes_the_order_away(large_model) -> None:
    large_model.sort(5, DESCENDING)
    large_model.sort(-1, ASCENDING)
    assert np.array_equal(large_model.ids, np.arange(large_model.rowCount()))


def test_another_table_keeps_the_filter_and_drops_an_order_it_has_no_column_for(model) -> None:
    model.set_filter("a")
    model.sort(6, DESCENDING)
    model.set_table(model_of(noise(("abc", "xyz", "a"), dimension=2)).table)
    assert shown_words(model) == ["a", "abc", "<pad>"]


def test_the_row_of_a_word_follows_filter_and_order(model) -> None:
    assert model.row_of("king") == 6
    model.sort(1, DESCENDING)
    assert model.word_at(model.row_of("king")) == "king"
    model.set_filter("q")
    assert model.row_of("king") is None
    assert model.hides("king")
    assert not model.hides("nowhere")


def test_a_word_without_end_is_shown_by_its_beginning(qapp) -> None:
    model = EmbeddingTableModel()
    model.set_table(model_of(noise(STRANGE)).table)
    row = model.row_of("k" * 10_000)
    assert model.index(row, 0).data() == "k" * LONGEST_SHOWN + "…"


def test_what_looks_like_html_is_escaped_in_the_tip_and_plain_in_the_cell(qapp) -> None:
    model = EmbeddingTableModel()
    model.set_table(model_of(noise(STRANGE)).table)
    cell = model.index(model.row_of("<img src=x>"), 0)
    assert cell.data() == "<img src=x>"
    assert "&lt;img" in cell.data(Qt.ItemDataRole.ToolTipRole)


def test_rows_as_text_hold_every_number_exactly(large, large_model) -> None:
    large_model.sort(4, DESCENDING)
    lines = [line.split("\t") for line in large_model.as_text([0, 3]).split("\n")]
    assert [line[0] for line in lines] == [large_model.word_at(0), large_model.word_at(3)]
    for line in lines:
        assert np.array_equal(np.array(line[2:], np.float32), large.vectors[int(line[1])])


def test_the_strongest_colour_is_for_what_few_numbers_exceed() -> None:
    numbers = np.zeros((100, 10), np.float32)
    assert strong_value(numbers) == 1.0
    numbers[:50] = -2.0
    numbers[0, 0] = 1_000.0
    assert strong_value(numbers) == 2.0
    assert strong_value(np.empty((0, 10), np.float32)) == 1.0
