"""What a map shows: how words are laid out, which ones, and what their colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QSpinBox, QWidget

from gloveui.state.session import Session
from gloveui.views.languages import Translated
from gloveui.views.map_coloring import COLORINGS, USUAL_COLORING, USUAL_GROUPS, USUAL_SMALLEST
from gloveui.views.map_layouts import METHODS, USUAL_WORDS, WORDS
from gloveui.views.theme import Theme
from gloveui.views.widgets.field_row import together
from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.word_edit import WordEdit

FEWEST, MOST = 2, 10_000_000
SEARCH_WIDTH = 132  # pixels
NUMBER_WIDTH = 84  # pixels; else room is kept for the largest number there may be
GROUPINGS = {"kmeans": (2, 50, USUAL_GROUPS), "hdbscan": (2, 1_000, USUAL_SMALLEST)}


class MapControls(Translated, QWidget):
    """As many lines as the width needs; a number stands beside the choice that it belongs to."""

    method_changed = Signal()
    words_changed = Signal()
    coloring_changed = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = {kind: usual for kind, (_, _, usual) in GROUPINGS.items()}
        self.method_combo = _combo("mapMethod", METHODS)
        self.words_combo = _combo("mapWords", WORDS)
        self.number_box = QSpinBox()
        self.number_box.setObjectName("mapNumber")
        self.number_box.setRange(FEWEST, MOST)
        self.number_box.setGroupSeparatorShown(True)
        self.number_box.setKeyboardTracking(False)
        self.number_box.setSingleStep(500)
        self.number_box.setMaximumWidth(NUMBER_WIDTH)
        self.number_box.setValue(USUAL_WORDS)
        self.color_label = QLabel()
        self.color_label.setProperty("muted", True)
        self.color_combo = _combo("mapColors", COLORINGS)
        self.choose_usual_coloring()
        self.color_label.setBuddy(self.color_combo)
        self.groups_box = QSpinBox()
        self.groups_box.setObjectName("mapGroups")
        self.groups_box.setKeyboardTracking(False)
        self.search_edit = WordEdit(session, theme)
        self.search_edit.setObjectName("mapSearch")
        self._theme = theme
        self._arrange()
        self._connect()
        theme.changed.connect(self._fit_width)
        self._fit_width()
        self.retranslate()
        self._show_state()

    @property
    def method(self) -> str:
        """How words are laid out: one of `METHODS`."""
        return cast(str, self.method_combo.currentData())

    @property
    def words(self) -> str:
        """Which words: one of `WORDS`."""
        return cast(str, self.words_combo.currentData())

    @property
    def number(self) -> int:
        """How many of the most frequent words."""
        return self.number_box.value()

    @property
    def coloring(self) -> str:
        """What colours mean: one of `COLORINGS`."""
        return cast(str, self.color_combo.currentData())

    @property
    def groups(self) -> int:
        """How many groups are looked for by k-means, or how many words a dense group has at least."""
        return self._groups.get(self.coloring, 0)

    def choose_words(self, kind: str) -> None:
        """Show other words."""
        self.words_combo.setCurrentIndex(WORDS.index(kind))

    def choose_usual_coloring(self) -> None:
        """Colour by what takes no time."""
        self.color_combo.setCurrentIndex(COLORINGS.index(USUAL_COLORING))

    def add(self, *parts: QWidget) -> None:
        """Put more parts behind these."""
        for part in parts:
            self._flow.addWidget(part)

    def retranslate(self) -> None:
        methods = ("PCA", "t-SNE", "UMAP", self.tr("Word axes"))
        words = (self.tr("most frequent"), self.tr("all words"), self.tr("word list"))
        colors = (
            self.tr("all alike"), self.tr("groups (k-means)"), self.tr("dense groups (HDBSCAN)"),
            self.tr("frequency"), self.tr("similarity to the focus"), self.tr("word list"),
        )  # fmt: skip
        for combo, texts in (
            (self.method_combo, methods),
            (self.words_combo, words),
            (self.color_combo, colors),
        ):
            for place, text in enumerate(texts):
                combo.setItemText(place, text)
            combo.fit_list()
        self.color_label.setText(self.tr("Colour"))
        self.search_edit.setPlaceholderText(self.tr("Find a word"))
        self.search_edit.setAccessibleName(self.tr("Find a word on the map"))
        self._name_fields()

    def _name_fields(self) -> None:
        names = {
            self.method_combo: self.tr("How words become points"),
            self.words_combo: self.tr("Which words are shown"),
            self.number_box: self.tr("How many of the most frequent words"),
            self.color_combo: self.tr("What the colours mean"),
            self.groups_box: self.tr("Number of groups")
            if self.coloring == "kmeans"
            else self.tr("Words that a group has at least"),
        }
        for field, name in names.items():
            field.setAccessibleName(name)
            field.setToolTip(name)

    def _fit_width(self) -> None:
        self.search_edit.setFixedWidth(self._theme.pixels(SEARCH_WIDTH))

    def _arrange(self) -> None:
        self._flow = FlowLayout(self)
        self.add(
            self.method_combo,
            together(self.words_combo, self.number_box),
            self.search_edit,
            together(self.color_label, self.color_combo, self.groups_box),
        )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _connect(self) -> None:
        self.method_combo.currentIndexChanged.connect(self.method_changed)
        self.words_combo.currentIndexChanged.connect(self._change_words)
        self.number_box.valueChanged.connect(self.words_changed)
        self.color_combo.currentIndexChanged.connect(self._change_coloring)
        self.groups_box.valueChanged.connect(self._change_groups)

    def _change_words(self) -> None:
        self._show_state()
        self.words_changed.emit()

    def _change_coloring(self) -> None:
        self._show_state()
        self.coloring_changed.emit()

    def _change_groups(self, number: int) -> None:
        self._groups[self.coloring] = number
        self.coloring_changed.emit()

    def _show_state(self) -> None:
        """Show the numbers that belong to what is chosen."""
        self.number_box.setVisible(self.words == "frequent")
        has_groups = self.coloring in GROUPINGS
        if has_groups:
            lowest, highest, _ = GROUPINGS[self.coloring]
            self.groups_box.blockSignals(True)
            self.groups_box.setRange(lowest, highest)
            self.groups_box.setValue(self._groups[self.coloring])
            self.groups_box.blockSignals(False)
        self.groups_box.setVisible(has_groups)
        self._name_fields()
        self.updateGeometry()


class _NarrowCombo(QComboBox):
    """As wide as what is chosen, not as the longest of what could be; its list is as wide as that."""

    def __init__(self) -> None:
        super().__init__()
        self.currentIndexChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        whole, advance = super().sizeHint(), self.fontMetrics().horizontalAdvance
        longest = max((advance(self.itemText(place)) for place in range(self.count())), default=0)
        return QSize(whole.width() - longest + advance(self.currentText()), whole.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def fit_list(self) -> None:
        """Take the room that the texts need in the list."""
        self.view().setMinimumWidth(super().sizeHint().width())
        self.updateGeometry()


def _combo(name: str, keys: Sequence[str]) -> _NarrowCombo:
    combo = _NarrowCombo()
    combo.setObjectName(name)
    for key in keys:
        combo.addItem("", key)
    return combo
