"""The settings at the left: presets, a field for each, what is typed wrongly, and where training starts."""

from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QSpinBox, QWidget

from gloveui import api
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.presets import LECTURE, STANFORD, TINY
from gloveui.core.resources import Resources
from gloveui.core.text import PastedText, TextPiece, TextSummary
from gloveui.core.tokens import TokenOptions
from gloveui.state.values import Stage, StageState
from gloveui.storage.bundled import bundled_texts
from gloveui.views import dialogs
from tests.views.window import TEXT, click, find, notice, wait_until_done

SHORT = LECTURE.config


class HeldText:
    """A text that is not read to its end before it may."""

    name = "held"

    def __init__(self) -> None:
        self.may_end = threading.Event()

    def pieces(self) -> Generator[TextPiece, None, TextSummary]:
        yield from PastedText("words and words\n").pieces()
        self.may_end.wait(60)
        return TextSummary(self.name, "utf-8", "", 0)


@pytest.fixture
def window(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    return window


def choose(combo: QComboBox, data: object) -> None:
    """Choose as a person does, who takes an entry of the list."""
    combo.setCurrentIndex(combo.findData(data))
    combo.activated.emit(combo.currentIndex())


def type_into(qtbot, window, name: str, text: str) -> QAbstractSpinBox:
    field = find(window, QAbstractSpinBox, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    return field


def problems(window, stage: Stage) -> list[str]:
    """What a card tells in place of its result."""
    shown = [label for label in window.column.steps[stage].findChildren(QLabel) if label.property("problem")]
    return [label.text() for label in shown if label.isVisibleTo(window)]


def test_every_setting_has_a_field_with_a_name_and_an_explanation(window):
    for kind in (TokenOptions, CountOptions, GloveConfig, Resources):
        for setting in fields(kind):
            field = find(window, QWidget, f"setting_{setting.name}")
            assert field.accessibleName() or field.text(), setting.name
            assert len(field.toolTip()) > 10, setting.name


def test_the_preset_that_fits_the_text_is_named(window):
    combo = find(window, QComboBox, "presetCombo")
    assert combo.currentText() == "fits the text: tiny text"


def test_as_long_as_a_text_is_read_its_settings_are_those_that_will_fit(qtbot, open_window):
    text = HeldText()
    window = open_window(text)
    combo = find(window, QComboBox, "presetCombo")
    qtbot.waitUntil(lambda: window.pipeline.stage is Stage.TEXT, timeout=60_000)
    assert combo.currentText() == "fits the text"
    find(window, QSpinBox, "setting_epochs").setValue(7)
    assert combo.currentIndex() == -1
    text.may_end.set()
    wait_until_done(qtbot, window)


def test_a_text_with_settings_of_its_own_is_named_by_those(qtbot, window):
    lecture = bundled_texts()[1]
    window.open_text(lecture.source, lecture.preset)
    qtbot.waitUntil(lambda: window.session.text is lecture.source)
    wait_until_done(qtbot, window)
    assert find(window, QComboBox, "presetCombo").currentText() == "fits the text: lecture"


def test_choosing_a_preset_sets_counts_and_training_at_once(window):
    combo = find(window, QComboBox, "presetCombo")
    choose(combo, "stanford")
    session = window.session
    assert (session.count_options, session.config) == (STANFORD.count_options, STANFORD.config)
    assert combo.currentText() == "Stanford's GloVe"
    assert find(window, QSpinBox, "setting_window").value() == 15
    choose(combo, "fitting")
    assert session.config == TINY.config


def test_a_changed_field_makes_the_settings_ones_own_until_it_is_put_back(window):
    combo = find(window, QComboBox, "presetCombo")
    epochs = find(window, QSpinBox, "setting_epochs")
    epochs.setValue(7)
    assert combo.currentIndex() == -1
    assert combo.placeholderText() == "own settings"
    epochs.setValue(TINY.config.epochs)
    assert combo.currentText() == "fits the text: tiny text"


def test_a_preset_chosen_before_stays_no_choice_for_the_next_text(qtbot, window):
    combo = find(window, QComboBox, "presetCombo")
    choose(combo, "tiny")
    assert combo.currentText() == "tiny text"
    other = PastedText("man and woman\nboy and girl", "Other")
    window.open_text(other)
    qtbot.waitUntil(lambda: window.session.text is other)
    wait_until_done(qtbot, window)
    assert combo.currentText() == "fits the text: tiny text"


@pytest.mark.parametrize(
    ("name", "stage", "typed", "told", "value"),
    [
        ("setting_dimension", Stage.TRAINING, "5000", "Dimension: whole numbers from 1 to 1,000", 1000),
        ("setting_window", Stage.COUNTS, "2.5", "Window: whole numbers from 1 to 1,000", 2),
        ("setting_epochs", Stage.TRAINING, "-3", "Epochs: whole numbers from 1 to 100,000", 1),
        ("setting_learning_rate", Stage.TRAINING, "11", "Rate η: 0.00001 to 10, at most 5 decimals", 10),
        ("setting_mapped_above_mib", Stage.TEXT, "99999999", "In memory: whole numbers", 16_777_216),
    ],
)
def test_a_number_beyond_its_bounds_is_told_while_it_is_typed(qtbot, window, name, stage, typed, told, value):
    window.column.steps[stage].more_button.setChecked(True)
    before = (window.session.count_options, window.session.config, window.session.resources)
    field = type_into(qtbot, window, name, typed)
    assert field.property("invalid")
    assert typed in field.text()
    assert problems(window, stage)[0].startswith(told)
    assert field.toolTip().startswith(told)
    assert (window.session.count_options, window.session.config, window.session.resources) == before

    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == value
    assert not field.property("invalid")
    assert problems(window, stage) == []


def test_an_expression_is_checked_while_it_is_typed(qtbot, window):
    window.column.steps[Stage.TEXT].more_button.setChecked(True)
    find(window, QComboBox, "setting_tokenizer").setCurrentIndex(2)
    field = find(window, QLineEdit, "setting_pattern")
    field.clear()
    qtbot.keyClicks(field, "(")
    assert field.property("invalid")
    assert "(" in problems(window, Stage.TEXT)[0]
    qtbot.keyClicks(field, "a)")
    assert not field.property("invalid")
    assert problems(window, Stage.TEXT) == []


def test_a_folder_that_is_not_there_is_told_and_not_used(qtbot, window, tmp_path):
    window.column.steps[Stage.COUNTS].more_button.setChecked(True)
    field = find(window, QLineEdit, "setting_scratch_folder")
    qtbot.keyClicks(field, str(tmp_path / "none"))
    assert field.property("invalid")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.resources.scratch_folder == ""
    field.setText(str(tmp_path))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.resources.scratch_folder == str(tmp_path)
    assert not field.property("invalid")


def test_what_the_machine_may_give_makes_nothing_stale_and_is_remembered(qtbot, window, open_window):
    find(window, QSpinBox, "setting_threads").setValue(1)
    find(window, QSpinBox, "setting_memory_mib").setValue(512)
    device = find(window, QComboBox, "setting_device")
    device.setCurrentIndex(device.findData("cpu"))
    assert window.session.state(Stage.COUNTS) is StageState.FRESH
    assert window.session.resources == Resources(threads=1, memory_mib=512, device="cpu")
    window.close()

    again = open_window()
    assert again.session.resources == Resources(threads=1, memory_mib=512, device="cpu")
    assert find(again, QSpinBox, "setting_threads").value() == 1


def test_automatic_and_never_stand_for_zero(window):
    texts = {"threads": "all", "memory_mib": "automatic", "patience": "never", "max_vocabulary": "all"}
    for name, text in texts.items():
        assert find(window, QSpinBox, f"setting_{name}").text() == text


def test_what_trains_is_told_by_the_trainer(qtbot, window):
    find(window, QSpinBox, "setting_threads").setValue(1)
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    device = window.session.model.card.device
    assert device.startswith("CPU, 1 thread")
    assert "CPU, 1 thread" in window.job_status.sizes.text()
    assert "CPU, 1 thread" in window.column.steps[Stage.TRAINING].result.text()


def test_a_training_that_ends_by_itself_says_so(qtbot, window):
    slow = replace(SHORT, dimension=1, epochs=50_000, learning_rate=1e-5, patience=2)
    window.session.set_config(slow)
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    done = len(window.session.losses.epochs)
    assert done < slow.epochs
    assert f"after {done:,} of 50,000 epochs" in notice(window).text
    assert "for 2 epochs" in notice(window).advice
    assert window.session.model.card.ended_early


def test_other_vectors_of_the_model_need_no_new_training(qtbot, window):
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    wait_until_done(qtbot, window)
    before = window.session.model
    vectors = find(window, QComboBox, "setting_vectors")
    vectors.setCurrentIndex(vectors.findData("concatenated"))
    qtbot.waitUntil(lambda: window.session.model is not before, timeout=60_000)

    assert window.session.model.embedding.dimension == 2 * before.embedding.dimension
    assert window.session.state(Stage.TRAINING) is StageState.FRESH
    assert f"{2 * before.embedding.dimension}d" in find(window, QComboBox, "modelCombo").currentText()


def test_training_starts_from_a_model_that_was_chosen(qtbot, window):
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    wait_until_done(qtbot, window)
    first = window.session.model
    start = find(window, QComboBox, "startCombo")
    assert start.currentText() == "small random values"
    choose(start, first.number)
    assert window.session.state(Stage.TRAINING) is StageState.STALE
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: len(window.session.models) == 2, timeout=60_000)

    warm = window.session.model
    assert (warm.card.start.kind, warm.card.start.number, warm.card.start.name) == ("model", 1, first.name)
    assert warm.name.endswith("· from GloVe 1")
    assert warm.card.losses[0] < first.card.losses[0]
    choose(start, "random")
    assert window.session.start is None


def test_vectors_of_another_dimension_are_marked_at_once_and_refused(qtbot, window, tmp_path, monkeypatch):
    path = tmp_path / "old.txt"
    api.save_vectors(api.train(TEXT, dimension=7, epochs=1).embedding, path)
    monkeypatch.setattr(dialogs, "ask_for_text_file", lambda *_: path)
    start = find(window, QComboBox, "startCombo")
    choose(start, "ask")
    qtbot.waitUntil(lambda: window.session.start is not None, timeout=60_000)
    assert start.currentText() == "old.txt"
    assert start.property("invalid")
    assert "have 7 numbers each" in problems(window, Stage.TRAINING)[0]

    settings = window.session.config
    click(qtbot, window, "trainButton")
    assert "have 7 numbers each; the settings ask for 25" in notice(window).text
    assert window.pipeline.stage is None
    assert window.session.config == settings

    find(window, QSpinBox, "setting_dimension").setValue(7)
    assert not start.property("invalid")
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)
    origin = window.session.model.card.start
    assert (origin.kind, origin.name, Path(origin.path)) == ("vectors", "old.txt", path)
    assert len(origin.sha256) == 64


