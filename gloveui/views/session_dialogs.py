"""The dialogs around sessions: where one is saved, and what a person notes about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gloveui.storage.session_folder import ENDING, is_session
from gloveui.views import dialogs
from gloveui.views.languages import Translated

NOT_IN_NAMES = '/\\:*?"<>|\0'


def ask_where_to_save_session(
    parent: QWidget, suggestion: Path, has_text_inside: bool
) -> tuple[Path, bool] | None:
    """A session's folder and whether the text is to be in it; None if the person changed their mind."""
    dialog = SaveSessionDialog(suggestion, has_text_inside, parent)
    try:
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        return (dialog.folder, dialog.has_text_inside) if accepted else None
    finally:
        dialog.deleteLater()


class SaveSessionDialog(Translated, QDialog):
    """Asks for a name and a folder, and whether the text itself is to be in the session."""

    def __init__(self, suggestion: Path, has_text_inside: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("saveSessionDialog")
        self.name_edit = QLineEdit(suggestion.name.removesuffix(ENDING))
        self.name_edit.setObjectName("sessionNameEdit")
        self.name_edit.selectAll()
        self.place_edit = QLineEdit(str(suggestion.parent))
        self.place_edit.setObjectName("sessionPlaceEdit")
        self.browse_button = QPushButton()
        self.text_check = QCheckBox()
        self.text_check.setObjectName("sessionHasTextCheck")
        self.text_check.setChecked(has_text_inside)
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setProperty("muted", True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self._name_label, self._place_label = QLabel(), QLabel()
        self._arrange()
        self.name_edit.textChanged.connect(self._judge)
        self.place_edit.textChanged.connect(self._judge)
        self.browse_button.clicked.connect(self._browse)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.retranslate()

    @property
    def folder(self) -> Path:
        """The folder of the session that was chosen."""
        return Path(self.place_edit.text()) / f"{self.name_edit.text().strip().removesuffix(ENDING)}{ENDING}"

    @property
    def has_text_inside(self) -> bool:
        """Whether a copy of the text is wanted in the session."""
        return self.text_check.isChecked()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Save the session"))
        self._name_label.setText(self.tr("Name"))
        self._place_label.setText(self.tr("In the folder"))
        self.name_edit.setAccessibleName(self.tr("Name"))
        self.place_edit.setAccessibleName(self.tr("In the folder"))
        self.browse_button.setText(self.tr("Browse…"))
        self.text_check.setText(self.tr("Include the text"))
        self.text_check.setToolTip(
            self.tr(
                "A copy of the text is kept in the session, to be opened on another computer; "
                "its words are there in any case"
            )
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setText(self.tr("Save"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._judge()

    def _arrange(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.place_edit, 1)
        place.addWidget(self.browse_button)
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(self._name_label, self.name_edit)
        form.addRow(self._place_label, place)
        form.addRow("", self.text_check)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.resize(560, 220)

    def _judge(self) -> None:
        """Say what saving there would do; only what can be saved to is offered."""
        problem = self._problem()
        is_replaced = not problem and is_session(self.folder)
        hint = self.tr("The session that is there is replaced.") if is_replaced else problem
        self.hint.setText(
            hint or self.tr("A session is a folder; its name ends in {ending}.").format(ending=ENDING)
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(not problem)

    def _problem(self) -> str:
        """Why nothing can be saved there; empty if it can."""
        name = self.name_edit.text().strip().removesuffix(ENDING)
        if not name or name.startswith(".") or set(name) & set(NOT_IN_NAMES):
            return self.tr("Give a name without a leading dot, and without {signs}").format(
                signs=" ".join(NOT_IN_NAMES[:-1])
            )
        try:
            return self._problem_of_place()
        except OSError as error:
            return str(error.strerror or error)

    def _problem_of_place(self) -> str:
        if not Path(self.place_edit.text()).is_dir():
            return self.tr("Choose a folder that is there.")
        target = self.folder
        if target.exists() and not is_session(target) and (not target.is_dir() or any(target.iterdir())):
            return self.tr("Something that is no session has this name already.")
        return ""

    def _browse(self) -> None:
        folder = dialogs.ask_for_folder(self, self.tr("Save the session"))
        if folder is not None:
            self.place_edit.setText(str(folder))


class NotesDialog(Translated, QDialog):
    """Takes what a person wants to remember about a session; each letter counts at once."""

    notes_changed = Signal(str)

    def __init__(self, notes: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notesDialog")
        self.edit = QPlainTextEdit(notes)
        self.edit.setObjectName("notesEdit")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.edit.textChanged.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.edit)
        layout.addWidget(self.buttons)
        self.resize(520, 360)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Notes on this session"))
        self.edit.setAccessibleName(self.tr("Notes on this session"))
        self.edit.setPlaceholderText(self.tr("What you did and what you found; saved with the session"))
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))

    def _tell(self) -> None:
        self.notes_changed.emit(self.edit.toPlainText())
