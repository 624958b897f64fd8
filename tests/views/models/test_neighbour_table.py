"""Answers as a table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gloveui.core.queries import Neighbour
from gloveui.views.models.neighbour_table import NeighbourTableModel


@pytest.fixture
def model(qapp) -> NeighbourTableModel:
    model = NeighbourTableModel()
    model.set_score_name("cosine")
    model.set_neighbours([Neighbour("<b>queen", 5, 0.64449, 12_345), Neighbour("road", 6, -0.1, 7)])
    return model


def test_a_row_is_word_score_and_count(model) -> None:
    assert [model.index(0, column).data() for column in range(3)] == ["<b>queen", "0.644", "12,345"]
    assert [model.index(1, column).data() for column in range(3)] == ["road", "-0.100", "7"]


def test_the_score_itself_is_there_for_the_bar(model) -> None:
    assert model.index(0, 1).data(Qt.ItemDataRole.UserRole) == 0.64449
    assert model.index(0, 0).data(Qt.ItemDataRole.UserRole) is None


def test_tips_are_escaped(model) -> None:
    assert "&lt;b&gt;queen" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_the_heading_of_the_scores_can_change(model, qtbot) -> None:
    with qtbot.waitSignal(model.headerDataChanged):
        model.set_score_name("3CosAdd")
    horizontal = Qt.Orientation.Horizontal
    assert [model.headerData(column, horizontal) for column in range(3)] == ["word", "3CosAdd", "count"]


def test_another_answer_takes_the_place_of_the_one_before(model) -> None:
    model.set_neighbours([])
    assert model.rowCount() == 0
