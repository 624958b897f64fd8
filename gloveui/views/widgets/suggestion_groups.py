"""Probe words to click, in groups: with the one word, with the other, most different, with both."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gloveui.core.probe_suggestions import SuggestedProbes
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.plain_tooltip import plain_tooltip

EACH = 6


class SuggestionGroups(Translated, QWidget):
    """A line for each group that has words."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ("", "")
        self._suggested = SuggestedProbes((), (), (), ())
        self._taken: tuple[str, ...] = ()
        self.labels = [QLabel() for _ in range(4)]
        self.groups = [Chips() for _ in range(4)]
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(4)
        layout.setColumnStretch(1, 1)
        self.title = QLabel()
        self.title.setProperty("title", True)
        layout.addWidget(self.title, 0, 0, 1, 2)
        for row, (label, chips) in enumerate(zip(self.labels, self.groups, strict=True)):
            label.setProperty("muted", True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label, row + 1, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            layout.addWidget(chips, row + 1, 1)
            chips.chosen.connect(self.chosen)
        self.retranslate()

    def show_suggestions(
        self, first: str, second: str, suggested: SuggestedProbes, taken: tuple[str, ...]
    ) -> None:
        """Offer probe words for a pair, without those in the table already."""
        self._words, self._suggested, self._taken = (first, second), suggested, taken
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("More probe words"))
        first, second = (shortened(word) for word in self._words)
        groups = self._suggested
        explained = (
            (groups.first, self.tr("≫ 1: with {word}").format(word=first),
             self.tr("At least twice as probable; words met once or twice do not count for much")),
            (groups.second, self.tr("≪ 1: with {word}").format(word=second),
             self.tr("At least twice as probable; words met once or twice do not count for much")),
            (groups.different, self.tr("most different"),
             self.tr("The difference that is least like chance, by the log-likelihood ratio G²")),
            (groups.neutral, self.tr("≈ 1: with both"),
             self.tr("Frequent with both words, more so than in the text as a whole")),
        )  # fmt: skip
        for label, chips, (words, title, why) in zip(self.labels, self.groups, explained, strict=True):
            label.setText(title)
            label.setToolTip(plain_tooltip(why))
            chips.set_texts([word for word in words if word not in self._taken])
            label.setVisible(bool(chips.texts))
            line = chips.layout()
            label.setMinimumHeight(
                line.minimumSize().height() if line is not None else 0
            )  # as its first words
        self.setVisible(any(chips.texts for chips in self.groups))
