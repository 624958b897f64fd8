"""A field for a word or a sum of words, with the word at the cursor completed."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QStringListModel
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gloveui.state.session import Session
from gloveui.views.theme import Theme
from gloveui.views.widgets.word_edit import WordCompleter, WordEdit, completions

_BREAKS = re.compile(r"[\s()*]+")
_SIGNS = {"+", "-", "−"}
_WAVE = 2  # pixels


class ExpressionEdit(WordEdit):
    """A completion of the whole field is asked for at once; one inside a sum only takes its place there."""

    def __init__(
        self, session: Session, theme: Theme, parent: QWidget | None = None, with_icon: bool = True
    ) -> None:
        self._before, self._begun, self._after = "", "", ""  # the text around the word that is completed
        self._marked: tuple[int, int] | None = None
        super().__init__(session, theme, parent, with_icon)
        self.textChanged.connect(self.unmark)

    @property
    def marked(self) -> tuple[int, int] | None:
        """Where the marked part begins, and its length; None if nothing is marked."""
        return self._marked

    def mark(self, start: int, length: int) -> None:
        """Underline a part of the text, from 0 on, until that changes; what is missing at its end, too."""
        self._marked = (start, length)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._marked is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("bad"), 1.5))
            painter.drawPath(_wave(self._place_of(*self._marked)))

    def completed(self, word: str) -> str:
        """The whole text with a word in the place of the one that was begun."""
        needs_marks = bool(self._before) and _BREAKS.search(word) is not None
        if needs_marks and not self._before.endswith(('"', "“")):
            word = f'"{word}"'
        return self._before + word + self._after

    def begun_word(self) -> str:
        """What is completed: the whole text, or a word in a sum up to the cursor."""
        return self._begun

    def _made_completer(self) -> WordCompleter:
        return _TermCompleter(self, self._completions)

    def _offer_completions(self, typed: str) -> None:
        vocabulary = self._session.vocabulary
        start, cursor = word_before(typed, self.cursorPosition()), self.cursorPosition()
        is_whole = vocabulary is not None and bool(completions(vocabulary, typed))
        if is_whole:  # there may be words with blanks in them
            start, cursor = 0, len(typed)
        self._before, self._begun, self._after = typed[:start], typed[start:cursor], typed[cursor:]
        super()._offer_completions("" if self._begun in _SIGNS else self._begun)

    def _enter(self, word: str) -> None:
        """Ask, unless a word was only put into its place in a sum."""
        is_part = bool(self._before.strip() or self._after.strip())
        if not (is_part and self.sender() is self._completer):
            super()._enter(word)

    def unmark(self) -> None:
        """Take the mark away."""
        self._marked = None
        self.update()

    def _place_of(self, start: int, length: int) -> QRectF:
        """A part of the text in pixels, wherever the field has scrolled to."""
        metrics, text = QFontMetricsF(self.font()), self.text()
        cursor = QRectF(self.cursorRect())
        before = metrics.horizontalAdvance(text[: self.cursorPosition()])
        left = cursor.center().x() - before + metrics.horizontalAdvance(text[:start])
        width = metrics.horizontalAdvance(text[start : start + length]) or metrics.averageCharWidth()
        return QRectF(left, cursor.bottom() - _WAVE, width, _WAVE)


class _TermCompleter(WordCompleter):
    """Puts the word that is chosen in the place of the one at the cursor."""

    def __init__(self, edit: ExpressionEdit, words: QStringListModel) -> None:
        super().__init__(words, edit)
        self._edit = edit

    def splitPath(self, path: str) -> list[str]:
        return super().splitPath(self._edit.begun_word())

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return self._edit.completed(str(index.data()))


def word_before(text: str, cursor: int) -> int:
    """Where the word begins that ends at the cursor; in quotation marks, blanks belong to it."""
    start = max((match.end() for match in _BREAKS.finditer(text, 0, cursor)), default=0)
    is_quoted = text.count('"', 0, cursor) % 2 == 1
    if is_quoted:
        return text.rfind('"', 0, cursor) + 1
    return start


def _wave(place: QRectF) -> QPainterPath:
    """A line that goes up and down under a part of a text."""
    path, x, is_up = QPainterPath(place.bottomLeft()), place.left(), True
    while x < place.right():
        x += _WAVE
        path.lineTo(x, place.top() if is_up else place.bottom())
        is_up = not is_up
    return path
