"""The first lines of a text beside the words that they become."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from gloveui.core.tokens import TokenOptions, splitter
from gloveui.views.models.table_cells import AT_LEFT, FlatTable
from gloveui.views.widgets.plain_tooltip import plain_tooltip

LINE, WORDS = range(2)
LONGEST_LINE = 400  # characters that are shown and cut into words: nobody reads more of a line here
BETWEEN_WORDS, BETWEEN_SENTENCES = " · ", "  ¶  "


class PreviewTableModel(FlatTable):
    """Lines as they were read, and their words as the settings cut them."""

    COLUMNS = WORDS + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self._words: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """What stands in the second column, from the top."""
        return self._words

    def show_lines(self, lines: Sequence[str], options: TokenOptions) -> None:
        """Show other lines, or other words of them."""
        split = splitter(options)
        self.beginResetModel()
        self._lines = tuple(line[:LONGEST_LINE] for line in lines)
        self._words = tuple(_written(split(line)) for line in self._lines)
        self.endResetModel()

    def row_total(self) -> int:
        return len(self._lines)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        text = (self._lines if index.column() == LINE else self._words)[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(text)
        return AT_LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def heading(self, column: int) -> str:
        return self.tr("Line") if column == LINE else self.tr("Its words, as the settings under Text say")


def _written(tokens: Sequence[str]) -> str:
    """Words with dots between them, sentences with a mark."""
    sentences: list[list[str]] = [[]]
    for token in tokens:
        if token == "\n":
            sentences.append([])
        else:
            sentences[-1].append(token)
    return BETWEEN_SENTENCES.join(BETWEEN_WORDS.join(words) for words in sentences if words)
