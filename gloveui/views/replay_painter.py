"""Pictures of a replay, painted away from the window: frames of a film."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPolygonF

from gloveui.core.map_picture import Sight, dots_picture
from gloveui.core.replay import Replay
from gloveui.storage.moving_picture import Frame
from gloveui.views.palette import Palette, channels
from gloveui.views.plots.label_ink import LabelInk
from gloveui.views.plots.map_canvas import PILL
from gloveui.views.plots.replay_map import TRAIL_ALPHA
from gloveui.views.plots.word_labels import WordLabels

CAPTION, CURVE, MARGIN = 30, 44, 12  # pixels
RADIUS, MARKED_RADIUS = 2.75, 4.5
BETWEEN = 8  # pictures for each epoch that is kept, if that is not too many in all
MOST_PICTURES = 200


@dataclass(frozen=True, eq=False)
class Film:
    """All that the pictures are made of, as values: another thread paints them.

    Attributes
    ----------
    words, replay, marked
        The words, where they are, and numbers of those that are set off.
    sight
        What of the plane is seen, and on how many pixels.
    palette, usual, bold
        Colours and type.
    caption, no_loss
        What stands above, with ``{epoch}`` and ``{loss}`` in it, and what stands for an unknown loss.
    """

    words: tuple[str, ...]
    replay: Replay
    marked: tuple[int, ...]
    sight: Sight
    palette: Palette
    usual: QFont
    bold: QFont
    caption: str
    no_loss: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a picture; both even, as films like it."""
        return self.sight.width // 2 * 2, (self.sight.height + CAPTION + CURVE) // 2 * 2

    def epochs(self, is_smooth: bool) -> NDArray[np.float64]:
        """The epochs of the pictures: those that are kept, and others between them where that is wanted."""
        kept = self.replay.epochs
        steps = max(len(kept) - 1, 1)
        between = max(1, min(BETWEEN, MOST_PICTURES // steps)) if is_smooth else 1
        places = np.arange((len(kept) - 1) * between + 1) / between
        return np.interp(places, np.arange(len(kept)), kept)


class FilmPainter:
    """Paints one film; a thread of its own may do that."""

    def __init__(self, film: Film) -> None:
        self._film = film
        self._labels, self._letters = WordLabels(), LabelInk()
        self._labels.set_words(film.words)
        self._labels.set_fonts(film.usual, film.bold)
        self._ink = np.array([[*channels(film.palette.accent), 255]], np.uint8)

    def gif_frames(self) -> Iterator[Frame]:
        """The last picture, and then all of them from the first; see `write_gif`."""
        epochs = self._film.epochs(is_smooth=True)
        yield self.frame(float(epochs[-1]))
        yield from (self.frame(float(epoch)) for epoch in epochs)

    def kept_frames(self) -> Iterator[Frame]:
        """A picture for each epoch that is kept."""
        yield from (self.frame(float(epoch)) for epoch in self._film.epochs(is_smooth=False))

    def frame(self, epoch: float) -> Frame:
        """uint8, shape (height, width, 3): the replay at an epoch."""
        width, height = self._film.size
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(self._film.palette.surface)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        try:
            self._paint_caption(painter, epoch)
            painter.translate(0, CAPTION)
            self._paint_map(painter, epoch)
            painter.translate(0, height - CAPTION - CURVE)
            self._paint_curve(painter, epoch)
        finally:
            painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
        return rows[:, : 4 * width].reshape(height, width, 4)[:, :, 2::-1].copy()

    def _paint_caption(self, painter: QPainter, epoch: float) -> None:
        film, replay = self._film, self._film.replay
        loss = replay.losses[replay.kept_at(epoch)]
        text = film.caption.format(
            epoch=f"{epoch:.1f}".removesuffix(".0"), loss=f"{loss:.3g}" if np.isfinite(loss) else film.no_loss
        )
        painter.setFont(film.bold)
        painter.setPen(QColor(film.palette.text))
        box = QRectF(MARGIN, 0, film.size[0] - 2 * MARGIN, CAPTION)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_map(self, painter: QPainter, epoch: float) -> None:
        film, sight = self._film, self._film.sight
        places = film.replay.at(epoch)
        painter.setClipRect(QRectF(0, 0, sight.width, sight.height))
        ring = (*channels(film.palette.surface), 255)
        pixels = dots_picture(places, self._ink, sight, RADIUS, ring)
        picture = QImage(
            pixels.data, sight.width, sight.height, 4 * sight.width, QImage.Format.Format_ARGB32_Premultiplied
        )
        painter.drawImage(0, 0, picture)
        self._paint_trails(painter, epoch)
        self._paint_labels(painter, places)
        painter.setClipping(False)

    def _paint_trails(self, painter: QPainter, epoch: float) -> None:
        film = self._film
        color = QColor(film.palette.accent)
        color.setAlphaF(TRAIL_ALPHA)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index in film.marked:
            painter.setPen(QPen(color, 1.5))
            way = film.sight.pixels(trail(film.replay, index, epoch))
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in way.tolist()]))

    def _paint_labels(self, painter: QPainter, places: NDArray[np.float32]) -> None:
        film, marked = self._film, set(self._film.marked)
        for index in film.marked:
            x, y = film.sight.pixels(places[index : index + 1])[0].tolist()
            painter.setPen(QPen(QColor(film.palette.surface), 1.5))
            painter.setBrush(QColor(film.palette.accent))
            painter.drawEllipse(QPointF(x, y), MARKED_RADIUS, MARKED_RADIUS)
        for label in reversed(self._labels.placed(places, film.sight, RADIUS, film.marked)):
            is_marked = label.index in marked
            ground = QColor(film.palette.soft if is_marked else film.palette.surface)
            if is_marked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ground)
                painter.drawRoundedRect(label.box, PILL, PILL)
            ink = QColor(film.palette.accent if is_marked else film.palette.text)
            font = film.bold if is_marked else film.usual
            self._letters.write(painter, label.box, label.text, font, ink, ground)

    def _paint_curve(self, painter: QPainter, epoch: float) -> None:
        film, replay = self._film, self._film.replay
        known = np.isfinite(replay.losses)
        left, width, height = MARGIN, film.size[0] - 2 * MARGIN, CURVE - MARGIN
        first, last = float(replay.epochs[0]), max(float(replay.epochs[-1]), float(replay.epochs[0]) + 1e-6)
        losses = replay.losses[known]
        low = float(losses.min()) if len(losses) else 0.0
        span = (float(losses.max()) - low if len(losses) else 0.0) or 1.0
        across = left + width * (replay.epochs[known] - first) / (last - first)
        down = height * (1 - (losses - low) / span)
        painter.setPen(QPen(QColor(film.palette.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = [QPointF(x, y) for x, y in zip(across.tolist(), down.tolist(), strict=True)]
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(QColor(film.palette.text), 1.5))
        x = left + width * (epoch - first) / (last - first)
        painter.drawLine(QPointF(x, 0), QPointF(x, height))


def trail(replay: Replay, index: int, epoch: float) -> NDArray[np.float32]:
    """float32, shape (k, 2): where a word was at the epochs that are kept, up to where it is now."""
    before = replay.positions[replay.epochs < epoch, index]
    return np.concatenate([before, replay.at(epoch)[index : index + 1]])
