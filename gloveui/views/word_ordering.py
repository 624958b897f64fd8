"""Puts the words of the counts in the order that is wished, beside the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.progress import Progress, Task
from gloveui.core.word_order import WordOrder
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.views.plots.cell_marks import Cell

Pair = tuple[int, int]
"""Ids of a word and of its context word."""


class WordOrdering(QObject):
    """The newest wish counts."""

    ordered = Signal(object, object)  # CooccurrenceMatrix, and a WordOrder of its words
    progressed = Signal(float)  # fraction done
    ended = Signal()  # whether it came to an order or not

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._wish: tuple[Job, CooccurrenceMatrix] | None = None

    def ask(self, matrix: CooccurrenceMatrix, order: Task[WordOrder]) -> None:
        """Make an order of the words of these counts."""
        job = self._jobs.ask("order of words", order)
        self._wish = job, matrix
        job.progressed.connect(self._tell_progress)
        job.succeeded.connect(self._take)
        job.finished.connect(self._end)

    def forget(self) -> None:
        """Wish for no order any more."""
        self._wish = None

    def _tell_progress(self, reports: list[Progress]) -> None:
        fraction = reports[-1].fraction
        if self._is_newest() and fraction is not None:
            self.progressed.emit(fraction)

    def _take(self, order: WordOrder) -> None:
        if self._wish is not None and self._is_newest():
            self.ordered.emit(self._wish[1], order)

    def _end(self) -> None:
        if self._wish is None or self._is_newest():
            self.ended.emit()

    def _is_newest(self) -> bool:
        return self._wish is not None and self.sender() is self._wish[0]


def place_in(order: WordOrder | None, word: int | None) -> int | None:
    """Where a word is in an order, by its id; None where it is not among those shown."""
    if order is None or word is None:
        return None
    place = int(order.places[word])
    return place if place >= 0 else None


def is_alike(
    counts: tuple[CooccurrenceMatrix | None, WordOrder | None],
    others: tuple[CooccurrenceMatrix | None, WordOrder | None],
) -> bool:
    """Whether words in order are those of another order, but for one at most."""
    (matrix, order), (other_matrix, other_order) = counts, others
    if matrix is None or other_matrix is None or order is None or other_order is None:
        return False
    return matrix.vocabulary is other_matrix.vocabulary and abs(len(order) - len(other_order)) <= 1


def cell_of(order: WordOrder | None, pair: Pair | None) -> Cell | None:
    """The row and column of two words, by their ids; None where they are not both shown."""
    if pair is None:
        return None
    row, column = place_in(order, pair[0]), place_in(order, pair[1])
    return (row, column) if row is not None and column is not None else None


def pair_of(order: WordOrder | None, cell: Cell) -> Pair:
    """The ids of the words of a cell that is shown."""
    assert order is not None  # cells come from words that are shown
    return int(order.ids[cell[0]]), int(order.ids[cell[1]])
