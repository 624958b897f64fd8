"""The window as a person uses it: by its controls, found by their names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton, QSpinBox, QTableView, QToolButton, QWidget

from gloveui.core.text import PastedText
from gloveui.core.tokens import TokenOptions
from gloveui.state import pipeline
from gloveui.state.values import Stage, StageState
from gloveui.views.models.sentence_rows import SENTENCE
from gloveui.views.plots.loss_plot import LossPlot
from gloveui.views.widgets.word_edit import WordEdit
from tests.views.window import click, find, notice, wait_until_done
from tests.waiting import wait_until_quiet


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


def test_work_stopped_in_the_status_bar_is_not_begun_again(qtbot, open_window):
    window = open_window("\n".join(["a long text of which reading is stopped"] * 300_000))
    qtbot.waitUntil(lambda: window.pipeline.stage is Stage.TEXT)
    qtbot.mouseClick(find(window, QToolButton, "cancelButton"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.jobs.current is None)

    assert window.pipeline.stage is None
    assert window.session.state(Stage.TEXT) is StageState.MISSING


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


def test_a_changed_setting_marks_what_is_out_of_date_and_counting_again_mends_it(
    qtbot, open_window, monkeypatch
):
    monkeypatch.setattr(pipeline, "SMALL_TEXT", 0)  # which would be counted again by itself
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


def test_a_small_text_follows_the_settings_of_its_counts(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    find(window, QSpinBox, "setting_window").setValue(2)
    wait_until_done(qtbot, window)
    assert window.session.cooccurrence.options.window == 2
    assert not find(window, QPushButton, "countButton").isVisibleTo(window)


def test_sentences_that_are_asked_for_come_to_the_front_and_leave_the_keyboard(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    window.activateWindow()
    field = find(window, WordEdit, "focusWordEdit")
    field.setFocus()
    panel = window.panels.docks["sentencesPanel"].widget()
    window.panels.docks["lookupTablePanel"].raise_()
    assert panel.visibleRegion().isEmpty()

    window.session.show_evidence("king", "queen")
    assert not panel.visibleRegion().isEmpty()
    assert window.focusWidget() is field
    rows = find(window, QTableView, "sentencesTable").model()
    qtbot.waitUntil(lambda: rows.rowCount() == 40, timeout=60_000)  # the first search is compiled

    window.panels.docks["sentencesPanel"].close()
    window.session.show_evidence("king")
    assert not panel.visibleRegion().isEmpty()


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


def test_a_sentence_is_cut_as_the_text_of_the_model_was(qtbot, open_window):
    window = open_window(train=True)
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    wait_until_done(qtbot, window)
    window.session.set_token_options(TokenOptions(tokenizer="regex", pattern="[^ ]", lower=False))
    find(window, QWidget, "lookupSentenceEdit").setText("The KING")
    rows = find(window, QTableView, "lookupSentenceTable").model()
    known = window.session.model.table.ids(["the", "king"])
    assert rows.ids.tolist() == known.tolist()


def test_an_unexpected_error_is_told_with_its_details(qtbot, open_window):
    window = open_window()
    window.show_error(RuntimeError("out of luck"))

    assert notice(window).level == "error"
    assert "out of luck" in notice(window).text
    assert "RuntimeError" in notice(window).details


def test_counts_that_are_there_take_away_what_was_said_of_those_that_failed(qtbot, open_window, monkeypatch):
    window = open_window()
    wait_until_done(qtbot, window)
    count = pipeline.count_cooccurrences

    def fail(*given: object):
        raise RuntimeError("no room")
        yield

    monkeypatch.setattr(pipeline, "count_cooccurrences", fail)
    find(window, QSpinBox, "setting_window").setValue(2)
    qtbot.waitUntil(notice(window).isVisible)
    assert notice(window).level == "error"
    monkeypatch.setattr(pipeline, "count_cooccurrences", count)
    find(window, QSpinBox, "setting_window").setValue(3)
    qtbot.waitUntil(lambda: window.session.cooccurrence.options.window == 3, timeout=60_000)
    assert not notice(window).isVisible()


def test_other_notices_stay_when_a_text_is_counted_again(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    window.show_error(RuntimeError("out of luck"))
    find(window, QSpinBox, "setting_window").setValue(3)
    qtbot.waitUntil(lambda: window.session.cooccurrence.options.window == 3, timeout=60_000)
    assert "out of luck" in notice(window).text


def test_every_panel_comes_to_the_front_by_its_number(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    window.activateWindow()
    modifiers = Qt.KeyboardModifier
    keys = [(modifiers.ControlModifier, digit) for digit in "123456789"]
    keys += [(modifiers.AltModifier, digit) for digit in "1234"]
    for (modifier, digit), (name, dock) in zip(keys, window.panels.docks.items(), strict=True):
        qtbot.keyClick(window, Qt.Key(ord(digit)), modifier)
        assert not dock.widget().visibleRegion().isEmpty(), name


def test_closing_while_sentences_are_searched_played_and_fitted_leaves_nothing(qtbot, open_window):
    window = open_window(train=True)
    qtbot.waitUntil(
        lambda: window.session.model is not None and window.pipeline.stage is None, timeout=90_000
    )
    window.session.show_evidence("the", "and")
    strip = find(window, QWidget, "sentencesWindow")
    qtbot.waitUntil(lambda: strip.position is not None, timeout=60_000)
    strip.play_or_pause()
    window.panels.raise_panel("fitPanel")
    window.session.show_evidence("the", "live")
    assert window.close()
    assert not strip.is_playing
    assert window.session.lit_cells == ()
    assert window.jobs.current is None


def test_another_text_opened_while_sentences_are_searched_lists_its_own(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    window.session.show_evidence("king", "queen")
    window.open_text(PastedText("a king sees one queen\nno king"))
    qtbot.waitUntil(lambda: window.session.text.name != "" and window.session.tokens.token_count == 7)
    wait_until_done(qtbot, window)
    rows = find(window, QTableView, "sentencesTable").model()
    qtbot.waitUntil(lambda: not window.jobs.is_answering, timeout=60_000)
    listed = [rows.index(row, SENTENCE).data() for row in range(rows.rowCount())]
    assert listed == ["a king sees one queen", "no king"]


def test_a_panel_behind_another_tab_does_no_work_unseen(qtbot, open_window):
    window = open_window(train=True)
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    wait_until_done(qtbot, window)
    fit = window.panels.docks["fitPanel"].widget()
    assert not fit.isVisible()
    assert fit.pairs.rowCount() == 0
    assert not window.session.is_live_wanted

    window.panels.raise_panel("fitPanel")
    qtbot.waitUntil(lambda: fit.pairs.rowCount() > 0, timeout=60_000)
    assert window.session.is_live_wanted

    window.panels.raise_panel("countsPanel")
    qtbot.waitUntil(lambda: not fit.isVisible())
    assert not window.session.is_live_wanted


def test_a_panel_is_seen_on_its_own_and_again_in_its_tab(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    dock = window.panels.docks["fitPanel"]
    panel = dock.widget()
    qtbot.waitUntil(lambda: not panel.isVisible())
    dock.setFloating(True)
    qtbot.waitUntil(panel.isVisible)
    dock.setFloating(False)
    window.panels.raise_panel("countsPanel")
    qtbot.waitUntil(lambda: not panel.isVisible())
    dock.hide()
    dock.show()
    dock.raise_()
    qtbot.waitUntil(panel.isVisible)
    window.panels.arrange()
    qtbot.waitUntil(lambda: not panel.isVisible())
    assert window.panels.docks["countsPanel"].widget().isVisible()
