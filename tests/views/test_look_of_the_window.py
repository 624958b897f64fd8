"""The window's language, colours, type, keys and panels."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSpinBox

from gloveui.app import create_window
from gloveui.core.text import PastedText
from gloveui.views.main_window import FIRST_WIDTH
from gloveui.views.panels import PANELS
from tests.views.window import TEXT, click, find, wait_until_done


def test_the_first_window_takes_all_of_a_screen_that_is_too_small_for_it(
    qtbot, look_of_the_application, settings_dir
):
    window = create_window(settings_dir, "en", PastedText(TEXT))
    qtbot.addWidget(window)
    room = window.screen().availableSize()
    assert room.width() < FIRST_WIDTH
    assert window.isMaximized()
    assert (window.width(), window.height()) == (room.width(), room.height())
    window.close()


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


def test_a_window_closed_before_it_was_seen_leaves_the_layout_as_it_was(qtbot, open_window, settings_dir):
    unseen = create_window(settings_dir, "en", PastedText("a b"))
    qtbot.addWidget(unseen)
    unseen.close()
    window = open_window()
    wait_until_done(qtbot, window)

    assert window.panels.docks["countsPanel"].isVisible()
    assert window.panels.tabifiedDockWidgets(window.panels.docks["countsPanel"])


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
    window.resize(1280, 800)
    long_name = replace(window.session.model, number=2, name="GloVe 2 from the vectors of a file")
    window.session.add_model(long_name)
    qtbot.waitUntil(lambda: not bar.focus_label.isVisible() and bar.view_button.isVisible())


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


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("name", [spec.name for spec in PANELS])
def test_a_panel_can_be_seen_empty_and_full_in_each_language(qtbot, open_window, name, language):
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


@pytest.mark.parametrize("scale", ["nan", "inf", "large"])
def test_a_scale_that_is_no_number_in_the_settings_file_is_passed_over(open_window, settings_dir, scale):
    settings_dir.mkdir()
    (settings_dir / "gloveui.ini").write_text(f"[General]\ntext_scale={scale}\n")
    assert open_window()._theme.text_scale == 1


def test_a_paused_training_shows_how_to_go_on(qtbot, open_window):
    window = open_window()
    wait_until_done(qtbot, window)
    button = find(window, QPushButton, "pauseButton")
    usual = button.icon().pixmap(24).toImage()
    window.session.set_config(replace(window.session.config, epochs=100_000))
    click(qtbot, window, "trainButton")
    qtbot.waitUntil(lambda: len(window.session.losses.epochs) > 1, timeout=60_000)

    click(qtbot, window, "pauseButton")
    assert button.text() == "Resume"
    assert button.icon().pixmap(24).toImage() != usual
    assert window.job_status.message.text().endswith("paused")

    click(qtbot, window, "pauseButton")
    assert button.icon().pixmap(24).toImage() == usual
