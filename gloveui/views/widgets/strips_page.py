"""Chosen words as strips of colour: controls, strips, and what they tell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gloveui.core.column_statistics import column_statistics
from gloveui.core.embedding import Embedding
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views.color_maps import signed_lut
from gloveui.views.example_words import example_words
from gloveui.views.languages import Translated
from gloveui.views.models.vector_rows import shortened, strong_value
from gloveui.views.models.word_strips import ORDERS, WordStrips, strips_of
from gloveui.views.numbers import grouped
from gloveui.views.plots.color_legend import ColorLegend
from gloveui.views.theme import Theme
from gloveui.views.widgets.column_combo import ColumnCombo
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.strip_plot import StripPlot
from gloveui.views.widgets.word_edit import WordEdit

MOST_WORDS = 40
LEGEND_WIDTH = 150
NARROWEST = 52  # pixels of a field and of a choice, where the panel is narrow


class StripsPage(Translated, QWidget):
    """The word in focus first, then words of one's own; ``head`` belongs beside the panel's own controls."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._embedding: Embedding | None = None
        self._words: list[str] = []  # one's own, without that in focus
        self._pair = ("", "")
        self._ends: dict[int, tuple[str, str]] = {}  # of the dimensions that were pointed at
        self._make_parts()
        self._arrange()
        self._connect()
        self.retranslate()

    @property
    def strips(self) -> WordStrips:
        """What is shown."""
        return self.plot.strips

    def retranslate(self) -> None:
        self.word_edit.setPlaceholderText(self.tr("Add a word"))
        self.word_edit.setAccessibleName(self.tr("Add a word"))
        self.order_combo.setAccessibleName(self.tr("Order of the columns"))
        self.order_combo.setToolTip(self.tr("Order of the columns"))
        names = (self.tr("as they are"), self.tr("by the first word"), self.tr("by the difference"))
        for place, name in enumerate(names):
            self.order_combo.setItemText(place, name)
        self.difference_box.setText(self.tr("Difference"))
        for combo in self.pair_combos:
            combo.setAccessibleName(self.tr("Word of the difference"))
        self.plot.setAccessibleName(self.tr("Vectors as strips of colour"))
        self.legend.set_unit(self.tr("value"))
        self._name_list_button()
        self._show()

    def set_embedding(self, embedding: Embedding | None) -> None:
        """Show the same words of other vectors; with none of them known, examples."""
        if embedding is self._embedding:
            return
        self._embedding = embedding
        self._ends.clear()
        if embedding is None:
            return
        self._words = [word for word in self._words if word in embedding.vocabulary]
        if not self._words:
            self._words = example_words(embedding.vocabulary)
        self.plot.colors.set_limit(strong_value(embedding.vectors))
        self._color_legend()
        self._show()

    def add_words(self, words: Sequence[str]) -> None:
        """Show more words under those that are there, as many as there is room for."""
        known = self._embedding.vocabulary.get if self._embedding is not None else None
        for word in words:
            index = known(word) if known is not None else None
            if self._embedding is None or index is None:
                continue
            name = self._embedding.vocabulary.word(index)
            if name not in self._words and len(self._words) < MOST_WORDS:
                self._words.append(name)
        self._show()

    def rows(self) -> Iterator[Sequence[export.Cell]]:
        """The strips as a table: word, norm, and the numbers in the order in which they are shown."""
        strips = self.strips
        columns = strips.columns.tolist()
        yield [self.tr("word"), self.tr("norm"), *map(str, columns)]
        for word, norm, vector in zip(strips.words, strips.norms.tolist(), strips.vectors, strict=True):
            yield [word, norm, *vector[columns].tolist()]
        if strips.difference is not None:
            yield [self._difference_name(), strips.distance, *strips.difference[columns].tolist()]

    def _make_parts(self) -> None:
        self.head = QWidget()
        self.word_edit = WordEdit(self._session, self._theme)
        self.word_edit.setObjectName("stripsWordEdit")
        self.word_edit.setMinimumWidth(NARROWEST)
        self.order_combo = QComboBox()
        self.order_combo.setObjectName("stripsOrder")
        self.order_combo.addItems([""] * len(ORDERS))
        self.order_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.order_combo.setMinimumWidth(NARROWEST)
        self.difference_box = QCheckBox()
        self.difference_box.setObjectName("stripsDifference")
        self.difference_box.setChecked(True)
        self.pair_combos = (ColumnCombo(), ColumnCombo())
        for combo, name in zip(self.pair_combos, ("stripsFirst", "stripsSecond"), strict=True):
            combo.setObjectName(name)
            combo.setMinimumContentsLength(7)
        self.list_button = QPushButton()
        self.list_button.setObjectName("stripsAddList")
        self.plot = StripPlot(self._theme)
        self.plot.setObjectName("wordStrips")
        self.pair_label, self.column_label = ElidedLabel(), ElidedLabel()
        self.column_label.setProperty("muted", True)
        self.legend = ColorLegend(self._theme)
        self.legend.setFixedWidth(LEGEND_WIDTH)

    def _arrange(self) -> None:
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.word_edit, 1)
        head.addWidget(self.order_combo)
        choices, pair = QWidget(), QWidget()
        subtraction = QHBoxLayout(pair)
        subtraction.setContentsMargins(0, 0, 0, 0)
        for widget in (self.difference_box, self.pair_combos[0], QLabel("−"), self.pair_combos[1]):
            subtraction.addWidget(widget)
        choice = FlowLayout(choices)
        choice.addWidget(pair)
        choice.addWidget(self.list_button)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addWidget(self.pair_label)
        told.addWidget(self.column_label)
        told.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addLayout(told, 1)
        foot.addWidget(self.legend, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(choices)
        layout.addWidget(self.plot, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.word_edit.word_entered.connect(self._add_typed)
        self.order_combo.currentIndexChanged.connect(self._show)
        self.difference_box.toggled.connect(self._show)
        for combo in self.pair_combos:
            combo.activated.connect(self._choose_pair)
        self.list_button.clicked.connect(self._add_list)
        self.plot.word_chosen.connect(self._choose)
        self.plot.word_removed.connect(self._remove)
        self.plot.column_pointed.connect(self._tell_column)
        self._session.focus_word_changed.connect(self._show)
        self._session.words.listed_changed.connect(self._name_list_button)
        self._theme.changed.connect(self._color_legend)

    def _shown_words(self) -> list[str]:
        """The word in focus, if the vectors have it, and the others."""
        if self._embedding is None:
            return []
        focus = self._embedding.vocabulary.get(self._session.focus_word)
        first = [] if focus is None else [self._embedding.vocabulary.word(focus)]
        return [*first, *(word for word in self._words if word not in first)][:MOST_WORDS]

    def _show(self) -> None:
        if self._embedding is None:
            return
        words = self._shown_words()
        self._keep_pair(words)
        pair = self._pair if self.difference_box.isChecked() and len(words) > 1 else None
        order = ORDERS[self.order_combo.currentIndex()]
        self.plot.set_names(self._difference_name(), self.tr("norm"))
        self.plot.set_strips(strips_of(self._embedding, words, pair, order), self._session.focus_word)
        self._offer_pair(words)
        self._tell_pair()
        self._tell_column(self.plot.pointed_dimension)

    def _keep_pair(self, words: list[str]) -> None:
        """Keep the two that are subtracted as long as they are there, else take the first words."""
        first, second = (word if word in words else "" for word in self._pair)
        rest = [word for word in words if word not in (first, second)]
        first = first or (rest.pop(0) if rest else "")
        self._pair = first, second or (rest[0] if rest else "")

    def _offer_pair(self, words: list[str]) -> None:
        self.difference_box.setEnabled(len(words) > 1)
        for combo, word in zip(self.pair_combos, self._pair, strict=True):
            combo.setEnabled(self.difference_box.isChecked() and len(words) > 1)
            if [combo.itemData(place) for place in range(combo.count())] != words:
                combo.clear()
                for each in words:
                    combo.addItem(shortened(each), each)
            combo.setCurrentIndex(words.index(word) if word in words else -1)

    def _choose_pair(self) -> None:
        first, second = (combo.currentData() for combo in self.pair_combos)
        if first == second:  # the other one gives way
            first, second = self._pair[::-1]
        self._pair = first, second
        self._show()

    def _choose(self, word: str) -> None:
        """Put a word in focus; the one that was stays among the words."""
        before = self._shown_words()
        self._words = before
        self._session.set_focus_word(word)

    def _remove(self, word: str) -> None:
        self._words = [other for other in self._words if other != word]
        self._show()

    def _add_typed(self, text: str) -> None:
        is_known = self._embedding is not None and self._embedding.vocabulary.get(text) is not None
        self.word_edit.mark_unknown(not is_known)
        if is_known:
            self.add_words([text])
            self.word_edit.clear()

    def _add_list(self) -> None:
        listed = self._session.words.listed
        self.add_words(listed.words if listed is not None else ())

    def _name_list_button(self) -> None:
        listed = self._session.words.listed
        self.list_button.setVisible(listed is not None)
        if listed is not None:
            self.list_button.setText(self.tr("Add the word list ({n})").format(n=grouped(len(listed.words))))

    def _difference_name(self) -> str:
        first, second = map(shortened, self._pair)
        return f"{first} − {second}"

    def _tell_pair(self) -> None:
        strips = self.strips
        if strips.pair is None:
            self.pair_label.setText("")
            return
        (first, second), norms = map(shortened, self._pair), strips.norms[list(strips.pair)]
        cosine = "–" if math.isnan(strips.cosine) else f"{strips.cosine:.3f}"
        self.pair_label.setText(
            self.tr("cosine {cosine} · distance {distance} · norms {first} {a}, {second} {b}").format(
                cosine=cosine, distance=f"{strips.distance:.2f}", first=first, second=second,
                a=f"{norms[0]:.2f}", b=f"{norms[1]:.2f}",
            )
        )  # fmt: skip

    def _tell_column(self, dimension: int | None) -> None:
        if dimension is None or self._embedding is None:
            self.column_label.setText(self.tr("Point at the strips to read a column"))
            return
        low, high = self._ends_of(dimension)
        self.column_label.setText(
            self.tr("dimension {n} · lowest of all words: {low} · highest: {high}").format(
                n=dimension, low=low, high=high
            )
        )

    def _ends_of(self, dimension: int) -> tuple[str, str]:
        """The words with the smallest and the largest number, each with it."""
        if dimension not in self._ends and self._embedding is not None:
            found = column_statistics(self._embedding.vectors[:, dimension])
            word = self._embedding.vocabulary.word
            self._ends[dimension] = (
                f"{shortened(word(found.lowest_row))} {found.lowest:+.2f}",
                f"{shortened(word(found.highest_row))} {found.highest:+.2f}",
            )
        return self._ends[dimension]

    def _color_legend(self) -> None:
        limit = self.plot.colors.limit
        ticks = ((0.0, f"≤ {-limit:.2g}"), (0.5, "0"), (1.0, f"≥ {limit:.2g}"))
        self.legend.set_scale(signed_lut(self._theme.palette), ticks)
