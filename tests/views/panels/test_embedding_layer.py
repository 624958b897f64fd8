"""The panel of the embedding layer: looking up, the product, training; its sources and its exports."""

from __future__ import annotations

import runpy

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QSpinBox, QToolButton, QWidget

from gloveui.core.embedding_layer import lecture_table
from gloveui.state.session import Session
from gloveui.views import dialogs
from gloveui.views.panels.embedding_layer import EmbeddingLayerPanel
from tests.views.vectors import FAMILY, STRANGE, noise, session_of

LECTURE_BLOCK = [[0.2, 0.9, 0.3], [0.1, 0.5, 0.7], [0.2, 0.1, 0.8], [0.0, 0.0, 0.0]]


@pytest.fixture
def show(show_panel):
    def show_it(session=None, size=(700, 700)) -> EmbeddingLayerPanel:
        return show_panel(EmbeddingLayerPanel, size, session or Session())

    return show_it


def type_sentences(panel: EmbeddingLayerPanel, text: str) -> None:
    panel.findChild(QPlainTextEdit, "layerSentences").setPlainText(text)


def choose_mode(panel: EmbeddingLayerPanel, mode: str) -> None:
    panel.findChild(QToolButton, f"layerMode_{mode}").click()


def point_at(widget: QWidget, place: QPointF) -> None:
    buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    on_screen = widget.mapToGlobal(place)
    event = QMouseEvent(QEvent.Type.MouseMove, place, on_screen, buttons, buttons, keys)
    QCoreApplication.sendEvent(widget, event)


def learn(qtbot, panel: EmbeddingLayerPanel, steps: int = 30) -> None:
    choose_mode(panel, "training")
    panel.findChild(QSpinBox, "layer_steps").setValue(steps)
    panel.findChild(QPushButton, "layerLearn").click()
    page = panel.training_page
    qtbot.waitUntil(lambda: not page.is_learning and len(page.steps) == steps + 1, timeout=30_000)
    page.player.pause()


def test_without_a_model_the_lectures_example_is_looked_up(show):
    panel = show()

    assert panel.batch.ids.tolist() == [[2, 3, 4, 0]]
    block = panel.table.rows(panel.batch.ids)[0]
    np.testing.assert_array_equal(block, np.array(LECTURE_BLOCK, np.float32))
    assert panel.lookup_page.shape_label.text() == "4 words → ids [4] → block [4, 3]"


def test_pointing_at_a_word_or_at_its_row_lights_its_way(qtbot, show):
    panel = show()
    drawing = panel.lookup_page.drawing
    type_sentences(panel, "you need to need")

    point_at(drawing, drawing.place_rect(1).center())
    assert drawing.lit == {1}
    point_at(drawing, drawing.table_row_rect(3).center())
    assert drawing.lit == {1, 3}
    point_at(drawing, drawing.table_row_rect(7).center())
    assert drawing.lit == frozenset()


def test_a_chosen_word_stays_lit_and_is_explained(qtbot, show):
    panel = show()
    page, drawing = panel.lookup_page, panel.lookup_page.drawing

    place = drawing.place_rect(1).center().toPoint()
    qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=place)

    assert drawing.chosen == 1
    assert "“need” has the id 3: row 3 of the table becomes row 1" in page.explained_label.text()
    QTest.keyClick(drawing, Qt.Key.Key_Down)
    QTest.keyClick(drawing, Qt.Key.Key_Down)
    assert "“run” is not in the vocabulary" in page.explained_label.text()
    QTest.keyClick(drawing, Qt.Key.Key_Escape)
    assert drawing.chosen is None


def test_several_sentences_are_a_batch_that_is_filled_up_or_cut(qtbot, show):
    panel = show()
    type_sentences(panel, "you need to run\n\nhow to code\nyou")

    assert panel.batch.ids.tolist() == [[2, 3, 4, 0], [6, 4, 7, 1], [2, 1, 1, 1]]
    assert "block [3, 4, 3]" in panel.lookup_page.shape_label.text()

    panel.findChild(QSpinBox, "layerLength").setValue(2)
    assert panel.batch.ids.tolist() == [[2, 3], [6, 4], [2, 1]]
    assert "3 words" in panel.lookup_page.cut_label.text()

    grid = panel.lookup_page.batch_grid
    pos = grid.cell_rect(2, 0).center().toPoint()
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=pos)
    assert grid.sentence == 2
    panel.lookup_page.drawing.choose(1)
    panel.lookup_page.retranslate()
    assert "<pad> fills the sentence up" in panel.lookup_page.explained_label.text()


def test_the_rule_for_unknown_words_changes_their_row(show):
    panel = show()
    panel.input.rule_combo.setCurrentIndex(1)

    mean = lecture_table().vectors[2:].mean(axis=0)
    np.testing.assert_allclose(panel.table.vectors[0], mean, rtol=1e-6)
    np.testing.assert_array_equal(panel.table.vectors[1], np.zeros(3))


