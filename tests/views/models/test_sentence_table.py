"""The words of a sentence as rows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from gloveui.views.models.sentence_table import SentenceTableModel
from tests.views.vectors import FAMILY, model_of


@pytest.fixture
def model(qapp) -> SentenceTableModel:
    model = SentenceTableModel()
    model.set_colors_of_unknown(QColor("black"), QColor("yellow"))
    model.set_sentence(model_of(FAMILY).table, ["king", "xyzzy", "king", "<unk>"])
    return model


def test_a_word_has_a_row_each_time_it_occurs(model) -> None:
    assert [model.index(row, 1).data() for row in range(4)] == ["6", "0", "6", "0"]
    assert model.index(0, 7).data() == model.index(2, 7).data() == "+1.000"


def test_an_unknown_word_is_lit_and_says_whose_row_it_gets(model) -> None:
    assert model.index(1, 0).data() == "xyzzy → <unk>"
    assert model.index(1, 0).data(Qt.ItemDataRole.BackgroundRole).color() == QColor("yellow")
    assert model.index(0, 0).data(Qt.ItemDataRole.BackgroundRole) is None
    assert model.index(1, 1).data(Qt.ItemDataRole.BackgroundRole) is None


def test_the_name_of_the_special_row_itself_is_known(model) -> None:
    assert model.index(3, 0).data() == "<unk>"


def test_copied_rows_have_the_words_as_typed(model) -> None:
    assert model.as_text([1]).startswith("xyzzy\t0\t")


def test_without_a_table_there_is_nothing(model) -> None:
    model.set_sentence(None, ["king"])
    assert (model.rowCount(), model.columnCount()) == (0, 0)
