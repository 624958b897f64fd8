"""All words of a model in a plane: by principal components, t-SNE, UMAP, or along axes that words name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gloveui.core.errors import GloveError
from gloveui.core.projection import Projection
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views.languages import Translated, translate_error
from gloveui.views.map_coloring import ColorFeed, Coloring, ColorQuestion
from gloveui.views.map_feed import MapFeed
from gloveui.views.map_layouts import Layout, MapQuestion, MapWords, chosen_words, suggested_axes
from gloveui.views.map_marks import MapMarks
from gloveui.views.map_texts import NO_AXIS, MapTexts, map_code
from gloveui.views.models.vector_rows import shortened
from gloveui.views.plots.map_colors import value_range
from gloveui.views.plots.word_map import WordMap
from gloveui.views.theme import Theme
from gloveui.views.widgets.axis_words import AxisWords
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.layout_settings import LayoutSettings
from gloveui.views.widgets.listed_words import ListedWords
from gloveui.views.widgets.map_controls import MapControls
from gloveui.views.widgets.map_legend import MOST_NAMES, MapLegend
from gloveui.views.widgets.map_tools import MapTools
from gloveui.views.widgets.model_note import ModelNote
from gloveui.views.widgets.panel_pages import PanelPages


class MapPanel(Translated, QWidget):
    """PCA is there at once; t-SNE and UMAP are started by hand, and seen while they run."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._texts = MapTexts(self)
        self._feed, self._color_feed = MapFeed(jobs, self), ColorFeed(jobs, self)
        self._words: tuple[object, MapWords] | None = None
        self._shown: tuple[MapQuestion, Projection] | None = None
        self._coloring = Coloring("none")
        self._note = ""
        self._make_parts()
        self.marks = MapMarks(session, jobs, self.map)
        self._arrange()
        self._connect()
        self.retranslate()
        self._suggest_axes()
        self._show()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Map"))
        self.empty.set_texts(
            self.tr("No vectors yet"),
            self.tr(
                "Press Train, or open vectors: then words lie in a plane, like ones near to one another."
            ),
        )
        self.stop_button.setToolTip(self.tr("Stop looking for groups"))
        self.stop_button.setAccessibleName(self.tr("Stop looking for groups"))
        self._tell()
        self._show_legend()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def _make_parts(self) -> None:
        self.empty = EmptyState(self._theme, "search")
        self.controls = MapControls(self._session, self._theme)
        self.settings = LayoutSettings(Layout())
        self.axis_words = AxisWords(self._session, self._theme)
        self.map = WordMap(self._theme)
        self.map.setObjectName("wordMap")
        self.tools = MapTools(self._theme, self.map)
        self.legend = MapLegend(self._theme)
        self.model_note = ModelNote(self._session)
        self.listed = ListedWords(self._session, self._theme)
        self.note_label = ElidedLabel()
        self.note_label.setProperty("muted", True)
        self.stop_button = QToolButton()
        self.stop_button.setObjectName("mapStopColors")
        self.stop_button.setIcon(self._theme.icon("stop"))
        self.stop_button.setProperty("quiet", True)
        self.stop_button.hide()

    def _arrange(self) -> None:
        self.picture = QWidget()
        column = QVBoxLayout(self.picture)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.map, 1)
        column.addWidget(self.legend)
        self._pages = PanelPages(self, self.empty)
        self.controls.add(self.tools)
        for part in (self.controls, self.settings, self.axis_words, self.model_note):
            self._pages.contents.addWidget(part)
        self._pages.contents.addWidget(self.picture, 1)
        self._pages.contents.addWidget(self.listed)
        foot = QHBoxLayout()
        foot.addWidget(self.note_label, 1)
        foot.addWidget(self.stop_button)
        self._pages.contents.addLayout(foot)

    def _connect(self) -> None:
        for signal in (
            self.controls.method_changed,
            self.controls.words_changed,
            self.settings.changed,
            self.axis_words.changed,
        ):
            signal.connect(self._show)
        self.controls.coloring_changed.connect(self._color)
        self.settings.start_asked.connect(self._start)
        self.settings.cancel_asked.connect(self._feed.cancel)
        self.controls.search_edit.word_entered.connect(self._find)
        self.map.word_hovered.connect(self._tell_of_word)
        self.map.word_clicked.connect(self._choose)
        self.map.words_selected.connect(self._list)
        self.listed.show_asked.connect(self._show_only_list)
        self._feed.laid_out.connect(self._take)
        self._feed.moved.connect(self._move)
        self._feed.refused.connect(self._refuse)
        self._feed.waited.connect(self._tell_of_waiting)
        self._feed.progressed.connect(self.settings.show_progress)
        self._feed.ended.connect(self._end)
        self.stop_button.clicked.connect(self.controls.choose_usual_coloring)
        self._color_feed.colored.connect(self._set_coloring)
        self._color_feed.progressed.connect(self._tell_of_colors)
        self._color_feed.refused.connect(self._refuse_colors)
        self._session.model_changed.connect(self._change_model)
        self._session.focus_word_changed.connect(self._color)
        self._session.words.listed_changed.connect(self._follow_list)

    def _question(self) -> MapQuestion | None:
        """What is chosen to be shown."""
        embedding = self._session.embedding
        if embedding is None:
            return None
        x, y = self.axis_words.ends
        layout = self.settings.put_into(Layout(self.controls.method, x=x, y=y))
        kind, number = self.controls.words, self.controls.number
        listed = self._session.words.listed if kind == "list" else None
        key = (id(embedding), kind, number, listed)
        if self._words is None or self._words[0] != key:
            self._words = key, chosen_words(embedding, kind, number, listed)
        return MapQuestion(embedding, self._words[1], layout)

    def _change_model(self) -> None:
        """Show another model; a layout of the one before is of no use any more."""
        started = self._feed.started
        if started is not None and started.embedding is not self._session.embedding:
            self._feed.cancel()
        self._words = self._shown = None
        self._suggest_axes()
        self._show()

    def _suggest_axes(self) -> None:
        """Name the axes by words that the model has, unless a person has named them."""
        vocabulary = self._session.vocabulary
        if vocabulary is not None and not self.axis_words.is_edited:
            self.axis_words.set_ends(*suggested_axes(vocabulary))

    def _show(self) -> None:
        """Show what is chosen: from memory, at once, or by PCA as long as it was not started."""
        question, method = self._question(), self.controls.method
        self._pages.show_contents(question is not None)
        self.settings.setVisible(method in ("tsne", "umap"))
        self.axis_words.setVisible(method == "axes")
        if question is None or not self.isVisible():
            return
        is_known = self._feed.known(question) is not None
        self.settings.show_method(method, is_known or not len(question.words.ids))
        self.axis_words.tell("")
        if not len(question.words.ids):
            self._show_nothing()
        elif not question.is_same(self._feed.started):
            at_once = question if is_known or question.layout.is_at_once else question.by("pca")
            projection = self._feed.known(at_once)
            if projection is None:
                self._feed.ask(at_once)
            else:
                self._show_projection(at_once, projection)

    def _show_nothing(self) -> None:
        self._shown = None
        self.map.set_points((), np.zeros((0, 2), np.float32))
        self.map.set_axes(NO_AXIS, NO_AXIS)
        self.legend.clear()
        has_list = self._session.words.listed is not None
        missing = self.tr("There is no word list yet: draw round words on the map of other words.")
        self._set_note(self.tr("This model has none of the words of the list.") if has_list else missing)

    def _take(self, question: MapQuestion, projection: Projection) -> None:
        """Show an answer, if it is still asked for."""
        wanted = self._question()
        if wanted is not None and self.isVisible():
            if question.is_same(wanted):
                self.settings.show_method(self.controls.method, is_done=True)
                self._show_projection(question, projection)
            elif question.is_same(wanted.by("pca")):
                self._show()

    def _show_projection(self, question: MapQuestion, projection: Projection) -> None:
        before = self._shown
        self._shown = question, projection
        self._place(question, projection.positions)
        if before is None or before[1].method != projection.method or not self.map.is_moved:
            self.map.fit()
        self._tell()
        code = self._code if map_code(self._session, question) else None
        self.tools.export_button.offer("map", self._picture, self._rows, code)
        self._color()

    def _place(self, question: MapQuestion, positions: NDArray[np.float32]) -> None:
        is_new = self.map.words is not question.words.words
        self.map.set_even(question.layout.method != "axes")
        self.map.set_cross(question.layout.method == "axes")
        self.map.set_points(question.words.words, positions)
        if is_new:
            self._color_feed.forget()
            self.marks.show(question)

    def _move(self, question: MapQuestion, positions: NDArray[np.float32]) -> None:
        """Follow a layout that is being made."""
        if not question.is_same(self._question()) or not self.isVisible():
            return
        self._set_note(self._texts.running(question.layout))
        self.map.set_axes(NO_AXIS, NO_AXIS)
        is_first = self._shown is not None
        self._shown = None
        self._place(question, positions)
        if is_first or not self.map.is_moved:
            self.map.follow()

    def _start(self) -> None:
        question = self._question()
        if question is not None:
            self._feed.start(question)
            self._set_note(self._texts.running(question.layout))

    def _end(self) -> None:
        self.settings.end_progress()
        self._show()

    def _refuse(self, question: MapQuestion, error: GloveError) -> None:
        """Tell in place what cannot be laid out; what is shown stays."""
        if question.is_same(self._question()):
            text = _sentence(error)
            if question.layout.method == "axes":
                self.axis_words.tell(text)
            else:
                self._set_note(text)

    def _color(self) -> None:
        """Colour the words as is chosen."""
        kind = self.controls.coloring
        self.marks.set_fades(kind != "list" and self.controls.words != "list")
        if self._shown is None or not self.isVisible():
            return
        question, projection = self._shown
        self._tell()  # else what was wrong with other colours would stay
        focus = question.embedding.vocabulary.get(self._session.focus_word)
        if kind == "similarity" and focus is None:
            self._set_note(self.tr("Choose a word: the colours show how like it the others are"))
        ids = self.marks.listed_ids()
        self._color_feed.ask(
            ColorQuestion(question, projection.positions, kind, self.controls.groups, focus, ids)
        )

    def _set_coloring(self, coloring: Coloring) -> None:
        self._tell_of_colors(1.0)
        if coloring.values is None or len(coloring.values) == len(self.map.words):
            self._coloring = coloring
            self.map.set_colors(coloring.values, coloring.kind)
            self._show_legend()

    def _tell_of_colors(self, fraction: float) -> None:
        """Say how far colours are that take their time."""
        text = self.tr("Colours are being found: {percent} %").format(percent=int(100 * fraction))
        is_waiting = fraction < 1
        self.note_label.setText(text if is_waiting else self._note)
        self.stop_button.setVisible(is_waiting)

    def _refuse_colors(self, error: GloveError) -> None:
        self._set_coloring(Coloring("none"))
        self._set_note(_sentence(error))

    def _show_legend(self) -> None:
        coloring = self._coloring
        if coloring.values is None or self._shown is None:
            self.legend.clear()
        elif coloring.kind == "categories":
            nothing = self.tr("no groups found")
            is_list = self.controls.coloring == "list"
            names = coloring.names or (self.tr("in the word list") if is_list else nothing,)
            more = self.tr("and {count} more").format(count=len(names) - MOST_NAMES)
            self.legend.show_groups(names, more)
        else:
            ends = value_range(coloring.values, coloring.kind)
            has_counts = self._shown[0].embedding.vocabulary.has_counts
            ticks, unit = self._texts.scale(coloring, *ends, self._session.focus_word, has_counts)
            self.legend.show_scale(coloring.kind, ticks, unit)

    def _follow_list(self) -> None:
        if self.controls.words == "list":
            self._show()
        self._color()

    def _list(self, places: NDArray[np.int64]) -> None:
        """Let panels work on the words that were chosen on the map."""
        if len(places):
            self.marks.make_list(places, self.tr("chosen on the map"))
        else:
            self._set_note(self.tr("There are no words in there."))

    def _show_only_list(self) -> None:
        self.controls.choose_words("list")

    def _find(self, word: str) -> None:
        """Bring a word into the middle, and put it in focus."""
        place = self.marks.place_of(word)
        self.controls.search_edit.mark_unknown(place is None)
        if place is None:
            self._set_note(self.tr("“{word}” is not on the map").format(word=shortened(word)))
        else:
            self.map.center_on(place)
            self._session.set_focus_word(self.map.words[place])

    def _choose(self, place: int) -> None:
        self._session.set_focus_word(self.map.words[place])

    def _tell_of_waiting(self, fraction: float) -> None:
        """Say how far a map is that is to be there at once, but has very many words."""
        text = self.tr("The words are being laid out: {percent} %")
        self.note_label.setText(text.format(percent=int(100 * fraction)))

    def _tell_of_word(self, place: int | None) -> None:
        """Say what is known of the word under the pointer, or else of the map."""
        question = self._question()
        if place is None or question is None:
            self.note_label.setText(self._note)
        else:
            self.note_label.setText(self._texts.of_word(question, place, self._session.focus_word))

    def _tell(self) -> None:
        """Say what the map shows."""
        if self._shown is None:
            return
        question, projection = self._shown
        self.map.set_axes(*self._texts.axes(projection))
        wanted = self._question()
        stands_in = wanted is not None and not wanted.layout.is_at_once and not question.is_same(wanted)
        before = self._texts.before_start(wanted.layout) if stands_in and wanted is not None else ""
        self._set_note(" · ".join(part for part in (before, self._texts.about(projection)) if part))

    def _set_note(self, note: str) -> None:
        self._note = note
        self.note_label.setText(note)

    def _picture(self) -> QWidget:
        return self.picture

    def _rows(self) -> Iterable[Sequence[export.Cell]]:
        return self._texts.rows(*self._shown, self._coloring) if self._shown is not None else ()

    def _code(self) -> str:
        return map_code(self._session, self._shown[0]) if self._shown is not None else ""


def _sentence(error: GloveError) -> str:
    """What is wrong and what to do, in one line."""
    return ". ".join(part.rstrip(".") for part in translate_error(error) if part)