def test_a_file_without_vectors_is_told_and_the_start_stays(qtbot, window, tmp_path, monkeypatch):
    path = tmp_path / "no vectors.txt"
    path.write_text("these are words\n")
    monkeypatch.setattr(dialogs, "ask_for_text_file", lambda *_: path)
    start = find(window, QComboBox, "startCombo")
    choose(start, "ask")
    qtbot.waitUntil(lambda: notice(window).text != "", timeout=60_000)
    assert "no vectors.txt" in notice(window).text
    assert window.session.start is None
    assert start.currentText() == "small random values"


def test_a_wheel_over_a_choice_without_the_focus_changes_nothing(window):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    for name in ("presetCombo", "startCombo"):
        combo = find(window, QComboBox, name)
        before = combo.currentIndex()
        down = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        combo.wheelEvent(down)
        assert combo.currentIndex() == before
        assert not down.isAccepted()


def test_stop_words_come_from_lists_files_or_the_keyboard(qtbot, window, tmp_path, monkeypatch):
    field = find(window, QLineEdit, "setting_stop_words")
    actions = {action.objectName(): action for action in field.menu.actions()}
    actions["englishStopWords"].trigger()
    assert {"the", "and"} <= set(window.session.token_options.stop_words)
    own = tmp_path / "own.txt"
    own.write_text("live, in")
    monkeypatch.setattr(dialogs, "ask_for_text_file", lambda *_: own)
    actions["ownStopWords"].trigger()
    assert window.session.token_options.stop_words == ("in", "live")
    assert field.text() == "in live"
    actions["noStopWords"].trigger()
    field.setFocus()
    qtbot.keyClicks(field, "The and")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.session.token_options.stop_words == ("and", "the")
    window.pipeline.count()
    wait_until_done(qtbot, window)
    assert "the" not in window.session.vocabulary


def test_a_list_of_stop_words_that_cannot_be_read_changes_nothing(window, tmp_path):
    field = find(window, QLineEdit, "setting_stop_words")
    field.take(tmp_path / "missing.txt")
    assert window.session.token_options.stop_words == ()
    assert "missing.txt" in notice(window).text
