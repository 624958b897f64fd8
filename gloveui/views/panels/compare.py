"""Models against one another, word by word and as a whole; and one against its other seeds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSpinBox, QStackedWidget, QWidget

from gloveui.core.alignment import Alignment
from gloveui.core.comparison import (
    USUAL_AMONG,
    USUAL_K,
    ComparedNeighbours,
    Disagreement,
    SimilarityPairs,
    compared_neighbours,
)
from gloveui.core.errors import GloveError
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views.compare_export import CompareRows, neighbours_code, pair_code, stability_code
from gloveui.views.compare_feed import CompareFeed, Pair
from gloveui.views.compare_texts import CompareTexts
from gloveui.views.languages import Translated, translate_error
from gloveui.views.theme import Theme
from gloveui.views.widgets.aligned_maps_view import AlignedMapsView
from gloveui.views.widgets.compare_pages import AgreementPage, DisagreementPage, NeighboursPage, ScatterPage
from gloveui.views.widgets.compared_models import ModelsMenu, PairPicker
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.frequency_box import FrequencyBox
from gloveui.views.widgets.panel_head import panel_head
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.segments import Segments
from gloveui.views.widgets.stability_view import StabilityView

PAGES = ("neighbours", "disagreement", "agreement", "scatter", "maps", "stability")
KIND_OF = {
    "disagreement": "disagreement",
    "agreement": "disagreement",
    "scatter": "pairs",
    "maps": "alignment",
}  # what of the feed a page shows
MOST_NEIGHBOURS = 50
K_WIDTH = 80  # pixels
WIDE = 680  # pixels, from which on everything that is chosen stands in one line


class ComparePanel(Translated, QWidget):
    """Follows the word in focus; what takes time is compared beside the window, for the page in sight."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._feed = CompareFeed(jobs, self)
        self._rows, self._texts = CompareRows(self), CompareTexts(self)
        self._compared: ComparedNeighbours | None = None
        self._make_parts(jobs)
        self._arrange()
        self._connect()
        self._fit_type()
        self.retranslate()
        self._list_models()

    @property
    def page(self) -> str:
        """Which of `PAGES` is chosen."""
        return self.segments.key

    def choose_page(self, page: str) -> None:
        """Show one of `PAGES`, as a click on its name does."""
        self.segments.choose(page)
        self._show()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Compare"))
        self.empty.set_texts(
            self.tr("No vectors yet"),
            self.tr("Press Train, or open vectors: then settings, methods and files can be compared."),
        )
        self.lonely.set_texts(
            self.tr("One model alone"),
            self.tr(
                "Train once more with another setting or method, or open vectors: both are compared here. "
                "One model can be compared with its own other seeds."
            ),
            self.tr("See how stable it is"),
        )
        self.segments.set_texts(self._texts.pages())
        for page, text in self._texts.explained().items():
            self.segments.button(page).setToolTip(text)
        self.k_box.setAccessibleName(self.tr("How many neighbours are compared"))
        self.k_box.setToolTip(self.tr("How many neighbours are compared"))
        self.among_box.setAccessibleName(self.tr("How many of the most frequent common words are compared"))
        self.among_box.setToolTip(self.tr("How many of the most frequent common words are compared"))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_choices()

    def _place_choices(self) -> None:
        """Names of two models are read whole: where there is no room, numbers go below them."""
        is_narrow = self.page in KIND_OF and self.width() < self._theme.pixels(WIDE)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._choices.direction() != direction:
            self._choices.setDirection(direction)

    def _make_parts(self, jobs: JobQueue) -> None:
        theme = self._theme
        self.empty, self.lonely = EmptyState(theme, "search"), EmptyState(theme, "train")
        self.segments = Segments(PAGES)
        for page in PAGES:
            self.segments.button(page).setObjectName(f"comparePage_{page}")
        self.picker, self.models_menu = PairPicker(), ModelsMenu()
        self.k_box, self.among_box = QSpinBox(), FrequencyBox()
        self.k_box.setObjectName("compareK")
        self.k_box.setRange(1, MOST_NEIGHBOURS)
        self.k_box.setValue(USUAL_K)
        self.k_box.setPrefix("k = ")
        self.k_box.setKeyboardTracking(False)
        self.among_box.setObjectName("compareAmong")
        self.export_button = ExportButton(theme)
        self.export_button.setObjectName("compareExport")
        self.note_label = ElidedLabel()
        self.note_label.setProperty("muted", True)
        self.waiting_label = QLabel()
        self.waiting_label.setProperty("muted", True)
        self.waiting_label.setWordWrap(True)
        self.waiting_label.setTextFormat(Qt.TextFormat.PlainText)
        self.waiting_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.neighbours_page, self.disagreement_page = NeighboursPage(theme), DisagreementPage(theme)
        self.agreement_page, self.scatter_page = AgreementPage(theme), ScatterPage(theme)
        self.maps_page = AlignedMapsView(theme)
        self.stability_page = StabilityView(self._session, jobs, theme)
        self.pages: dict[str, QWidget] = dict(
            zip(
                PAGES,
                (
                    self.neighbours_page, self.disagreement_page, self.agreement_page,
                    self.scatter_page, self.maps_page, self.stability_page,
                ),
                strict=True,
            )
        )  # fmt: skip

    def _arrange(self) -> None:
        models, numbers = QHBoxLayout(), QHBoxLayout()
        models.addWidget(self.models_menu)
        models.addWidget(self.picker, 1)
        models.addStretch(0)
        for part in (self.k_box, self.among_box):
            numbers.addWidget(part)
        numbers.addStretch(0)
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for line in (models, numbers):
            line.setSpacing(8)
        self._choices.setSpacing(8)
        self._choices.addLayout(models, 1)
        self._choices.addLayout(numbers)
        self._stack = QStackedWidget()
        for page in (*self.pages.values(), self.lonely, self.waiting_label):
            self._stack.addWidget(page)
        self._pages = PanelPages(self, self.empty)
        self._pages.contents.addLayout(panel_head(self.segments, self.export_button))
        self._pages.contents.addLayout(self._choices)
        self._pages.contents.addWidget(self._stack, 1)
        self._pages.contents.addWidget(self.note_label)

    def _connect(self) -> None:
        session = self._session
        self._theme.changed.connect(self._fit_type)
        session.models_changed.connect(self._list_models)
        session.model_changed.connect(self._show_model)
        session.focus_word_changed.connect(self._follow_focus)
        session.cooccurrence_changed.connect(self._show_model)
        session.tokens_changed.connect(self._offer_exports)
        self.segments.chosen.connect(self._show)
        self.picker.changed.connect(self._show)
        self.models_menu.changed.connect(self._show)
        self.k_box.valueChanged.connect(self._show)
        self.among_box.valueChanged.connect(self._show)
        self.lonely.activated.connect(self._go_to_stability)
        self._feed.answered.connect(self._take)
        self._feed.progressed.connect(self._tell_progress)
        self.neighbours_page.table.word_chosen.connect(self._take_word)
        self.disagreement_page.list.word_chosen.connect(self._go_to_neighbours)
        self.scatter_page.plot.pair_chosen.connect(self._take_pair)
        self.maps_page.word_chosen.connect(self._take_word)
        self.stability_page.word_chosen.connect(self._take_word)
        self.stability_page.changed.connect(self._offer_exports)

    @property
    def pair(self) -> Pair | None:
        """What is compared on the pages of two models."""
        models = self.picker.pair
        if models is None:
            return None
        return Pair(*models, self.k_box.value(), self.among_box.value())

    def _fit_type(self) -> None:
        self.k_box.setMaximumWidth(self._theme.pixels(K_WIDTH))

    def _list_models(self) -> None:
        models = self._session.models
        self.picker.set_models(models)
        self.models_menu.set_models(models)
        self._session.stability.keep_only(tuple(model.embedding for model in models))
        self._feed.forget()
        self._fit_among()
        self._show()

    def _fit_among(self) -> None:
        """As many words as are compared in seconds, unless a person has chosen another number."""
        size = max((len(model.embedding) for model in self._session.models), default=0)
        is_untouched = self.among_box.value() in (0, USUAL_AMONG)
        self.among_box.blockSignals(True)
        self.among_box.set_size(size)
        if is_untouched:
            self.among_box.setValue(USUAL_AMONG if size > USUAL_AMONG else 0)
        self.among_box.blockSignals(False)

    def _show_model(self) -> None:
        self.stability_page.show_all()
        self._show()

    def _follow_focus(self) -> None:
        self.stability_page.show_focus()
        self._show()

    def _show(self) -> None:
        """Show the chosen page, filled as far as that is known; what is not is asked for."""
        page, models = self.page, self._session.models
        self._pages.show_contents(bool(models))
        is_pair, is_lonely = page in KIND_OF, len(models) < 2 and page != "stability"
        self.picker.setVisible(is_pair and not is_lonely)
        self.models_menu.setVisible(page == "neighbours" and not is_lonely)
        self.among_box.setVisible(is_pair and not is_lonely)
        self.k_box.setVisible(page in ("neighbours", "disagreement", "agreement") and not is_lonely)
        self._place_choices()
        self.note_label.setText("")
        if not models or not self.isVisible():
            return
        if is_lonely:
            self._stack.setCurrentWidget(self.lonely)
        elif is_pair:
            self._show_pair(page)
        else:
            self._stack.setCurrentWidget(self.pages[page])
            if page == "neighbours":
                self._show_neighbours()
        self._offer_exports()

    def _show_neighbours(self) -> None:
        models, word, k = self.models_menu.models, self._session.focus_word, self.k_box.value()
        self._compared = None
        if not word:
            self._wait(
                self.tr("Choose a word, at the top or in any other view: its neighbours are compared here")
            )
            return
        self._compared = compared_neighbours([model.embedding for model in models], word, k)
        self.neighbours_page.show_compared([model.name for model in models], self._compared, k)
        self.note_label.setText(self._texts.of_neighbours(self._compared))

    def _show_pair(self, page: str) -> None:
        pair = self.pair
        if pair is None:
            return
        answer = self._feed.known(KIND_OF[page], pair)
        if answer is None:
            self._wait(self.tr("Comparing …"))
            self._feed.want(KIND_OF[page], pair)
        elif isinstance(answer, GloveError):
            self._wait("\n".join(translate_error(answer)))
        else:
            self._fill(page, pair, answer)
            self._stack.setCurrentWidget(self.pages[page])
            self.note_label.setText(self._texts.of_answer(answer, self._session.focus_word))

    def _fill(self, page: str, pair: Pair, answer: Disagreement | SimilarityPairs | Alignment) -> None:
        if isinstance(answer, Disagreement):
            if page == "agreement":
                self.agreement_page.show_disagreement(answer)
            else:
                self.disagreement_page.show_disagreement(answer)
        elif isinstance(answer, SimilarityPairs):
            self.scatter_page.show_pairs(answer, (pair.first.name, pair.second.name))
        else:
            self.maps_page.show_alignment((pair.first, pair.second), answer, self._session.focus_word)

    def _wait(self, text: str) -> None:
        self.waiting_label.setText(text)
        self._stack.setCurrentWidget(self.waiting_label)

    def _take(self, kind: str) -> None:
        if KIND_OF.get(self.page) == kind:
            self._show()

    def _tell_progress(self, kind: str, share: float) -> None:
        if KIND_OF.get(self.page) == kind and self._stack.currentWidget() is self.waiting_label:
            self.waiting_label.setText(self.tr("Comparing … {share}").format(share=f"{share:.0%}"))

    def _take_word(self, word: str) -> None:
        self._session.set_focus_word(word)

    def _take_pair(self, first: str, second: str) -> None:
        """Of a pair, the word that is not in focus already."""
        self._session.set_focus_word(second if first == self._session.focus_word else first)

    def _go_to_neighbours(self, word: str) -> None:
        """Show a word on which two models differ, with these two among the models."""
        self.models_menu.include(self.picker.pair or ())
        self._session.set_focus_word(word)
        self.choose_page("neighbours")

    def _go_to_stability(self) -> None:
        self.choose_page("stability")

    def _offer_exports(self) -> None:
        page, is_there = self.page, self._stack.currentWidget() is self.pages[self.page]
        if page == "stability":
            is_there = self.stability_page.result is not None
        code = self._code if is_there and self._code() else None
        self.export_button.offer(
            f"compare-{page}", self._picture if is_there else None, self._table if is_there else None, code
        )
        self.export_button.setEnabled(is_there)

    def _picture(self) -> QWidget:
        return self.pages[self.page]

    def _table(self) -> Iterable[Sequence[export.Cell]]:
        page, pair, rows = self.page, self.pair, self._rows
        if page == "stability":
            result = self.stability_page.result
            return rows.of_stability(result) if result is not None else ()
        if page == "neighbours":
            names = [model.name for model in self.models_menu.models]
            return rows.of_neighbours(names, self._compared) if self._compared is not None else ()
        answer = self._feed.known(KIND_OF[page], pair)
        if pair is not None and isinstance(answer, SimilarityPairs):
            return rows.of_pairs((pair.first.name, pair.second.name), answer)
        if isinstance(answer, Alignment):
            return rows.of_alignment(answer)
        if isinstance(answer, Disagreement):
            return rows.of_curves(answer) if page == "agreement" else rows.of_disagreement(answer)
        return ()

    def _code(self) -> str:
        session, pair, model, result = (
            self._session,
            self.pair,
            self._session.model,
            self.stability_page.result,
        )
        if self.page == "neighbours":
            return neighbours_code(session, self.models_menu.models, session.focus_word, self.k_box.value())
        if self.page == "stability":
            return stability_code(session, model, result) if model is not None and result is not None else ""
        return pair_code(session, pair, self.page) if pair is not None else ""
