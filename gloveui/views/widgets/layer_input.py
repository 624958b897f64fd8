"""What goes into the embedding layer: whose table, which sentences, and how they are made equally long."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from gloveui.core.embedding_layer import LECTURE_SENTENCE
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.flow_layout import FlowLayout

RULES = ("zeros", "rarest", "random")
LECTURE, MODEL = range(2)
LONGEST_LENGTH = 64
MOST_LINES = 3  # in sight at once


class LayerInput(Translated, QWidget):
    """The table's source, the rule for unknown words, the length, and sentences, one a line."""

    changed = Signal()
    source_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model_name, self._model_rule = "", "rarest"
        self._make_parts()
        self._arrange()
        theme.changed.connect(self._fit_lines)
        self._fit_lines()
        self.retranslate()

    @property
    def is_lecture(self) -> bool:
        """Whether the lecture's own table is used."""
        return self.source_combo.currentIndex() == LECTURE

    @property
    def rule(self) -> str:
        """How the row of unknown words is made."""
        return RULES[self.rule_combo.currentIndex()]

    @property
    def length(self) -> int:
        """Words in each sentence; 0: as many as the longest has."""
        return self.length_box.value()

    @property
    def text(self) -> str:
        """The sentences."""
        return self.sentences_edit.toPlainText()

    def retranslate(self) -> None:
        self.source_label.setText(self.tr("Table"))
        self.source_combo.setAccessibleName(self.tr("Table"))
        self.source_combo.setItemText(LECTURE, self.tr("The lecture's example"))
        self.rule_label.setText("<unk>")
        self.rule_combo.setAccessibleName(self.tr("Row of unknown words"))
        self.rule_combo.setToolTip(
            self.tr("What the row of unknown words is: zeros, the mean of the 100 rarest, or random")
        )
        texts = (self.tr("zeros"), self.tr("mean of the rarest"), self.tr("random numbers"))
        for place, text in enumerate(texts):
            self.rule_combo.setItemText(place, text)
        self.length_label.setText(self.tr("Length"))
        self.length_box.setAccessibleName(self.tr("Length of each sentence"))
        self.length_box.setSpecialValueText(self.tr("longest"))
        self.length_box.setToolTip(
            self.tr("Shorter sentences are filled up with <pad>, longer ones are cut at their end.")
        )
        self.sentences_edit.setPlaceholderText(self.tr("Type sentences, one a line"))
        self.sentences_edit.setAccessibleName(self.tr("Sentences"))

    def set_model(self, name: str, rule: str) -> None:
        """Offer the table of a model, made with a rule; an empty name: there is none."""
        combo: QComboBox = self.source_combo
        was_there = bool(self._model_name)
        self._model_name, self._model_rule = name, rule
        if name and not was_there:
            combo.addItem(name)
        elif name:
            combo.setItemText(MODEL, name)
        elif was_there:
            combo.removeItem(MODEL)
        if name and combo.currentIndex() == MODEL:
            self.rule_combo.setCurrentIndex(RULES.index(rule))

    def _make_parts(self) -> None:
        self.source_label, self.rule_label, self.length_label = QLabel(), QLabel(), QLabel()
        self.source_combo = QComboBox()
        self.source_combo.setObjectName("layerSource")
        self.source_combo.addItem("")
        self.rule_combo = QComboBox()
        self.rule_combo.setObjectName("layerUnknownRule")
        self.rule_combo.addItems([""] * len(RULES))
        self.length_box = QSpinBox()
        self.length_box.setObjectName("layerLength")
        self.length_box.setRange(0, LONGEST_LENGTH)
        self.sentences_edit = QPlainTextEdit()
        self.sentences_edit.setObjectName("layerSentences")
        self.sentences_edit.setTabChangesFocus(True)
        self.sentences_edit.setPlainText(LECTURE_SENTENCE)
        self.source_combo.currentIndexChanged.connect(self._change_source)
        self.rule_combo.currentIndexChanged.connect(self.changed)
        self.length_box.valueChanged.connect(self.changed)
        self.sentences_edit.textChanged.connect(self._fit_lines)
        self.sentences_edit.textChanged.connect(self.changed)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QWidget()
        flow = FlowLayout(row, spacing=8)
        for label, field in (
            (self.source_label, self.source_combo),
            (self.rule_label, self.rule_combo),
            (self.length_label, self.length_box),
        ):
            flow.addWidget(labelled(label, field))
        column.addWidget(row)
        column.addWidget(self.sentences_edit)

    def _change_source(self) -> None:
        self.rule_combo.blockSignals(True)
        self.rule_combo.setCurrentIndex(RULES.index("zeros" if self.is_lecture else self._model_rule))
        self.rule_combo.blockSignals(False)
        self.source_changed.emit()
        self.changed.emit()

    def _fit_lines(self) -> None:
        """As high as the sentences, up to a few."""
        fit_lines(self.sentences_edit, min(max(self.sentences_edit.blockCount(), 1), MOST_LINES))


def labelled(label: QLabel, field: QWidget) -> QWidget:
    """A field with its name in front of it."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("muted", True)
    label.setBuddy(field)
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(label)
    row.addWidget(field)
    return both


def fit_lines(edit: QPlainTextEdit, lines: int) -> None:
    """Make a field as high as so many lines of text."""
    margins = 2 * (edit.document().documentMargin() + edit.frameWidth()) + 10
    edit.setFixedHeight(round(lines * edit.fontMetrics().lineSpacing() + margins))
