"""Colours of many signed numbers at once, and of what is written on them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from gloveui.views.color_maps import SIGNED_ZERO, readable_text_on, signed_lut
from gloveui.views.theme import Theme


class SignedColors(QObject):
    """Blue below zero, orange above, zero in the surface's colour; follows the theme.

    Attributes
    ----------
    cells, inks
        The colour of each of the 256 entries of the scale, and of text on it.
    pixels
        uint32, shape (256,): the same colours as an image of the format RGB32 has them.
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._limit = 1.0
        self._mix()
        theme.changed.connect(self._mix)

    @property
    def limit(self) -> float:
        """The absolute value with the strongest colour."""
        return self._limit

    def set_limit(self, limit: float) -> None:
        """Give another absolute value the strongest colour."""
        self._limit = limit
        self.changed.emit()

    def entries(self, values: NDArray[np.floating]) -> NDArray[np.int64]:
        """int64, shape as that of the values: the entry of the scale for each; zero for what is no number."""
        shares = np.clip(np.nan_to_num(values / self._limit), -1.0, 1.0)
        steps = np.where(shares < 0, SIGNED_ZERO, 255 - SIGNED_ZERO)
        return SIGNED_ZERO + np.rint(shares * steps).astype(np.int64)

    def _mix(self) -> None:
        lut = signed_lut(self._theme.palette)
        self.cells = [QColor(*color) for color in lut.tolist()]
        names = [readable_text_on(cell.name()) for cell in self.cells]
        inks = {name: QColor(name) for name in names}  # the same object for the same ink: compared by `is`
        self.inks = [inks[name] for name in names]
        wide = lut.astype(np.uint32)
        self.pixels = np.uint32(0xFF000000) | wide[:, 0] << 16 | wide[:, 1] << 8 | wide[:, 2]
        self.changed.emit()
