"""How often words occur together, for every pair of words, as a heatmap or a table."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.heatmap import HeatmapPicture
from gloveui.core.quantities import Quantity, add_up
from gloveui.core.word_order import WordOrder, word_order
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views.count_code import cells_code
from gloveui.views.heatmap_feed import HeatmapFeed
from gloveui.views.heatmap_source import Subject
from gloveui.views.languages import Translated
from gloveui.views.ordered_words import OrderedWords
from gloveui.views.pair_facts import block_facts, pair_facts, picture_table
from gloveui.views.plots.cell_marks import Cell
from gloveui.views.plots.heatmap_pair import HeatmapPair
from gloveui.views.quantity_texts import count_unit, needs_model
from gloveui.views.theme import Theme
from gloveui.views.widgets.count_controls import CountControls
from gloveui.views.widgets.count_table_view import CountTableView
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.order_note import OrderNote
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.word_ordering import Pair, WordOrdering, cell_of, is_alike, pair_of, place_in

MOST_FITTED = 60  # words; of more, the most frequent are looked at first
FIRST_SIGHT = 24  # of these
MOST_IN_TABLE = 100
MOST_EXPORTED = 300  # rows and columns
LIVE_NAME = "counts"


class CountsPanel(Translated, QWidget):
    """All pairs of words at any zoom, with what is known of the one under the pointer.

    A click chooses the word and asks for the sentences behind the number.
    """

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._theme = session, jobs, theme
        self._shown: tuple[CooccurrenceMatrix | None, WordOrder | None] = (None, None)
        self._extra: int | None = None
        self._pair: Pair | None = None  # the one described when no cell is under the pointer
        self._is_choosing = False  # the word in focus is chosen here, where it is in sight
        self._is_scroll_due = False
        self._make_parts()
        self._arrange()
        self._connect()
        self.retranslate()
        self._take_counts()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Counts"))
        self.empty.set_texts(
            self.tr("No counts yet"),
            self.tr("As soon as a text is open, its pairs of words are counted and shown here."),
        )
        for heatmap in self.heatmaps.both:
            heatmap.setAccessibleName(self.tr("Counts of word pairs"))
        self.table.setAccessibleName(self.tr("Table of word pairs"))
        for feed in self._feeds:
            feed.say_meaning()
        self._allow_table()
        self._describe(self._pair)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._set_visible(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._set_visible(False)

    def _make_parts(self) -> None:
        self.controls = CountControls(self._theme)
        self.heatmaps = HeatmapPair(self._theme)
        self.heatmap = self.heatmaps.first
        self._feeds = (
            HeatmapFeed(self.heatmaps.first, self._jobs, "heatmap", self),
            HeatmapFeed(self.heatmaps.second, self._jobs, "heatmap beside", self),
        )
        self._ordering = WordOrdering(self._jobs, self)
        self.table = CountTableView(self._theme)
        self.cell_label = ElidedLabel()
        self.cell_label.setObjectName("countsCell")
        self.note = OrderNote()
        self.empty = EmptyState(self._theme)
        self._views = QStackedWidget()
        self._views.addWidget(self.heatmaps)
        self._views.addWidget(self.table)

    def _arrange(self) -> None:
        self._pages = PanelPages(self, self.empty)
        column: QVBoxLayout = self._pages.contents
        column.addWidget(self.controls)
        column.addWidget(self.cell_label)
        column.addWidget(self.note)
        column.addWidget(self._views, 1)

    def _connect(self) -> None:
        session = self._session
        session.cooccurrence_changed.connect(self._take_counts)
        session.focus_word_changed.connect(self._follow_focus_word)
        session.lit_cells_changed.connect(self._light)
        session.predictor_changed.connect(self._take_predictor)
        session.evidence_changed.connect(self._follow_evidence)
        session.settings_changed.connect(self._show_numbers)
        self.controls.quantity_changed.connect(self._show_numbers)
        self.controls.reduction_changed.connect(self._show_numbers)
        self.controls.order_changed.connect(self._ask_for_order)
        self.controls.colors_changed.connect(self._color)
        self.controls.layout_changed.connect(self._lay_out)
        for view in (self.heatmaps, self.table):
            view.cell_chosen.connect(self._describe_chosen)
            view.cell_opened.connect(self._open)
        self.heatmaps.cell_hovered.connect(self._describe_hovered)
        self.heatmaps.word_chosen.connect(session.set_focus_word)
        self.heatmaps.sight_changed.connect(self._look)
        self._feeds[0].drawn.connect(self._fill_table)
        self._ordering.ordered.connect(self._take_order)
        self._ordering.progressed.connect(self.note.say_progress)
        self._ordering.ended.connect(self.note.end_progress)

    @property
    def _matrix(self) -> CooccurrenceMatrix | None:
        """The counts that are shown: those before the present ones until the words of these are in order."""
        return self._shown[0]

    @property
    def _order(self) -> WordOrder | None:
        return self._shown[1]

    @property
    def _quantities(self) -> tuple[str, ...]:
        """What is shown: of one heatmap or of both."""
        names = self.controls.quantities
        return names if self.controls.shows_second else names[:1]

    def _take_counts(self) -> None:
        matrix = self._session.cooccurrence
        self._pages.show_contents(matrix is not None)
        self._pair = None
        if matrix is None:
            self._forget()
            return
        self._offer()
        self.controls.set_has_text(self._session.counted_tokens is not None)
        self.controls.top_words.set_size(len(matrix.vocabulary))
        self._jobs.ask("sums of counts", add_up(matrix, self._session.resources))
        self._is_scroll_due = self._focus_id(matrix) is not None
        self._ask_for_order()

    def _forget(self) -> None:
        self._ordering.forget()
        self._shown = None, None
        for feed in self._feeds:
            feed.show(None)
        self.heatmaps.set_words(())
        self._describe(None)

    def _ask_for_order(self) -> None:
        """Arrange the words anew; what is shown stays until that is done."""
        matrix = self._session.cooccurrence
        if matrix is None:
            return
        top, focus = self.controls.top_words.top, self._focus_id(matrix)
        self._extra = focus if focus is not None and focus >= top else None
        given = self._session.counted_tokens, self._extra, self._session.resources
        order = word_order(matrix, self.controls.order, top, *given)
        self._ordering.ask(matrix, order)

    def _focus_id(self, matrix: CooccurrenceMatrix) -> int | None:
        return matrix.vocabulary.get(self._session.focus_word)

    def _take_order(self, matrix: CooccurrenceMatrix, order: WordOrder) -> None:
        """Show words in another order: the same part of it, if they are the same words."""
        sight, was_whole = self.heatmap.sight(), self.heatmap.shows_all()
        has_same_words, was_seen = is_alike(self._shown, (matrix, order)), self._is_focus_in_sight()
        self._shown = matrix, order
        self.heatmaps.set_words(OrderedWords(matrix.vocabulary, order))
        kept = QRectF(0, 0, len(order), len(order)) if was_whole else sight
        self.heatmaps.look_at(kept if has_same_words else self._first_sight())
        self._is_scroll_due |= was_seen or not has_same_words
        self._allow_table()
        self._mark()
        self._say_what_was_added()
        self._describe(self._pair)
        self._show_numbers()

    def _first_sight(self) -> QRectF:
        """What is looked at first: all of a few words, else the most frequent; one was perhaps added."""
        size = len(self.heatmap.words)
        side = min(FIRST_SIGHT, self.heatmap.plot.lines()) if self.isVisible() else FIRST_SIGHT
        side = size if size - (self._extra is not None) <= MOST_FITTED else side
        return QRectF(0, 0, side, side)

    def _follow_evidence(self) -> None:
        """Frame the cell whose sentences are listed, wherever these were asked for."""
        evidence, matrix = self._session.evidence, self._matrix
        if evidence is None or matrix is None:
            return
        words = [matrix.vocabulary.get(word) for word in (evidence.word, evidence.context)]
        if words[0] is None or words[1] is None or (words[0], words[1]) == self._pair:
            return
        self._pair = words[0], words[1]
        self._mark()
        self._describe(self._pair)
        if (cell := cell_of(self._order, self._pair)) is not None:
            self.heatmap.scroll_to(*cell)

    def _focus_place(self) -> int | None:
        return None if self._matrix is None else place_in(self._order, self._focus_id(self._matrix))

    def _is_focus_in_sight(self) -> bool:
        place = self._focus_place()
        return place is not None and self.heatmap.sight().contains(QRectF(place, place, 1, 1))

    def _allow_table(self) -> None:
        words = len(self.heatmap.words)
        self.controls.set_table_allowed(words <= MOST_IN_TABLE, words, MOST_IN_TABLE)

    def _show_numbers(self) -> None:
        """Show the chosen quantities of the present counts in the present order."""
        if self._matrix is None or self._order is None:
            return
        if self._matrix is not self._session.cooccurrence:
            return  # its words are being put in order, and a model belongs to the new counts
        self._color()
        for feed, name in zip(self._feeds, self._quantities, strict=False):
            feed.show(self._subject(self._matrix, self._order, name))
        self._set_visible(self.isVisible())
        self._look()

    def _subject(self, matrix: CooccurrenceMatrix, order: WordOrder, name: str) -> Subject:
        return Subject(matrix, order, self._quantity(name), self.controls.reduction, self._session.resources)

    def _quantity(self, name: str) -> Quantity:
        config, predictor = self._session.config, self._session.predictor
        return Quantity(name, config.x_max, config.alpha, predictor if needs_model(name) else None)

    def _take_predictor(self) -> None:
        self.controls.set_has_model(self._session.predictor is not None)
        if any(map(needs_model, self._quantities)):
            self._show_numbers()
        self._look_into_training(self.isVisible())
        self._describe(self._pair)

    def _set_visible(self, is_visible: bool) -> None:
        """Make pictures, and look into a running training, only as long as they are seen."""
        self._look_into_training(is_visible)
        self._feeds[0].set_active(is_visible)
        self._feeds[1].set_active(is_visible and self.controls.shows_second)

    def _look_into_training(self, is_visible: bool) -> None:
        """Ask for its model where one is shown, and once where there was none: then it can be chosen."""
        is_needed = self._session.predictor is None or any(map(needs_model, self._quantities))
        self._session.want_live(LIVE_NAME, is_visible and is_needed)

    def _color(self) -> None:
        for feed, name in zip(self._feeds, self.controls.quantities, strict=True):
            feed.set_colors(self.controls.is_logarithmic(name), self.controls.holds_colors)

    def _lay_out(self) -> None:
        self._views.setCurrentWidget(self.table if self.controls.shows_table else self.heatmaps)
        self.heatmaps.show_second(self.controls.shows_second)
        self._show_numbers()
        self._fill_table()

    def _look(self) -> None:
        for feed in self._feeds:
            if self.controls.shows_table and self._order is not None:
                feed.look_at_all(len(self._order))
            else:
                feed.look()

    def _fill_table(self) -> None:
        picture = self._feeds[0].picture
        words = tuple(self.heatmap.words) if self.controls.shows_table else ()
        if words and picture is not None and picture.values.shape == (len(words), len(words)):
            self.table.rows.set_values(words, picture.values, picture.quantity, self.heatmap.scale)
            self._mark()

    def _follow_focus_word(self) -> None:
        matrix = self._session.cooccurrence
        if matrix is None:
            return
        self._is_scroll_due = not self._is_choosing
        focus, top = self._focus_id(matrix), self.controls.top_words.top
        if (focus if focus is not None and focus >= top else None) != self._extra:
            self._ask_for_order()
        else:
            self._mark()

    def _mark(self) -> None:
        """Frame the word in focus and the chosen cell, and light what is lit."""
        focus = self._focus_place()
        self.heatmaps.mark_word(focus)
        chosen = cell_of(self._order, self._pair)
        self.heatmaps.choose(chosen)
        self.table.choose(chosen)
        self._light()
        if self._is_scroll_due and focus is not None:
            self.heatmap.scroll_to(focus, focus)
            self._is_scroll_due = False

    def _light(self) -> None:
        cells = [cell_of(self._order, pair) for pair in self._session.lit_cells]
        lit = tuple(cell for cell in cells if cell is not None)
        self.heatmaps.light(lit)
        self.table.light(lit)

    def _open(self, cell: Cell) -> None:
        """Choose the word of a row, and ask for the sentences behind a cell."""
        words = self.heatmap.words
        self._describe_chosen(cell)
        self._is_choosing = True
        self._session.set_focus_word(words[cell[0]])
        self._is_choosing = False
        self._session.show_evidence(words[cell[0]], words[cell[1]])

    def _describe_chosen(self, cell: Cell) -> None:
        self._pair = pair_of(self._order, cell)
        self.heatmaps.choose(cell)
        self._describe(self._pair)

    def _describe_hovered(self, cell: Cell | None) -> None:
        if cell is not None and not self.heatmap.has_single_cells() and self._pictures():
            name, facts = block_facts(self._pictures(), self.heatmap.words, cell)
            self._say(name, [*facts, self.tr("click to come closer")])
        else:
            self._describe(self._pair if cell is None else pair_of(self._order, cell))

    def _pictures(self) -> list[HeatmapPicture]:
        """What is drawn in the heatmaps in sight."""
        shown = self.heatmaps.both if self.controls.shows_second else self.heatmaps.both[:1]
        return [heatmap.picture for heatmap in shown if heatmap.picture is not None]

    def _describe(self, pair: Pair | None) -> None:
        """Say what is known of a pair, or what the pointer is good for."""
        if self._matrix is None or pair is None:
            self.cell_label.setText(self.tr("Point at a cell to read its count; click for its sentences."))
            self._tip("")
            return
        is_current = self._session.live is None or self._session.is_live_wanted
        name, facts = pair_facts(self._matrix, self._session.predictor if is_current else None, *pair)
        self._say(name, facts)
        self._tip("\n".join([name, *facts, count_unit(self._matrix.options)]))

    def _say(self, name: str, facts: list[str]) -> None:
        self.cell_label.setText("   ".join([name, *facts]))
        self._tip("\n".join([name, *facts]))

    def _tip(self, text: str) -> None:
        for heatmap in self.heatmaps.both:
            heatmap.set_tip(text)

    def _say_what_was_added(self) -> None:
        if self._extra is None or self._matrix is None:
            self.note.say_nothing_added()
        else:
            self.note.say_added(self._matrix.vocabulary.word(self._extra), self.controls.top_words.top)

    def _offer(self) -> None:
        has_text = self._session.text is not None
        self.controls.export_button.offer(
            "counts", self._picture_widget, self._table_rows, self._code if has_text else None
        )

    def _picture_widget(self) -> QWidget:
        return self.table if self.controls.shows_table else self.heatmaps

    def _code(self) -> str:
        quantity = self._quantity(self._quantities[0])
        size = len(self.heatmap.words)
        sight = QRectF(0, 0, size, size) if self.controls.shows_table else self.heatmap.sight()
        return cells_code(self._session, quantity, self.heatmap.words, sight)

    def _table_rows(self) -> Iterable[list[export.Cell]]:
        picture = self.heatmap.picture
        if self.controls.shows_table:
            return self.table.rows.rows_for_export()
        if picture is None:
            return []
        return picture_table(picture, self.heatmap.words, self.heatmap.sight(), MOST_EXPORTED)