def test_the_models_own_table_is_shown_when_it_is_chosen(qtbot, show):
    session = session_of(FAMILY)
    panel = show(session)
    panel.input.source_combo.setCurrentIndex(1)
    type_sentences(panel, "King and queen")

    assert panel.table is session.model.table
    assert panel.batch.ids.tolist() == [[session.model.table.vocabulary.get("king"), 0, 7]]

    drawing = panel.lookup_page.drawing
    place = drawing.place_rect(2).center().toPoint()
    qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=place)
    assert session.focus_word == "queen"
    session.set_focus_word("king")
    assert drawing.chosen == 0
    session.set_focus_word("road")  # not in the sentence
    assert drawing.chosen == 0


def test_another_rule_for_a_model_is_made_beside_the_window(qtbot, show):
    session = session_of(FAMILY)
    panel = show(session)
    panel.input.source_combo.setCurrentIndex(1)
    panel.input.rule_combo.setCurrentIndex(0)

    qtbot.waitUntil(lambda: panel.table is not None, timeout=10_000)

    np.testing.assert_array_equal(panel.table.vectors[0], np.zeros(5))
    assert not np.array_equal(session.model.table.vectors[0], np.zeros(5))


def test_no_words_are_no_error(show):
    panel = show()
    for text in ("", "\n\n", " . ! "):
        type_sentences(panel, text)
        for mode in ("product", "lookup"):
            choose_mode(panel, mode)
            panel.grab()
        assert "No words yet" in panel.lookup_page.shape_label.text()


def test_strange_words_and_long_texts_are_drawn(show):
    panel = show(session_of(noise(STRANGE, dimension=300)))
    panel.input.source_combo.setCurrentIndex(1)
    type_sentences(panel, "\n".join([" ".join(STRANGE)] * 3 + ["word " * 500]))
    assert panel.batch.ids.shape == (4, 64)
    for mode in ("product", "lookup"):
        choose_mode(panel, mode)
        for width in (320, 1200):
            panel.resize(width, 500)
            panel.grab()
    assert 0 < panel.lookup_page.drawing.columns < 300


def test_more_sentences_than_are_drawn_are_told(show):
    panel = show()
    type_sentences(panel, "you\n" * 50)
    assert len(panel.batch.ids) == 32
    assert "32" in panel.note_label.text()


def test_a_number_of_the_product_is_spelled_out(qtbot, show):
    panel = show()
    choose_mode(panel, "product")
    drawing = panel.product_page.drawing

    place = drawing.cell_rect(1, 2).center().toPoint()
    qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=place)

    terms = "0·0 + 0·0 + 0·0.3 + 1·0.7 + 0·0.8 + 0·0.1 + 0·0.9 + 0·0.1 = 0.7"
    assert panel.product_page.terms_label.text() == f"“need”, number 2:  {terms}"
    QTest.keyClick(drawing, Qt.Key.Key_Left)
    assert drawing.cell == (1, 1)


@pytest.mark.parametrize(("width", "is_stacked"), [(400, True), (900, False)])
def test_the_table_stands_over_the_block_where_the_panel_is_narrow(show, width, is_stacked):
    panel = show(size=(width, 600))
    choose_mode(panel, "product")
    panel.grab()

    drawing = panel.product_page.drawing
    assert drawing.is_stacked == is_stacked
    assert drawing.rect().contains(drawing.cell_rect(3, 2).toAlignedRect())


def test_torchs_layer_is_compared_number_by_number(qtbot, show):
    panel = show()
    choose_mode(panel, "product")

    panel.findChild(QPushButton, "layerCheck").click()
    qtbot.waitUntil(lambda: "every number" in panel.product_page.check_label.text(), timeout=30_000)

    told = panel.product_page.check_label.text()
    assert "nn.Embedding(num_embeddings=8, embedding_dim=3, padding_idx=1): equal, every number (24)" in told
    panel.input.rule_combo.setCurrentIndex(1)
    assert panel.product_page.check_label.text() == ""  # it was of another table


def test_training_is_watched_step_by_step(qtbot, show):
    panel = show()
    learn(qtbot, panel)
    page = panel.training_page
    page.player.slider.setValue(0)

    assert page.table.lit == ()
    panel.findChild(QToolButton, "layerStepForward").click()

    step = page.steps[1]
    assert page.player.step == 1
    assert page.table.lit == tuple(np.flatnonzero(step.gradient))
    assert 1 <= len(page.table.lit) <= 2
    assert page.step_label.text().startswith("Step 1: “")
    assert page.steps[-1].loss < page.steps[0].loss
    assert all((step.table[1] == 0).all() for step in page.steps)
    panel.findChild(QToolButton, "layerStepBack").click()
    assert page.player.step == 0


def test_the_steps_play_by_themselves_until_the_last_and_only_in_sight(qtbot, show):
    panel = show()
    learn(qtbot, panel, steps=4)
    player = panel.training_page.player
    player.speed_slider.setValue(player.speed_slider.maximum())
    player.slider.setValue(0)

    panel.findChild(QToolButton, "layerPlay").click()
    qtbot.waitUntil(lambda: player.step == 4 and not player.is_playing)

    panel.findChild(QToolButton, "layerPlay").click()
    assert player.is_playing
    choose_mode(panel, "lookup")
    assert not player.is_playing


