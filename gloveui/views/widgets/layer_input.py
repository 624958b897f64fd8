"""What goes into the embedding layer: whose table, which sentences, and how they are made equally long."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from gloveui.core.embedding_layer import LECTURE_SENTENCE
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.plain_tooltip import plain_tooltip

RULES = ("zeros", "rarest", "random")
LECTURE, MODEL = range(2)
LONGEST_LENGTH = 64
MOST_LINES = 3  # in sight at once
LONGEST_SHOWN = 400  # characters that fill so many lines in any case


class LayerInput(Translated, QWidget):
    """Sentences, one a line, and whose table; ``options_row`` has the unknown words' rule and the length."""

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
        self.source_combo.setAccessibleName(self.tr("Table"))
        self.source_combo.setToolTip(
            self.tr("Whose rows are looked up: the lecture's example, or the model's")
        )
        self.source_combo.setItemText(LECTURE, self.tr("Lecture's table"))
        if self._model_name:
            self.source_combo.setItemText(MODEL, self.tr("Model's table"))
        self.rule_label.setText("<unk>")
        self.rule_combo.setAccessibleName(self.tr("Row of unknown words"))
        self.rule_combo.setToolTip(
            self.tr("What the row of unknown words is: zeros, the mean of the 100 rarest, or random")
        )
        texts = (self.tr("zeros"), self.tr("mean of rarest"), self.tr("random"))
        for place, text in enumerate(texts):
            self.rule_combo.setItemText(place, text)
        self.length_box.setPrefix(self.tr("length "))
        self.length_box.setAccessibleName(self.tr("Length of each sentence"))
        self.length_box.setSpecialValueText(self.tr("longest"))
        self.length_box.setToolTip(
            self.tr("Shorter sentences are filled up with <pad>, longer ones are cut at their end.")
        )
        self.sentences_edit.setPlaceholderText(self.tr("Type sentences, one a line"))
        self.sentences_edit.setAccessibleName(self.tr("Sentences"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of another width, the sentences need other lines."""
        if event.type() == QEvent.Type.Resize:
            self._fit_lines()
        return super().eventFilter(watched, event)

    def set_model(self, name: str, rule: str) -> None:
        """Offer the table of a model, made with a rule; an empty name: there is none."""
        combo: QComboBox = self.source_combo
        was_there = bool(self._model_name)
        self._model_name, self._model_rule = name, rule
        if name and not was_there:
            combo.addItem(self.tr("Model's table"))
        elif was_there and not name:
            combo.removeItem(MODEL)
        if name:
            combo.setItemData(MODEL, plain_tooltip(name), Qt.ItemDataRole.ToolTipRole)
        if name and combo.currentIndex() == MODEL:
            self.rule_combo.setCurrentIndex(RULES.index(rule))

    def _make_parts(self) -> None:
        self.rule_label = QLabel()
        self.source_combo = QComboBox()
        self.source_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
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
        self.sentences_edit.viewport().installEventFilter(self)
        self.sentences_edit.textChanged.connect(self.changed)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.options_row = QWidget()
        flow = FlowLayout(self.options_row, spacing=8)
        flow.addWidget(labelled(self.rule_label, self.rule_combo))
        flow.addWidget(self.length_box)
        self.options_row.hide()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.sentences_edit, 1)
        line.addWidget(self.source_combo, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.options_row)
        column.addLayout(line)

    def _change_source(self) -> None:
        self.rule_combo.blockSignals(True)
        self.rule_combo.setCurrentIndex(RULES.index("zeros" if self.is_lecture else self._model_rule))
        self.rule_combo.blockSignals(False)
        self.source_changed.emit()
        self.changed.emit()

    def _fit_lines(self) -> None:
        """As high as the sentences, with what goes on below, up to a few lines."""
        edit = self.sentences_edit
        room = QRect(0, 0, edit.viewport().width() - 2 * round(edit.document().documentMargin()), 1 << 20)
        lines, metrics = 0, edit.fontMetrics()
        for text in self.text.split("\n")[:MOST_LINES]:
            high = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text[:LONGEST_SHOWN]).height()
            lines += max(round(high / metrics.lineSpacing()), 1)
        fit_lines(edit, min(max(lines, 1), MOST_LINES))


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
