"""Fields for settings: what is typed goes to the session, what the session holds is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from gloveui.core.errors import SettingError
from gloveui.views.languages import translate_error

SpinBox = TypeVar("SpinBox", bound=QAbstractSpinBox)

OBJECT_NAME_PREFIX = "setting_"


class PlainDoubleSpinBox(QDoubleSpinBox):
    """A field for a number that is shown without trailing zeros."""

    def textFromValue(self, value: float) -> str:
        return f"{value:.{self.decimals()}f}".rstrip("0").rstrip(".")


class SettingsGroup(QObject):
    """The fields of one group of settings, a frozen dataclass.

    Parameters
    ----------
    read
        Gives the settings that hold now.
    apply
        Takes changed settings.
    fields
        A widget for each setting; its objectName is ``setting_<name of the setting>``.
    """

    def __init__(
        self,
        read: Callable[[], Any],
        apply: Callable[[Any], None],
        fields: Sequence[QWidget],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._apply = apply
        self._fields = {field.objectName().removeprefix(OBJECT_NAME_PREFIX): field for field in fields}
        self._is_showing = False
        for field in fields:
            _change_signal(field).connect(self._take)
            field.installEventFilter(self)
        self.show_settings()

    def show_settings(self) -> None:
        """Show the settings that hold now."""
        self._is_showing = True
        settings = self._read()
        for name, field in self._fields.items():
            _show(field, getattr(settings, name))
            _mark(field, "")
        self._is_showing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wheel turned over a field scrolls the column; it changes a field that has the focus only."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        if self._is_showing:
            return
        try:
            settings = replace(self._read(), **{name: _value(field) for name, field in self._fields.items()})
        except SettingError:
            settings = self._usable_part()
        else:
            for field in self._fields.values():
                _mark(field, "")
        self._apply(settings)

    def _usable_part(self) -> Any:
        """The settings with every field that can be used on its own; the others are marked."""
        settings = self._read()
        for name, field in self._fields.items():
            try:
                settings = replace(settings, **{name: _value(field)})
                _mark(field, "")
            except SettingError as error:
                _mark(field, "\n".join(translate_error(error)))
        return settings


def whole_number(name: str, lowest: int, highest: int) -> QSpinBox:
    """A field for a whole number."""
    field = QSpinBox()
    field.setRange(lowest, highest)
    return _prepared(field, name)


def number(name: str, lowest: float, highest: float, step: float, decimals: int) -> PlainDoubleSpinBox:
    """A field for a number."""
    field = PlainDoubleSpinBox()
    field.setDecimals(decimals)
    field.setRange(lowest, highest)
    field.setSingleStep(step)
    return _prepared(field, name)


def choice(name: str, values: Sequence[str]) -> QComboBox:
    """A field for one of some values; `set_choice_texts` names them."""
    field = QComboBox()
    field.setObjectName(OBJECT_NAME_PREFIX + name)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setMinimumContentsLength(4)
    for value in values:
        field.addItem(value, value)
    return field


def set_choice_texts(field: QComboBox, texts: Sequence[str]) -> None:
    """Name the values of a choice, in their order."""
    for index, text in enumerate(texts):
        field.setItemText(index, text)


def yes_or_no(name: str) -> QCheckBox:
    """A field for a setting that holds or not."""
    field = QCheckBox()
    field.setObjectName(OBJECT_NAME_PREFIX + name)
    return field


def text_line(name: str) -> QLineEdit:
    """A field for a line of text."""
    field = QLineEdit()
    field.setObjectName(OBJECT_NAME_PREFIX + name)
    return field


def _prepared(field: SpinBox, name: str) -> SpinBox:
    field.setObjectName(OBJECT_NAME_PREFIX + name)
    field.setKeyboardTracking(False)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setMinimumWidth(64)
    return field


def _change_signal(field: QWidget) -> Any:
    match field:
        case QSpinBox() | QDoubleSpinBox():
            return field.valueChanged
        case QComboBox():
            return field.currentIndexChanged
        case QCheckBox():
            return field.toggled
        case QLineEdit():
            return field.editingFinished
    raise TypeError(f"expected a field, got {type(field).__name__}")


def _value(field: QWidget) -> Any:
    match field:
        case QSpinBox() | QDoubleSpinBox():
            return field.value()
        case QComboBox():
            return field.currentData()
        case QCheckBox():
            return field.isChecked()
        case QLineEdit():
            return field.text()
    raise TypeError(f"expected a field, got {type(field).__name__}")


def _show(field: QWidget, value: Any) -> None:
    match field:
        case QSpinBox() | QDoubleSpinBox():
            field.setValue(value)
        case QComboBox():
            field.setCurrentIndex(field.findData(value))
        case QCheckBox():
            field.setChecked(value)
        case QLineEdit():
            field.setText(value)


def _mark(field: QWidget, problem: str) -> None:
    """Show that a field's value cannot be used, and why; without a problem its tooltip explains the field."""
    if bool(field.property("invalid")) != bool(problem):
        field.setProperty("invalid", bool(problem))
        field.style().polish(field)
        field.setToolTip(problem or field.accessibleDescription())
