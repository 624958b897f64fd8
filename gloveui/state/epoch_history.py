"""The epochs of the last training, kept so that it can be played again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gloveui.core.snapshots import EpochSnapshot, SnapshotSeries
from gloveui.core.vocabulary import Vocabulary


class EpochHistory(QObject):
    """Snapshots of one training; they grow while it runs and go when another begins."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._series: SnapshotSeries | None = None
        self._number = 0

    @property
    def series(self) -> SnapshotSeries | None:
        """All that is kept; None before there is anything."""
        return self._series

    @property
    def number(self) -> int:
        """Number of the model that the training makes; 0 for none."""
        return self._number

    @property
    def snapshots(self) -> tuple[EpochSnapshot, ...]:
        """Oldest first."""
        return self._series.snapshots if self._series is not None else ()

    @property
    def vocabulary(self) -> Vocabulary | None:
        """All words of the training; the first ones have vectors in the snapshots."""
        return self._series.vocabulary if self._series is not None else None

    def show(self, number: int, series: SnapshotSeries) -> None:
        """Take in what is kept of the training that makes the model with this number."""
        if series is not self._series:
            self._series, self._number = series, number
            self.changed.emit()

    def clear(self) -> None:
        """Let go of everything."""
        if self._series is not None:
            self._series, self._number = None, 0
            self.changed.emit()
