"""Which models are compared: two of them, or up to four side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from gloveui.state.values import Model
from gloveui.views.languages import Translated

MOST_COLUMNS = 4
NAME_LETTERS = 5  # of a model that are in sight at least


class PairPicker(Translated, QWidget):
    """Two models of a session; what was chosen stays as long as it is there, else the newest two are."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[Model, ...] = ()
        self.combos = QComboBox(), QComboBox()
        self.with_label = QLabel()
        self.with_label.setProperty("muted", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for side, combo in zip("AB", self.combos, strict=True):
            combo.setObjectName(f"compareModel{side}")
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(NAME_LETTERS)
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            combo.activated.connect(self._keep_apart)
        row.addWidget(self.combos[0], 1)
        row.addWidget(self.with_label)
        row.addWidget(self.combos[1], 1)
        self.retranslate()

    @property
    def pair(self) -> tuple[Model, Model] | None:
        """The two models; None where there are no two."""
        if len(self._models) < 2:
            return None
        return self._models[self.combos[0].currentIndex()], self._models[self.combos[1].currentIndex()]

    def set_models(self, models: Sequence[Model]) -> None:
        """Offer other models, oldest first."""
        chosen = [combo.currentData() for combo in self.combos]
        grew = len(models) > len(self._models)
        self._models = tuple(models)
        numbers = [model.number for model in models]
        are_there = len(numbers) > 1 and all(number in numbers for number in chosen) and not grew
        wanted = chosen if are_there else numbers[-2:]
        for combo, number in zip(self.combos, wanted or [None, None], strict=False):
            combo.clear()
            for model in models:
                combo.addItem(model.name, model.number)
            combo.setCurrentIndex(combo.findData(number))
        self._tell_names()

    def retranslate(self) -> None:
        self.with_label.setText(self.tr("with"))
        names = self.tr("First model of the comparison"), self.tr("Second model of the comparison")
        for combo, name in zip(self.combos, names, strict=True):
            combo.setAccessibleName(name)
        self._tell_names()

    def _tell_names(self) -> None:
        """Whole names, for where there is no room for them."""
        for combo in self.combos:
            combo.setToolTip(combo.currentText() or combo.accessibleName())

    def _keep_apart(self) -> None:
        """No model is compared with itself: the other side takes what this one had, or another."""
        first, second = self.combos
        if first.currentIndex() == second.currentIndex():
            other = second if self.sender() is first else first
            other.setCurrentIndex((other.currentIndex() + 1) % len(self._models))
        self._tell_names()
        self.changed.emit()


class ModelsMenu(Translated, QToolButton):
    """Up to four models by a menu; at first the newest."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[Model, ...] = ()
        self._off: set[int] = set()  # numbers of models that were taken out
        self._menu = QMenu(self)
        self.setObjectName("compareModels")
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.triggered.connect(self._take)
        self.retranslate()

    @property
    def models(self) -> tuple[Model, ...]:
        """Those that are compared, oldest first."""
        return tuple(model for model in self._models if model.number not in self._off)[-MOST_COLUMNS:]

    def set_models(self, models: Sequence[Model]) -> None:
        """Offer other models, oldest first."""
        self._models = tuple(models)
        self._fill()

    def include(self, models: Sequence[Model]) -> None:
        """Have these among the compared ones, without telling; the oldest others go where there are more."""
        wanted = [model.number for model in models]
        others = [model.number for model in self.models if model.number not in wanted]
        self._choose([*others[len(wanted) - MOST_COLUMNS :], *wanted])

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Models that are compared, at most four"))
        self.setToolTip(self.tr("Models that are compared, at most four"))
        self._name()

    def _fill(self) -> None:
        self._menu.clear()
        shown = self.models
        for model in self._models:
            action = QAction(model.name.replace("&", "&&"), self._menu)
            action.setCheckable(True)
            action.setChecked(model in shown)
            action.setData(model.number)
            self._menu.addAction(action)
        self._name()

    def _name(self) -> None:
        text = self.tr("Models: {shown} of {count}")
        self.setText(text.format(shown=len(self.models), count=len(self._models)))

    def _take(self, action: QAction) -> None:
        """Put a model in, for which the oldest goes where there are four, or take it out."""
        shown = [model.number for model in self.models]
        number = int(action.data())
        if number in shown:
            shown.remove(number)
        else:
            shown = [*shown[-MOST_COLUMNS + 1 :], number]
        self._choose(shown)
        self.changed.emit()

    def _choose(self, numbers: Sequence[int]) -> None:
        self._off = {model.number for model in self._models} - set(numbers)
        self._fill()
