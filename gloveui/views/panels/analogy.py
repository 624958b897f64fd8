"""Analogies: the word that is to one word as a second is to a first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gloveui.core.queries import analogy
from gloveui.core.vocabulary import Vocabulary
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened
from gloveui.views.theme import Theme
from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.model_note import ModelNote
from gloveui.views.widgets.neighbour_table_view import NeighbourTableView
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.word_edit import WordEdit

MOST_RESULTS = 10
MOST_EXAMPLES = 4
EXAMPLES = (
    ("man", "woman", "boy"),
    ("man", "woman", "king"),
    ("good", "better", "bad"),
    ("he", "she", "his"),
    ("one", "two", "three"),
    ("england", "english", "france"),
    ("남자", "여자", "왕"),
    ("아버지", "어머니", "아들"),
    ("한국", "서울", "일본"),
)


class AnalogyPanel(Translated, QWidget):
    """a : b = c : ?, answered by 3CosAdd."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._make_parts()
        self._arrange()
        self._connect()
        self._show_model()
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Analogy"))
        self.empty.set_texts(
            self.tr("No vectors yet"),
            self.tr("Press Train: then words can be asked for, such as man : woman = boy : ?"),
        )
        names = (self.tr("first"), self.tr("second"), self.tr("third"))
        for edit, name in zip(self.edits, names, strict=True):
            edit.setPlaceholderText(name)
            edit.setAccessibleName(name)
        self.hint_label.setText(self.tr("Choose an example, or fill in three words"))
        self.table.setAccessibleName(self.tr("Answers"))
        self.table.rows.set_score_name(self.tr("3CosAdd"))
        self.note_label.setText(self.tr("3CosAdd: cos(d, b) − cos(d, a) + cos(d, c), without a, b, c"))
        self._answer()

    def _make_parts(self) -> None:
        self.empty = EmptyState(self._theme, "search")
        self.edits = [WordEdit(self._session, self._theme, with_icon=False) for _ in range(3)]
        for edit, name in zip(self.edits, ("analogyA", "analogyB", "analogyC"), strict=True):
            edit.setObjectName(name)
            edit.setMinimumWidth(60)
        self.examples = Chips()
        self.hint_label = QLabel()
        self.hint_label.setProperty("muted", True)
        self.hint_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.answer_label = ElidedLabel()
        self.answer_label.setObjectName("analogyAnswer")
        self.answer_label.setProperty("large", True)
        self.unknown_label = ElidedLabel()
        self.table = NeighbourTableView(self._theme)
        self.table.setObjectName("analogyTable")
        self.model_note = ModelNote(self._session)
        self.note_label = ElidedLabel()
        self.note_label.setProperty("muted", True)

    def _arrange(self) -> None:
        question = QHBoxLayout()
        question.setSpacing(8)
        for edit, sign in zip(self.edits, (":", "=", ": ?"), strict=True):
            question.addWidget(edit, 1)
            question.addWidget(_sign(sign))
        self._pages = PanelPages(self, self.empty)
        outer = self._pages.contents
        outer.addLayout(question)
        for widget in (self.model_note, self.examples, self.unknown_label, self.answer_label):
            outer.addWidget(widget)
        outer.addWidget(self.table, 1)
        outer.addWidget(self.hint_label, 1)
        outer.addWidget(self.note_label)

    def _connect(self) -> None:
        for edit in self.edits:
            edit.word_entered.connect(self._enter)
        self.examples.chosen.connect(self._take_example)
        self.table.word_chosen.connect(self._session.set_focus_word)
        self._session.model_changed.connect(self._show_model)

    def _show_model(self) -> None:
        embedding = self._session.embedding
        if embedding is not None:
            known = answerable(embedding.vocabulary)[:MOST_EXAMPLES]
            self.examples.set_texts([f"{a} : {b} = {c} : ?" for a, b, c in known])
        self._answer()
        # Last: shown before it is arranged, the page would ask for room for all of its parts, and keep it.
        self._pages.show_contents(embedding is not None)

    def _take_example(self, text: str) -> None:
        words = text.replace(" = ", " : ").split(" : ")
        for edit, word in zip(self.edits, words, strict=False):
            edit.setText(word)
        self._answer()

    def _enter(self) -> None:
        """Answer; with a word still missing, go to its field."""
        missing = [edit for edit in self.edits if not edit.text().strip()]
        if missing:
            missing[0].setFocus()
        self._answer()

    def _answer(self) -> None:
        embedding = self._session.embedding
        if embedding is None:
            return
        words = [edit.text().strip() for edit in self.edits]
        unknown = self._mark_unknown(embedding.vocabulary)
        can_answer = all(words) and not unknown
        a, b, c = words
        found = analogy(embedding, a, b, c, MOST_RESULTS) if can_answer else []
        self.table.show_neighbours(found, embedding.vocabulary.has_counts)
        best = shortened(found[0].word) if found else ""
        self.answer_label.setText(f"{a} : {b} = {c} : {best}" if found else "")
        for widget in (self.answer_label, self.table):
            widget.setVisible(bool(found))
        self.hint_label.setVisible(not found)

    def _mark_unknown(self, vocabulary: Vocabulary) -> list[str]:
        """Mark and name the words that the vocabulary does not have."""
        unknown = []
        for edit in self.edits:
            word = edit.text().strip()
            is_unknown = bool(word) and vocabulary.get(word) is None
            edit.mark_unknown(is_unknown)
            if is_unknown and word not in unknown:
                unknown.append(word)
        names = ", ".join(shortened(word) for word in unknown)
        self.unknown_label.setText(self.tr("Not in the vocabulary: {words}").format(words=names))
        self.unknown_label.setVisible(bool(unknown))
        return unknown


def answerable(vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    """The examples whose words are all known."""
    return [words for words in EXAMPLES if all(word in vocabulary for word in words)]


def _sign(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
