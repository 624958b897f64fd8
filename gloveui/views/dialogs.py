"""Questions to the person; the only place from which a dialog opens, so that tests can answer instead."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QInputDialog,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gloveui import __version__
from gloveui.views.icons import application_icon
from gloveui.views.languages import Translated


def ask_where_to_save(parent: QWidget, title: str, suggestion: str, kind: str) -> Path | None:
    """The path a person chooses, or None; existing files are confirmed by the dialog.

    ``suggestion`` is a file name with its suffix, ``kind`` the filter, such as ``"CSV (*.csv)"``.
    """
    dialog = QFileDialog(parent, title, suggestion, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(suggestion).suffix.removeprefix("."))
    try:
        accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
        return Path(dialog.selectedFiles()[0]) if accepted else None
    finally:
        dialog.deleteLater()


def ask_for_text_file(parent: QWidget, title: str, file_types: str) -> Path | None:
    """A file to open, or None if the person changed their mind."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", file_types)
    return Path(name) if name else None


def ask_for_text_files(parent: QWidget, title: str, file_types: str) -> list[Path]:
    """Files to open as one text; none if the person changed their mind."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", file_types)
    return [Path(name) for name in names]


def ask_for_folder(parent: QWidget, title: str) -> Path | None:
    """A folder to put files into, or None if the person changed their mind."""
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def ask_for_name(parent: QWidget, title: str, label: str, name: str) -> str:
    """The name that a person gives in the place of this one; empty if they changed their mind."""
    given, is_given = QInputDialog.getText(parent, title, label, text=name)
    return given.strip() if is_given else ""


def ask_about_unsaved(parent: QWidget, name: str) -> Literal["save", "discard", "cancel"]:
    """What is to become of unsaved work before another session takes its place."""
    buttons = QMessageBox.StandardButton
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(QMessageBox.Icon.Question)
    question = parent.tr("Save what you did before another session takes its place?")
    box.setText(f"{name}: {question}" if name else question)
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    texts = (parent.tr("Save"), parent.tr("Do not save"), parent.tr("Cancel"))
    for button, text in zip((buttons.Save, buttons.Discard, buttons.Cancel), texts, strict=True):
        box.button(button).setText(text)
    try:
        answer = box.exec()
    finally:
        box.deleteLater()
    if answer == buttons.Save:
        return "save"
    return "discard" if answer == buttons.Discard else "cancel"


class PasteDialog(Translated, QDialog):
    """Takes a text that a person types or pastes."""

    text_given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pasteDialog")
        self.hint = QLabel()
        self.hint.setProperty("muted", True)
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("pasteEdit")
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self._give_text)
        self.buttons.rejected.connect(self.reject)
        self.edit.textChanged.connect(self._allow_opening)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for widget in (self.hint, self.edit, self.buttons):
            layout.addWidget(widget)
        self.resize(560, 420)
        self.edit.setPlainText(QGuiApplication.clipboard().text())
        self.edit.selectAll()
        self._allow_opening()
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Paste a text"))
        self.hint.setText(self.tr("A line is a sentence; pairs are counted inside sentences."))
        self.edit.setAccessibleName(self.tr("Text"))
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setText(self.tr("Open"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))

    def _allow_opening(self) -> None:
        has_text = bool(self.edit.toPlainText().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(has_text)

    def _give_text(self) -> None:
        self.text_given.emit(self.edit.toPlainText())
        self.accept()


class AboutDialog(QDialog):
    """What this is, and whose texts it brings."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("aboutDialog")
        self.setWindowTitle(self.tr("About gloveui"))
        picture, name = QLabel(), QLabel(f"gloveui {__version__}")
        picture.setPixmap(application_icon().pixmap(64, 64))
        name.setProperty("large", True)
        about = QLabel(self.tr("From a text to word embeddings, in one window: counts, training, questions."))
        sources = QLabel(
            self.tr(
                "The English text is made of Jane Austen's novels, Webster's dictionary of 1913 (GCIDE, GPL) "
                "and WordNet 3.0 (Princeton University); licences are in the file NOTICE beside it."
            )
        )
        sources.setProperty("muted", True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(8)
        for label in (about, sources):
            label.setWordWrap(True)
        for widget in (picture, name, about, sources, buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(440)
