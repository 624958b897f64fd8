"""The counts of the most frequent words with each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QAction, QGuiApplication, QImageWriter
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QSpinBox,
    QToolButton,
    QWidget,
)

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.heatmap import count_block, frequent_words
from gloveui.core.probability import conditional_probability
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views import dialogs
from gloveui.views.languages import Translated
from gloveui.views.plots.cooccurrence_heatmap import CooccurrenceHeatmap
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.panel_pages import PanelPages

FEWEST_WORDS, USUAL_WORDS, MOST_WORDS = 5, 20, 200

Pair = tuple[int, int]
"""Ids of a word and of its context word."""


class CountsPanel(Translated, QWidget):
    """A heatmap of X or log X, with what is known of the cell under the pointer."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._wanted_words = USUAL_WORDS
        self._ids: Sequence[int] = ()
        self._pair: Pair | None = None  # the one described when no cell is under the pointer
        self._make_controls()
        self.heatmap = CooccurrenceHeatmap(theme)
        self.cell_label = ElidedLabel()
        self.cell_label.setObjectName("countsCell")
        self.added_label = ElidedLabel()
        self.added_label.setProperty("muted", True)
        self.empty = EmptyState(theme)
        self._arrange()
        self._connect()
        self._color_icons()
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Counts"))
        self.empty.set_texts(
            self.tr("No counts yet"),
            self.tr("As soon as a text is open, its pairs of words are counted and shown here."),
        )
        self.scale_combo.setItemText(0, self.tr("X"))
        self.scale_combo.setItemText(1, self.tr("log X"))
        self.scale_combo.setAccessibleName(self.tr("Scale of the colours"))
        self.top_label.setText(self.tr("Top words"))
        for control in (self.top_slider, self.top_number):
            control.setAccessibleName(self.tr("How many of the most frequent words are shown"))
            control.setToolTip(self.tr("How many of the most frequent words are shown"))
        self.copy_button.setToolTip(self.tr("Copy the counts as a table"))
        self.copy_button.setAccessibleName(self.tr("Copy the counts as a table"))
        self.export_button.setToolTip(self.tr("Save the picture or the counts"))
        self.export_button.setAccessibleName(self.tr("Save the picture or the counts"))
        self.picture_action.setText(self.tr("Save the picture (PNG) …"))
        self.table_action.setText(self.tr("Save the counts (CSV) …"))
        self.heatmap.setAccessibleName(self.tr("Counts of word pairs"))
        self._show_matrix()

    def _make_controls(self) -> None:
        self.scale_combo = QComboBox()
        self.scale_combo.setObjectName("countsScale")
        self.scale_combo.addItems(["", ""])
        self.scale_combo.setCurrentIndex(1)
        self.top_label = QLabel()
        self.top_label.setProperty("muted", True)
        self.top_slider = QSlider(Qt.Orientation.Horizontal)
        self.top_slider.setObjectName("countsTop")
        self.top_number = QSpinBox()
        self.top_number.setObjectName("countsTopNumber")
        self.copy_button = QToolButton()
        self.copy_button.setObjectName("countsCopy")
        self.export_button = QToolButton()
        self.export_button.setObjectName("countsExport")
        menu = QMenu(self.export_button)
        self.picture_action, self.table_action = QAction(menu), QAction(menu)
        for action in (self.picture_action, self.table_action):
            action.setMenuRole(QAction.MenuRole.NoRole)
            menu.addAction(action)
        self.export_button.setMenu(menu)
        self.export_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _arrange(self) -> None:
        controls = QHBoxLayout()
        controls.setSpacing(8)
        controls.addWidget(self.scale_combo)
        controls.addSpacing(4)
        controls.addWidget(self.top_label)
        controls.addWidget(self.top_slider, 1)
        controls.addWidget(self.top_number)
        controls.addStretch(1)
        controls.addWidget(self.copy_button)
        controls.addWidget(self.export_button)
        self._pages = PanelPages(self, self.empty)
        column = self._pages.contents
        column.addLayout(controls)
        column.addWidget(self.cell_label)
        column.addWidget(self.added_label)
        column.addWidget(self.heatmap, 1)

    def _connect(self) -> None:
        self._session.cooccurrence_changed.connect(self._take_counts)
        self._session.focus_word_changed.connect(self._follow_focus_word)
        self._theme.changed.connect(self._color_icons)
        self.scale_combo.currentIndexChanged.connect(self._show_matrix)
        self.top_slider.valueChanged.connect(self._change_top)
        self.top_number.valueChanged.connect(self._change_top)
        self.heatmap.cell_hovered.connect(self._describe_hovered)
        self.heatmap.cell_chosen.connect(self._describe_chosen)
        self.heatmap.word_chosen.connect(self._session.set_focus_word)
        self.copy_button.clicked.connect(self._copy_table)
        self.picture_action.triggered.connect(self._save_picture)
        self.table_action.triggered.connect(self._save_table)

    def _take_counts(self) -> None:
        self._pair = None
        self._show_matrix()

    def _follow_focus_word(self) -> None:
        self._show_matrix()

    def _change_top(self, words: int) -> None:
        self._wanted_words = words
        self._show_matrix()

    def _show_matrix(self) -> None:
        """Show the present counts, or what to do to get some."""
        matrix = self._session.cooccurrence
        self._pages.show_contents(matrix is not None)
        if matrix is None:
            return
        self._limit_top(len(matrix.vocabulary))
        focus = matrix.vocabulary.get(self._session.focus_word)
        ids = frequent_words(len(matrix.vocabulary), self.top_slider.value(), focus)
        self._ids = ids.tolist()
        words = [matrix.vocabulary.word(index) for index in self._ids]
        self.heatmap.show_counts(words, count_block(matrix, ids), self.scale_combo.currentIndex() == 1)
        self.heatmap.mark_word("" if focus is None else matrix.vocabulary.word(focus))
        self.heatmap.set_unit(self._unit(matrix))
        self._say_what_was_added(focus)
        self._describe(self._pair)

    def _limit_top(self, vocabulary_size: int) -> None:
        """Keep the slider and the number inside what there is; a larger text brings back what was wanted."""
        fewest, most = min(FEWEST_WORDS, vocabulary_size), min(MOST_WORDS, vocabulary_size)
        for control in (self.top_slider, self.top_number):
            control.blockSignals(True)
            control.setRange(fewest, most)
            control.setValue(self._wanted_words)
            control.blockSignals(False)
            control.setEnabled(fewest < most)
        self.top_label.setEnabled(fewest < most)

    def _say_what_was_added(self, focus: int | None) -> None:
        is_added = focus is not None and len(self._ids) > self.top_slider.value()
        text = self.tr("“{word}” is not among the {count} most frequent words; it is added as the last one.")
        self.added_label.setText(
            text.format(word=self.heatmap.words[-1], count=self.top_slider.value()) if is_added else ""
        )
        self.added_label.setVisible(is_added)

    def _unit(self, matrix: CooccurrenceMatrix) -> str:
        if matrix.options.window == 1:
            text = self.tr("X: pairs of words side by side, each counted 1")
        elif matrix.options.weighting == "inverse":
            text = self.tr("X: pairs at most {window} words apart, each counted 1 / distance")
        else:
            text = self.tr("X: pairs at most {window} words apart, each counted 1")
        return text.format(window=matrix.options.window)

    def _describe_hovered(self, cell: tuple[int, int] | None) -> None:
        self._describe(self._pair if cell is None else self._pair_of(cell))

    def _describe_chosen(self, cell: tuple[int, int]) -> None:
        self._pair = self._pair_of(cell)
        self._describe(self._pair)

    def _pair_of(self, cell: tuple[int, int]) -> Pair:
        return self._ids[cell[0]], self._ids[cell[1]]

    def _describe(self, pair: Pair | None) -> None:
        """Say what is known of a pair, or what the pointer is good for."""
        matrix = self._session.cooccurrence
        if matrix is None or pair is None:
            self.cell_label.setText(self.tr("Point at a cell to read its count; click to choose its word."))
            self.heatmap.set_tip("")
            return
        word, context = (matrix.vocabulary.word(index) for index in pair)
        count = count_text(matrix.count(*pair))
        share = probability_text(conditional_probability(matrix, context=pair[1], word=pair[0]))
        facts = [f"X = {count}", f"P({context} | {word}) = {share}"]
        self.cell_label.setText("   ".join([f"{word} × {context}", *facts]))
        self.heatmap.set_tip("\n".join([f"{word} × {context}", *facts, self._unit(matrix)]))

    def _color_icons(self) -> None:
        self.copy_button.setIcon(self._theme.icon("copy"))
        self.export_button.setIcon(self._theme.icon("export"))

    def _table(self) -> Iterable[list[export.Cell]]:
        return export.count_table(self.heatmap.words, self.heatmap.counts)

    def _copy_table(self) -> None:
        QGuiApplication.clipboard().setText(export.tab_separated_text(self._table()))

    def _save_table(self) -> None:
        path = self._ask_for_path("counts.csv", "CSV (*.csv)")
        if path is not None:
            export.write_csv(path, self._table())

    def _save_picture(self) -> None:
        path = self._ask_for_path("counts.png", "PNG (*.png)")
        if path is not None:
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            QImageWriter(buffer, QByteArray(b"png")).write(self.heatmap.picture())
            export.write_bytes(path, bytes(buffer.data().data()))

    def _ask_for_path(self, suggestion: str, kind: str) -> Path | None:
        return dialogs.ask_where_to_save(self, self.tr("Save"), suggestion, kind)


def count_text(count: float) -> str:
    """A count to read: three significant digits, above a thousand all digits before the point."""
    return f"{count:,.0f}" if count >= 999.5 else f"{count:.3g}"


def probability_text(probability: float) -> str:
    """A probability to read: four decimals, or two significant digits where these would be zeros."""
    if probability == 0:
        return "0"
    return f"{probability:.4f}" if probability >= 0.0005 else f"{probability:.2g}"
