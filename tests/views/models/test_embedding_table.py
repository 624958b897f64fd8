"""The whole table as rows: what they say, and filter and order beside naive twins."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt

from gloveui.core.errors import PatternError
from gloveui.core.lookup import LookupTable
from gloveui.state.job_queue import JobQueue
from gloveui.views.models.embedding_table import EmbeddingTableModel
from gloveui.views.models.vector_rows import COUNT, FIRST_VALUE, LONGEST_SHOWN, NORM, strong_value
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


def test_rows_begin_with_the_special_words_and_say_word_index_count_norm_and_numbers(model) -> None:
    texts = [[model.index(row, column).data() for column in range(6)] for row in range(4)]
    assert texts[1] == ["<pad>", "1", "–", "0.00", "+0.000", "+0.000"]
    assert texts[2] == ["man", "2", "1,000", "1.41", "+1.000", "+0.000"]
    assert texts[0][:3] == ["<unk>", "0", "–"]
    assert (model.rowCount(), model.columnCount()) == (len(FAMILY) + 2, 4 + 5)


def test_counts_and_norms_are_compared_by_bars(model) -> None:
    assert model.share(6, NORM) == pytest.approx(1.0)  # king is as long as any
    assert model.share(1, NORM) == 0.0
    assert model.share(2, COUNT) == 1.0
    assert 0.9 < model.share(8, COUNT) < 1.0
    assert model.share(2, FIRST_VALUE) == 0.0


def test_vectors_without_counts_say_so_and_are_copied_without_them(qapp) -> None:
    model = EmbeddingTableModel()
    model.set_table(model_of(FAMILY, has_counts=False).table)
    assert not model.has_counts
    assert model.index(2, COUNT).data() == "–"
    assert model.headings() == ["word", "index", "norm", "0", "1", "2", "3", "4"]
    assert len(model.as_rows([2])[0]) == len(model.headings())


def test_numbers_below_zero_have_their_sign(model) -> None:
    assert model.index(8, 6).data() == "-1.000"
    assert model.index(8, 6).data(Qt.ItemDataRole.UserRole) == -1.0


def test_headings_are_word_index_count_norm_and_the_places_of_the_numbers(model) -> None:
    horizontal = Qt.Orientation.Horizontal
    headings = ["word", "index", "count", "norm", "0", "1"]
    assert [model.headerData(column, horizontal) for column in range(6)] == headings
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
@pytest.mark.parametrize("column", [0, 1, 3, 60])
@pytest.mark.parametrize("order", [ASCENDING, DESCENDING])
def test_a_large_table_is_sorted_as_pythons_stable_sort_does(large, large_model, text, column, order) -> None:
    large_model.set_filter(text)
    large_model.sort(column, order)
    ids = [index for index, word in enumerate(large.vocabulary.words) if text in word]
    norms = np.sqrt((large.vectors.astype(np.float64) ** 2).sum(axis=1))
    keys = {0: large.vocabulary.words, 1: range(len(large)), 3: norms.tolist()}.get(
        column, large.vectors[:, column - FIRST_VALUE].tolist()
    )
    expected = sorted(ids, key=lambda index: keys[index], reverse=order == DESCENDING)
    assert large_model.ids.tolist() == expected


def test_a_column_below_zero_takes_the_order_away(large_model) -> None:
    large_model.sort(5, DESCENDING)
    large_model.sort(-1, ASCENDING)
    assert np.array_equal(large_model.ids, np.arange(large_model.rowCount()))


def test_another_table_keeps_the_filter_and_drops_an_order_it_has_no_column_for(model) -> None:
    model.set_filter("a")
    model.sort(8, DESCENDING)
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
    large_model.sort(6, DESCENDING)
    lines = [line.split("\t") for line in large_model.as_text([0, 3]).split("\n")]
    assert [line[0] for line in lines] == [large_model.word_at(0), large_model.word_at(3)]
    for line in lines:
        assert np.array_equal(np.array(line[4:], np.float32), large.vectors[int(line[1])])


def test_the_strongest_colour_is_for_what_few_numbers_exceed() -> None:
    numbers = np.zeros((100, 10), np.float32)
    assert strong_value(numbers) == 1.0
    numbers[:50] = -2.0
    numbers[0, 0] = 1_000.0
    assert strong_value(numbers) == 2.0
    assert strong_value(np.empty((0, 10), np.float32)) == 1.0


def test_a_filter_can_ask_for_beginnings_alone(model) -> None:
    model.set_filter("QUE", "begins")
    assert shown_words(model) == ["queen"]
    model.set_filter("een", "begins")
    assert shown_words(model) == []


def test_a_filter_can_be_an_expression(model) -> None:
    model.set_filter("^(king|queen)$|^.oy$", "regex")
    assert shown_words(model) == ["boy", "king", "queen"]


def test_an_expression_that_is_none_is_told_and_the_rows_stay(model, qtbot) -> None:
    model.set_filter("^q", "regex")
    with qtbot.waitSignal(model.pattern_refused) as refused:
        model.set_filter("^q(", "regex")
    assert isinstance(refused.args[0], PatternError)
    assert shown_words(model) == ["queen"]
    with qtbot.waitSignal(model.pattern_accepted):
        model.set_filter("^k", "regex")
    assert shown_words(model) == ["king"]


def test_only_words_of_a_list_are_shown_and_can_be_filtered_and_sorted(model) -> None:
    model.set_listed(("queen", "boy", "nowhere", "man"))
    assert shown_words(model) == ["man", "boy", "queen"]
    model.sort(0, DESCENDING)
    assert shown_words(model) == ["queen", "man", "boy"]
    model.set_filter("n")
    assert shown_words(model) == ["queen", "man"]
    model.set_listed(None)
    assert shown_words(model) == ["woman", "queen", "man", "king", "<unk>"]


def test_a_heading_tells_what_its_column_is_like(model) -> None:
    horizontal, tip = Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
    told = model.headerData(FIRST_VALUE + 2, horizontal, tip)
    for part in ("dimension 2 · 7 words", "mean 0.143, spread 0.639", "lowest -1: road", "highest 1: boy"):
        assert part in told
    assert "highest 1,000: man" in model.headerData(COUNT, horizontal, tip)
    assert "lowest 1.41: man" in model.headerData(NORM, horizontal, tip)
    assert model.headerData(0, horizontal, tip) == ""


def test_statistics_leave_the_special_rows_out(qapp) -> None:
    model = EmbeddingTableModel()
    model.set_table(model_of({"a": (2.0,), "b": (4.0,)}).table)
    found = model.statistics(FIRST_VALUE)
    assert (found.mean, found.lowest, found.highest) == (3.0, 2.0, 4.0)
    assert model.ends_of(FIRST_VALUE) == ("a", "b")


def test_a_large_table_is_prepared_and_sorted_beside_the_window(qtbot, large) -> None:
    jobs = JobQueue()
    model = EmbeddingTableModel(jobs=jobs)
    model.set_table(large)
    assert model.rowCount() == len(large)
    assert model.row_of("nobody") is None
    qtbot.waitUntil(lambda: model.facts is not None)
    model.sort(FIRST_VALUE + 3, DESCENDING)
    values = large.vectors[:, 3]
    qtbot.waitUntil(lambda: model.ids[0] == values.argmax())
    assert (np.diff(values[model.ids]) <= 0).all()
    qtbot.waitUntil(lambda: not jobs.is_answering)
    jobs.shut_down()


def test_what_is_typed_while_a_table_is_prepared_is_answered_after_it(qtbot, large) -> None:
    jobs = JobQueue()
    model = EmbeddingTableModel(jobs=jobs)
    model.set_table(large)
    model.set_filter("ab")
    qtbot.waitUntil(lambda: model.facts is not None and model.rowCount() < len(large))
    assert all("ab" in word for word in shown_words(model))
    qtbot.waitUntil(lambda: not jobs.is_answering)
    jobs.shut_down()


def test_the_newest_expression_wins(qtbot, large) -> None:
    jobs = JobQueue()
    model = EmbeddingTableModel(jobs=jobs)
    model.set_table(large)
    qtbot.waitUntil(lambda: model.facts is not None)
    for pattern in ("^a", "^ab", "^abc"):
        model.set_filter(pattern, "regex")
    qtbot.waitUntil(lambda: not jobs.is_answering)
    assert shown_words(model) == [word for word in large.vocabulary.words if word.startswith("abc")]
    jobs.shut_down()
