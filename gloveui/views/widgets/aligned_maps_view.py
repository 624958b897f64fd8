"""Two models in one plane, side by side: the words around the one in focus, and how far they have moved."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from gloveui.core.alignment import AlignedMaps, Alignment, aligned_maps
from gloveui.core.queries import neighbours
from gloveui.state.values import Model
from gloveui.views.languages import Translated
from gloveui.views.plots.replay_map import ReplayMap
from gloveui.views.theme import Theme
from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.elided_label import ElidedLabel

MAP_WORDS = 120  # the most frequent ones, where no word is in focus
NEAREST = 8  # words around the one in focus, in each model
AROUND = 4  # words around each of these, in the first model
MOVED = 8  # words that are named
MOVED_AMONG = 2_000  # of the most frequent: rare ones move by chance
WIDE = 1.0  # times as wide as high, from which on the maps stand side by side


class AlignedMapsView(Translated, QWidget):
    """Both maps show the same words; in the second a line comes from where the first has a word."""

    word_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._models: tuple[Model, Model] | None = None
        self._alignment: Alignment | None = None
        self._word = ""
        self.shown: AlignedMaps | None = None
        self.titles = ElidedLabel(), ElidedLabel()
        self.maps = ReplayMap(theme), ReplayMap(theme)
        self.moved_label = QLabel()
        self.moved_label.setProperty("muted", True)
        self.moved = Chips()
        self._arrange()
        for one in self.maps:
            one.word_clicked.connect(self._choose)
        self.moved.chosen.connect(self.word_chosen)
        self.retranslate()

    def show_alignment(self, models: tuple[Model, Model], alignment: Alignment, word: str) -> None:
        """Show two models that are aligned, and a word in focus."""
        is_new = alignment is not self._alignment
        self._models, self._alignment, self._word = models, alignment, word
        for title, model in zip(self.titles, models, strict=True):
            title.setText(model.name)
        if is_new:
            order = np.argsort(-alignment.distances[:MOVED_AMONG], kind="stable")[:MOVED]
            self.moved.set_texts([alignment.common.words[place] for place in order.tolist()])
        self._draw()

    def retranslate(self) -> None:
        self.moved_label.setText(self.tr("Moved most:"))
        self.moved_label.setToolTip(
            self.tr("Of the most frequent words those whose vectors differ most after the alignment")
        )
        self.moved.set_action(self.tr("Show “{text}”"))
        for one, side in zip(self.maps, ("A", "B"), strict=True):
            one.setAccessibleName(self.tr("Map of the words in model {side}").format(side=side))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= WIDE * self.height()
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._both.direction() != direction:
            self._both.setDirection(direction)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 200)

    def _arrange(self) -> None:
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(12)
        for side, title, one in zip("AB", self.titles, self.maps, strict=True):
            title.setProperty("title", True)
            one.setObjectName(f"compareMap{side}")
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(title)
            column.addWidget(one, 1)
            self._both.addLayout(column, 1)
        line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        line.setSpacing(8)
        line.addWidget(self.moved_label, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.moved, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._both, 1)
        column.addLayout(line)

    def _draw(self) -> None:
        models, alignment = self._models, self._alignment
        if models is None or alignment is None:
            return
        lit = self._lit_places()
        ground = self._around(lit) if lit else list(range(min(MAP_WORDS, len(alignment.common))))
        embeddings = models[0].embedding, models[1].embedding
        self.shown = aligned_maps(*embeddings, alignment, [*lit, *ground], len(lit) or None)
        words = [alignment.common.words[place] for place in self.shown.places.tolist()]
        faded = np.arange(len(words)) >= len(lit)
        both = self.shown.positions_a, self.shown.positions_b
        trails = np.stack(both, axis=1)
        for one, positions in zip(self.maps, both, strict=True):
            one.set_frame(np.concatenate(both))  # a place is the same place in both
            one.set_world(words, positions)
            one.set_points(words, positions)
            one.set_marked([0] if lit else [])
            one.set_faded(faded if lit else None)
            one.fit()
        self.maps[1].set_trails(list(trails[: len(lit)]))

    def _lit_places(self) -> list[int]:
        """Places of the word in focus, and of its nearest words in both; empty if it is not common."""
        place = self._place(self._word)
        if place is None or self._models is None:
            return []
        near = [found for model in self._models for found in self._near(model, self._word, NEAREST)]
        return list(dict.fromkeys([place, *near]))

    def _around(self, lit: Sequence[int]) -> list[int]:
        """Places of words that are near to those that are lit, and are not lit."""
        if self._models is None or self._alignment is None:
            return []
        words = [self._alignment.common.words[place] for place in lit]
        near = [place for word in words for place in self._near(self._models[0], word, AROUND)]
        return list(dict.fromkeys(place for place in near if place not in lit))

    def _near(self, model: Model, word: str, count: int) -> list[int]:
        """Places of the nearest words in a model, as far as they are common."""
        found = [self._place(one.word) for one in neighbours(model.embedding, word, count)]
        return [place for place in found if place is not None]

    def _place(self, word: str) -> int | None:
        return self._alignment.common.place(word) if self._alignment is not None else None

    def _choose(self, number: int) -> None:
        words: Sequence[str] = self.maps[0].words
        self.word_chosen.emit(words[number])
