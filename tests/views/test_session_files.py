"""Sessions as a person saves, opens and gets them back in the window."""

from __future__ import annotations

import errno
import os

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QPlainTextEdit, QPushButton

from gloveui.app import create_window
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.text import PastedText
from gloveui.state.recovery import RecoveryFolder, kept_now
from gloveui.state.values import Stage
from gloveui.storage.session_folder import SavedSession, load_session, write_session
from gloveui.views import dialogs, session_dialogs
from gloveui.views.session_dialogs import SaveSessionDialog
from gloveui.views.session_files import UNSAVED
from tests.views.window import TEXT, find, notice, wait_until_done

SHORT = GloveConfig(dimension=8, epochs=2)


@pytest.fixture(autouse=True)
def answers(monkeypatch, tmp_path):
    """What a person answers when asked; the folder they save to, and what becomes of unsaved work."""
    given = {"save": (tmp_path / "mine.gloveui", False), "unsaved": "discard", "asked": []}

    def about_unsaved(_, name):
        given["asked"].append(name)
        return given["unsaved"]

    monkeypatch.setattr(session_dialogs, "ask_where_to_save_session", lambda *_: given["save"])
    monkeypatch.setattr(dialogs, "ask_about_unsaved", about_unsaved)
    return given


def train(qtbot, window) -> None:
    window.session.set_config(SHORT)
    window.pipeline.train()
    wait_until_done(qtbot, window)
    qtbot.waitUntil(lambda: window.session.model is not None, timeout=60_000)


def write_unsaved(settings_dir, notes: str, saved: str = "") -> RecoveryFolder:
    """Unsaved work of a window that is no more."""
    folder = RecoveryFolder(settings_dir / UNSAVED)
    shelf = folder.new_shelf()
    shelf.make()
    run_to_end(write_session(shelf.session, SavedSession(text=PastedText("a b\nb c"), notes=notes)))
    about = kept_now("a text", ("GloVe 1", "GloVe 2"), None)
    shelf.describe(type(about)(about.text, about.models, "", saved or about.saved))
    shelf.release()
    return folder


def press(window, name: str) -> None:
    find(window, QPushButton, f"notice_{name}").click()


def drop(window, folder) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))


def test_a_session_is_saved_and_opened_by_the_menu_and_unsaved_work_may_be_saved_before(
    qtbot, open_window, answers, monkeypatch, tmp_path
):
    window = open_window()
    wait_until_done(qtbot, window)
    train(qtbot, window)
    files, name = window.session_files, window.session.model.name
    files.actions.notes.trigger()
    edit = find(window, QPlainTextEdit, "notesEdit")
    qtbot.keyClicks(edit, "kings")
    edit.window().close()
    files.actions.copy_code.trigger()
    assert "models[1] = " in QGuiApplication.clipboard().text()
    assert window.isWindowModified()
    with qtbot.waitSignal(files.keeper.saved):
        files.actions.save.trigger()
    assert not window.isWindowModified()
    assert window.windowTitle().startswith("mine – ")
    assert notice(window).level == "good"
    assert [path.name for path in files.recent.paths] == ["mine.gloveui"]
    window.session.set_models((), None)

    monkeypatch.setattr(dialogs, "ask_for_folder", lambda *_: tmp_path / "mine.gloveui")
    with qtbot.waitSignal(files.keeper.opened):
        files.actions.open.trigger()
    wait_until_done(qtbot, window)
    assert answers["asked"] == ["mine"]  # the models were taken away since
    assert (window.session.model.name, files.keeper.notes) == (name, "kings")
    assert not window.isWindowModified()

    other, another = tmp_path / "other.gloveui", (tmp_path / "another.gloveui", False)
    run_to_end(write_session(other, SavedSession(text=PastedText("x y"), notes="other")))
    files.keeper.set_notes("kings and queens")
    answers["unsaved"] = "cancel"
    drop(window, other)  # and then the person changes their mind
    qtbot.waitUntil(lambda: len(answers["asked"]) == 2)
    assert "being opened" not in notice(window).text
    answers["unsaved"] = "save"
    with qtbot.waitSignal(files.keeper.opened):
        drop(window, other)
    wait_until_done(qtbot, window)
    assert load_session(tmp_path / "mine.gloveui").notes == "kings and queens"
    assert files.keeper.notes == "other"

    answers["save"] = another
    files.actions.save_as.trigger()
    assert window.close()  # after the save that is under way
    assert load_session(another[0]).notes == "other"
    assert not any(files.autosaver.folder.path.glob("*/*.gloveui"))


