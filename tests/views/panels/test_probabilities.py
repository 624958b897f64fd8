"""Two words against probe words: choosing them, reading the table, and going on from it."""

from __future__ import annotations

import gc
import weakref
from functools import partial
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QTableView, QWidget

from gloveui.core.glove import GloveParameters
from gloveui.core.text import PastedText
from gloveui.state.session import Session
from gloveui.state.values import Evidence, LiveModel
from gloveui.storage.export import csv_text
from gloveui.views.models.probe_table import (
    FIRST,
    PREDICTED,
    PREDICTED_RATIO,
    PROBE,
    RATIO,
    SECOND,
    SECOND_LINE,
    SIGN,
)
from gloveui.views.panels.probabilities import ProbabilitiesPanel
from tests.core.test_probability import KNOWN
from tests.views.counted import LECTURE, counted, session_of
from tests.views.vectors import FAMILY, model_of

STRANGE = "<b>ice</b>&amp; ＝cmd " * 3
FAMILY_TEXT = "\n".join(f"{one} is {other} and {one} goes" for one in FAMILY for other in FAMILY)


@pytest.fixture
def panel_on(show_panel):
    return partial(show_panel, ProbabilitiesPanel, (660, 720))


def cell(panel: ProbabilitiesPanel, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    return panel.table.rows.index(row, column).data(role)


def column(panel: ProbabilitiesPanel, number: int, role: int = Qt.ItemDataRole.DisplayRole) -> list[Any]:
    return [cell(panel, row, number, role) for row in range(panel.table.rows.rowCount())]


def enter(qtbot, edit: QLineEdit, text: str) -> None:
    edit.clear()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Escape)  # no completion is meant
    edit.setText(text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def click_cell(qtbot, table: QTableView, row: int, column: int) -> None:
    place = table.visualRect(table.model().index(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_without_counts_the_panel_says_what_to_do(panel_on) -> None:
    panel = panel_on(Session())
    assert panel.empty.isVisible()
    assert "text" in panel.empty.hint_label.text()
    assert panel.pair == ("", "")


def test_parts_are_found_by_their_names(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    for kind, name in (
        (QLineEdit, "probabilitiesFirst"),
        (QLineEdit, "probabilitiesSecond"),
        (QLineEdit, "probabilitiesProbes"),
        (QTableView, "probabilitiesTable"),
        (QTableView, "probabilitiesRow"),
        (QWidget, "probabilitiesExport"),
    ):
        assert panel.findChild(kind, name) is not None, name


def test_the_table_of_the_paper_is_there_at_once_where_the_text_has_its_words(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    assert panel.pair == ("ice", "steam")
    assert column(panel, PROBE) == ["solid", "gas", "water", "fashion"]
    assert column(panel, RATIO) == ["16.0", "0.12", "1.00", "–"]
    assert column(panel, RATIO, SIGN) == ["≫ 1", "≪ 1", "≈ 1", "?"]
    assert column(panel, FIRST) == ["0.500", "0.031", "0.469", "0"]
    assert column(panel, FIRST, SECOND_LINE) == ["16 of 32", "1 of 32", "15 of 32", "0 of 32"]


def test_the_words_of_the_lecture_are_compared_by_its_numbers(panel_on) -> None:
    panel = panel_on(session_of(LECTURE))
    assert panel.pair == ("like", "enjoy")
    row = column(panel, PROBE).index("i")
    assert (cell(panel, row, FIRST), cell(panel, row, SECOND)) == ("0.500", "0.500")
    assert cell(panel, row, FIRST, SECOND_LINE) == "2 of 4"


def test_zeros_and_small_counts_are_warned_of_by_sign_and_line(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    assert column(panel, PROBE, SECOND_LINE) == ["", "", "", "⚠ 0 / 0"]
    assert panel.sheet.warning_label.isVisible()
    assert "1 of 4" in panel.sheet.warning_label.text()
    panel._add_probes(["only"])
    assert cell(panel, 4, PROBE, SECOND_LINE) == "⚠ zero count"
    assert cell(panel, 4, RATIO) == "0"


def test_words_without_trouble_are_not_warned_of(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    panel._remove_probe("fashion")
    assert not panel.sheet.warning_label.isVisible()


def test_typing_the_first_word_puts_it_in_focus(panel_on, qtbot) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    enter(qtbot, panel.first_edit, "Water")
    assert session.focus_word == "water"
    assert panel.pair[0] == panel.first_edit.text() == "water"


def test_typing_the_second_word_leaves_the_focus_alone(panel_on, qtbot) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    enter(qtbot, panel.second_edit, "gas")
    assert panel.pair == ("ice", "gas")
    assert session.focus_word == ""


def test_the_word_in_focus_becomes_the_first_word(panel_on) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    session.set_focus_word("water")
    assert panel.pair == ("water", "steam")
    assert panel.table.rows.table.first == "water"


def test_a_second_word_that_comes_into_focus_changes_places(panel_on) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    session.set_focus_word("steam")
    assert panel.pair == ("steam", "ice")


def test_a_word_in_focus_is_set_beside_the_one_most_like_it_by_the_model(panel_on) -> None:
    session = session_of(FAMILY_TEXT)
    session.add_model(model_of(FAMILY))
    panel = panel_on(session)
    session.set_focus_word("road")
    assert panel.pair[0] == "road"
    assert panel.pair[1] in FAMILY
    session.set_focus_word("queen")
    assert panel.pair == ("queen", "king")  # an example has them


def test_a_second_word_that_was_typed_stays_when_the_focus_moves(panel_on, qtbot) -> None:
    session = session_of(FAMILY_TEXT)
    panel = panel_on(session)
    enter(qtbot, panel.second_edit, "boy")
    session.set_focus_word("queen")
    assert panel.pair == ("queen", "boy")


def test_a_word_in_focus_that_was_not_counted_changes_nothing(panel_on) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    session.set_focus_word("nowhere")
    assert panel.pair == ("ice", "steam")


def test_an_unknown_word_is_said_and_a_near_spelling_takes_its_place(panel_on, qtbot) -> None:
    panel = panel_on(session_of(KNOWN))
    enter(qtbot, panel.second_edit, "watr")
    assert panel.unknown_label.isVisible()
    assert "watr" in panel.unknown_label.text()
    assert panel.second_edit.property("invalid")
    assert panel.pair == ("ice", "steam")
    panel.spellings.chosen.emit("water")
    assert panel.pair == ("ice", "water")
    assert not panel.unknown_label.isVisible()


def test_of_several_probe_words_the_unknown_ones_are_named_and_the_others_taken(panel_on, qtbot) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    enter(qtbot, panel.probes_edit.edit, "onyl, week, nothing")
    assert panel.probes[4:] == ("week",)
    assert panel.unknown_label.text() == "Not among the words counted: onyl, nothing"
    session.set_focus_word("water")
    assert not panel.unknown_label.isVisible()


def test_probe_words_are_typed_with_commas_or_spaces(panel_on, qtbot) -> None:
    panel = panel_on(session_of(KNOWN))
    enter(qtbot, panel.probes_edit.edit, "only, week ice")
    assert panel.probes == ("solid", "gas", "water", "fashion", "only", "week", "ice")
    assert column(panel, PROBE) == list(panel.probes)


def test_a_probe_word_is_taken_away_by_a_click_on_it(panel_on, qtbot) -> None:
    panel = panel_on(session_of(KNOWN))
    panel.probes_edit.chips.chosen.emit("gas")
    assert panel.probes == ("solid", "water", "fashion")


def test_without_probes_the_panel_says_how_to_get_some_and_suggests(panel_on, qtbot) -> None:
    panel = panel_on(session_of(KNOWN))
    for word in panel.probes:
        panel._remove_probe(word)
    assert not panel.table.isVisible()
    assert panel.sheet.hint_label.isVisible()
    assert panel.suggestions.groups[0].texts == ["solid"]
    qtbot.mouseClick(panel.suggest_button, Qt.MouseButton.LeftButton)
    assert panel.probes == ("solid", "gas", "water", "fashion")


def test_a_suggestion_that_is_clicked_becomes_a_probe_and_goes_from_the_list(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    assert panel.suggestions.groups[1].texts == ["only"]  # gas is in the table
    panel.suggestions.chosen.emit("only")
    assert panel.probes[-1] == "only"
    assert not panel.suggestions.groups[1].isVisible()


def test_probe_words_that_were_chosen_stay_with_another_pair(panel_on, qtbot) -> None:
    panel = panel_on(session_of(KNOWN))
    enter(qtbot, panel.probes_edit.edit, "only")
    before = panel.probes
    enter(qtbot, panel.second_edit, "water")
    assert panel.probes == before


def test_an_example_brings_its_pair_and_probes(panel_on) -> None:
    session = session_of(KNOWN + "\nking queen royal\nqueen royal she")
    panel = panel_on(session)
    assert panel.examples.texts == ["ice : steam", "king : queen"]
    panel.examples.chosen.emit("king : queen")
    assert panel.pair == ("king", "queen")
    assert session.focus_word == "king"
    assert panel.probes == ("royal",)


def test_the_two_words_can_be_exchanged(panel_on, qtbot) -> None:
    panel = panel_on(session_of(KNOWN))
    panel._add_probe("only")
    qtbot.mouseClick(panel.swap_button, Qt.MouseButton.LeftButton)
    assert panel.pair == ("steam", "ice")
    assert column(panel, RATIO)[:3] == ["0.062", "8.00", "1.00"]


@pytest.mark.parametrize(("number", "word"), [(FIRST, "ice"), (SECOND, "steam")])
def test_a_click_on_a_probability_asks_for_its_sentences(panel_on, qtbot, number, word) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    click_cell(qtbot, panel.table, 1, number)
    assert session.evidence == Evidence(word, "gas")


def test_enter_on_a_probability_asks_for_its_sentences(panel_on, qtbot) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.table.rows.index(0, PROBE))
    qtbot.keyClick(panel.table, Qt.Key.Key_Right)
    qtbot.keyClick(panel.table, Qt.Key.Key_Right)
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert session.evidence == Evidence("steam", "solid")


def test_a_click_on_a_ratio_asks_for_nothing(panel_on, qtbot) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    click_cell(qtbot, panel.table, 0, RATIO)
    assert session.evidence is None


def test_smoothing_is_added_and_said(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    assert panel.smoothing.formula.text() == "P(k|i) = X / ΣX, as counted"
    panel.smoothing.choice.setCurrentIndex(1)
    panel.smoothing.amount.setValue(1.0)
    size = len(panel._session.cooccurrence.vocabulary)
    assert panel.table.rows.table.smoothing == 1.0
    assert f"V = {size} words" in panel.smoothing.formula.text()
    assert cell(panel, 3, RATIO) == "1.00"
    assert panel.table.rows.table.rows[0].ratio == pytest.approx(17 / 2)


def parameters_like(matrix) -> GloveParameters:
    """A model that predicts every count exactly, and 1 for none."""
    dense = matrix.to_scipy().toarray()
    size = len(dense)
    zeros = np.zeros(size, np.float32)
    logarithms = np.log(np.where(dense > 0, dense, 1)).astype(np.float32)
    return GloveParameters(logarithms, np.eye(size, dtype=np.float32), zeros, zeros)


def test_the_ratio_that_a_model_predicts_stands_beside_the_counted_one(panel_on) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    assert panel.table.isColumnHidden(PREDICTED)
    matrix = session.cooccurrence
    session.set_live(LiveModel(matrix.vocabulary, parameters_like(matrix), 1.0))
    assert not panel.table.isColumnHidden(PREDICTED)
    assert column(panel, PREDICTED) == ["16.0", "0.12", "1.00", "1.00"]
    assert "model" in panel.sheet.legend_label.text()


def test_predictions_follow_a_running_training(panel_on) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    matrix = session.cooccurrence
    zeros = np.zeros((len(matrix.vocabulary), 1), np.float32)
    nothing = GloveParameters(zeros, zeros, zeros[:, 0], zeros[:, 0])
    session.set_live(LiveModel(matrix.vocabulary, nothing, 1.0))
    assert cell(panel, 0, PREDICTED) == "1.00"
    session.set_live(LiveModel(matrix.vocabulary, parameters_like(matrix), 2.0))
    assert cell(panel, 0, PREDICTED) == "16.0"
    session.set_live(None)
    assert panel.table.isColumnHidden(PREDICTED)


def test_a_training_is_watched_only_while_the_panel_is_in_sight(panel_on) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    assert session.is_live_wanted
    panel.hide()
    assert not session.is_live_wanted


def test_a_panel_out_of_sight_catches_up_when_it_is_shown(panel_on) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    panel.hide()
    session.set_focus_word("water")
    assert panel.table.rows.table.first == "ice"
    panel.show()
    assert panel.table.rows.table.first == "water"


def test_the_rows_of_both_words_are_shown_sorted_with_what_is_left_out(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    section = panel.row_section
    assert [row.context for row in section.bars.rows.rows] == ["solid", "water", "gas"]
    assert section.rest_label.text().startswith("These 3 words: 100 % of P(·|ice) and 75 % of P(·|steam)")
    section.count_box.setValue(1)
    assert "2 more contexts of “ice” share the other 50 %" in section.rest_label.text()
    section.count_box.setValue(15)
    section.sort_box.setCurrentIndex(1)
    assert [row.context for row in section.bars.rows.rows] == ["water", "gas", "only", "solid"]


def test_a_bar_leads_to_its_sentences_and_its_word_becomes_a_probe(panel_on, qtbot) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    panel.row_section.sort_box.setCurrentIndex(1)
    click_cell(qtbot, panel.row_section.bars, 2, 2)
    assert session.evidence == Evidence("steam", "only")
    click_cell(qtbot, panel.row_section.bars, 2, 0)
    assert panel.probes[-1] == "only"


def test_counts_that_were_replaced_are_not_held_on_to(panel_on) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    panel.hide()
    before = weakref.ref(session.cooccurrence)
    session.set_cooccurrence(*counted(LECTURE))
    gc.collect()
    assert before() is None


def test_other_counts_keep_the_pair_where_they_have_it(panel_on, qtbot) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    enter(qtbot, panel.probes_edit.edit, "only week")
    session.set_cooccurrence(*counted(KNOWN.replace("week", "show")))
    assert panel.pair == ("ice", "steam")
    assert panel.probes == ("solid", "gas", "water", "fashion", "only")
    session.set_cooccurrence(*counted(LECTURE))
    assert panel.pair == ("like", "enjoy")


@pytest.mark.parametrize("text", ["da da", "ice melts\nalone", STRANGE, "물 얼음 고체\n물 수증기 기체"])
def test_any_text_that_was_counted_has_a_table(panel_on, text) -> None:
    panel = panel_on(session_of(text))
    assert all(panel.pair)
    assert not panel.empty.isVisible()
    assert not panel.grab().isNull()


def test_the_table_is_copied_with_counts_and_warnings(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    panel.export_button.copy_action.trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["k", "X(ice,k)", "X(steam,k)"]
    assert lines[1].split("\t")[:3] == ["solid", "16", "1"]
    assert "0 / 0" in lines[4]
    assert csv_text(panel.sheet.export_rows()).count("\n") == 5


def test_the_code_makes_the_same_table(panel_on) -> None:
    session = Session()
    session.set_text(PastedText(KNOWN))
    session.set_cooccurrence(*counted(KNOWN))
    panel = panel_on(session)
    panel.smoothing.choice.setCurrentIndex(1)
    panel.export_button.code_action.trigger()
    names: dict[str, Any] = {}
    exec(QGuiApplication.clipboard().text(), names)
    assert names["table"] == panel.table.rows.table


def test_a_text_that_is_gone_offers_no_code(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    assert not panel.export_button.code_action.isVisible()


def test_a_narrow_panel_scrolls_only_downwards_and_shows_whole_numbers(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    panel.resize(500, 420)
    metrics = panel.table.fontMetrics()
    for number in (FIRST, SECOND):
        widest = max(metrics.horizontalAdvance(text) for text in column(panel, number))
        assert panel.table.columnWidth(number) > widest
    assert panel.table.width() <= 500
    assert panel.table.horizontalScrollBar().maximum() == 0


def test_the_texts_change_with_the_language(panel_on, languages, qtbot) -> None:
    panel = panel_on(session_of(KNOWN))
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() == "확률")
    assert cell(panel, 0, FIRST, SECOND_LINE) == "32 중 16"
    assert panel.table.rows.headerData(PROBE, Qt.Orientation.Horizontal) == "탐침 k"


def test_without_room_for_the_models_column_its_ratios_stay_on_the_bars_and_in_the_tooltips(panel_on) -> None:
    session = session_of(KNOWN)
    panel = panel_on(session)
    matrix = session.cooccurrence
    session.set_live(LiveModel(matrix.vocabulary, parameters_like(matrix), 1.0))
    panel.resize(340, 420)
    assert panel.table.isColumnHidden(PREDICTED)
    assert cell(panel, 0, RATIO, PREDICTED_RATIO) == pytest.approx(16.0, rel=1e-5)
    assert "P̂(solid|ice) / P̂(solid|steam) = 16.0" in cell(panel, 0, RATIO, Qt.ItemDataRole.ToolTipRole)
    panel.resize(660, 720)
    assert not panel.table.isColumnHidden(PREDICTED)


def test_the_table_comes_before_the_choice_of_its_words(panel_on) -> None:
    panel = panel_on(session_of(KNOWN))
    tops = [part.mapTo(panel, part.rect().topLeft()).y() for part in (panel.table, panel.probes_edit)]
    assert tops == sorted(tops)
    assert tops[0] < 160


def test_every_text_of_the_table_has_room(panel_on) -> None:
    text = KNOWN.replace("ice", "elizabeth").replace("steam", "wilhelmina")
    panel = panel_on(session_of(text))
    metrics = panel.table.horizontalHeader().fontMetrics()
    for number in (FIRST, SECOND):
        heading = str(panel.table.rows.headerData(number, Qt.Orientation.Horizontal))
        assert metrics.horizontalAdvance(heading) + 16 < panel.table.columnWidth(number)


def test_probe_words_are_taken_away_by_buttons_with_a_name(panel_on, languages, qtbot) -> None:
    panel = panel_on(session_of(KNOWN))
    chip = panel.probes_edit.chips.findChildren(QPushButton)[0]
    assert chip.accessibleName() == f"Take away {panel.probes[0]}"


def test_the_headings_are_as_high_as_their_type(panel_on, theme) -> None:
    panel = panel_on(session_of(KNOWN))
    header = panel.table.horizontalHeader()
    room = header.height() - header.fontMetrics().height()
    theme.set_text_scale(1.5)
    assert header.height() - header.fontMetrics().height() >= room - 2
