"""What is opened is looked at first; what has to be chosen is asked beside the first lines and words."""

from __future__ import annotations

import gzip
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QPushButton

from gloveui.core.tokens import TokenOptions
from gloveui.views import dialogs
from gloveui.views.widgets.text_preview_dialog import TextPreviewDialog
from tests.views.window import find, notice, wait_until_done

OPEN, CLOSE = QDialogButtonBox.StandardButton.Open, QDialogButtonBox.StandardButton.Cancel
ROWS = 'id,speech,name\n1,The cat (a tabby) sat,One\n2,"A dog, and a cat",Two\n'


def preview_of(qtbot, window) -> TextPreviewDialog:
    """The preview, once it shows lines."""
    qtbot.waitUntil(
        lambda: any(
            one.isVisible() and one.rows.rowCount() for one in window.findChildren(TextPreviewDialog)
        ),
        timeout=60_000,
    )
    return find(window, TextPreviewDialog, "textPreviewDialog")


def look_at(qtbot, window, *paths: Path) -> TextPreviewDialog:
    window.text_opening.open_paths(paths)
    return preview_of(qtbot, window)


def choose(field: QComboBox, value: str) -> None:
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())


def press(dialog: TextPreviewDialog, button: QDialogButtonBox.StandardButton) -> None:
    dialog.buttons.button(button).click()


def test_what_has_to_be_chosen_is_asked_beside_the_first_lines_and_words(qtbot, open_window, tmp_path):
    (tmp_path / "talks.csv").write_text(ROWS)
    window = open_window()
    wait_until_done(qtbot, window)
    before = window.session.text
    press(look_at(qtbot, window, tmp_path / "talks.csv"), CLOSE)
    assert window.session.text is before
    dialog = look_at(qtbot, window, tmp_path / "talks.csv")
    assert [dialog.column.itemData(row) for row in range(4)] == ["", "id", "speech", "name"]
    assert not dialog.buttons.button(OPEN).isEnabled()  # nothing says which of them is the text
    choose(dialog.column, "speech")
    qtbot.waitUntil(lambda: "the · cat · a · tabby · sat" in dialog.rows.words, timeout=60_000)
    assert dialog.buttons.button(OPEN).isEnabled()
    window.session.set_token_options(TokenOptions(drop_bracketed=True))
    assert dialog.rows.words == ("the · cat · sat", "a · dog · and · a · cat")
    press(dialog, OPEN)
    qtbot.waitUntil(lambda: window.session.text.name == "talks.csv", timeout=60_000)
    wait_until_done(qtbot, window)
    assert "dog" in window.session.vocabulary
    assert window.text_opening.recent.paths == (tmp_path / "talks.csv",)

    talk = "<talk><title>On cats</title><content>Cats sit.\nCats purr.</content><note>none</note></talk>"
    (tmp_path / "talks.xml").write_text(talk)
    dialog = look_at(qtbot, window, tmp_path / "talks.xml")
    qtbot.waitUntil(lambda: dialog.rows.words == ("cats · sit", "cats · purr"), timeout=60_000)
    assert dialog.element.currentData() == "content"  # a usual name


def test_several_files_are_one_text_and_a_column_that_a_later_one_wants_is_asked_for(
    qtbot, open_window, tmp_path, monkeypatch
):
    (tmp_path / "a.txt").write_text("one apple here\nand one apple there\n" * 100)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"two pears here\nand two pears there"))
    (tmp_path / "c.csv").write_text(ROWS)
    chosen = [tmp_path / name for name in ("a.txt", "b.txt.gz", "c.csv")]
    monkeypatch.setattr(dialogs, "ask_for_text_files", lambda *_: chosen)
    window = open_window()
    wait_until_done(qtbot, window)
    window.menu_actions.open_file.trigger()
    dialog = preview_of(qtbot, window)
    assert "3 files" in dialog.facts.text()
    assert dialog.column.isHidden()  # only the first file was looked at
    press(dialog, OPEN)
    qtbot.waitUntil(lambda: dialog.isVisible() and not dialog.column.isHidden(), timeout=60_000)
    assert "c.csv has several columns" in dialog.notes.text()
    choose(dialog.column, "speech")
    qtbot.waitUntil(dialog.buttons.button(OPEN).isEnabled, timeout=60_000)
    press(dialog, OPEN)
    qtbot.waitUntil(lambda: "pears" in window.session.tokens.vocabulary, timeout=60_000)
    wait_until_done(qtbot, window)
    assert {"apple", "dog"} <= set(window.session.tokens.vocabulary.words)


def test_a_folder_is_one_text_and_the_open_text_can_be_looked_at_and_read_otherwise(
    qtbot, open_window, tmp_path, monkeypatch
):
    folder, path = tmp_path / "novels", tmp_path / "korean.txt"
    folder.mkdir()
    for name in ("x", "y"):
        (folder / f"{name}.txt").write_text(f"the {name} of the {name}\n" * 3)
    path.write_bytes("학교에 간다 그리고 온다\n".encode("cp949") * 9)
    monkeypatch.setattr(dialogs, "ask_for_folder", lambda *_: folder)
    window = open_window()
    wait_until_done(qtbot, window)
    window.menu_actions.open_folder.trigger()
    press(preview_of(qtbot, window), OPEN)
    qtbot.waitUntil(lambda: "y" in window.session.tokens.vocabulary, timeout=60_000)
    wait_until_done(qtbot, window)

    dialog = look_at(qtbot, window, path)  # the encoding was guessed: a person should look
    assert "cp949" in dialog.encoding.itemText(0)
    press(dialog, OPEN)
    qtbot.waitUntil(lambda: "학교에" in window.session.tokens.vocabulary, timeout=60_000)
    wait_until_done(qtbot, window)
    assert not dialog.isVisible()
    find(window, QPushButton, "previewButton").click()
    dialog = preview_of(qtbot, window)
    choose(dialog.encoding, "utf-16")
    qtbot.waitUntil(lambda: "utf-16" in dialog.notes.text(), timeout=60_000)
    assert (dialog.rows.rowCount(), dialog.buttons.button(OPEN).isEnabled()) == (0, False)
    assert not notice(window).isVisible()
    choose(dialog.encoding, "latin-1")
    qtbot.waitUntil(dialog.buttons.button(OPEN).isEnabled, timeout=60_000)
    press(dialog, OPEN)
    qtbot.waitUntil(lambda: "학교에" not in window.session.tokens.vocabulary, timeout=60_000)
    wait_until_done(qtbot, window)
