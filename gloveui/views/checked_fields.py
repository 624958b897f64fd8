"""Fields that say at once, while something is typed, why it cannot be used; a bound swallows no digit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from gloveui.core.errors import SettingError

MOST_DIGITS = 18  # of what is typed; more are no number that anybody means

_SIGNS = ("-", "+")  # a number may follow
_POWER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d{0,3}")  # of ten, as in 1e-3; the end may be missing

Judgement: TypeAlias = tuple[QValidator.State, str, int]


class WholeNumberField(QSpinBox):
    """A field for a whole number."""

    problem_changed = Signal(str)  # why what is typed cannot be used; empty when it can

    def __init__(self, lowest: int, highest: int) -> None:
        super().__init__()
        self.setRange(lowest, highest)
        _prepare(self)
        self.lineEdit().textEdited.connect(self._check)
        self.editingFinished.connect(self._check)

    def validate(self, text: str, position: int) -> Judgement:
        return _tolerant(super().validate(text, position), self)

    def fixup(self, text: str) -> str:
        """The nearest number that can be used, when the field is left."""
        typed = _typed_number(self, text)
        return text if typed is None else str(int(_bounded(typed, self.minimum(), self.maximum())))

    def _check(self) -> None:
        bounds = {"lowest": f"{self.minimum():,}", "highest": f"{self.maximum():,}"}
        sentence = self.tr("{field}: whole numbers from {lowest} to {highest}")
        _tell(
            self, "" if self.hasAcceptableInput() else sentence.format(field=self.accessibleName(), **bounds)
        )


class NumberField(QDoubleSpinBox):
    """A field for a number, which is shown without trailing zeros."""

    problem_changed = Signal(str)  # why what is typed cannot be used; empty when it can

    def __init__(self, lowest: float, highest: float, decimals: int) -> None:
        super().__init__()
        self.setDecimals(decimals)
        self.setRange(lowest, highest)
        _prepare(self)
        self.lineEdit().textEdited.connect(self._check)
        self.editingFinished.connect(self._check)

    def textFromValue(self, value: float) -> str:
        return _plain(value, self.decimals())

    def validate(self, text: str, position: int) -> Judgement:
        judgement = _tolerant(super().validate(text, position), self)
        if _POWER.fullmatch(text):
            return QValidator.State.Intermediate, text, position
        return judgement

    def fixup(self, text: str) -> str:
        """The nearest number that can be used, when the field is left."""
        typed = _typed_number(self, text)
        if typed is None:
            return text
        return self.textFromValue(_bounded(typed, self.minimum(), self.maximum()))

    def _check(self) -> None:
        bounds = (_plain(bound, self.decimals()) for bound in (self.minimum(), self.maximum()))
        lowest, highest = bounds
        sentence = self.tr("{field}: {lowest} to {highest}, at most {decimals} decimals")
        filled = sentence.format(
            field=self.accessibleName(), lowest=lowest, highest=highest, decimals=self.decimals()
        )
        _tell(self, "" if self.hasAcceptableInput() or self._is_usable_power() else filled)

    def _is_usable_power(self) -> bool:
        typed = _typed_number(self, self.text())
        if typed is None or not self.minimum() <= typed <= self.maximum():
            return False
        return typed == round(typed, self.decimals())


class FolderField(QLineEdit):
    """A field for a folder that is there; it may be left empty."""

    def value(self) -> str:
        """The folder; raises `SettingError` if there is none of this name."""
        if self.text() and not Path(self.text()).is_dir():
            expected = self.tr("a folder that is there")
            raise SettingError(setting=self.accessibleName(), expected=expected, received=self.text())
        return self.text()


def mark(field: QWidget, problem: str) -> None:
    """Show that a field's value cannot be used, and why; without a problem its tooltip explains the field."""
    if bool(field.property("invalid")) != bool(problem):
        field.setProperty("invalid", bool(problem))
        field.style().polish(field)
    field.setToolTip(problem or field.accessibleDescription())


def _tell(field: WholeNumberField | NumberField, problem: str) -> None:
    mark(field, problem)
    field.problem_changed.emit(problem)


def _prepare(field: QAbstractSpinBox) -> None:
    field.setLocale(QLocale.c())  # numbers are written alike in all languages of the window
    field.setKeyboardTracking(False)


def _tolerant(judgement: Judgement, field: WholeNumberField | NumberField) -> Judgement:
    """Qt's judgement, but that a number beyond the bounds may be typed: it is told why it cannot be used."""
    state, text, position = judgement
    is_number = _without_affixes(field, text) in _SIGNS or _typed_number(field, text) is not None
    if state is QValidator.State.Invalid and is_number:
        state = QValidator.State.Intermediate
    return state, text, position


def _typed_number(field: WholeNumberField | NumberField, text: str) -> float | None:
    """The number in a field's text without what stands around it; None if there is none."""
    text = _without_affixes(field, text)
    try:
        return float(text) if len(text) <= MOST_DIGITS and text.isascii() and "_" not in text else None
    except ValueError:
        return None


def _without_affixes(field: WholeNumberField | NumberField, text: str) -> str:
    return text.removeprefix(field.prefix()).removesuffix(field.suffix()).strip()


def _bounded(number: float, lowest: float, highest: float) -> float:
    return min(max(number, lowest), highest) if number == number else lowest


def _plain(number: float, decimals: int) -> str:
    """A number without trailing zeros."""
    text = f"{number:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
