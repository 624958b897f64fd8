"""P(k|i), P(k|j) and their ratio for two words and the probe words one likes: table 1 of the GloVe paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gloveui.core.probability import (
    PredictedRatios,
    ProbabilityTable,
    predicted_ratios,
    probability_table,
)
from gloveui.core.probe_suggestions import SuggestedProbes, suggested_probes
from gloveui.core.queries import neighbours
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage.export_code import counting_code
from gloveui.views.languages import Translated
from gloveui.views.models.spelling import nearest_spellings
from gloveui.views.models.vector_rows import shortened
from gloveui.views.theme import Theme
from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.probability_sheet import ProbabilitySheet
from gloveui.views.widgets.row_section import RowSection
from gloveui.views.widgets.smoothing_row import SmoothingRow
from gloveui.views.widgets.suggestion_groups import EACH, SuggestionGroups
from gloveui.views.widgets.tall_area import TallArea
from gloveui.views.widgets.word_edit import WordEdit
from gloveui.views.widgets.word_list_edit import WordListEdit
from gloveui.views.word_pairs import first_pair, known_examples, partner_of, probes_for

LIVE_NAME = "probabilities"
MOST_EXAMPLES = 5
MOST_PROBES = 40
CANDIDATE_PARTNERS = 20


class ProbabilitiesPanel(Translated, QWidget):
    """Two words against probe words; with no choice made, a pair and probes that suit the text."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._pair = ("", "")
        self._probes: list[str] = []
        self._is_second_own = False  # typed, and kept when another word comes into focus
        self._are_probes_own = False
        self._is_stale = False
        self._suggested: tuple[tuple[str, str], SuggestedProbes] | None = None  # for this pair
        self._unknown: tuple[str, tuple[str, ...]] = ("", ())  # words not counted, and where they were typed
        self._make_parts()
        self._arrange()
        self._connect()
        self._show_counts()
        self.retranslate()

    @property
    def pair(self) -> tuple[str, str]:
        """The words i and j; empty without counts."""
        return self._pair

    @property
    def probes(self) -> tuple[str, ...]:
        """The words k."""
        return tuple(self._probes)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Probabilities"))
        self.empty.set_texts(
            self.tr("No counts yet"),
            self.tr("As soon as a text is open, two words can be compared here by the words around them."),
        )
        for edit, name in ((self.first_edit, self.tr("word i")), (self.second_edit, self.tr("word j"))):
            edit.setPlaceholderText(name)
            edit.setAccessibleName(name)
        self.swap_button.setToolTip(self.tr("Exchange the two words"))
        self.swap_button.setAccessibleName(self.tr("Exchange the two words"))
        self.probes_edit.edit.setPlaceholderText(self.tr("Add probe words, such as: solid, gas, water"))
        self.probes_edit.edit.setAccessibleName(self.tr("Probe words"))
        self.probes_edit.chips.setToolTip(self.tr("A click takes a probe word away"))
        self.probes_edit.chips.set_action(self.tr("Take away {text}"))
        self.suggest_button.setText(self.tr("Suggest"))
        self.suggest_button.setToolTip(self.tr("Take the probe words that say most about these two words"))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.want_live(LIVE_NAME, True)
        if self._is_stale:
            self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.want_live(LIVE_NAME, False)

    def _make_parts(self) -> None:
        self.empty = EmptyState(self._theme, "empty")
        self.first_edit = WordEdit(self._session, self._theme)
        self.first_edit.setObjectName("probabilitiesFirst")
        self.second_edit = WordEdit(self._session, self._theme, with_icon=False)
        self.second_edit.setObjectName("probabilitiesSecond")
        self.swap_button = QToolButton()
        self.swap_button.setObjectName("probabilitiesSwap")
        self.swap_button.setText("⇄")
        self.export_button = ExportButton(self._theme)
        self.export_button.setObjectName("probabilitiesExport")
        self.examples = Chips()
        self.unknown_label = ElidedLabel()
        self.spellings = Chips()
        self.probes_edit = WordListEdit(self._session, self._theme)
        self.probes_edit.edit.setObjectName("probabilitiesProbes")
        self.suggest_button = QToolButton()
        self.suggest_button.setObjectName("probabilitiesSuggest")
        self.sheet = ProbabilitySheet(self._theme)
        self.table = self.sheet.table
        self.smoothing = SmoothingRow()
        self.suggestions = SuggestionGroups()
        self.row_section = RowSection(self._theme)

    def _arrange(self) -> None:
        self._pages = PanelPages(self, self.empty)
        self._pages.contents.addLayout(
            _in_a_row(self.first_edit, self.swap_button, self.second_edit, self.export_button)
        )
        for widget in (self.unknown_label, self.spellings, self.examples):
            self._pages.contents.addWidget(widget)
        self._pages.contents.addWidget(self._scrolled(), 1)

    def _scrolled(self) -> TallArea:
        """Everything that may be higher than the panel."""
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(10)
        layout.addWidget(self.sheet)
        layout.addLayout(_in_a_row(self.probes_edit, self.suggest_button))
        for widget in (self.suggestions, self.smoothing, self.row_section):
            layout.addWidget(widget)
        return TallArea(body)

    def _connect(self) -> None:
        self.first_edit.word_entered.connect(self._enter_first)
        self.second_edit.word_entered.connect(self._enter_second)
        self.swap_button.clicked.connect(self._swap)
        self.examples.chosen.connect(self._take_example)
        self.spellings.chosen.connect(self._take_spelling)
        self.probes_edit.words_entered.connect(self._add_probes)
        self.probes_edit.word_removed.connect(self._remove_probe)
        self.suggest_button.clicked.connect(self._suggest)
        self.suggestions.chosen.connect(self._add_probe)
        self.smoothing.changed.connect(self._show_table)
        self.row_section.bars.context_chosen.connect(self._add_probe)
        for table in (self.table, self.row_section.bars):
            table.number_chosen.connect(self._session.show_evidence)
        self._session.cooccurrence_changed.connect(self._show_counts)
        self._session.text_changed.connect(self._offer_exports)
        self._session.predictor_changed.connect(self._show_predicted)
        self._session.focus_word_changed.connect(self._follow_focus)

    def _show_counts(self) -> None:
        """Take over other counts; a pair they do not have gives way to one that they have."""
        matrix = self._session.cooccurrence
        if matrix is not None:
            vocabulary = matrix.vocabulary
            self._probes = [probe for probe in self._probes if probe in vocabulary]
            if not all(word in vocabulary for word in self._pair):
                pair = first_pair(matrix)
                self._pair, self._is_second_own, self._are_probes_own = (
                    (pair.first, pair.second),
                    False,
                    False,
                )
                focus = vocabulary.get(self._session.focus_word)
                if focus is not None:
                    self._put_first(vocabulary.word(focus))
            known = known_examples(vocabulary)[:MOST_EXAMPLES]
            self.examples.set_texts([pair.label for pair in known])
        self._unknown, self._suggested = ("", ()), None
        self.row_section.forget()
        self._offer_exports()
        self._show()
        self._pages.show_contents(matrix is not None)

    def _follow_focus(self, word: str) -> None:
        matrix = self._session.cooccurrence
        index = matrix.vocabulary.get(word) if matrix is not None and word else None
        if matrix is not None and index is not None and matrix.vocabulary.word(index) != self._pair[0]:
            self._unknown = ("", ())
            self._put_first(matrix.vocabulary.word(index))
            self._show()

    def _put_first(self, word: str) -> None:
        """Make a word i; j stays if it was typed, else it is a word that goes well with i."""
        first, second = self._pair
        if word == first:
            return
        if word == second:
            self._pair = (second, first)
        else:
            self._pair = (word, second if self._is_second_own else self._partner(word) or second)

    def _partner(self, word: str) -> str | None:
        """The word that an example sets beside it, else the one most like it by the model."""
        matrix, embedding = self._session.cooccurrence, self._session.embedding
        if matrix is None:
            return None
        partner = partner_of(matrix.vocabulary, word)
        if partner is None and embedding is not None and word in embedding.vocabulary:
            near = (one.word for one in neighbours(embedding, word, CANDIDATE_PARTNERS))
            partner = next((other for other in near if other in matrix.vocabulary), None)
        return partner

    def _enter_first(self, typed: str) -> None:
        for word in self._known([typed], "first"):
            self._put_first(word)
            self._session.set_focus_word(word)
            self._show()

    def _enter_second(self, typed: str) -> None:
        for word in self._known([typed], "second"):
            self._pair, self._is_second_own = (self._pair[0], word), True
            self._show()

    def _swap(self) -> None:
        self._unknown = ("", ())
        self._pair = (self._pair[1], self._pair[0])
        self._session.set_focus_word(self._pair[0])
        self._show()

    def _take_example(self, label: str) -> None:
        matrix = self._session.cooccurrence
        if matrix is None:
            return
        for pair in known_examples(matrix.vocabulary):
            if pair.label == label:
                self._pair = (pair.first, pair.second)
        self._is_second_own = self._are_probes_own = False
        self._unknown = ("", ())
        self._session.set_focus_word(self._pair[0])
        self._show()

    def _suggest(self) -> None:
        self._unknown = ("", ())
        self._are_probes_own = False
        self._show()

    def _add_probe(self, word: str) -> None:
        self._add_probes([word])

    def _add_probes(self, typed: Sequence[str]) -> None:
        known = self._known(typed, "probe")
        if known:
            self._probes = list(dict.fromkeys([*self._probes, *known]))[-MOST_PROBES:]
            self._are_probes_own = True
            self._show()

    def _remove_probe(self, word: str) -> None:
        self._unknown = ("", ())
        self._probes = [probe for probe in self._probes if probe != word]
        self._are_probes_own = True
        self._show()

    def _take_spelling(self, word: str) -> None:
        """Put a word in the place of the one that is not known."""
        enter = {"first": self._enter_first, "second": self._enter_second, "probe": self._add_probe}
        enter[self._unknown[0]](word)

    def _known(self, typed: Sequence[str], field: str) -> list[str]:
        """The words as the counts spell them; a line names those that they do not have."""
        matrix = self._session.cooccurrence
        if matrix is None:
            return []
        found = [(word, matrix.vocabulary.get(word)) for word in typed]
        self._unknown = (field, tuple(word for word, index in found if index is None))
        self._show_unknown()
        return [matrix.vocabulary.word(index) for _, index in found if index is not None]

    def _show(self) -> None:
        """Show the pair as it is now, once the panel can be seen."""
        matrix = self._session.cooccurrence
        self._is_stale = matrix is not None and not self.isVisible()
        if matrix is None or self._is_stale:
            return
        first, second = self._pair
        if self._suggested is None or self._suggested[0] != self._pair:
            self._suggested = (self._pair, suggested_probes(matrix, first, second, EACH))
        suggested = self._suggested[1]
        if not self._are_probes_own:
            self._probes = list(probes_for(matrix.vocabulary, first, second, suggested))
        self.first_edit.setText(first)
        self.second_edit.setText(second)
        self.probes_edit.set_words(self._probes)
        self._show_unknown()
        self.suggestions.show_suggestions(first, second, suggested, self.probes)
        self.row_section.show_words(matrix, first, second)
        self._show_table()

    def _show_unknown(self) -> None:
        field, words = self._unknown
        for name, edit in self._fields().items():
            edit.mark_unknown(bool(words) and field == name)
        self.unknown_label.setVisible(bool(words))
        names = ", ".join(shortened(word) for word in words)
        self.unknown_label.setText(self.tr("Not among the words counted: {words}").format(words=names))
        matrix = self._session.cooccurrence
        near = nearest_spellings(matrix.vocabulary, words[-1]) if matrix is not None and words else []
        self.spellings.set_texts(near)

    def _fields(self) -> dict[str, WordEdit]:
        return {"first": self.first_edit, "second": self.second_edit, "probe": self.probes_edit.edit}

    def _show_table(self) -> None:
        matrix = self._session.cooccurrence
        if matrix is None or not self._pair[0]:
            return
        table = probability_table(matrix, *self._pair, self._probes, self.smoothing.value)
        self.smoothing.set_vocabulary_size(table.vocabulary_size)
        self.sheet.show_table(table, self._predicted(table))

    def _show_predicted(self) -> None:
        """Show what the model predicts now; the counts are as they were."""
        table = self.table.rows.table
        if table is None or not self.isVisible() or self._session.cooccurrence is None:
            self._is_stale = self._session.cooccurrence is not None
            return
        predicted = self._predicted(table)
        if predicted is not None and self.table.rows.has_predictions:
            self.sheet.show_predicted(predicted)
        else:
            self._show_table()

    def _predicted(self, table: ProbabilityTable) -> PredictedRatios | None:
        matrix, predictor = self._session.cooccurrence, self._session.predictor
        if matrix is None or predictor is None:
            return None
        return predicted_ratios(matrix, predictor, table)

    def _offer_exports(self) -> None:
        has_code = self._session.text is not None and self._session.counted_tokens is not None
        code = self._code if has_code else None
        self.export_button.offer("probabilities", self._picture, self.sheet.export_rows, code)

    def _picture(self) -> QWidget:
        return self.sheet

    def _code(self) -> str:
        """Python lines that make the same table."""
        matrix, text, tokens = self._session.cooccurrence, self._session.text, self._session.counted_tokens
        if matrix is None or text is None or tokens is None:
            return ""
        named = f", smoothing={self.smoothing.value!r}" if self.smoothing.value else ""
        first, second = self._pair
        return counting_code(text, tokens.options, matrix.options) + (
            f"table = gloveui.probability_table(counts, {first!r}, {second!r}, {self._probes!r}{named})\n"
            "for row in table.rows:\n"
            "    print(row.probe, row.first_probability, row.second_probability, row.ratio)\n"
        )


def _in_a_row(*widgets: QWidget) -> QHBoxLayout:
    """Widgets beside one another; fields take the room, buttons stay at the top."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        is_button = isinstance(widget, QToolButton)
        row.addWidget(widget, 0 if is_button else 1, *([Qt.AlignmentFlag.AlignTop] if is_button else []))
    return row
