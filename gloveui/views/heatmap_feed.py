"""Keeps one heatmap supplied: with the pictures of what is in sight, their colours, and what these mean."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Signal

from gloveui.core.heatmap import HeatmapPicture
from gloveui.state.job_queue import JobQueue
from gloveui.views.heatmap_source import HeatmapSource, Subject
from gloveui.views.plots.color_legend import PARTED
from gloveui.views.plots.color_scale import ColorScale
from gloveui.views.plots.cooccurrence_heatmap import CooccurrenceHeatmap
from gloveui.views.quantity_texts import quantity_meaning, reduction_text, scale_kind


class HeatmapFeed(QObject):
    """Levels span the values of each picture, unless they are held."""

    drawn = Signal()

    def __init__(
        self, heatmap: CooccurrenceHeatmap, jobs: JobQueue, name: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._heatmap = heatmap
        self._is_logarithmic = self._is_held = False
        self._source = HeatmapSource(jobs, name, self)
        self._source.picture_ready.connect(self._draw)
        self._source.overview_ready.connect(self._draw_overview)

    @property
    def picture(self) -> HeatmapPicture | None:
        """What is drawn now."""
        return self._heatmap.picture

    @property
    def is_busy(self) -> bool:
        """Whether a sharper picture is on its way."""
        return self._source.is_busy

    def show(self, subject: Subject | None) -> None:
        """Make pictures of something else from now on."""
        self._source.show(subject)
        self.say_meaning()

    def set_active(self, is_active: bool) -> None:
        """Make pictures, or none as long as nobody sees them."""
        self._source.set_active(is_active)

    def set_colors(self, is_logarithmic: bool, is_held: bool) -> None:
        """How the present and later pictures are coloured."""
        is_new = is_logarithmic != self._is_logarithmic
        self._is_logarithmic, self._is_held = is_logarithmic, is_held
        if self.picture is not None:
            self._heatmap.show_picture(self.picture, self._scale(self.picture, is_held and not is_new))
            self.say_meaning()
            self.drawn.emit()

    def look(self) -> None:
        """Ask for what the heatmap has in sight, if its picture is of another part or not as fine."""
        self._source.look(self._heatmap.sight(), self._heatmap.pixels())

    def look_at_all(self, size: int) -> None:
        """Ask for every single cell of so many words."""
        self._source.look(QRectF(0, 0, size, size), size)

    def say_meaning(self) -> None:
        """Write under the colours what they mean."""
        subject, picture = self._source.subject, self.picture
        if subject is not None:
            self._heatmap.legend.set_unit(quantity_meaning(subject.quantity, subject.matrix.options))
            coming = self.tr("the picture is being made …")
            self._heatmap.legend.set_note(self._note(picture) if picture is not None else coming)

    def _draw(self, picture: HeatmapPicture) -> None:
        self._heatmap.show_picture(picture, self._scale(picture, self._is_held))
        self.say_meaning()
        self.drawn.emit()

    def _draw_overview(self, picture: HeatmapPicture) -> None:
        self._heatmap.show_overview(picture, self._scale(picture, False))

    def _scale(self, picture: HeatmapPicture, is_held: bool) -> ColorScale:
        kind = scale_kind(picture.quantity, self._is_logarithmic)
        before = self.picture
        is_same = before is not None and before.quantity.name == picture.quantity.name
        scale = self._heatmap.scale
        if is_held and is_same and scale.kind == kind and scale.low is not None:
            return scale
        return ColorScale(kind, picture.lowest, picture.highest)

    def _note(self, picture: HeatmapPicture) -> str:
        notes = []
        if picture.view.block > 1:
            notes.append(reduction_text(picture.reduction, picture.view.block))
        if picture.lowest is None:
            notes.append(self.tr("no two of these words stand together"))
        elif picture.lowest == picture.highest and picture.values.size > 1:
            notes.append(self.tr("all values here are the same"))
        elif self._is_held:
            notes.append(self.tr("colours are held"))
        else:
            notes.append(self.tr("colours: the values in sight"))
        return PARTED.join(notes)
