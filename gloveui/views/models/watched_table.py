"""The nearest words of watched words: a column for each, the nearest at the top, what has left at the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.queries import Neighbour
from gloveui.views.models.table_cells import AT_LEFT, ROOT
from gloveui.views.models.vector_rows import shortened
from gloveui.views.watched_words import WatchedWord
from gloveui.views.widgets.plain_tooltip import plain_tooltip

COME, GONE = "+", "−"
NOTHING = "–"
IS_NEW = Qt.ItemDataRole.UserRole
SCORE = Qt.ItemDataRole.UserRole + 1
WORD = Qt.ItemDataRole.UserRole + 2


class WatchedTableModel(QAbstractTableModel):
    """A word that has come has ``+`` before it; the last row has those that left after a ``−``."""

    def __init__(self, rows: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._watched: tuple[WatchedWord, ...] = ()

    @property
    def watched(self) -> tuple[WatchedWord, ...]:
        """What is shown."""
        return self._watched

    def set_watched(self, watched: Sequence[WatchedWord]) -> None:
        """Show these words; the same words with other neighbours keep their columns."""
        if tuple(watched) == self._watched:
            return  # as for most pictures of a replay
        is_same = [one.word for one in watched] == [one.word for one in self._watched]
        if is_same and self._watched:
            self._watched = tuple(watched)
            corner = self.index(self._rows, len(self._watched) - 1)
            self.dataChanged.emit(self.index(0, 0), corner)
        else:
            self.beginResetModel()
            self._watched = tuple(watched)
            self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else self._rows + 1

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._watched)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        watched, row = self._watched[index.column()], index.row()
        if row == self._rows:
            return self._about_gone(watched, role)
        if row >= len(watched.nearest):
            is_sign = role == Qt.ItemDataRole.DisplayRole and row == 0
            return NOTHING if is_sign else None
        return self._about(watched, watched.nearest[row], role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._watched):
            return None
        word = shortened(self._watched[section].word)
        if role == Qt.ItemDataRole.DisplayRole:
            return word.replace("&", "&&")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return AT_LEFT
        return plain_tooltip(word) if role == Qt.ItemDataRole.ToolTipRole else None

    def _about(self, watched: WatchedWord, neighbour: Neighbour, role: int) -> object:
        is_new = watched.has_come(neighbour)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{COME} {shortened(neighbour.word)}" if is_new else shortened(neighbour.word)
        if role == IS_NEW:
            return is_new
        if role == SCORE:
            return f"{neighbour.score:.2f}"
        if role == WORD:
            return neighbour.word
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(f"{shortened(neighbour.word)}  {neighbour.score:.3f}")
        return None

    def _about_gone(self, watched: WatchedWord, role: int) -> object:
        gone = ", ".join(map(shortened, watched.gone))
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{GONE} {gone}" if gone else ""
        if role == Qt.ItemDataRole.ToolTipRole and gone:
            return plain_tooltip(self.tr("No longer among the nearest: {words}").format(words=gone))
        return None
