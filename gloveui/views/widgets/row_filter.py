"""A field that narrows a table to some words, or goes to an index."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from gloveui.views.languages import Translated
from gloveui.views.models.row_arranger import MODES

NARROWEST = 52  # pixels of the field and of the choice, where the panel is narrow
_INDEX = re.compile(r"#\s*(\d{1,12})")


class RowFilter(Translated, QWidget):
    """What is typed is looked for at once; ``#123`` is an index to go to."""

    narrowed = Signal(str, str)  # text and one of `MODES`
    index_wanted = Signal(object)  # int
    entered = Signal()  # by Enter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        self.edit.setObjectName("lookupFilterEdit")
        self.edit.setClearButtonEnabled(True)
        self.edit.setMinimumWidth(NARROWEST)
        self.mode_combo = QComboBox()
        self.mode_combo.setObjectName("lookupFilterMode")
        for mode in MODES:
            self.mode_combo.addItem("", mode)
        self.mode_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.mode_combo.setMinimumWidth(NARROWEST)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.mode_combo)
        self.edit.textChanged.connect(self._read)
        self.edit.returnPressed.connect(self.entered)
        self.mode_combo.currentIndexChanged.connect(self._read)
        self.retranslate()

    def retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("Filter words, or #index"))
        self.edit.setAccessibleName(self.tr("Filter words"))
        self.mode_combo.setAccessibleName(self.tr("How words are filtered"))
        for place, name in enumerate((self.tr("contains"), self.tr("begins with"), self.tr("regex"))):
            self.mode_combo.setItemText(place, name)

    def mark_invalid(self, is_invalid: bool) -> None:
        """Give the field the border of what cannot be used."""
        if bool(self.edit.property("invalid")) != is_invalid:
            self.edit.setProperty("invalid", is_invalid)
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)

    def _read(self) -> None:
        text = self.edit.text().strip()
        index = _INDEX.fullmatch(text)
        if index is not None:
            self.index_wanted.emit(int(index[1]))
        else:
            self.narrowed.emit(text, self.mode_combo.currentData())
