"""Asks for the pictures of a heatmap: always the one that is in sight, and one of everything."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Signal

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.heatmap import HeatmapPicture, View, fitting_view, heatmap_picture
from gloveui.core.progress import Task
from gloveui.core.quantities import Quantity
from gloveui.core.resources import Resources
from gloveui.core.word_order import WordOrder
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job

OVERVIEW_PX = 160
MOST_KEPT = 8  # pictures, some megabytes each
WHOLE = 0.999  # of the words in sight are all of them


@dataclass(frozen=True, eq=False)
class Subject:
    """What pictures are made of."""

    matrix: CooccurrenceMatrix
    order: WordOrder
    quantity: Quantity
    reduction: str
    resources: Resources

    @property
    def size(self) -> int:
        """Words shown."""
        return len(self.order.ids)

    def picture(self, view: View) -> Task[HeatmapPicture]:
        """A picture of a part."""
        return heatmap_picture(self.matrix, self.order, self.quantity, view, self.reduction, self.resources)

    def is_news_of(self, other: Subject | None) -> bool:
        """Whether it is the same but for what a model has learned meanwhile."""
        return (
            other is not None
            and self.matrix is other.matrix
            and self.order is other.order
            and self.quantity.name == other.quantity.name
            and self.reduction == other.reduction
        )


class HeatmapSource(QObject):
    """Pictures of one heatmap, made beside the window.

    A picture under way is finished when only another part or news of the model is wanted, so that a long
    movement shows something on its way; what has become useless, or is out of sight, is cancelled.
    """

    picture_ready = Signal(object)  # HeatmapPicture
    overview_ready = Signal(object)  # HeatmapPicture of everything, small

    def __init__(self, jobs: JobQueue, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._name = name
        self._subject: Subject | None = None
        self._is_active = False
        self._sight: tuple[QRectF, float] | None = None
        self._job: Job | None = None
        self._asked: Subject | None = None  # what the job is about
        self._under_way: View | None = None  # the part that it is of
        self._shown: tuple[Subject | None, View] | None = None  # of the last picture
        self._kept: dict[View, HeatmapPicture] = {}
        self._kept_of: Subject | None = None
        self._overview_job: Job | None = None
        self._overview_of: Subject | None = None

    @property
    def subject(self) -> Subject | None:
        """What pictures are made of."""
        return self._subject

    @property
    def is_busy(self) -> bool:
        """Whether a sharper picture is on its way."""
        return self._job is not None

    def show(self, subject: Subject | None) -> None:
        """Make pictures of something else from now on."""
        if subject is None or not subject.is_news_of(self._subject):
            self._job = self._asked = self._shown = None
        self._subject = subject
        self._ask_if_needed()

    def set_active(self, is_active: bool) -> None:
        """Make pictures, or none as long as nobody sees them."""
        self._is_active = is_active
        self._ask_if_needed()

    def look(self, sight: QRectF, pixels: float) -> None:
        """Note what is in sight (columns along x) and how many pixels wide that is."""
        self._sight = sight, pixels
        if self._job is not None and not _is_in_sight(self._under_way, sight):
            self._job.cancel()
            self._job = None
        self._ask_if_needed()

    def _ask_if_needed(self) -> None:
        subject = self._subject
        if subject is None or self._sight is None or not self._is_active or self._job is not None:
            return
        wanted = self._wanted_view(subject, *self._sight)
        if self._is_sharp(subject, wanted, self._sight[0]):
            self._ask_for_overview(subject, self._sight[0])
            return
        if self._kept_of is subject and wanted in self._kept:
            self._show(subject, self._kept[wanted])
            return
        self._asked, self._under_way = subject, wanted
        self._job = self._jobs.ask(self._name, subject.picture(wanted))
        self._job.succeeded.connect(self._take_picture)
        self._job.failed.connect(self._give_up)

    def _wanted_view(self, subject: Subject, sight: QRectF, pixels: float) -> View:
        return fitting_view(
            sight.top(), sight.bottom(), sight.left(), sight.right(), subject.size,
            pixels * sight.height() / sight.width(), pixels,
        )  # fmt: skip

    def _is_sharp(self, subject: Subject, wanted: View, sight: QRectF) -> bool:
        """Whether the present picture is of this subject, and shows what is in sight as finely as wanted."""
        if self._shown is None or self._shown[0] is not subject or self._shown[1].block != wanted.block:
            return False
        top, left = max(sight.top(), 0), max(sight.left(), 0)
        bottom, right = min(sight.bottom(), subject.size), min(sight.right(), subject.size)
        return self._shown[1].covers(top, bottom, left, right)

    def _take_picture(self, picture: HeatmapPicture) -> None:
        if self.sender() is not self._job:
            return
        self._job = None
        self._keep(picture)
        self._show(self._asked, picture)
        self._ask_if_needed()

    def _show(self, subject: Subject | None, picture: HeatmapPicture) -> None:
        self._shown = subject, picture.view
        self.picture_ready.emit(picture)

    def _keep(self, picture: HeatmapPicture) -> None:
        """Keep the last pictures of a subject: everything is looked at again and again."""
        if self._kept_of is not self._asked:
            self._kept_of, self._kept = self._asked, {}
        self._kept[picture.view] = picture
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]

    def _give_up(self) -> None:
        """Leave what is drawn; the queue has told of the error, and another subject is a new start."""
        if self.sender() is self._job:
            self._job = self._subject = None

    def _ask_for_overview(self, subject: Subject, sight: QRectF) -> None:
        """Ask for everything as a small picture, once a subject, as soon as a part is looked at."""
        is_on_its_way = self._overview_job is not None and subject.is_news_of(self._overview_of)
        is_whole = min(sight.width(), sight.height()) >= subject.size * WHOLE
        if self._overview_of is subject or is_on_its_way or is_whole:
            return
        self._overview_of = subject
        size = subject.size
        view = fitting_view(0, size, 0, size, size, OVERVIEW_PX, OVERVIEW_PX)
        self._overview_job = self._jobs.ask(f"{self._name} overview", subject.picture(view))
        self._overview_job.succeeded.connect(self._take_overview)

    def _take_overview(self, picture: HeatmapPicture) -> None:
        if self.sender() is self._overview_job:
            self._overview_job = None
            self.overview_ready.emit(picture)


def _is_in_sight(view: View | None, sight: QRectF) -> bool:
    if view is None:
        return False
    rows = view.first_row < sight.bottom() and sight.top() < view.last_row
    return rows and view.first_column < sight.right() and sight.left() < view.last_column
