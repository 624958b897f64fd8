"""What is done with a map by hand: move it or go round words, show all of them, take it out."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gloveui.views.languages import Translated
from gloveui.views.plots.word_map import MODES, WordMap
from gloveui.views.theme import Theme
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.segments import Segments


class MapTools(Translated, QWidget):
    """Buttons for a map, in one line."""

    def __init__(self, theme: Theme, word_map: WordMap) -> None:
        super().__init__()
        self._theme = theme
        self.modes = Segments(MODES)
        self.modes.setObjectName("mapModes")
        self.fit_button = QToolButton()
        self.fit_button.setObjectName("mapFit")
        self.fit_button.setProperty("quiet", True)
        self.export_button = ExportButton(theme)
        self.export_button.setObjectName("mapExport")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in (self.modes, self.fit_button, self.export_button):
            row.addWidget(part)
        self.modes.chosen.connect(word_map.set_mode)
        self.fit_button.clicked.connect(word_map.fit)
        theme.changed.connect(self._draw_icons)
        self._draw_icons()
        self.retranslate()

    def retranslate(self) -> None:
        self.fit_button.setToolTip(self.tr("Show all words (Home)"))
        self.fit_button.setAccessibleName(self.tr("Show all words (Home)"))
        for mode, text in (
            ("move", self.tr("Drag to move")),
            ("lasso", self.tr("Drag round words to choose them (also Shift and drag)")),
            ("rectangle", self.tr("Drag a rectangle over words to choose them")),
        ):
            self.modes.button(mode).setToolTip(text)
            self.modes.button(mode).setAccessibleName(text)

    def _draw_icons(self) -> None:
        self.fit_button.setIcon(self._theme.icon("fit"))
        for mode in MODES:
            self.modes.button(mode).setIcon(self._theme.icon(mode))
