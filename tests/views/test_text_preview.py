"""What is opened is looked at first; what has to be chosen is asked beside the first lines and words."""

from __future__ import annotations

import gzip
from pathlib import Path

from PySide6.QtWidgets import QDialogButtonBox, QPushButton

from gloveui.core.tokens import TokenOptions
from gloveui.views import dialogs
from gloveui.views.widgets.text_preview_dialog import TextPreviewDialog
from tests.views.window import find, wait_until_done

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


def press(dialog: TextPreviewDialog, button: QDialogButtonBox.StandardButton) -> None:
    dialog.buttons.button(button).click()


def test_the_column_of_a_table_is_chosen_beside_its_lines_and_words(qtbot, open_window, tmp_path):
    (tmp_path / "talks.csv").write_text(ROWS)
    window = open_window()
    wait_until_done(qtbot, window)
    window.text_opening.open_path(tmp_path / "talks.csv")
    dialog = preview_of(qtbot, window)
    opens = dialog.buttons.button(QDialogButtonBox.StandardButton.Open)
    assert [dialog.column.itemData(row) for row in range(4)] == ["", "id", "speech", "name"]
    assert not opens.isEnabled()  # nothing says which of them is the text
    dialog.column.setCurrentIndex(2)
    dialog.column.activated.emit(2)
    qtbot.waitUntil(lambda: "the · cat · a · tabby · sat" in dialog.rows.words, timeout=60_000)
    assert opens.isEnabled()
    window.session.set_token_options(TokenOptions(drop_bracketed=True))
    assert dialog.rows.words == ("the · cat · sat", "a · dog · and · a · cat")
    press(dialog, QDialogButtonBox.StandardButton.Open)
    qtbot.waitUntil(lambda: window.session.text.name == "talks.csv", timeout=60_000)
    wait_until_done(qtbot, window)
    assert "dog" in window.session.vocabulary
    assert window.text_opening.recent.paths == (tmp_path / "talks.csv",)


def test_an_element_with_a_usual_name_is_chosen_to_begin_with(qtbot, open_window, tmp_path):
    talk = "<talk><title>On cats</title><content>Cats sit.\nCats purr.</content><note>none</note></talk>"
    (tmp_path / "talks.xml").write_text(talk)
    window = open_window()
    wait_until_done(qtbot, window)
    window.text_opening.open_path(tmp_path / "talks.xml")
    dialog = preview_of(qtbot, window)
    qtbot.waitUntil(lambda: dialog.rows.words == ("cats · sit", "cats · purr"), timeout=60_000)
    assert dialog.element.currentData() == "content"
    press(dialog, QDialogButtonBox.StandardButton.Cancel)


def test_a_preview_that_is_closed_opens_nothing(qtbot, open_window, tmp_path):
    (tmp_path / "talks.csv").write_text(ROWS)
    window = open_window()
    wait_until_done(qtbot, window)
    before = window.session.text
    window.text_opening.open_path(tmp_path / "talks.csv")
    press(preview_of(qtbot, window), QDialogButtonBox.StandardButton.Cancel)
    assert window.session.text is before


def test_several_files_and_packed_ones_are_one_text(qtbot, open_window, tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("one apple here\nand one apple there")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"two pears here\nand two pears there"))
    chosen = [tmp_path / "a.txt", tmp_path / "b.txt.gz"]
    monkeypatch.setattr(dialogs, "ask_for_text_files", lambda *_: chosen)
    window = open_window()
    wait_until_done(qtbot, window)
    window.menu_actions.open_file.trigger()
    dialog = preview_of(qtbot, window)
    assert "2 files" in dialog.facts.text()
    press(dialog, QDialogButtonBox.StandardButton.Open)
    qtbot.waitUntil(lambda: "pears" in window.session.tokens.vocabulary, timeout=60_000)
    wait_until_done(qtbot, window)
    assert "apple" in window.session.tokens.vocabulary


def test_a_folder_is_one_text(qtbot, open_window, tmp_path: Path, monkeypatch):
    folder = tmp_path / "novels"
    folder.mkdir()
    for name in ("x", "y"):
        (folder / f"{name}.txt").write_text(f"the {name} of the {name}\n" * 3)
    monkeypatch.setattr(dialogs, "ask_for_folder", lambda *_: folder)
    window = open_window()
    wait_until_done(qtbot, window)
    window.menu_actions.open_folder.trigger()
    press(preview_of(qtbot, window), QDialogButtonBox.StandardButton.Open)
    qtbot.waitUntil(lambda: "y" in window.session.tokens.vocabulary, timeout=60_000)
    wait_until_done(qtbot, window)


def test_the_open_text_can_be_looked_at_and_read_otherwise(qtbot, open_window, tmp_path):
    path = tmp_path / "korean.txt"
    path.write_bytes("학교에 간다 그리고 온다\n".encode("cp949") * 9)
    window = open_window()
    wait_until_done(qtbot, window)
    window.text_opening.open_path(path)
    dialog = preview_of(qtbot, window)  # the encoding was guessed: a person should look
    assert "cp949" in dialog.encoding.itemText(0)
    press(dialog, QDialogButtonBox.StandardButton.Open)
    qtbot.waitUntil(lambda: "학교에" in window.session.tokens.vocabulary, timeout=60_000)
    wait_until_done(qtbot, window)
    assert not dialog.isVisible()
    find(window, QPushButton, "previewButton").click()
    dialog = preview_of(qtbot, window)
    latin = dialog.encoding.findData("latin-1")
    dialog.encoding.setCurrentIndex(latin)
    dialog.encoding.activated.emit(latin)
    press(dialog, QDialogButtonBox.StandardButton.Open)
    qtbot.waitUntil(lambda: "학교에" not in window.session.tokens.vocabulary, timeout=60_000)
    wait_until_done(qtbot, window)
