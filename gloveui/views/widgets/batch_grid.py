"""Several sentences as one rectangle of ids: the short ones filled up, the unknown words lit."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gloveui.core.embedding_layer import IdBatch
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.theme import Theme

WIDEST_WORD, MARGIN = 84, 6  # pixels beside text of the usual size
MARK_WIDTH = 4.0
WORD_TYPE = 0.85  # size relative to the ids


class BatchGrid(Translated, QWidget):
    """A row a sentence, a cell a word with its id; a click or an arrow key chooses a sentence."""

    sentence_chosen = Signal(object)  # int

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._batch: IdBatch | None = None
        self._sentence = 0
        self._cell_width = 1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self.retranslate()

    @property
    def sentence(self) -> int:
        """The sentence that is chosen."""
        return self._sentence

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Sentences of the batch"))

    def show_batch(self, batch: IdBatch, sentence: int) -> None:
        """Draw a batch with one of its sentences chosen."""
        self._batch, self._sentence = batch, sentence
        self._fit()

    def cell_rect(self, sentence: int, place: int) -> QRectF:
        """Where a word is."""
        height = self._row_height
        return QRectF(MARK_WIDTH + place * self._cell_width, sentence * height, self._cell_width, height)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose(int(event.position().y() // self._row_height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._choose(self._sentence + step)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._batch is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sentences, length = self._batch.ids.shape
        visible = event.rect()
        for sentence in range(sentences):
            for place in range(length):
                if self.cell_rect(sentence, place).intersects(QRectF(visible)):
                    self._paint_cell(painter, sentence, place)
        if sentences and length:
            chosen = self.cell_rect(self._sentence, 0)
            mark = QRectF(QPointF(0, chosen.top() + 2), QPointF(MARK_WIDTH - 1, chosen.bottom() - 2))
            painter.fillRect(mark, self._theme.color("accent"))

    @property
    def _row_height(self) -> float:
        return float(self.fontMetrics().height() + self._word_metrics().height() + 6)

    def _word_metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._theme.font(WORD_TYPE))

    def _choose(self, sentence: int) -> None:
        if self._batch is not None and 0 <= sentence < len(self._batch.ids):
            self._sentence = sentence
            self.update()
            self.sentence_chosen.emit(sentence)

    def _fit(self) -> None:
        metrics = self._word_metrics()
        words = {word for row in self._batch.words for word in row} if self._batch is not None else set()
        ids = self._batch.ids.ravel().tolist() if self._batch is not None else []
        widths = [metrics.horizontalAdvance(shortened(word)) for word in words]
        widths += [float(self.fontMetrics().horizontalAdvance(str(index))) for index in set(ids)]
        self._cell_width = min(max(widths, default=0.0), float(self._theme.pixels(WIDEST_WORD))) + 2 * MARGIN
        rows, columns = self._batch.ids.shape if self._batch is not None else (0, 0)
        width = MARK_WIDTH + columns * self._cell_width + 1
        self.setFixedSize(QSize(round(width), round(rows * self._row_height + 1)))
        self.update()

    def _paint_cell(self, painter: QPainter, sentence: int, place: int) -> None:
        assert self._batch is not None
        is_unknown = self._batch.is_unknown(sentence, place)
        is_padding = self._batch.is_padding(sentence, place)
        rect = self.cell_rect(sentence, place).adjusted(1, 1, -1, -1)
        background = "warn_tint" if is_unknown else "soft" if sentence == self._sentence else "raised"
        painter.setPen(QPen(self._theme.color("warn" if is_unknown else "border"), 1))
        painter.setBrush(self._theme.color("surface" if is_padding else background))
        painter.drawRoundedRect(rect, 4, 4)
        halves = QRectF(rect.left(), rect.top() + 1, rect.width(), self._word_metrics().height())
        painter.setPen(self._theme.color("muted"))
        painter.setFont(self._theme.font(WORD_TYPE))
        word = shortened(self._batch.words[sentence][place])
        word = self._word_metrics().elidedText(word, Qt.TextElideMode.ElideRight, rect.width() - 4)
        painter.drawText(halves, Qt.AlignmentFlag.AlignCenter, word)
        painter.setPen(self._theme.color("muted" if is_padding else "text"))
        painter.setFont(self._theme.font())
        below = QRectF(rect.left(), halves.bottom(), rect.width(), rect.bottom() - halves.bottom())
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(self._batch.ids[sentence, place]))
