"""The question of the similarity panel: its kind, its words and its options."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gloveui.core.vocabulary import Vocabulary
from gloveui.state.session import Session
from gloveui.views.example_words import example_words
from gloveui.views.languages import Translated
from gloveui.views.models.similarity_question import Answer, Mode, Options, Search
from gloveui.views.similarity_texts import SimilarityTexts
from gloveui.views.theme import Theme
from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.expression_edit import ExpressionEdit
from gloveui.views.widgets.panel_head import OptionsButton, panel_head
from gloveui.views.widgets.pin_button import PinButton
from gloveui.views.widgets.query_problem import QueryProblem
from gloveui.views.widgets.segments import Segments
from gloveui.views.widgets.similarity_options import SimilarityOptions
from gloveui.views.widgets.words_field import WordsField

BETWEEN = " · "
ODD_EXAMPLES = (
    ("king", "queen", "prince", "river"),
    ("father", "mother", "sister", "stone"),
    ("red", "blue", "green", "seven"),
    ("왕", "여왕", "왕자", "바다"),
)


class SimilarityForm(Translated, QWidget):
    """Asks as soon as something has been entered or chosen.

    ``ways`` stands before the words, ``export`` at the end of the first line.
    """

    asked = Signal()
    word_entered = Signal(str)  # a word that the vocabulary has, as it spells it

    def __init__(
        self, session: Session, theme: Theme, ways: QWidget, export: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._query = self._other = ""
        self._texts = SimilarityTexts(self)
        self._make_parts(theme)
        self._arrange(ways, export)
        self._connect()
        self.retranslate()

    @property
    def mode(self) -> Mode:
        """The kind of question."""
        return Mode(self.modes.key)

    @property
    def search(self) -> Search:
        """What is asked now, complete or not."""
        mode = self.mode
        words = self.fields[mode].words if mode in self.fields else ()
        query = "" if mode is Mode.ODD else self._query
        return Search(mode, query, self._other if mode is Mode.PAIR else "", words)

    @property
    def options(self) -> Options:
        """How words are compared."""
        return self.options_row.options

    def show_search(self, search: Search) -> None:
        """Show another question without asking it."""
        self.modes.choose(search.mode.value)
        if search.mode is not Mode.ODD:
            self._query = self._spelled(search.query)
        if search.mode is Mode.PAIR:
            self._other = self._spelled(search.other)
        if search.mode in self.fields:
            self.fields[search.mode].set_words(search.words)
        self._show()

    def take_word(self, word: str) -> None:
        """Ask for a word that came into focus; a list to find the odd one of has no use for it."""
        if word and word != self._query:
            self._query = word
            self._show()
            if self.mode is not Mode.ODD:
                self.asked.emit()

    def show_model(self) -> None:
        """Follow the model: its size, and the words that it has."""
        vocabulary = self._vocabulary
        self._query = self._query or self._session.focus_word
        if vocabulary is not None:
            self.options_row.among_box.set_size(len(vocabulary))
        self._show()

    def show_problem(self, answer: Answer | None) -> None:
        """Tell what is wrong with the question, or that nothing is."""
        for problem in self.problems.values():
            problem.clear()
        if answer is not None and answer.error is not None:
            edit = self.other_edit if answer.is_about_other else self.word_edit
            self.problems[edit].show_error(answer.error, answer.spellings)

    def show_suggestions(self, shown: bool) -> None:
        """Offer words to begin with, as long as nothing is asked."""
        vocabulary = self._vocabulary
        self.suggestions.set_texts(self._suggested(vocabulary) if shown and vocabulary is not None else ())

    def retranslate(self) -> None:
        self.word_edit.setPlaceholderText(self.tr("Type a word, or a sum: king - man + woman"))
        self.word_edit.setAccessibleName(self.tr("Word"))
        for property_setter in (self.other_edit.setPlaceholderText, self.other_edit.setAccessibleName):
            property_setter(self.tr("Another word"))
        self.modes.set_texts({mode.value: self._texts.mode(mode) for mode in Mode})
        for mode in Mode:
            self.modes.button(mode.value).setToolTip(self._texts.explained(mode))
        self.options_button.explain(self.tr("How words are compared, and which are listed"))

    def _make_parts(self, theme: Theme) -> None:
        session = self._session
        self.word_edit = ExpressionEdit(session, theme)
        self.word_edit.setObjectName("similarityEdit")
        self.other_edit = ExpressionEdit(session, theme, with_icon=False)
        self.other_edit.setObjectName("similarityOther")
        self.problems = {edit: QueryProblem(edit) for edit in (self.word_edit, self.other_edit)}
        self.fields = {mode: WordsField(session, theme) for mode in (Mode.ODD, Mode.AGAINST)}
        self.fields[Mode.ODD].setObjectName("similarityOddWords")
        self.fields[Mode.AGAINST].setObjectName("similarityList")
        self.pin_button = PinButton(session, theme)
        self.pin_button.setObjectName("similarityPin")
        self.modes = Segments(tuple(mode.value for mode in Mode))
        self.modes.setObjectName("similarityModes")
        self.options_button = OptionsButton(theme)
        self.options_button.setObjectName("similarityOptions")
        self.options_row = SimilarityOptions()
        self.suggestions = Chips()

    def _arrange(self, ways: QWidget, export: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        words = (self.word_edit, self.other_edit, self.fields[Mode.ODD])
        column.addLayout(panel_head(self.modes, self.options_button, export))
        column.addWidget(self.options_row)
        column.addLayout(_in_a_row((ways, *words, self.pin_button), words))
        for widget in (*self.problems.values(), self.fields[Mode.AGAINST], self.suggestions):
            column.addWidget(widget)

    def _connect(self) -> None:
        for edit, enter in ((self.word_edit, self.enter), (self.other_edit, self._enter_other)):
            edit.word_entered.connect(enter)
            self.problems[edit].replaced.connect(enter)
        self.suggestions.chosen.connect(self._take_suggestion)
        self.modes.chosen.connect(self._change_mode)
        self.options_button.toggled.connect(self._show)
        self.options_row.changed.connect(self.asked)
        for field in self.fields.values():
            field.changed.connect(self.asked)
        self._session.words.listed_changed.connect(self._follow_list)

    @property
    def _vocabulary(self) -> Vocabulary | None:
        embedding = self._session.embedding
        return embedding.vocabulary if embedding is not None else None

    def _spelled(self, typed: str) -> str:
        """As the vocabulary spells it; an expression as it was typed."""
        vocabulary = self._vocabulary
        index = vocabulary.get(typed) if vocabulary is not None else None
        return vocabulary.word(index) if vocabulary is not None and index is not None else typed.strip()

    def enter(self, typed: str) -> None:
        """Ask for a word or an expression, as if it had been typed; of a list the words stay."""
        self._query = self._spelled(typed)
        self._show()
        if self.mode is not Mode.ODD:
            self.asked.emit()
        vocabulary = self._vocabulary
        if vocabulary is not None and vocabulary.get(self._query) is not None:
            self.word_entered.emit(self._query)

    def _enter_other(self, typed: str) -> None:
        self._other = self._spelled(typed)
        self._show()
        self.asked.emit()

    def _change_mode(self) -> None:
        self._follow_list()
        self._show()
        self.asked.emit()
        self._field_to_fill().setFocus()

    def _field_to_fill(self) -> QWidget:
        """The first field of this kind of question that is empty."""
        mode = self.mode
        if mode in self.fields and (mode is Mode.ODD or self._query):
            return self.fields[mode].edit.edit
        return self.other_edit if mode is Mode.PAIR and self._query else self.word_edit

    def _follow_list(self) -> None:
        """A list that was made in another view is compared with, as long as none has been typed."""
        listed, field = self._session.words.listed, self.fields[Mode.AGAINST]
        if listed is not None and not field.is_own and listed.words != field.words:
            field.set_words(listed.words)
            if self.mode is Mode.AGAINST:
                self.asked.emit()

    def _take_suggestion(self, text: str) -> None:
        if self.mode is Mode.ODD:
            self.fields[Mode.ODD].set_words(text.split(BETWEEN))
            self.asked.emit()
        elif self.mode is Mode.PAIR and self._query:
            self._enter_other(text)
        else:
            self.enter(text)

    def _suggested(self, vocabulary: Vocabulary) -> Sequence[str]:
        if self.mode is Mode.ODD:
            known = [words for words in ODD_EXAMPLES if all(word in vocabulary for word in words)]
            return [BETWEEN.join(words) for words in known]
        if self.mode is Mode.AGAINST and self._query:
            return ()
        return [word for word in example_words(vocabulary) if word != self._query]

    def _show(self) -> None:
        """Show what the kind of question needs, with its words."""
        mode = self.mode
        for edit, text in ((self.word_edit, self._query), (self.other_edit, self._other)):
            if edit.text() != text:
                edit.setText(text)
        is_odd = mode is Mode.ODD
        self.word_edit.setVisible(not is_odd)
        self.pin_button.setVisible(not is_odd)
        self.options_button.setVisible(not is_odd)
        self.options_row.setVisible(not is_odd and self.options_button.isChecked())
        self.options_row.show_mode(mode)
        self.other_edit.setVisible(mode is Mode.PAIR)
        for own, field in self.fields.items():
            field.setVisible(mode is own)
        vocabulary = self._vocabulary
        is_word = vocabulary is not None and vocabulary.get(self._query) is not None
        self.pin_button.set_word(self._query if is_word else "")


def _in_a_row(widgets: Sequence[QWidget], wide: Sequence[QWidget]) -> QHBoxLayout:
    """Widgets beside one another, the wide ones as far as there is room; all of them begin at the top."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        if widget in wide:
            row.addWidget(widget, 1)
        else:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    return row
