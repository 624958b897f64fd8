"""Which words of a map are written, and where: as many as can be read, the most frequent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from gloveui.core.map_picture import Sight, boxes_without_overlap, first_of_tiles

TILE = (96.0, 48.0)  # pixels: the most frequent words of each such part of the map are tried
TRIED = 4  # words of a tile
EACH = 12  # words of a map so small that each is written
APART = (16.0, 6.0)  # pixels between labels
GAP = 3.0  # pixels between a dot and its word
PADDING = (3.0, 1.0)  # pixels round a text
LONGEST = 32  # letters of a label

# Where a label may be, the best first: shares of its own width and height, and sides of its dot.
_SIDES = np.array(
    [
        (0, -0.5, 1, 0), (-1, -0.5, -1, 0), (-0.5, -1, 0, -1), (-0.5, 0, 0, 1),
        (0, -1, 0.7, -0.7), (0, 0, 0.7, 0.7), (-1, -1, -0.7, -0.7), (-1, 0, -0.7, 0.7),
    ],
    np.float32,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """A word that is written, and the box of its text in pixels."""

    index: int
    text: str
    box: QRectF


class WordLabels:
    """Chooses labels again and again, and remembers how wide each is.

    While words or the map move, what is written stays beside its dot as long as it has room; at another zoom
    the choice begins anew.
    """

    def __init__(self) -> None:
        self._words: Sequence[str] = ()
        self._widths = np.zeros(0, np.float32)
        self._metrics = QFontMetricsF(QFont())
        self._bold = self._metrics
        self._written: dict[int, int] = {}  # on which side of its dot
        self._zoom: tuple[float, float] | None = None
        self._positions: NDArray[np.float32] | None = None

    def set_words(self, words: Sequence[str]) -> None:
        """Take other words, most frequent first."""
        self._words = words
        self._widths = np.full(len(words), np.nan, np.float32)
        self.forget()

    def forget(self) -> None:
        """Choose anew the next time, whatever is written."""
        self._written = {}

    def set_fonts(self, usual: QFont, marked: QFont) -> None:
        """Measure in other type."""
        self._metrics, self._bold = QFontMetricsF(usual), QFontMetricsF(marked)
        self._widths[:] = np.nan

    def placed(
        self,
        positions: NDArray[np.float32],
        sight: Sight,
        radius: float,
        marked: Sequence[int] = (),
        preferred: Sequence[int] = (),
        faded: NDArray[np.bool_] | None = None,
    ) -> list[Label]:
        """The labels of a sight, in logical pixels: of marked words, and of others as there is room.

        Preferred words come next, then those that are written already, then the more frequent ones. Every
        label is wholly in sight.
        """
        zoom = sight.frame[2:]
        if zoom != self._zoom and positions is self._positions:
            self.forget()
        self._zoom, self._positions = zoom, positions
        first = list(dict.fromkeys((*marked, *preferred, *self._written)))
        chosen, kept = self._candidates(positions, sight, first, faded)
        count = int(np.isin(np.asarray(marked, np.int64), chosen[:kept]).sum())
        boxes, sides = self._boxes(chosen, sight.pixels(positions[chosen]), radius, count)
        forced = len(chosen) if len(self._words) <= EACH else count
        area = (0.0, 0.0, float(sight.width), float(sight.height))
        places = boxes_without_overlap(boxes, forced, APART, kept if self._written else forced, area)
        rows = np.flatnonzero(places >= 0).tolist()
        self._written = {int(chosen[row]): int(sides[row, places[row]]) for row in rows}
        return [
            Label(int(chosen[row]), self.text(int(chosen[row])), _rectangle(boxes[row, places[row]]))
            for row in rows
        ]

    def text(self, index: int) -> str:
        """What is written for a word: it, or its beginning."""
        word = self._words[index]
        return word if len(word) <= LONGEST else word[: LONGEST - 1] + "…"

    def _candidates(
        self,
        positions: NDArray[np.float32],
        sight: Sight,
        preferred: Sequence[int],
        faded: NDArray[np.bool_] | None,
    ) -> tuple[NDArray[np.int64], int]:
        """Numbers of the words in sight that may be written, and how many preferred ones come first."""
        _, _, across, down = sight.frame
        rectangle = (sight.left, sight.bottom, sight.right, sight.top)
        tile = TILE[0] / across, TILE[1] / down
        tried = TRIED if len(self._words) > EACH else EACH
        found = first_of_tiles(positions, rectangle, tile, tried, faded)
        lower, upper = np.array(rectangle, np.float32).reshape(2, 2)
        first = np.asarray(preferred, np.int64)
        if faded is not None:
            first = first[~(faded[first] & np.isin(first, list(self._written)))]
        first = first[((positions[first] >= lower) & (positions[first] <= upper)).all(axis=1)]
        return np.concatenate([first, found[~np.isin(found, first)]]), len(first)

    def _boxes(
        self, chosen: NDArray[np.int64], pixels: NDArray[np.float64], radius: float, marked: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """float32 [n, k, 4]: the places that each label may have; int64 [n, k]: their sides of the dot."""
        for index in chosen[np.isnan(self._widths[chosen])]:
            self._widths[index] = self._metrics.horizontalAdvance(self.text(int(index)))
        widths = self._widths[chosen].copy()
        for row in range(marked):
            widths[row] = self._bold.horizontalAdvance(self.text(int(chosen[row])))
        size = np.stack([widths, np.full(len(widths), self._metrics.height(), np.float32)], axis=1)
        size += 2 * np.array(PADDING, np.float32)
        away = np.float32(radius + GAP - PADDING[0])
        corners = pixels[:, None, :] + _SIDES[None, :, :2] * size[:, None, :] + _SIDES[None, :, 2:] * away
        boxes = np.concatenate([corners, corners + size[:, None, :]], axis=2).astype(np.float32)
        order = np.tile(np.arange(len(_SIDES)), (len(chosen), 1))
        for row, index in enumerate(chosen.tolist()):
            last = self._written.get(index, 0)
            if last:
                order[row] = [last, *(side for side in range(len(_SIDES)) if side != last)]
        return np.take_along_axis(boxes, order[:, :, None], axis=1), order


def _rectangle(box: NDArray[np.float32]) -> QRectF:
    left, top, right, bottom = box.tolist()
    return QRectF(left, top, right - left, bottom - top)
