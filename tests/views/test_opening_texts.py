"""Texts come into the window by a click, by pasting and by dropping, and what is wrong with them is told."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from gloveui.core.text import FileText
from gloveui.views import dialogs
from tests.views.window import find, notice, wait_until_done


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
    assert notice(window).text.startswith("Bytes that are not utf-8: 1,")


def test_a_file_is_chosen_by_the_open_button(qtbot, open_window, tmp_path, monkeypatch):
    path = tmp_path / "mine.txt"
    path.write_text("my own words\nmy own text")
    window = open_window()
    wait_until_done(qtbot, window)
    monkeypatch.setattr(dialogs, "ask_for_text_files", lambda *_: [path])
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
