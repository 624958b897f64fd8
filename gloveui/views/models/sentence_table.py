"""The words of a sentence as rows of the look-up table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from gloveui.core.lookup import UNKNOWN, UNKNOWN_ID, LookupTable
from gloveui.views.models.vector_rows import WORD, VectorRowsModel, shortened

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_BACKGROUND = int(Qt.ItemDataRole.BackgroundRole)
_FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)


class SentenceTableModel(VectorRowsModel):
    """A row for each word of a sentence; unknown words stand out and have the row of ``<unk>``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tokens: tuple[str, ...] = ()
        self._ink, self._light = QBrush(), QBrush()

    def set_sentence(self, table: LookupTable | None, tokens: Sequence[str]) -> None:
        """Show the rows of these words."""
        self.beginResetModel()
        self._table, self._tokens = table, tuple(tokens) if table is not None else ()
        self._ids = table.ids(self._tokens) if table is not None else np.empty(0, np.int64)
        self.endResetModel()

    def set_colors_of_unknown(self, ink: QColor, light: QColor) -> None:
        """Colours of the text of unknown words, and of what is behind it."""
        self._ink, self._light = QBrush(ink), QBrush(light)
        if self._tokens:
            last = self.index(len(self._tokens) - 1, WORD)
            self.dataChanged.emit(self.index(0, WORD), last, [_FOREGROUND, _BACKGROUND])

    def is_unknown(self, row: int) -> bool:
        """Whether the table has no row for the word."""
        return int(self._ids[row]) == UNKNOWN_ID and self._tokens[row] != UNKNOWN

    def word_at(self, row: int) -> str:
        return self._tokens[row]

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> object:
        if role in (_FOREGROUND, _BACKGROUND):
            if not index.isValid() or index.column() != WORD or not self.is_unknown(index.row()):
                return None
            return self._ink if role == _FOREGROUND else self._light
        return super().data(index, role)

    def word_text(self, row: int) -> str:
        word = shortened(self._tokens[row])
        return f"{word} → {UNKNOWN}" if self.is_unknown(row) else word
