"""The table of vectors: columns that stay, rows to copy, and large tables that stay quick."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from gloveui.core.lookup import lookup_table
from gloveui.views.models.embedding_table import EmbeddingTableModel
from gloveui.views.models.vector_rows import COUNT, FIRST_VALUE
from gloveui.views.signed_colors import SignedColors
from gloveui.views.theme import Theme
from gloveui.views.widgets.vector_table_view import MOST_COPIED_ROWS, VectorTableView
from tests.views.vectors import embedding_of, noise


@pytest.fixture
def view(qtbot, theme: Theme) -> VectorTableView:
    view = VectorTableView(theme)
    qtbot.addWidget(view)
    model = EmbeddingTableModel(view)
    words = tuple(f"word{number}" for number in range(2_000))
    model.set_table(lookup_table(embedding_of(noise(words, dimension=40))))
    view.setModel(model)
    view.resize(430, 300)
    view.show()
    return view


def layer_on_top(view: VectorTableView) -> QTableView:
    """The view that paints the columns which stay."""
    return next(child for child in view.children() if isinstance(child, QTableView))


def test_word_and_index_stay_in_sight_when_the_numbers_scroll(view, qtbot) -> None:
    top = layer_on_top(view)
    width = view.columnWidth(0) + view.columnWidth(1)
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    assert top.geometry().left() <= 1
    assert top.width() == width
    assert top.columnViewportPosition(0) == 0
    assert [top.isColumnHidden(column) for column in (0, 1, 2, 43)] == [False, False, True, True]


def test_both_layers_scroll_down_together(view) -> None:
    top = layer_on_top(view)
    view.verticalScrollBar().setValue(500)
    assert top.verticalScrollBar().value() == 500
    top.verticalScrollBar().setValue(900)
    assert view.verticalScrollBar().value() == 900
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert top.rowViewportPosition(2_001) == view.rowViewportPosition(2_001)


def test_a_number_that_is_scrolled_to_is_not_under_the_columns_that_stay(view) -> None:
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    view.scrollTo(view.model().index(0, 7))
    assert view.visualRect(view.model().index(0, 7)).left() >= layer_on_top(view).width()


def test_a_word_that_is_scrolled_to_leaves_the_numbers_where_they_are(view) -> None:
    view.horizontalScrollBar().setValue(300)
    view.scrollTo(view.model().index(1_500, 0))
    assert view.horizontalScrollBar().value() == 300
    assert view.verticalScrollBar().value() > 0


def test_a_heading_of_either_layer_sorts_and_both_show_it(view) -> None:
    view.allow_sorting()
    layer_on_top(view).horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder)
    assert view.model().index(0, 1).data() == "2,001"
    assert view.horizontalHeader().sortIndicatorSection() == 1
    view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert view.model().index(0, 1).data() == "0"


def test_selected_rows_are_copied_from_the_top_whatever_the_order_of_choosing(view, qtbot) -> None:
    for row in (5, 2, 3):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        view.selectionModel().select(view.model().index(row, 0), flags)
    with qtbot.waitSignal(view.rows_copied) as copied:
        qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[:2] for line in lines] == [["word0", "2"], ["word1", "3"], ["word3", "5"]]
    assert {len(line.split("\t")) for line in lines} == {44}
    assert copied.args == [3, 3]


def test_of_very_many_rows_the_first_are_copied_and_their_number_said(view, qtbot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(view.rows_copied) as copied:
        view.copy_rows()
    assert copied.args == [MOST_COPIED_ROWS, 2_002]
    assert len(QGuiApplication.clipboard().text().split("\n")) == MOST_COPIED_ROWS


def test_nothing_selected_leaves_the_clipboard_alone(view, qtbot) -> None:
    QGuiApplication.clipboard().setText("before")
    with qtbot.assertNotEmitted(view.rows_copied):
        view.copy_rows()
    assert QGuiApplication.clipboard().text() == "before"


def test_headings_do_not_ask_every_row_whether_it_is_selected(view) -> None:
    for layer in (view, layer_on_top(view)):
        view.selectAll()
        assert layer.horizontalHeader().selectionModel() is not view.selectionModel()
        assert not layer.horizontalHeader().selectionModel().hasSelection()


def test_the_chosen_row_stays_in_sight_when_the_table_shrinks(view) -> None:
    view.setCurrentIndex(view.model().index(6, 0))
    view.resize(430, 140)
    rect = view.visualRect(view.model().index(6, 0))
    assert view.viewport().rect().contains(rect.center())


def test_a_table_of_few_rows_grows_no_higher_than_they_need(view) -> None:
    view.set_most_rows_in_sight(3)
    view.resize(430, 800)
    rows = 3 * view.verticalHeader().defaultSectionSize()
    assert rows < view.height() < rows + 60


def test_rows_and_columns_grow_with_the_type(view, theme: Theme) -> None:
    before = view.columnWidth(0), view.verticalHeader().defaultSectionSize()
    theme.set_text_scale(2.0)
    assert view.columnWidth(0) > before[0]
    assert view.verticalHeader().defaultSectionSize() == 2 * before[1]
    assert layer_on_top(view).width() == view.columnWidth(0) + view.columnWidth(1)


def test_painting_raises_nothing(view, qtbot) -> None:
    with qtbot.captureExceptions() as raised:
        view.selectAll()
        for width in (430, 120, 20):
            view.resize(width, 300)
            view.grab()
    assert raised == []


def test_a_table_below_another_stands_under_its_columns(view, qtbot, theme: Theme) -> None:
    below = VectorTableView(theme)
    qtbot.addWidget(below)
    below.setModel(view.model())
    below.share_columns_with(view)
    below.resize(430, 100)
    below.show()
    view.setColumnWidth(4, 150)
    view.horizontalScrollBar().setValue(200)
    assert not below.horizontalHeader().isVisible()
    assert below.horizontalScrollBar().value() == 200
    assert [below.columnViewportPosition(column) for column in range(8)] == [
        view.columnViewportPosition(column) for column in range(8)
    ]

    below.horizontalScrollBar().setValue(80)
    assert view.horizontalScrollBar().value() == 80


def test_a_table_below_another_does_not_keep_it_from_its_last_column(view, qtbot, theme: Theme) -> None:
    below = VectorTableView(theme)
    qtbot.addWidget(below)
    below.setModel(view.model())
    below.share_columns_with(view)
    below.resize(500, 100)  # wider, so that it cannot be scrolled as far
    below.show()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    assert view.horizontalScrollBar().value() == view.horizontalScrollBar().maximum()


def test_a_cell_has_the_colour_of_its_number_and_zero_that_of_the_surface(view, theme: Theme) -> None:
    theme.set_scheme("light")
    picture = view.viewport().grab().toImage()
    padding = view.visualRect(view.model().index(1, FIRST_VALUE))
    assert picture.pixelColor(padding.left() + 3, padding.top() + 3).name().upper() == theme.palette.surface
    value = view.model().values(slice(2, 3), slice(0, 1))
    cell = view.visualRect(view.model().index(2, FIRST_VALUE))
    colors = SignedColors(theme)
    expected = colors.cells[int(colors.entries(value)[0, 0])]
    assert picture.pixelColor(cell.left() + 3, cell.top() + 3) == expected


def test_counts_that_nobody_knows_have_no_column(view) -> None:
    assert not view.isColumnHidden(COUNT)
    view.model().set_table(lookup_table(embedding_of(noise(("a", "b")), has_counts=False)))
    assert view.isColumnHidden(COUNT)


def test_a_width_that_was_set_stays_while_the_words_are_filtered(view) -> None:
    layer_on_top(view).setColumnWidth(0, 200)
    view.model().set_filter("word19")
    assert view.columnWidth(0) == layer_on_top(view).columnWidth(0) == 200


def test_a_table_of_few_numbers_gives_the_room_to_its_words(view) -> None:
    usual = view.columnWidth(0)
    view.resize(600, 300)
    view.model().set_table(lookup_table(embedding_of(noise(("a", "b"), dimension=2))))
    assert view.columnWidth(0) == layer_on_top(view).columnWidth(0) > usual
    assert view.horizontalScrollBar().maximum() == 0
    view.resize(200, 300)
    assert view.columnWidth(0) == usual
