"""Whether something is added to every count, and what the probabilities are made of then."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QWidget

from gloveui.views.languages import Translated
from gloveui.views.numbers import grouped

USUAL_LAMBDA = 0.01
SMALLEST_LAMBDA, LARGEST_LAMBDA = 0.0001, 100.0


class SmoothingRow(Translated, QWidget):
    """None, or additive smoothing with a λ; the formula is written out."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vocabulary_size = 0
        self.label = QLabel()
        self.choice = QComboBox()
        self.choice.setObjectName("probabilitiesSmoothing")
        self.choice.addItems(["", ""])
        self.amount = QDoubleSpinBox()
        self.amount.setObjectName("probabilitiesLambda")
        self.amount.setDecimals(4)
        self.amount.setRange(SMALLEST_LAMBDA, LARGEST_LAMBDA)
        self.amount.setValue(USUAL_LAMBDA)
        self.amount.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.amount.setKeyboardTracking(False)
        self.formula = QLabel()
        self.formula.setTextFormat(Qt.TextFormat.PlainText)
        self.formula.setWordWrap(True)
        for label in (self.label, self.formula):
            label.setProperty("muted", True)
        self.label.setBuddy(self.choice)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.label, self.choice, self.amount):
            row.addWidget(widget)
        row.addWidget(self.formula, 1)
        self.choice.currentIndexChanged.connect(self._change)
        self.amount.valueChanged.connect(self._change)
        self.retranslate()

    @property
    def value(self) -> float:
        """λ; 0 for none."""
        return self.amount.value() if self.choice.currentIndex() == 1 else 0.0

    def set_vocabulary_size(self, size: int) -> None:
        """V, how many words share what is added."""
        self._vocabulary_size = size
        self._write_formula()

    def retranslate(self) -> None:
        self.label.setText(self.tr("Smoothing"))
        self.choice.setItemText(0, self.tr("none"))
        self.choice.setItemText(1, self.tr("add λ"))
        self.choice.setAccessibleName(self.tr("Smoothing"))
        self.amount.setAccessibleName("λ")
        self._write_formula()

    def _change(self) -> None:
        self._write_formula()
        self.changed.emit()

    def _write_formula(self) -> None:
        self.amount.setVisible(self.value > 0)
        size = grouped(self._vocabulary_size)
        smoothed = self.tr("P(k|i) = (X + λ) / (ΣX + λ V), V = {size} words").format(size=size)
        self.formula.setText(smoothed if self.value else self.tr("P(k|i) = X / ΣX, as counted"))
