"""A table of answers: word, score with a bar, count, and rank by frequency where that is wanted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from gloveui.core.queries import Neighbour
from gloveui.core.stability import Stability
from gloveui.views.models.neighbour_table import COUNT, RANK, SCORE, SEEDS, WORD, NeighbourTableModel
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.bar_delegate import BarDelegate
from gloveui.views.widgets.quiet_table import make_quiet
from gloveui.views.widgets.seed_badges import SeedBadges
from gloveui.views.widgets.whole_table import HEADING_ROOM

ROW_HEIGHT = 28
COLUMN_MARGINS = 18  # pixels
WORTH_DOTS = 400  # pixels of a table that has room for dots beside numbers


class NeighbourTableView(QTableView):
    """Never scrolls sideways: the word gives way. Double click or Enter chooses a word."""

    word_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = NeighbourTableModel(self)
        self.bars, self._badges = BarDelegate(theme, parent=self), SeedBadges(theme, self)
        self.setModel(self.rows)
        self.setItemDelegateForColumn(SCORE, self.bars)
        self.setItemDelegateForColumn(SEEDS, self._badges)
        self._prepare()
        self.activated.connect(self._choose)
        self.rows.headerDataChanged.connect(self._fit_columns)
        theme.changed.connect(self._fit_rows)
        self._fit_rows()

    def show_neighbours(self, neighbours: Sequence[Neighbour], has_counts: bool) -> None:
        """Show an answer; without counts, their column goes."""
        scores = [neighbour.score for neighbour in neighbours]
        self.bars.set_range(min(0.0, *scores, 0.0), max(1.0, *scores, 1.0))
        self.rows.set_neighbours(neighbours)
        self.bars.widest_text = max(map(self.rows.score_text, (-0.5, *scores)), key=len)
        self.setColumnHidden(COUNT, not has_counts)
        self.setColumnHidden(SEEDS, True)
        self._fit_columns()
        self.scrollToTop()

    def show_seeds(self, stability: Stability | None, index: int | None) -> None:
        """Badge the neighbours of the word with this id by how many seeds agree; None for no badges.

        Only ranks that the seeds were asked for have one.
        """
        is_known = stability is not None and index is not None and index < len(stability)
        if is_known and stability is not None and index is not None:
            asked = self.rows.neighbours[: stability.k]
            agreeing = [stability.agreement(index, one.index) for one in asked]
            self.rows.set_seeds(len(stability.seeds), agreeing)
        self.setColumnHidden(SEEDS, not is_known)
        self._fit_columns()

    def show_ranks(self, shown: bool) -> None:
        """Show how frequent the words are among all, or leave that out."""
        self.setColumnHidden(RANK, not shown)

    def selected_word(self) -> str:
        """The word whose row is selected; empty if none is."""
        rows = self.selectionModel().selectedRows()
        return self.rows.word_at(rows[0].row()) if rows else ""

    def select_word(self, word: str) -> None:
        """Select the row of a word, if it has one."""
        row = self.rows.row_of(word)
        if row is not None:
            self.selectRow(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.isColumnHidden(SEEDS):
            self._fit_columns()

    def _prepare(self) -> None:
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        make_quiet(self)
        header = self.horizontalHeader()
        header.setSectionResizeMode(WORD, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(SCORE, QHeaderView.ResizeMode.Stretch)
        for column in (COUNT, RANK, SEEDS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self.show_ranks(False)
        self.setColumnHidden(SEEDS, True)

    def _fit_columns(self) -> None:
        """As wide as their longest text; Qt would ask for ten things of each of a thousand cells."""
        neighbours, metrics = self.rows.neighbours, self.fontMetrics()
        largest = {
            COUNT: max((neighbour.count for neighbour in neighbours), default=0),
            RANK: max((neighbour.index + 1 for neighbour in neighbours), default=0),
        }
        for column, number in largest.items():
            heading = str(self.rows.headerData(column, Qt.Orientation.Horizontal))
            widest = max(map(metrics.horizontalAdvance, (heading, grouped(number))))
            self.setColumnWidth(column, widest + COLUMN_MARGINS)
        seeds = self.rows.seeds
        name = metrics.horizontalAdvance(str(self.rows.headerData(SEEDS, Qt.Orientation.Horizontal)))
        text = metrics.horizontalAdvance(f"{seeds}/{seeds}")
        has_room = self.width() >= self._theme.pixels(WORTH_DOTS)
        badge = self._badges.width(seeds, text) if has_room else text + COLUMN_MARGINS
        self.setColumnWidth(SEEDS, max(name + COLUMN_MARGINS, badge))

    def _fit_rows(self) -> None:
        self._fit_columns()
        self.verticalHeader().setDefaultSectionSize(self._theme.pixels(ROW_HEIGHT))
        header = self.horizontalHeader()
        # Its own hint stays that of the type before (seen in Qt 6.11).
        header.setMinimumHeight(header.fontMetrics().height() + HEADING_ROOM)

    def _choose(self, index: QModelIndex) -> None:
        self.word_chosen.emit(self.rows.word_at(index.row()))