def test_a_session_opened_at_the_start_is_only_shown_in_a_second_window(
    qtbot, look_of_the_application, open_window, monkeypatch, settings_dir, tmp_path
):
    folder = tmp_path / "named.gloveui"
    counts = CountOptions(min_count=1)
    saved = SavedSession(text=PastedText("x y"), count_options=counts, notes="named")
    run_to_end(write_session(folder, saved))
    write_unsaved(settings_dir, "not saved")
    window = create_window(settings_dir, "en", session=folder)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.session_files.keeper.opened):
        window.show()
    wait_until_done(qtbot, window)
    assert window.session_files.keeper.notes == "named"
    assert window.session.tokens.token_count == 2  # it was saved before it had been read
    assert not window.session_files._start.failed
    assert "Work that was not saved is still there" in notice(window).text  # now that the session is open

    second = open_window()
    wait_until_done(qtbot, second)
    with qtbot.waitSignal(second.session_files.keeper.opened):
        second.session_files.open(folder)
    wait_until_done(qtbot, second)
    assert notice(second).text == "named is open in another window, so it is only shown"
    assert "(read only)" in second.windowTitle()
    window.close()

    saver = second.session_files.autosaver
    (tmp_path / "file").write_text("")
    saver.move_to(tmp_path / "file")  # where nothing can be kept
    with qtbot.waitSignal(saver.failed):
        saver.check_place()
    assert notice(second).level == "warning"
    monkeypatch.setattr(dialogs, "ask_for_folder", lambda *_: tmp_path)
    press(second, "chooseOtherFolder")
    assert saver.folder.path == tmp_path


def test_the_third_start_after_two_that_failed_opens_nothing_but_unsaved_work_that_is_wanted(
    qtbot, open_window, settings_dir
):
    for month in ("01", "02", "03"):
        folder = write_unsaved(settings_dir, f"of month {month}", f"2026-{month}-02T10:00:00+00:00")
    (settings_dir / "starting").write_text("2")
    window = open_window()
    qtbot.waitUntil(lambda: "a text · 2 models · 2026-03-02" in notice(window).text)
    assert window.session.text is None
    assert "The last two starts" in notice(window).advice
    press(window, "notNow")
    assert "2026-02-02" in notice(window).text
    press(window, "discardWork")
    qtbot.waitUntil(lambda: len(folder.left()) == 2)
    assert "2026-01-02" in notice(window).text

    with qtbot.waitSignal(window.session_files.autosaver.recovered):
        press(window, "restoreWork")
    wait_until_done(qtbot, window)

    assert window.session_files.keeper.notes == "of month 01"
    assert window.isWindowModified()
    assert "being opened" not in notice(window).text
    menu = window.session_files.recovery.menu
    menu.look()
    assert ["2026-03-02" in entry.text() for entry in menu.entries] == [True]
    window.close()
    assert not (settings_dir / "starting").exists()
    assert window._settings.value("layout") is None  # what was kept is not written over


def test_closing_with_unsaved_work_asks_nothing_and_offers_it_at_the_next_start(
    qtbot, open_window, answers, monkeypatch
):
    first = open_window()
    wait_until_done(qtbot, first)
    train(qtbot, first)
    first.session.set_config(GloveConfig(dimension=8, epochs=100_000))
    first.pipeline.train()
    qtbot.waitUntil(lambda: len(first.session.losses.epochs) > 2, timeout=60_000)
    assert first.close()  # in the middle of a training
    assert answers["asked"] == []

    second = open_window(TEXT)
    qtbot.waitUntil(lambda: bool(notice(second).action_buttons))
    wait_until_done(qtbot, second)
    with qtbot.waitSignal(second.session_files.autosaver.recovered):
        press(second, "restoreWork")
    assert "A training was under way" in notice(second).text
    wait_until_done(qtbot, second)
    press(second, "resumeTraining")
    qtbot.waitUntil(lambda: second.pipeline.stage is Stage.TRAINING, timeout=60_000)

    assert len(second.session.losses.epochs) > 2

    def full_disk(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("gloveui.storage.atomic.os.replace", full_disk)
    assert not second.close()  # at once, as its work cannot be kept
    assert notice(second).level == "error"
    assert os.strerror(errno.ENOSPC) in notice(second).text
    assert second.close()


@pytest.mark.parametrize(
    ("name", "is_fine"),
    [("fine", True), ("한글 세션.gloveui", True), ("", False), (".hidden", False), ("a/b", False)],
)
def test_only_names_that_can_be_saved_are_taken(qtbot, tmp_path, name, is_fine):
    dialog = SaveSessionDialog(tmp_path / "first.gloveui", False)
    qtbot.addWidget(dialog)
    dialog.name_edit.setText(name)

    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled() is is_fine
    if is_fine:
        assert dialog.folder == tmp_path / f"{name.removesuffix('.gloveui')}.gloveui"


def test_what_is_no_session_is_not_replaced_and_what_is_one_only_after_saying_so(qtbot, tmp_path):
    (tmp_path / "photos.gloveui").mkdir()
    (tmp_path / "photos.gloveui" / "one.jpg").write_text("")
    run_to_end(write_session(tmp_path / "mine.gloveui", SavedSession()))
    dialog = SaveSessionDialog(tmp_path / "photos.gloveui", True)
    qtbot.addWidget(dialog)
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    assert not save.isEnabled()
    dialog.name_edit.setText("mine")
    assert save.isEnabled()
    assert "replaced" in dialog.hint.text()
    dialog.place_edit.setText(str(tmp_path / "gone"))
    assert not save.isEnabled()
    assert dialog.has_text_inside
