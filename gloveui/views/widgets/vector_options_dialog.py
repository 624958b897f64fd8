"""Asks how a file of vectors is to be read, where its content leaves that open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gloveui.core.text import printable
from gloveui.state.vector_reading import VectorsFile
from gloveui.views import dialogs
from gloveui.views.languages import Translated
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.wrapped_label import wrapped_label

MOST_ROWS = 1_000_000_000
ROWS_A_STEP = 10_000
WIDTH = 520


class VectorOptionsDialog(Translated, QDialog):
    """Shows a file, why it asks, and the options that answer; what is chosen is told once, by Open."""

    chosen = Signal(object)  # VectorsFile

    def __init__(
        self, file: VectorsFile, tables: Sequence[str] = (), needs_words: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("vectorOptionsDialog")
        self._file = file
        self._needs_words = needs_words
        self.reason = wrapped_label("plain")
        self.name = ElidedLabel(printable(file.path))
        self.first = _rows_box(file.options.first)
        self.drops_bad_rows = QCheckBox()
        self.drops_bad_rows.setObjectName("vectorDropsBadRows")
        self.drops_bad_rows.setChecked(file.options.drops_bad_rows)
        self.words = QLineEdit("" if file.options.words is None else str(file.options.words))
        self.words.setObjectName("vectorWordsFile")
        self.browse_button = QPushButton()
        self.table = QComboBox()
        self.table.setObjectName("vectorTable")
        self.table.addItems(list(tables))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel
        )
        self._labels = {part: QLabel() for part in (self.table, self.words, self.first)}
        self._arrange()
        self.words.textChanged.connect(self._judge)
        self.browse_button.clicked.connect(self._browse)
        self.buttons.accepted.connect(self._choose)
        self.buttons.rejected.connect(self.reject)
        self.retranslate()

    def explain(self, sentence: str) -> None:
        """Say above the options why they are asked for, in a sentence that names the file."""
        self.reason.setText(sentence)
        self.reason.setVisible(bool(sentence))
        self.name.setVisible(not sentence)

    def suggest_first(self, rows: int) -> None:
        """Fill in how many of the first words can be read."""
        with QSignalBlocker(self.first):
            self.first.setValue(rows)

    @property
    def options_file(self) -> VectorsFile:
        """The file with the options as they are chosen now."""
        typed = self.words.text().strip()
        options = replace(
            self._file.options,
            first=self.first.value(),
            table=self.table.currentText() or self._file.options.table,
            words=Path(typed) if typed else None,
            drops_bad_rows=self.drops_bad_rows.isChecked(),
        )
        return replace(self._file, options=options)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Open vectors"))
        texts = (self.tr("Table"), self.tr("Words from"), self.tr("First words"))
        for (part, label), text in zip(self._labels.items(), texts, strict=True):
            label.setText(text)
            label.setBuddy(part)
            part.setAccessibleName(text)
        self.first.setSpecialValueText(self.tr("all"))
        self.first.setToolTip(self.tr("Files list frequent words first, as a rule"))
        self.words.setPlaceholderText(self.tr("a file with a word a line, for vectors without words"))
        self.browse_button.setText(self.tr("Browse…"))
        self.drops_bad_rows.setText(self.tr("Leave out rows with NaN or infinite numbers"))
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setText(self.tr("Open"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._judge()

    def _arrange(self) -> None:
        self.name.setProperty("muted", True)
        words = QWidget()
        row = QHBoxLayout(words)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.browse_button)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        form = QFormLayout()
        form.setSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self._labels[self.table], self.table)
        form.setRowVisible(self.table, self.table.count() > 0)
        form.addRow(self._labels[self.words], words)
        form.addRow(self._labels[self.first], self.first)
        form.addRow("", self.drops_bad_rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.reason)
        layout.addWidget(self.name)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.reason.hide()
        self.setMinimumWidth(WIDTH)

    def _judge(self) -> None:
        """Only what can be read is offered: a file of words that is there, where one is wanted."""
        typed = self.words.text().strip()
        is_answered = Path(typed).is_file() if typed else not self._needs_words
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(is_answered)

    def _browse(self) -> None:
        title, kinds = self.tr("Words of the vectors"), self.tr("Lists of words (*.txt *.tsv);;All files (*)")
        path = dialogs.ask_for_text_file(self, title, kinds)
        if path is not None:
            self.words.setText(str(path))

    def _choose(self) -> None:
        self.chosen.emit(self.options_file)
        self.accept()


def _rows_box(rows: int) -> QSpinBox:
    """A number of rows, 0 for all."""
    box = QSpinBox()
    box.setObjectName("vectorFirst")
    box.setLocale(QLocale.c())
    box.setGroupSeparatorShown(True)
    box.setRange(0, MOST_ROWS)
    box.setSingleStep(ROWS_A_STEP)
    box.setValue(rows)
    return box
