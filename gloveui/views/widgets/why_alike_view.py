"""Why two words are alike: what adds up to their cosine in the counts, in the vectors and in the model."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage.export import Cell
from gloveui.views.alike_texts import AlikeTexts
from gloveui.views.languages import Translated
from gloveui.views.models.answer_source import AnswerSource
from gloveui.views.models.explanation import Explanation, explain, is_quickly_explained
from gloveui.views.models.vector_rows import shortened
from gloveui.views.theme import Theme
from gloveui.views.widgets.alike_table_view import AlikeTableView
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.segments import Segments

COUNTS, DIMENSIONS, CONTEXTS = PARTS = ("counts", "dimensions", "contexts")


class WhyAlikeView(Translated, QWidget):
    """One of three explanations at a time; a click on a number of the first shows its sentences."""

    closed = Signal()

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._words: tuple[str, str] | None = None
        self._explanation: Explanation | None = None
        self._texts = AlikeTexts(self)
        self._source = AnswerSource(jobs, "why alike", self)
        self._source.answered.connect(self._show)
        self._make_parts()
        self._arrange()
        self.parts.chosen.connect(self._show_part)
        self.table.number_chosen.connect(self._show_sentences)
        self.close_button.clicked.connect(self.closed)
        theme.changed.connect(self._draw_icon)
        self._draw_icon()
        self.retranslate()

    @property
    def explanation(self) -> Explanation | None:
        """What is shown."""
        return self._explanation

    def explain(self, words: tuple[str, str] | None) -> None:
        """Explain two words of the vocabulary; None: there are none to explain."""
        embedding, matrix = self._session.embedding, self._session.cooccurrence
        if words is None or embedding is None:
            self._words = self._explanation = None
            self._source.forget()
            self._show_part()
        elif not self._is_shown(words):
            self._words = words
            task = explain(embedding, matrix, words, self._session.resources)
            self._source.ask(task, is_quickly_explained(embedding, matrix))

    def show_heading(self, has_title: bool, can_close: bool) -> None:
        """Name the two words where there is room, and let this be closed where that makes sense."""
        self.title.setVisible(has_title)
        self.close_button.setVisible(can_close)

    def retranslate(self) -> None:
        self.parts.set_texts(
            {
                COUNTS: self.tr("Shared contexts"),
                DIMENSIONS: self.tr("Dimensions"),
                CONTEXTS: self.tr("Context vectors"),
            }
        )
        self.close_button.setToolTip(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close"))
        self.table.setAccessibleName(self.tr("What makes the two words alike"))
        self._show_part()

    def export_rows(self) -> Iterator[list[Cell]]:
        """What is in sight, for a spreadsheet."""
        if self._explanation is None:
            return
        yield [self._sum_text()]
        yield list(self._texts.headings(self.parts.key, self._explanation.words))
        for row in self.table.rows.rows:
            yield [row.name, row.share, *row.values, row.note]

    def _make_parts(self) -> None:
        self.title = ElidedLabel()
        self.title.setProperty("title", True)
        self.close_button = QToolButton()
        self.close_button.setProperty("quiet", True)
        self.close_button.setObjectName("similarityCloseWhy")
        self.parts = Segments(PARTS)
        self.table = AlikeTableView(self._theme)
        self.table.setObjectName("similarityWhy")
        self.sum_label, self.hint_label = QLabel(), QLabel()
        for label in (self.sum_label, self.hint_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.hint_label.setProperty("muted", True)
        self.hint_label.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _arrange(self) -> None:
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.hint_label)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.parts, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addLayout(head)
        column.addWidget(self.sum_label)
        column.addWidget(self.pages, 1)

    def _is_shown(self, words: tuple[str, str]) -> bool:
        """Whether these words are explained, or will be in a moment."""
        known = self._explanation
        if words != self._words or (known is None and not self._source.is_waiting):
            return False
        if known is None:
            return True
        is_same_text = known.matrix is self._session.cooccurrence
        return known.embedding is self._session.embedding and is_same_text

    def _show(self, explanation: Explanation) -> None:
        self._explanation = explanation
        self._show_part()

    def _show_part(self) -> None:
        explanation, part = self._explanation, self.parts.key
        if explanation is None:
            self.title.setText(self.tr("Why alike"))
            self._show_rows(False, "", "")
            return
        first, second = (shortened(word) for word in explanation.words)
        title = self.tr("Why “{first}” and “{second}” are alike")
        self.title.setText(title.format(first=first, second=second))
        rows = self._texts.rows(part, explanation)
        has_links = self._session.counted_tokens is not None and explanation.counts is not None
        tip = self.tr("Click or press Enter to see the sentences.") if has_links and part == COUNTS else ""
        self.table.rows.set_headings(
            self._texts.headings(part, explanation.words), self._texts.tips(part, explanation.words)
        )
        self.table.show_rows(rows, part == COUNTS, tip)
        self.sum_label.setToolTip(self._texts.explained(part))
        self._show_rows(bool(rows), self._sum_text(), self._texts.missing(part, explanation))

    def _show_rows(self, shown: bool, sum_text: str, hint: str) -> None:
        self.sum_label.setText(sum_text)
        self.sum_label.setVisible(shown)
        self.hint_label.setText(hint)
        self.pages.setCurrentWidget(self.table if shown else self.hint_label)

    def _sum_text(self) -> str:
        return self._texts.sum_of(self.parts.key, self._explanation) if self._explanation is not None else ""

    def _show_sentences(self, side: int, context: str) -> None:
        if self._explanation is not None:
            self._session.show_evidence(self._explanation.words[side], context)

    def _draw_icon(self) -> None:
        self.close_button.setIcon(self._theme.icon("close"))
