"""What is to be known of the words that are shown: which was added, and how far a new order is."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gloveui.views.languages import Translated
from gloveui.views.widgets.elided_label import ElidedLabel


class OrderNote(Translated, QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._added: tuple[str, int] | None = None
        self.added_label, self.work_label = ElidedLabel(), ElidedLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for label in (self.added_label, self.work_label):
            label.setProperty("muted", True)
            label.hide()
            column.addWidget(label)
        self._show_if_needed()

    def retranslate(self) -> None:
        if self._added is not None:
            self.say_added(*self._added)

    def say_added(self, word: str, top: int) -> None:
        """A word is shown beside the most frequent ones, which are so many."""
        self._added = word, top
        text = self.tr("“{word}” is not among the {count} most frequent words; it is added.")
        self.added_label.setText(text.format(word=word, count=f"{top:,}"))
        self.added_label.show()
        self._show_if_needed()

    def say_nothing_added(self) -> None:
        """The most frequent words are shown, and no other."""
        self._added = None
        self.added_label.hide()
        self._show_if_needed()

    def say_progress(self, fraction: float) -> None:
        """The words are being put in order."""
        text = self.tr("The words are being put in order: {percent} %")
        self.work_label.setText(text.format(percent=int(fraction * 100)))
        self.work_label.show()
        self._show_if_needed()

    def end_progress(self) -> None:
        """The words are in order."""
        self.work_label.hide()
        self._show_if_needed()

    def _show_if_needed(self) -> None:
        self.setHidden(self.added_label.isHidden() and self.work_label.isHidden())
