"""The panel follows a training, plays it again, and saves it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.replay import nearest_words
from gloveui.core.text import PastedText
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage.export import csv_text
from gloveui.views.panels.epochs import EpochsPanel
from tests.views.epoch_series import WORDS, grown, series_of, session_with

Show = Callable[..., EpochsPanel]


@pytest.fixture
def show(show_panel, qtbot) -> Iterator[Show]:
    """Shows the panel on a session; it lives, and its questions are answered, until the test has ended."""
    panels: list[EpochsPanel] = []

    def show_one(session: Session, size: tuple[int, int] = (640, 700)) -> EpochsPanel:
        panels.append(show_panel(EpochsPanel, size, session))
        wait(panels[-1], qtbot)
        return panels[-1]

    yield show_one
    for panel in panels:
        panel.player.pause()
        wait(panel, qtbot)


def wait(panel: EpochsPanel, qtbot) -> None:
    qtbot.waitUntil(lambda: not panel._jobs.is_answering, timeout=30_000)


def finish_gliding(panel: EpochsPanel) -> None:
    for _ in range(60):
        panel.player.advance(0.1)


def column(panel: EpochsPanel, place: int) -> list[str]:
    rows = panel.table.rows
    return [rows.index(row, place).data() for row in range(rows.rowCount())]


def test_before_a_training_it_says_what_to_do_next(show) -> None:
    panel = show(Session())
    assert panel.empty.isVisible()
    assert "Train" in panel.empty.hint_label.text()


def test_it_shows_the_newest_epoch_and_what_is_kept(show) -> None:
    panel = show(session_with(4))
    assert panel.map.isVisible()
    assert tuple(panel.map.words) == WORDS
    assert panel.epoch_label.text() == "Epoch 4 of 4 · loss 0.025"
    assert panel.note.text() == "GloVe 1 · 3.6 KB"
    assert "5 epochs are kept, each with the 30 most frequent words" in panel.note.toolTip()


def test_it_follows_a_training_that_runs(show, qtbot) -> None:
    whole = series_of(5)
    session = Session()
    session.start_losses(5, ())
    session.epochs.show(1, grown(whole, 1))
    panel = show(session)
    assert panel.epoch_label.text().startswith("Epoch 1 of 5")
    session.epochs.show(1, grown(whole, 3))
    wait(panel, qtbot)
    finish_gliding(panel)
    assert panel.epoch_label.text().startswith("Epoch 3 of 5")
    assert np.allclose(panel.map.positions, panel._scene.replay.positions[-1])


def test_it_stays_at_the_epoch_that_a_person_looks_at(show, qtbot) -> None:
    whole = series_of(5)
    session = Session()
    session.epochs.show(1, grown(whole, 3))
    panel = show(session)
    panel.slider.slider.setValue(100)
    session.epochs.show(1, whole)
    wait(panel, qtbot)
    assert panel.epoch_label.text().startswith("Epoch 1 of 5")


def test_the_slider_and_the_curve_go_to_an_epoch(show, qtbot) -> None:
    panel = show(session_with(4))
    panel.slider.slider.setValue(250)
    assert panel.player.epoch == 2.5
    between = (panel._scene.replay.positions[2] + panel._scene.replay.positions[3]) / 2
    assert np.allclose(panel.map.positions, between, atol=1e-5)
    curve = panel.slider.curve
    place = curve.mapFromScene(curve.plotItem.vb.mapViewToScene(curve.plotItem.vb.viewRect().center()))
    QTest.mouseClick(curve.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.player.epoch == 2
    QTest.keyClick(panel.slider.slider, Qt.Key.Key_Left)
    assert panel.player.epoch == 1
    assert panel.slider.curve.cursor_line.value() == 1


def test_the_handle_stands_under_the_cursor(show) -> None:
    panel = show(session_with(4))
    curve, width = panel.slider.curve, panel.slider.slider.width()
    for epoch in (0.0, 1.0, 4.0):
        cursor = curve.plotItem.vb.mapViewToScene(curve.plotItem.vb.viewRect().center())
        cursor.setX(epoch)
        shown = curve.plotItem.vb.mapViewToScene(cursor).x()
        assert shown == pytest.approx(8 + epoch / 4 * (width - 16), abs=2.5)


def test_it_plays_from_the_beginning_and_words_move(show) -> None:
    panel = show(session_with(4))
    panel.controls.play_button.click()
    first = panel.map.positions.copy()
    assert panel.epoch_label.text() == "Epoch 0 of 4 · loss –"
    panel.player.advance(0.4)
    assert not np.allclose(panel.map.positions, first)
    panel.controls.speed_combo.setCurrentIndex(4)
    panel.player.advance(0.25)
    assert panel.player.epoch == pytest.approx(2.8)
    panel.controls.play_button.click()
    assert not panel.player.timer.isActive()


def test_examples_are_watched_until_words_are_pinned(show, qtbot) -> None:
    session = session_with(4)
    panel = show(session)
    assert [one.word for one in panel.table.rows.watched] == ["king", "man", "boy"]
    session.words.pin("sea")
    wait(panel, qtbot)
    assert [one.word for one in panel.table.rows.watched] == ["sea"]
    assert panel.map.canvas.marked == (WORDS.index("sea"),)


def test_neighbours_are_those_of_the_epoch_and_changes_have_a_sign(show) -> None:
    session = session_with(4)
    panel = show(session)
    series = session.epochs.series
    panel.player.go_to(2)
    now, before = (
        {one.word for one in nearest_words(series.vocabulary, series.snapshots[n].vectors, [0], 5)[0]}
        for n in (2, 1)
    )
    cells = column(panel, 0)
    assert {cell.removeprefix("+ ") for cell in cells[:5]} == now
    assert {cell[2:] for cell in cells[:5] if cell.startswith("+ ")} == now - before
    assert set(cells[5].removeprefix("− ").split(", ")) == before - now
    panel.player.go_to(0)
    assert not any(cell.startswith(("+", "−")) for cell in column(panel, 0))


def test_a_word_that_is_not_kept_has_no_neighbours(show, qtbot) -> None:
    session = session_with(3)
    panel = show(session)
    session.words.set_pinned(["king", "unheard"])
    wait(panel, qtbot)
    assert column(panel, 1)[0] == "–"
    assert column(panel, 0)[0] not in ("–", None)


def test_a_watched_word_has_a_trail_of_its_epochs(show) -> None:
    session = session_with(3)
    session.words.pin("king")
    panel = show(session)
    panel.player.go_to(2)
    points = panel.map.trail_points()
    points = points[np.isfinite(points).all(axis=1)]
    assert np.allclose(points, panel._scene.replay.positions[:3, 0], atol=1e-6)


def test_a_rare_pinned_word_is_on_a_map_of_few(show, qtbot) -> None:
    session = session_with(3)
    panel = show(session)
    panel.count_box.setValue(20)
    session.words.pin("w24")
    wait(panel, qtbot)
    assert tuple(panel.map.words) == (*WORDS[:20], "w24")


def test_a_click_on_a_word_puts_it_in_focus_and_the_focus_is_marked(show) -> None:
    session = session_with(3)
    panel = show(session)
    panel.map.word_clicked.emit(4)
    assert session.focus_word == "sea"
    assert 4 in panel.map.canvas.marked


def test_nothing_is_computed_while_it_is_hidden(show, qtbot) -> None:
    session = session_with(3)
    panel = show(session)
    panel.hide()
    before = panel._scene
    session.epochs.show(2, series_of(4, seed=2))
    assert not panel._jobs.is_answering
    assert panel._scene is before
    panel.show()
    wait(panel, qtbot)
    assert panel.epoch_label.text().startswith("Epoch 4 of 4")


def test_another_text_brings_back_the_empty_state(show) -> None:
    session = session_with(3)
    panel = show(session)
    panel.controls.play_button.click()
    session.set_text(PastedText("a b"))
    assert panel.empty.isVisible()
    assert not panel.player.timer.isActive()


def test_neighbours_stand_beside_the_map_in_a_wide_panel(show, qtbot) -> None:
    panel = show(session_with(3), (1000, 600))
    assert panel.table.mapTo(panel, QPoint()).x() > panel.map.width()
    panel.resize(640, 700)
    qtbot.waitUntil(lambda: top(panel.table, panel) > top(panel.map, panel) + panel.map.height())


def top(part: QWidget, panel: EpochsPanel) -> int:
    return part.mapTo(panel, QPoint()).y()


def test_a_gif_has_its_pictures_and_that_is_told(show, qtbot, tmp_path: Path) -> None:
    panel = show(session_with(2))
    said: list[str] = []
    panel.film_button.told.connect(said.append)
    panel.film_button.save_gif(tmp_path / "film.gif")
    assert panel.film_button.is_saving
    qtbot.waitUntil(lambda: not panel.film_button.is_saving, timeout=30_000)
    with Image.open(tmp_path / "film.gif") as gif:
        assert gif.n_frames == 17
        size = gif.size
    assert any(text.startswith("Saving: ") for text in said)
    assert panel.told_label.text().startswith(f"Saved film.gif: 17 pictures of {size[0]} × {size[1]}, ")


def test_a_film_is_wide_enough_to_be_read_from_afar(show) -> None:
    assert show(session_with(2))._film().size[0] >= 880


def test_a_series_has_a_picture_of_each_epoch(show, qtbot, tmp_path: Path) -> None:
    panel = show(session_with(2))
    panel.film_button.save_png_series(tmp_path / "epoch.png")
    qtbot.waitUntil(lambda: not panel.film_button.is_saving, timeout=30_000)
    assert len(list(tmp_path.glob("epoch-*.png"))) == 3


def test_saving_can_be_stopped(show, qtbot, tmp_path: Path) -> None:
    panel = show(session_with(40))
    panel.film_button.save_gif(tmp_path / "film.gif")
    panel.film_button.click()
    qtbot.waitUntil(lambda: not panel.film_button.is_saving, timeout=30_000)
    assert not list(tmp_path.iterdir())
    assert panel.told_label.text() == ""


def test_its_table_has_the_nearest_words_of_each_epoch(show) -> None:
    session = session_with(2)
    session.words.pin("king")
    panel = show(session)
    lines = csv_text(panel._rows()).splitlines()
    assert lines[0] == "epoch,loss (mean per pair),word,rank,nearest word,cosine"
    assert len(lines) == 1 + 3 * 5
    assert lines[1].startswith("0,,king,1,")


def test_its_code_plays_the_same_training(show) -> None:
    session = session_with(2)
    panel = show(session)
    assert not panel.export_button.code_action.isVisible()
    session.set_text(PastedText("I like deep learning\nI like NLP\nI enjoy flying"))
    session.set_count_options(CountOptions(window=1, min_count=1))
    session.set_config(GloveConfig(dimension=4, epochs=3))
    session.epochs.show(1, series_of(2))
    code = panel._code()
    assert code.count("import gloveui\n") == 1
    given: dict[str, Any] = {}
    exec(code, given)
    assert [one.epoch for one in given["series"].snapshots] == [0, 1, 2, 3]
    assert given["replay"].positions.shape == (4, 7, 2)


def test_it_speaks_korean(show, languages, qtbot) -> None:
    panel = show(session_with(2))
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() == "에포크")
    assert panel.epoch_label.text().startswith("에포크 2 / 2")


def test_it_fits_a_small_screen(show) -> None:
    assert show(session_with(2), (500, 420)).minimumSizeHint().height() <= 420


def test_it_is_freed_when_it_is_closed(theme, qtbot) -> None:
    session = session_with(2)
    panel = EpochsPanel(session, JobQueue(), theme)
    gone = weakref.ref(panel)
    panel.close()
    panel.deleteLater()
    del panel
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
    session.epochs.show(1, series_of(3))
    session.words.pin("king")
