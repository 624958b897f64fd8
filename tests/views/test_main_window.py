"""The window as a person uses it: by its controls, found by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSpinBox, QTableView, QWidget
from pytestqt.qtbot import QtBot

from gloveui.app import create_window
from gloveui.core.text import FileText, PastedText, TextSource
from gloveui.core.tokens import TokenOptions
from gloveui.state.session import Stage, StageState
from gloveui.views import dialogs
from gloveui.views.main_window import MainWindow
from gloveui.views.panels import PANELS
from gloveui.views.plots.loss_plot import LossPlot
from gloveui.views.widgets.notice_bar import NoticeBar
from gloveui.views.widgets.word_edit import WordEdit
from tests.waiting import wait_until_quiet

SENTENCES = "the {one} and the {other} live in the {place}"
PAIRS = (("man", "woman"), ("boy", "girl"), ("king", "queen"), ("dog", "cat"))
TEXT = "\n".join(
    SENTENCES.format(one=one, other=other, place=place)
    for one, other in PAIRS
    for place in ("house", "city", "garden", "palace")
    for _ in range(10)
)
Open = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot, look_of_the_application: None, settings_dir: Path) -> Iterator[Open]:
    """Opens windows, and closes them after the test."""
    windows: list[MainWindow] = []

    def open_one(text: TextSource | str = TEXT, train: bool = False, language: str = "en") -> MainWindow:
        source = PastedText(text) if isinstance(text, str) else text
        window = create_window(settings_dir, language, source, train)
        qtbot.addWidget(window)
        windows.append(window)
        window.show()
        return window

    yield open_one
    for window in windows:
        window.close()
        qtbot.waitUntil(lambda: window.jobs.current is None)  # noqa: B023 - used before the next round


def find(window: QWidget, kind: type, name: str):
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def click(qtbot: QtBot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(find(window, QPushButton, name), Qt.MouseButton.LeftButton)


def wait_until_done(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(
        lambda: (
            window.session.tokens is not None
            and window.pipeline.stage is None
            and window.jobs.current is None
        ),
        timeout=60_000,
    )


def notice(window: MainWindow) -> NoticeBar:
    return find(window, NoticeBar, "noticeBar")


def test_a_text_is_trained_by_clicks_and_answers_questions(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    assert window.session.state(Stage.COUNTS) is StageState.FRESH
    epochs = find(window, QSpinBox, "setting_epochs")
    epochs.setValue(25)

    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)

    assert len(window.session.losses.epochs) == 25
    assert window.session.losses.epochs[-1] < window.session.losses.epochs[0]
    focus = find(window, WordEdit, "focusWordEdit")
    qtbot.keyClicks(focus, "king")
    qtbot.keyClick(focus, Qt.Key.Key_Return)
    similar = find(window, QTableView, "similarityTable").model()
    words = [similar.index(row, 0).data() for row in range(similar.rowCount())]
    assert window.session.focus_word == "king"
    assert "king" not in words
    assert "queen" in words


def test_an_analogy_is_asked_by_its_fields(qtbot, open_window):
    window = open_window(train=True)
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    for name, word in (("analogyA", "man"), ("analogyB", "woman"), ("analogyC", "king")):
        field = find(window, WordEdit, name)
        field.clear()
        qtbot.keyClicks(field, word)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    answers = find(window, QTableView, "analogyTable").model()
    words = [answers.index(row, 0).data() for row in range(answers.rowCount())]
    assert words
    assert not {"man", "woman", "king"} & set(words)


def test_the_loss_is_drawn_while_training(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    find(window, QSpinBox, "setting_epochs").setValue(100_000)
    click(qtbot, window, "trainButton")
    plot = find(window, LossPlot, "lossPlot")
    qtbot.waitUntil(lambda: points_drawn(plot) > 3, timeout=60_000)
    drawn = points_drawn(plot)
    qtbot.waitUntil(lambda: points_drawn(plot) > drawn, timeout=60_000)

    click(qtbot, window, "stopButton")
    wait_until_done(qtbot, window)
    assert window.session.model is not None


def points_drawn(plot: LossPlot) -> int:
    epochs, _ = plot.epochs_curve.getData()
    return 0 if epochs is None else len(epochs)


def test_pause_makes_training_wait_and_resume_lets_it_go_on(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    find(window, QSpinBox, "setting_epochs").setValue(100_000)
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: len(window.session.losses.epochs) > 1, timeout=60_000)
    click(qtbot, window, "pauseButton")
    wait_until_quiet(qtbot, window.session.losses_changed)
    assert find(window, QPushButton, "pauseButton").text() == "Resume"

    before = len(window.session.losses.epochs)
    click(qtbot, window, "pauseButton")
    qtbot.waitUntil(lambda: len(window.session.losses.epochs) > before, timeout=60_000)
    assert find(window, QPushButton, "pauseButton").text() == "Pause"


def test_closing_while_training_asks_nothing_and_leaves_no_thread(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    find(window, QSpinBox, "setting_epochs").setValue(100_000)
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: len(window.session.losses.epochs) > 1, timeout=60_000)

    assert window.close()
    qtbot.waitUntil(lambda: window.jobs.current is None)
    assert not window.isVisible()


def test_closing_while_paused_ends_too(qtbot, open_window):
    window = open_window(train=True)
    qtbot.waitUntil(lambda: window.pipeline.stage is not None, timeout=60_000)
    window.pipeline.pause()

    assert window.close()


def test_a_changed_setting_marks_what_is_out_of_date_and_counting_again_mends_it(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    button = find(window, QPushButton, "countButton")
    assert not button.isVisibleTo(window)
    find(window, QSpinBox, "setting_window").setValue(2)
    assert window.session.state(Stage.COUNTS) is StageState.STALE
    assert button.isVisibleTo(window)

    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_until_done(qtbot, window)
    assert window.session.cooccurrence.options.window == 2
    assert not button.isVisibleTo(window)


def test_an_expression_that_does_not_work_is_marked_and_not_used(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    find(window, QComboBox, "setting_tokenizer").setCurrentIndex(2)
    field = find(window, QWidget, "setting_pattern")
    field.setText("(")
    field.editingFinished.emit()
    assert field.property("invalid") is True
    assert "(" in field.toolTip()
    assert window.session.token_options.pattern != "("

    field.setText("[a-z]+")
    field.editingFinished.emit()
    assert not field.property("invalid")
    assert window.session.token_options.pattern == "[a-z]+"
    assert "matches one word" in field.toolTip()


def test_an_expression_mended_after_another_choice_is_used_at_once(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    choice, field = find(window, QComboBox, "setting_tokenizer"), find(window, QWidget, "setting_pattern")
    window.session.set_token_options(TokenOptions(tokenizer="words", pattern="("))
    choice.setCurrentIndex(2)
    assert window.session.token_options.tokenizer == "words"

    field.setText("[a-z]+")
    field.editingFinished.emit()
    assert window.session.token_options == TokenOptions(tokenizer="regex", pattern="[a-z]+")


def test_a_missing_file_is_told_with_what_to_do(qtbot, open_window, tmp_path):
    window = open_window(FileText(tmp_path / "not there.txt"))
    qtbot.waitUntil(lambda: notice(window).isVisible(), timeout=60_000)

    assert "not there.txt" in notice(window).text
    assert notice(window).advice


def test_a_broken_text_opens_with_a_warning_that_counts(qtbot, open_window, tmp_path):
    path = tmp_path / "broken.txt"
    path.write_bytes("학교에 간다 ".encode() * 50 + b"\xff and more\n")
    window = open_window(FileText(path))
    wait_until_done(qtbot, window)

    assert notice(window).level == "warning"
    assert "1 bytes" in notice(window).text


def test_a_file_is_chosen_by_the_open_button(qtbot, open_window, tmp_path, monkeypatch):
    path = tmp_path / "mine.txt"
    path.write_text("my own words\nmy own text")
    window = open_window()
    wait_until_done(qtbot, window)
    monkeypatch.setattr(dialogs, "ask_for_text_file", lambda *_: path)
    window.menu_actions.open_file.trigger()
    qtbot.waitUntil(lambda: window.session.text.name == "mine.txt")
    wait_until_done(qtbot, window)

    assert "own" in window.session.cooccurrence.vocabulary
    assert window.windowTitle().startswith("mine.txt")


def test_a_file_dropped_on_the_window_is_opened(qtbot, open_window, tmp_path):
    path = tmp_path / "dropped.txt"
    path.write_text("dropped words here\nand dropped words there")
    window = open_window()
    wait_until_done(qtbot, window)
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path))])
    where, action = QPointF(100, 100), Qt.DropAction.CopyAction
    event = QDropEvent(where, action, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)

    qtbot.waitUntil(lambda: window.session.text.name == "dropped.txt")
    wait_until_done(qtbot, window)
    assert "dropped" in window.session.cooccurrence.vocabulary


def test_an_unknown_word_is_marked_in_the_bar_until_another_is_typed(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    field = find(window, WordEdit, "focusWordEdit")
    qtbot.keyClicks(field, "xyzzy")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.property("invalid")

    field.clear()
    qtbot.keyClicks(field, "QUEEN")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not field.property("invalid")
    assert field.text() == window.session.focus_word == "queen"


def test_a_word_chosen_elsewhere_takes_the_mark_of_an_unknown_one_away(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    field = find(window, WordEdit, "focusWordEdit")
    qtbot.keyClicks(field, "xyzzy")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    window.session.set_focus_word("king")

    assert field.text() == "king"
    assert not field.property("invalid")


def test_tab_goes_through_every_control_and_back_to_the_first(qtbot, open_window):
    window = open_window(train=True)
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    wait_until_done(qtbot, window)
    window.session.set_focus_word("king")
    first = find(window, QPushButton, "openButton")
    first.setFocus()
    reached = []
    while first.objectName() not in reached and len(reached) < 100:
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget().objectName())

    assert reached[-1] == "openButton"
    assert {"setting_seed", "cooccurrenceHeatmap", "similarityTable", "lookupTable", "viewButton"} <= set(
        reached
    )
    assert not {"lossPlot", "weightingPlot", "pipelineColumn"} & set(reached)


def test_a_pasted_text_is_opened(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    window.menu_actions.paste_text.trigger()
    dialog = find(window, dialogs.PasteDialog, "pasteDialog")
    dialog.edit.setPlainText("안녕 세상\n안녕 친구")
    dialog.buttons.accepted.emit()
    qtbot.waitUntil(lambda: window.session.tokens is not None and "안녕" in window.session.tokens.vocabulary)


def test_the_lecture_is_one_of_the_samples(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    window.top_bar.samples[1].trigger()
    qtbot.waitUntil(lambda: window.session.cooccurrence is not None and window.pipeline.stage is None)

    matrix = window.session.cooccurrence
    assert matrix.vocabulary.words == ("i", "like", "deep", "learning", "nlp", "enjoy", "flying")
    assert matrix.options.window == 1
    assert matrix.count(0, 1) == 2


def test_every_text_of_the_window_is_korean_as_soon_as_that_is_chosen(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    korean = window.menu_actions.languages.actions()[1]
    korean.trigger()

    train = find(window, QPushButton, "trainButton")
    qtbot.waitUntil(lambda: train.text() == "학습")
    titles = [dock.windowTitle() for dock in window.panels.docks.values()]
    assert all(any("가" <= letter <= "힣" for letter in title) for title in titles), titles


def test_the_look_is_chosen_and_remembered(qtbot, open_window, settings_dir):
    window = open_window()
    window.menu_actions.schemes.actions()[2].trigger()
    window.menu_actions.larger.trigger()
    window.close()

    again = open_window()
    assert again.menu_actions.schemes.checkedAction().data() == "dark"
    assert again._theme.text_scale > 1


def test_presenting_hides_the_column_and_enlarges_the_type(qtbot, open_window):
    window = open_window()
    usual = window._theme.text_scale
    click(qtbot, window, "presentButton")
    assert not window.column.isVisible()
    assert window._theme.text_scale > usual
    click(qtbot, window, "presentButton")
    assert window.column.isVisible()
    assert window._theme.text_scale == usual


def test_the_name_of_the_model_is_never_cut_and_labels_make_room_for_it(qtbot, open_window):
    window = open_window(train=True)
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    wait_until_done(qtbot, window)
    combo, bar = window.top_bar.model_combo, window.top_bar
    needed = combo.fontMetrics().horizontalAdvance(combo.currentText())
    for width, has_labels in ((1600, True), (window.minimumSizeHint().width(), False), (1600, True)):
        window.resize(width, 800)
        qtbot.waitUntil(lambda: bar.focus_label.isVisible() == has_labels)  # noqa: B023 - used at once
        assert combo.width() > needed
        assert window.top_bar.view_button.isVisible()


def test_large_type_leaves_the_column_beside_the_panels(qtbot, open_window):
    window = open_window()
    window.resize(1280, 800)
    window._theme.set_text_scale(1.5)
    qtbot.waitUntil(lambda: window.column.width() < 1.5 * 340)
    right = window.column.mapTo(window, window.column.rect().topRight()).x()

    assert right < window.panels.mapTo(window, window.panels.rect().topLeft()).x()
    assert window.column.horizontalScrollBar().maximum() > 0


def test_panels_keep_their_height_when_the_first_model_comes(qtbot, open_window):
    window = open_window()
    window.resize(1280, 800)
    wait_until_done(qtbot, window)
    docks = [window.panels.docks[name] for name in ("similarityPanel", "lookupTablePanel")]
    before = [dock.height() for dock in docks]
    qtbot.mouseClick(find(window, QPushButton, "trainButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    wait_until_done(qtbot, window)

    assert [dock.height() for dock in docks] == before


def test_a_sentence_is_cut_as_the_text_of_the_model_was(qtbot, open_window):
    window = open_window(train=True)
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    wait_until_done(qtbot, window)
    window.session.set_token_options(TokenOptions(tokenizer="regex", pattern="[^ ]", lower=False))
    find(window, QWidget, "lookupSentenceEdit").setText("The KING")
    rows = find(window, QTableView, "lookupSentenceTable").model()
    known = window.session.model.table.ids(["the", "king"])
    assert rows.ids.tolist() == known.tolist()


def test_the_keys_of_the_buttons_work(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    control = Qt.KeyboardModifier.ControlModifier
    window.session.set_config(replace(window.session.config, epochs=100_000))
    qtbot.keyClick(window, Qt.Key.Key_T, control)
    qtbot.waitUntil(lambda: len(window.session.losses.epochs) > 1, timeout=60_000)
    qtbot.keyClick(window, Qt.Key.Key_P, control)
    assert window.pipeline.is_paused
    qtbot.keyClick(window, Qt.Key.Key_P, control)
    assert not window.pipeline.is_paused
    qtbot.keyClick(window, Qt.Key.Key_Period, control)
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.column.isVisible()
    assert "F11" in window.top_bar.present_button.toolTip()


def test_each_panel_is_reached_by_its_number(qtbot, open_window):
    window = open_window()
    qtbot.waitUntil(window.isVisible)
    for number, spec in enumerate(PANELS):
        window.panels.shortcuts[number].trigger()
        assert not window.panels.docks[spec.name].widget().visibleRegion().isEmpty(), spec.name


def test_an_unexpected_error_is_told_with_its_details(qtbot, open_window):
    window = open_window()
    window.show_error(RuntimeError("out of luck"))

    assert notice(window).level == "error"
    assert "out of luck" in notice(window).text
    assert "RuntimeError" in notice(window).details


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", [spec.name for spec in PANELS])
def test_a_panel_is_built_empty_and_full_and_freed_with_its_window(qtbot, open_window, name, language):
    window = open_window(language=language)
    panel = window.panels.docks[name].widget()
    assert panel.windowTitle()
    assert not panel.grab().isNull()
    wait_until_done(qtbot, window)
    find(window, QSpinBox, "setting_epochs").setValue(3)
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    window.session.set_focus_word("queen")
    assert not panel.grab().isNull()
