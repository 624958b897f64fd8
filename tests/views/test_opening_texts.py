"""Texts come into the window by a click, by pasting and by dropping, and what is wrong with them is told."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from gloveui.core.text import FileText
from gloveui.views import dialogs
from gloveui.views.main_window import MainWindow
from tests.views.window import find, notice, wait_until_done


def drop(window: MainWindow, path: Path) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(path))])
    where, action = QPointF(100, 100), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(where, action, dragged, buttons, keys))


def paste(window: MainWindow, text: str) -> None:
    window.menu_actions.paste_text.trigger()
    dialog = find(window, dialogs.PasteDialog, "pasteDialog")
    dialog.edit.setPlainText(text)
    dialog.buttons.accepted.emit()


def test_what_is_wrong_with_a_text_is_told(qtbot, open_window, tmp_path):
    window = open_window(FileText(tmp_path / "not there.txt"))
    qtbot.waitUntil(lambda: notice(window).isVisible(), timeout=60_000)
    assert "not there.txt" in notice(window).text
    assert notice(window).advice

    path = tmp_path / "broken.txt"
    path.write_bytes("학교에 간다 ".encode() * 50 + b"\xff and more\n")
    window.text_opening.open_path(path)
    wait_until_done(qtbot, window)
    assert notice(window).level == "warning"
    assert notice(window).text.startswith("Bytes that are not utf-8: 1,")

    (tmp_path / "empty.txt").write_bytes(b"")
    window.text_opening.open_path(tmp_path / "empty.txt")
    qtbot.waitUntil(lambda: notice(window).level == "error")
    assert "no text" in notice(window).text
    assert window.session.text.name == "broken.txt"
    assert window.text_opening.recent.paths == (path,)  # of the others there is nothing to open again


def test_texts_come_by_the_button_by_dropping_by_pasting_and_from_the_samples(
    qtbot, open_window, tmp_path, monkeypatch
):
    path, dropped = tmp_path / "mine.txt", tmp_path / "dropped.txt"
    path.write_text("my own words\nmy own text")
    dropped.write_text("dropped words here\nand dropped words there")
    window = open_window()
    wait_until_done(qtbot, window)
    monkeypatch.setattr(dialogs, "ask_for_text_files", lambda *_: [path])
    window.menu_actions.open_file.trigger()
    qtbot.waitUntil(lambda: window.session.text.name == "mine.txt")
    wait_until_done(qtbot, window)
    assert "own" in window.session.cooccurrence.vocabulary
    assert window.windowTitle().startswith("mine.txt")

    drop(window, dropped)
    qtbot.waitUntil(lambda: window.session.text.name == "dropped.txt")
    wait_until_done(qtbot, window)
    assert "dropped" in window.session.cooccurrence.vocabulary
    assert window.text_opening.recent.paths == (dropped, path)

    paste(window, "안녕 세상\n안녕 친구")
    qtbot.waitUntil(lambda: window.session.tokens is not None and "안녕" in window.session.tokens.vocabulary)
    wait_until_done(qtbot, window)

    window.top_bar.samples[1].trigger()
    qtbot.waitUntil(lambda: window.session.text.name.startswith("Lecture"))
    wait_until_done(qtbot, window)
    matrix = window.session.cooccurrence
    assert matrix.vocabulary.words == ("i", "like", "deep", "learning", "nlp", "enjoy", "flying")
    assert matrix.options.window == 1
    assert matrix.count(0, 1) == 2
    assert window.text_opening.recent.paths == (dropped, path)
