"""Vectors are opened and saved in the window: by menus, by dropping, and with what a file asks."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QMainWindow, QMenu

from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.settings import open_settings
from gloveui.state.vector_reading import VectorsFile
from gloveui.storage.embedding_files import load_vectors
from gloveui.storage.export_options import EXPORT_FORMATS
from gloveui.storage.vector_rows import VectorOptions
from gloveui.views import dialogs
from gloveui.views.model_sources import source_code
from gloveui.views.vector_files import VectorFiles
from gloveui.views.widgets.notice_bar import NoticeBar
from gloveui.views.widgets.save_vectors_dialog import SaveVectorsDialog
from gloveui.views.widgets.vector_options_dialog import VectorOptionsDialog
from tests.views.vectors import FAMILY, model_of

GOOD = "king 1 2 3\nqueen 1 2 2.5\nman -1 0.5 2\n"


class Desk:
    """What stands around files of vectors in the window, without the rest of it."""

    def __init__(self, qtbot, theme, settings_dir) -> None:
        self.qtbot = qtbot
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.session, self.jobs = Session(self.window), JobQueue(self.window)
        self.settings = open_settings(settings_dir)
        self.settings.setParent(self.window)
        self.notices = NoticeBar(theme, self.window)
        self.failures: list[Exception] = []
        self.jobs.failed.connect(self.failures.append)
        self.files = VectorFiles(self.session, self.jobs, self.notices, self.settings, theme, self.window)
        self.window.statusBar().addWidget(QLabel())  # as the sizes stand there
        self.files.show_work(self.window.statusBar())
        self.window.show()

    def open(self, path) -> None:
        """Open a file, to its end."""
        self.files.opening.open_path(path)
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.is_answering, timeout=60_000)

    def dialog(self, kind: type):
        return next(one for one in self.window.findChildren(kind) if one.isVisible())


@pytest.fixture
def desk(qtbot, theme, settings_dir):
    desk = Desk(qtbot, theme, settings_dir)
    yield desk
    assert desk.jobs.shut_down()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "vectors.txt"
    path.write_text(GOOD)
    return path


def press_open(dialog) -> None:
    dialog.buttons.button(QDialogButtonBox.StandardButton.Open).click()


def test_chosen_files_become_models_and_are_listed_as_recent(desk, path, monkeypatch):
    monkeypatch.setattr(dialogs, "ask_for_text_files", lambda *_: [path])
    desk.files.actions.open.trigger()
    assert not desk.files.opening.status.isHidden()
    desk.wait()
    assert desk.session.model.name == "vectors.txt · 3d"
    assert [entry.data() for entry in desk.files.opening.recent_menu.entries] == [str(path)]
    assert desk.files.opening.status.isHidden()
    assert desk.notices.text == ""


def test_all_that_was_odd_is_told_at_once(desk, tmp_path):
    odd = tmp_path / "odd.vec"
    odd.write_text("7 2\nking 1.25 2.25\nking 2.25 3.25\nqueen 0.000 0.000\nman 1.25 1.25\n")
    desk.open(odd)
    assert desk.notices.level == "warning"
    assert desk.notices.text == "odd.vec: the header says 7 rows, there are 4"
    assert "1 rows were left out, as their word had come before" in desk.notices.details
    assert "1 words have only zeros" in desk.notices.details


def test_a_table_among_several_and_its_words_are_asked_for(desk, tmp_path):
    two, words = tmp_path / "two.npz", tmp_path / "words.txt"
    np.savez(two, a=np.ones((2, 3), np.float32), b=np.eye(2, dtype=np.float32))
    words.write_text("king\nqueen\n")
    desk.open(two)
    dialog = desk.dialog(VectorOptionsDialog)
    assert "several tables" in dialog.reason.text()
    dialog.table.setCurrentText("b")
    press_open(dialog)
    desk.wait()
    dialog = desk.dialog(VectorOptionsDialog)
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Open).isEnabled()
    dialog.words.setText(str(words))
    press_open(dialog)
    desk.wait()
    assert desk.session.embedding.vocabulary.words == ("king", "queen")
    assert desk.session.embedding.dimension == 2


def test_a_bad_row_leaves_what_is_open_and_can_be_left_out(desk, path, tmp_path):
    desk.open(path)
    bad = tmp_path / "bad.txt"
    bad.write_text("king 1 2\nqueen nan 2\nman 2 1\n")
    desk.open(bad)
    assert len(desk.session.models) == 1
    assert (desk.notices.level, "line 2" in desk.notices.text) == ("error", True)
    desk.notices.action_buttons[0].click()
    dialog = desk.dialog(VectorOptionsDialog)
    assert "line 2" in dialog.reason.text()
    dialog.drops_bad_rows.setChecked(True)
    press_open(dialog)
    desk.wait()
    assert desk.session.embedding.vocabulary.words == ("king", "man")
    assert "1 rows with NaN" in desk.notices.text


def test_an_error_goes_when_the_next_file_opens_and_other_notices_stay(desk, path, tmp_path):
    desk.open(tmp_path / "missing.txt")
    assert "missing.txt" in desk.notices.text
    desk.open(path)
    assert desk.notices.text == ""
    desk.notices.show_notice("info", "A training was under way")
    desk.open(path)
    assert desk.notices.text == "A training was under way"


def test_vectors_larger_than_memory_are_offered_in_part(desk, path, monkeypatch):
    from gloveui.storage import vector_table

    monkeypatch.setattr(vector_table, "free_memory", lambda: 30)
    desk.open(path)
    monkeypatch.undo()
    dialog = desk.dialog(VectorOptionsDialog)
    assert dialog.first.value() == 1
    press_open(dialog)
    desk.wait()
    assert len(desk.session.embedding) == 1


def test_saved_vectors_are_as_chosen_and_said(desk, tmp_path, monkeypatch):
    desk.session.add_model(model_of(FAMILY))
    out = tmp_path / "mine.npz"
    monkeypatch.setattr(dialogs, "ask_where_to_save", lambda *_: out)
    desk.files.actions.save.trigger()
    dialog = desk.dialog(SaveVectorsDialog)
    dialog.format.setCurrentIndex([one.key for one in EXPORT_FORMATS].index("npz"))
    dialog.first.setValue(3)
    assert dialog.told.text().startswith("3 rows of 5 numbers, about ")
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    desk.wait()
    assert load_vectors(out).vocabulary.words == ("man", "woman", "boy")
    assert (desk.notices.level, str(out) in desk.notices.text) == ("good", True)
    assert desk.files.actions.save.isEnabled()


def test_only_options_that_a_format_has_can_be_chosen(qtbot):
    dialog = SaveVectorsDialog(model_of(FAMILY))
    qtbot.addWidget(dialog)
    for row, one in enumerate(EXPORT_FORMATS):
        dialog.format.setCurrentIndex(row)
        assert dialog.precision.isEnabled() == one.has_precision
        assert dialog.header.isEnabled() == (one.header is not None)
        assert dialog.header.isChecked() == bool(one.header)
        assert dialog.options.file_format is one
    sides = dialog.vectors.model()
    assert not sides.item(dialog.vectors.findData("context")).isEnabled()


def test_a_save_that_fails_is_told_and_leaves_what_was_there(desk, tmp_path, monkeypatch):
    desk.session.add_model(model_of({"a word": (1, 2), "other": (2, 1)}))
    out = tmp_path / "mine.txt"
    out.write_text("old")
    monkeypatch.setattr(dialogs, "ask_where_to_save", lambda *_: out)
    desk.files.actions.save.trigger()
    dialog = desk.dialog(SaveVectorsDialog)
    dialog.format.setCurrentIndex([one.key for one in EXPORT_FORMATS].index("glove"))
    dialog.buttons.button(QDialogButtonBox.StandardButton.Save).click()
    desk.wait()
    assert "a word" in str(desk.failures[0])
    assert out.read_text() == "old"
    assert desk.files.actions.save.isEnabled()


def test_the_code_of_vectors_from_a_file_gives_them_again(desk, tmp_path, monkeypatch):
    bad, words = tmp_path / "bad.npy", tmp_path / "words.txt"
    np.save(bad, np.array([[1, 2], [np.nan, 1], [2, 1], [3, 1]], np.float32))
    words.write_text("king\nqueen\nman\nroad\n")
    options = VectorOptions(first=2, words=words, drops_bad_rows=True)
    desk.files.opening.reading.read(VectorsFile(bad, options))
    desk.wait()
    made: dict[str, object] = {}
    exec(source_code(desk.session, desk.session.model), made)
    embedding = made["run"].embedding
    assert embedding.vocabulary.words == desk.session.embedding.vocabulary.words == ("king", "man")
    assert np.array_equal(embedding.vectors, desk.session.embedding.vectors)


def test_the_menus_speak_the_language_of_the_window(desk, languages):
    opening, saving, model = (QMenu(desk.window) for _ in range(3))
    model.addAction("last")
    desk.files.fill(opening, saving, model)
    languages.use("ko")
    desk.files.retranslate()
    assert [action.text() for action in opening.actions()][1:3] == ["벡터 열기…", "옵션을 골라 벡터 열기…"]
    assert [action.text() for action in model.actions()] == ["벡터 저장…", "last"]


def test_dropped_files_open_as_what_they_hold(desk, qtbot, path, tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("dropped words here\nand dropped words there")
    with qtbot.waitSignal(desk.files.opening.others, timeout=60_000) as handed_out:
        desk.files.opening.take_dropped([text, path])
    desk.wait()
    assert handed_out.args == [[text]]
    assert desk.session.model.name == "vectors.txt · 3d"
