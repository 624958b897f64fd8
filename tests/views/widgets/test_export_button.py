"""What a view shows can be copied and saved."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from gloveui.views import dialogs
from gloveui.views.theme import Theme
from gloveui.views.widgets.export_button import ExportButton

ROWS = [["", "i"], ["=like", 2.0]]


@pytest.fixture
def label(qtbot: QtBot) -> QLabel:
    label = QLabel("counts of words")
    qtbot.addWidget(label)
    label.resize(120, 40)
    return label


@pytest.fixture
def button(qtbot: QtBot, theme: Theme, label: QLabel) -> ExportButton:
    button = ExportButton(theme)
    qtbot.addWidget(button)
    button.offer("counts", picture=lambda: label, table=lambda: ROWS, code=lambda: "import gloveui\n")
    return button


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person says that files go; the suggested name is kept."""
    monkeypatch.setattr(
        dialogs, "ask_where_to_save", lambda parent, title, suggestion, kind: tmp_path / suggestion
    )
    return tmp_path


def test_the_table_is_copied_as_spreadsheets_take_it(button: ExportButton) -> None:
    button.copy_action.trigger()
    assert QGuiApplication.clipboard().text() == "\ti\n'=like\t2"


def test_the_code_is_copied(button: ExportButton) -> None:
    button.code_action.trigger()
    assert QGuiApplication.clipboard().text() == "import gloveui\n"


def test_the_table_is_saved_inert(button: ExportButton, chosen: Path) -> None:
    button.csv_action.trigger()
    assert (chosen / "counts.csv").read_text("utf-8-sig").splitlines() == [",i", "'=like,2"]


def test_the_picture_is_saved_with_twice_its_pixels(button: ExportButton, chosen: Path) -> None:
    button.png_action.trigger()
    image = QImage(str(chosen / "counts.png"))
    assert (image.width(), image.height()) == (240, 80)


def test_the_picture_is_saved_as_lines_and_text(button: ExportButton, chosen: Path) -> None:
    button.svg_action.trigger()
    root = ElementTree.parse(chosen / "counts.svg").getroot()
    assert root.get("viewBox") == "0 0 120 40"
    assert "counts of words" in "".join(root.itertext())


def test_only_what_a_view_has_is_offered(qtbot: QtBot, theme: Theme) -> None:
    button = ExportButton(theme)
    qtbot.addWidget(button)
    button.offer("nothing", code=lambda: "")
    shown = [action.objectName() for action in button.menu().actions() if action.isVisible()]
    assert [name for name in shown if name] == ["copyCode"]


def test_a_person_who_changes_their_mind_writes_nothing(
    button: ExportButton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask_where_to_save", lambda *_: None)
    for action in (button.csv_action, button.png_action, button.svg_action):
        action.trigger()
    assert list(tmp_path.iterdir()) == []


class View(QWidget):
    """A view as panels are: its button takes from it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.button = ExportButton(theme, self)
        self.button.offer("view", table=self.rows)

    def rows(self) -> list[list[str]]:
        return [["a"]]


def test_a_view_is_not_kept_by_its_button(qtbot: QtBot, theme: Theme) -> None:
    view = View(theme)
    gone = weakref.ref(view)
    view.button.copy_action.trigger()
    assert QGuiApplication.clipboard().text() == "a"
    view.show()
    del view
    gc.collect()
    assert gone() is None
