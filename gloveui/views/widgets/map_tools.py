"""What is done with a map by hand: find a word, move or go round words, show all, take it out."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gloveui.state.session import Session
from gloveui.views.languages import Translated
from gloveui.views.plots.word_map import MODES, WordMap
from gloveui.views.theme import Theme
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.segments import Segments
from gloveui.views.widgets.word_edit import WordEdit

SEARCH_WIDTH = 220  # pixels at most
LEAST_WIDTH = 72


class MapTools(Translated, QWidget):
    """One line beside a map, which it serves."""

    def __init__(self, session: Session, theme: Theme, word_map: WordMap) -> None:
        super().__init__()
        self._theme = theme
        self.search_edit = WordEdit(session, theme)
        self.search_edit.setObjectName("mapSearch")
        self.modes = Segments(MODES)
        self.modes.setObjectName("mapModes")
        self.fit_button = QToolButton()
        self.fit_button.setObjectName("mapFit")
        self.fit_button.setProperty("quiet", True)
        self.export_button = ExportButton(theme)
        self.export_button.setObjectName("mapExport")
        self._arrange()
        self.modes.chosen.connect(word_map.set_mode)
        self.fit_button.clicked.connect(word_map.fit)
        theme.changed.connect(self._draw_icons)
        self._draw_icons()
        self.retranslate()

    def retranslate(self) -> None:
        self.search_edit.setPlaceholderText(self.tr("Find a word"))
        self.search_edit.setAccessibleName(self.tr("Find a word on the map"))
        self.fit_button.setToolTip(self.tr("Show all words (Home)"))
        self.fit_button.setAccessibleName(self.tr("Show all words (Home)"))
        for mode, text in (
            ("move", self.tr("Drag to move")),
            ("lasso", self.tr("Drag round words to choose them (also Shift and drag)")),
            ("rectangle", self.tr("Drag a rectangle over words to choose them")),
        ):
            self.modes.button(mode).setToolTip(text)
            self.modes.button(mode).setAccessibleName(text)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.search_edit.setMinimumWidth(LEAST_WIDTH)
        self.search_edit.setMaximumWidth(self._theme.pixels(SEARCH_WIDTH))
        row.addWidget(self.search_edit, 2)
        row.addStretch(1)
        row.addWidget(self.modes)
        row.addWidget(self.fit_button)
        row.addWidget(self.export_button)

    def _draw_icons(self) -> None:
        self.fit_button.setIcon(self._theme.icon("fit"))
        for mode in MODES:
            self.modes.button(mode).setIcon(self._theme.icon(mode))
