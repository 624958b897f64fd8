"""What an embedding layer is to learn, and how."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gloveui.core.layer_training import (
    MOST_STEPS,
    Examples,
    LayerTrainingConfig,
    label_examples,
    next_word_examples,
)
from gloveui.core.tokens import TokenOptions, splitter
from gloveui.views.checked_fields import NumberField, WholeNumberField
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.layer_input import fit_lines, labelled
from gloveui.views.widgets.wrapped_label import wrapped_label

NEXT_WORD, LABEL = range(2)
SENTENCES = "you need to know how to code\nyou need to learn how to cook\nI like to code\nI like to cook"
LABELLED = (
    "a nice day\tgood\ngreat work\tgood\nthe best day\tgood\nan amazing film\tgood\n"
    "a bad day\tbad\npoor work\tbad\nthe worst day\tbad\na boring film\tbad"
)
WHAT = ("task", "before")  # settings over the text; the others tell how to learn
LINES_SHOWN = 4


class LayerTask(Translated, QWidget):
    """The next word of short sentences, or a label of them; dimension, rate, batch, steps, seed."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._texts = {NEXT_WORD: SENTENCES, LABEL: LABELLED}
        self._task = NEXT_WORD
        self._labels: dict[str, QLabel] = {}
        self._make_parts()
        self._arrange()
        theme.changed.connect(self._fit_lines)
        self._fit_lines()
        self.retranslate()

    @property
    def config(self) -> LayerTrainingConfig:
        """How to learn."""
        return LayerTrainingConfig(
            dimension=self.dimension_box.value(),
            learning_rate=self.rate_box.value(),
            batch=self.batch_box.value(),
            steps=self.steps_box.value(),
            seed=self.seed_box.value(),
        )

    def examples(self) -> Examples:
        """What to learn; raises `GloveError` kinds for a text from which nothing can be learned."""
        split = splitter(TokenOptions())
        text = self.text_edit.toPlainText()
        if self._task == LABEL:
            return label_examples(text, split)
        return next_word_examples(text, split, self.before_box.value())

    def retranslate(self) -> None:
        self.task_combo.setItemText(NEXT_WORD, self.tr("predict the next word"))
        self.task_combo.setItemText(LABEL, self.tr("predict a label"))
        names = {
            "task": self.tr("Task"),
            "before": self.tr("Words before"),
            "dimension": self.tr("Dimension D"),
            "rate": self.tr("Learning rate η"),
            "batch": self.tr("Examples a step"),
            "steps": self.tr("Steps"),
            "seed": self.tr("Seed"),
        }
        for name, field in self._fields():
            self._labels[name].setText(names[name])
            field.setAccessibleName(names[name])
        self.text_edit.setAccessibleName(self.tr("Sentences to learn from"))
        self._tell_task()

    def _make_parts(self) -> None:
        self.task_combo = QComboBox()
        self.task_combo.setObjectName("layerTask")
        self.task_combo.addItems(["", ""])
        self.before_box, self.dimension_box = WholeNumberField(1, 4), WholeNumberField(2, 16)
        self.rate_box = NumberField(0.001, 10.0, 3)
        self.batch_box, self.steps_box = WholeNumberField(1, 64), WholeNumberField(1, MOST_STEPS)
        self.seed_box = WholeNumberField(0, 9999)
        usual = LayerTrainingConfig()
        self.before_box.setValue(2)
        self.dimension_box.setValue(usual.dimension)
        self.rate_box.setValue(usual.learning_rate)
        self.batch_box.setValue(usual.batch)
        self.steps_box.setValue(usual.steps)
        self.seed_box.setValue(usual.seed)
        for name, field in self._fields():
            self._labels[name] = QLabel()
            if name != "task":
                field.setObjectName(f"layer_{name}")
        self.hint_label = wrapped_label("muted")
        self.text_edit = QPlainTextEdit()
        self.text_edit.setObjectName("layerTexts")
        self.text_edit.setPlainText(SENTENCES)
        self.task_combo.currentIndexChanged.connect(self._change_task)
        self.text_edit.textChanged.connect(self.changed)

    def _fields(self) -> Iterator[tuple[str, QWidget]]:
        yield "task", self.task_combo
        yield "before", self.before_box
        yield "dimension", self.dimension_box
        yield "rate", self.rate_box
        yield "batch", self.batch_box
        yield "steps", self.steps_box
        yield "seed", self.seed_box

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        rows = QWidget(), QWidget()
        what, how = (FlowLayout(row, spacing=8) for row in rows)
        for name, field in self._fields():
            both = labelled(self._labels[name], field)
            (what if name in WHAT else how).addWidget(both)
            if name == "before":
                self._before_row = both
        for widget in (rows[0], self.hint_label, self.text_edit, rows[1]):
            column.addWidget(widget)

    def _change_task(self, task: int) -> None:
        """Each task keeps its own text."""
        self._texts[self._task] = self.text_edit.toPlainText()
        self._task = task
        self.text_edit.setPlainText(self._texts[task])
        self.text_edit.setTabChangesFocus(task != LABEL)
        self._before_row.setVisible(task == NEXT_WORD)
        self._tell_task()

    def _tell_task(self) -> None:
        self.hint_label.setText(
            self.tr("A sentence a line; each word is predicted from the words before it.")
            if self._task == NEXT_WORD
            else self.tr("A sentence a line, then a tab, then its label.")
        )

    def _fit_lines(self) -> None:
        fit_lines(self.text_edit, LINES_SHOWN)
