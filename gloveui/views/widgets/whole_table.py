"""A table that is as high as all of its rows and lets what it stands in do the scrolling."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView, QWidget

from gloveui.views.theme import Theme
from gloveui.views.widgets.quiet_table import make_quiet

HEADING_ROOM = 10  # pixels above and below its letters


class WholeTable(QTableView):
    """For a few rows; a cell at a time is chosen, by a click or by Enter: ``clicked``, ``activated``."""

    def __init__(self, theme: Theme, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row_height = row_height
        self._prepare()
        theme.changed.connect(self._fit_rows)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; the height follows its rows."""
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._fit_rows)
        self._fit_rows()

    def _prepare(self) -> None:
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        make_quiet(self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def _fit_rows(self) -> None:
        height = self._theme.pixels(self._row_height)
        self.verticalHeader().setDefaultSectionSize(height)
        rows = self.model().rowCount() if self.model() is not None else 0
        header = self.horizontalHeader()
        # Its own hint stays that of the type before (seen in Qt 6.11).
        header.setMinimumHeight(header.fontMetrics().height() + HEADING_ROOM)
        heading = max(header.minimumHeight(), header.sizeHint().height())
        self.setFixedHeight(heading + rows * height + 2 * self.frameWidth())

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QTableView.ScrollHint = QTableView.ScrollHint.EnsureVisible,
    ) -> None:
        """Everything is in sight; without this, a cell half below the edge would move the rows."""