def test_a_training_can_be_stopped_and_what_was_learned_stays(qtbot, show):
    panel = show()
    choose_mode(panel, "training")
    page = panel.training_page
    panel.findChild(QSpinBox, "layer_steps").setValue(2000)
    panel.findChild(QPushButton, "layerLearn").click()
    qtbot.waitUntil(lambda: len(page.steps) > 3, timeout=30_000)

    page.learn_button.click()
    qtbot.waitUntil(lambda: not page.is_learning, timeout=10_000)
    page.player.pause()

    assert 3 < len(page.steps) < 2001
    assert page.player.slider.maximum() == len(page.steps) - 1


def test_labels_are_learned_and_a_line_without_one_is_told(qtbot, show):
    panel = show()
    choose_mode(panel, "training")
    page = panel.training_page
    page.task.task_combo.setCurrentIndex(1)
    page.task.text_edit.setPlainText("nice\tgood\nno label")
    page.learn_button.click()
    assert "Line 2" in page.problem_label.text()
    assert not page.is_learning

    page.task.text_edit.setPlainText("nice\tgood\nawful\tbad")
    learn(qtbot, panel, steps=5)
    assert page.problem_label.isHidden()


def test_saved_files_load_and_hold_every_number(qtbot, show, tmp_path, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_for_folder", lambda parent, title: tmp_path)
    panel = show()

    panel.findChild(QAction, "saveLayer").trigger()
    qtbot.waitUntil(lambda: "Saved" in panel.note_label.text(), timeout=30_000)

    loaded = runpy.run_path(str(tmp_path / "embedding-layer" / "load_embedding.py"))
    np.testing.assert_array_equal(loaded["layer"].weight.detach().numpy(), panel.table.vectors)
    assert loaded["ids"]("you need to run").tolist() == [2, 3, 4, 0]


def test_the_copied_code_does_what_is_shown(qtbot, show):
    panel = show()
    type_sentences(panel, "you need to run\nhow to code")

    panel.export_button.code_action.trigger()
    names: dict = {}
    exec(QGuiApplication.clipboard().text(), names)
    assert names["ids"].tolist() == panel.batch.ids.tolist()

    learn(qtbot, panel, steps=20)
    panel.export_button.code_action.trigger()
    names = {}
    exec(QGuiApplication.clipboard().text(), names)
    last = panel.training_page.steps[-1].table
    np.testing.assert_allclose(names["layer"].weight.detach().numpy(), last, atol=1e-6)


def test_the_copied_table_has_a_line_for_each_word(show):
    panel = show()
    panel.export_button.copy_action.trigger()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == ["sentence", "word", "id", "0", "1", "2"]
    assert lines[2].split("\t") == ["0", "need", "3", "0.1", "0.5", "0.7"]


def test_nothing_is_drawn_behind_another_tab_but_made_up_for(qtbot, show):
    session = Session()
    panel = show(session)
    panel.hide()
    type_sentences(panel, "code")
    assert panel.batch.ids.shape == (1, 4)
    panel.show()
    assert panel.batch.ids.tolist() == [[7]]


def test_every_page_speaks_korean(qtbot, show, languages):
    panel = show()
    learn(qtbot, panel, steps=3)
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() == "임베딩 층")
    for mode in ("lookup", "product", "training"):
        choose_mode(panel, mode)
        panel.grab()
    assert "단계" in panel.training_page.step_label.text()


def test_the_tooltip_has_the_whole_number(qtbot, show):
    panel = show()
    drawing = panel.lookup_page.drawing
    row = drawing.table_row_rect(2)
    point_at(drawing, QPointF(row.right() - 4, row.center().y()))
    assert "0.3" in drawing.toolTip()


def test_a_low_panel_has_the_lectures_drawing_in_sight(qtbot, show):
    panel = show(size=(388, 310))
    drawing, area = panel.lookup_page.drawing, panel._area
    corner = drawing.rect().bottomLeft()
    qtbot.waitUntil(lambda: drawing.mapTo(area.viewport(), corner).y() < area.viewport().height())
    assert not panel.lookup_page.explained_label.isVisible()
    panel.resize(388, 600)
    assert panel.lookup_page.explained_label.isVisible()


def test_a_sentence_that_goes_on_below_is_in_sight(qtbot, show):
    panel = show(size=(388, 600))
    low = panel.input.sentences_edit.height()
    type_sentences(panel, "you need to run " * 3)
    qtbot.waitUntil(lambda: panel.input.sentences_edit.height() > low)


def test_before_the_first_step_there_is_nothing_to_take(show):
    panel = show()
    choose_mode(panel, "training")
    assert not panel.export_button.isEnabled()
    choose_mode(panel, "lookup")
    assert panel.export_button.isEnabled()


def test_a_sentence_needs_no_more_lines_than_a_wider_panel_has_for_it(qtbot, show):
    panel = show(size=(388, 600))
    low = panel.input.sentences_edit.height()
    type_sentences(panel, "you need to run " * 3)
    qtbot.waitUntil(lambda: panel.input.sentences_edit.height() > low)
    panel.resize(1200, 600)
    qtbot.waitUntil(lambda: panel.input.sentences_edit.height() == low)
