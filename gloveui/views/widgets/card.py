"""A card: a framed part of the window with a title, a mark for its state, and a body."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gloveui.views.icons import icon_pixmap
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme

MARK_SIDE = 16


class CardStatus(Enum):
    """Where a step of the pipeline stands."""

    NONE = "none"
    EMPTY = "empty"
    RUNNING = "running"
    DONE = "done"
    STALE = "stale"
    FAILED = "failed"


_SIGNS = {
    CardStatus.EMPTY: ("empty", "muted"),
    CardStatus.RUNNING: ("running", "accent"),
    CardStatus.DONE: ("check", "good"),
    CardStatus.STALE: ("stale", "warn"),
    CardStatus.FAILED: ("error", "bad"),
}


class Card(Translated, QFrame):
    """A titled card; put its contents into ``body``."""

    def __init__(
        self, theme: Theme, title: str = "", number: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._status = CardStatus.NONE
        self.setProperty("card", True)
        self.number_label = _label(str(number) if number is not None else "", "title", "accent")
        self.number_label.setVisible(number is not None)
        self.title_label = _label("", "title")
        self.note_label = _label("", "muted")
        self.status_mark = QLabel()
        self.body = QVBoxLayout()
        self._arrange()
        self.set_title(title)
        theme.changed.connect(self._draw_mark)
        self._show_status()

    def set_title(self, title: str) -> None:
        """The title, translated already."""
        self.title_label.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """A short text before the mark, such as the time a step took."""
        self.note_label.setText(note)
        self.note_label.setVisible(bool(note))

    @property
    def status(self) -> CardStatus:
        """Where the step stands."""
        return self._status

    def set_status(self, status: CardStatus) -> None:
        """Mark where the step stands: by a sign, a colour, and a word in the tooltip."""
        self._status = status
        self._show_status()

    def retranslate(self) -> None:
        self._show_status()

    def _show_status(self) -> None:
        word = self._status_word()
        self.status_mark.setToolTip(word)
        self.status_mark.setAccessibleName(word)
        self._draw_mark()

    def _arrange(self) -> None:
        self.header = header = QHBoxLayout()
        header.setSpacing(8)
        header.addWidget(self.number_label)
        header.addWidget(self.title_label)
        header.addStretch(1)
        header.addWidget(self.note_label)
        header.addWidget(self.status_mark)
        self.note_label.hide()
        self.body.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 12, 12, 12)
        outer.setSpacing(8)
        outer.addLayout(header)
        outer.addLayout(self.body)

    def _status_word(self) -> str:
        words = {
            CardStatus.NONE: "",
            CardStatus.EMPTY: self.tr("Nothing yet"),
            CardStatus.RUNNING: self.tr("Running"),
            CardStatus.DONE: self.tr("Done"),
            CardStatus.STALE: self.tr("Out of date: settings have changed since"),
            CardStatus.FAILED: self.tr("Failed"),
        }
        return words[self._status]

    def _draw_mark(self) -> None:
        self.status_mark.setVisible(self._status in _SIGNS)
        if self._status in _SIGNS:
            sign, token = _SIGNS[self._status]
            color = self._theme.color(token)
            side = self._theme.pixels(MARK_SIDE)
            self.status_mark.setPixmap(icon_pixmap(sign, color, side, self.devicePixelRatioF()))


def _label(text: str, *properties: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    for name in properties:
        label.setProperty(name, True)
    return label
