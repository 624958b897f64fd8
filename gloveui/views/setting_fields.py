"""Fields for settings: what is typed goes to the session, what the session holds is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from gloveui.core.errors import SettingError
from gloveui.views.checked_fields import FolderField, NumberField, WholeNumberField, mark
from gloveui.views.languages import translate_error
from gloveui.views.theme import Theme
from gloveui.views.widgets.stop_words_field import StopWordsField

Field = TypeVar("Field", bound=QWidget)

OBJECT_NAME_PREFIX = "setting_"


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
    prefix
        Of these names, where it is another.
    """

    problem_changed = Signal(str)  # why a value cannot be used; empty when all can

    def __init__(
        self,
        read: Callable[[], Any],
        apply: Callable[[Any], None],
        fields: Sequence[QWidget],
        parent: QObject | None = None,
        prefix: str = OBJECT_NAME_PREFIX,
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._apply = apply
        self._fields = {field.objectName().removeprefix(prefix): field for field in fields}
        self._is_showing = False
        for field in fields:
            _change_signal(field).connect(self._take)
            field.installEventFilter(self)
            if isinstance(field, WholeNumberField | NumberField):
                field.problem_changed.connect(self.problem_changed)
            elif isinstance(field, QLineEdit):
                field.textEdited.connect(self._check)
        self.show_settings()

    def show_settings(self) -> None:
        """Show the settings that hold now."""
        self._is_showing = True
        settings = self._read()
        for name, field in self._fields.items():
            if not _is_being_edited(field):
                _show(field, getattr(settings, name))
                mark(field, "")
        self._is_showing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wheel turned over a field scrolls the column; it changes a field that has the focus only."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        if not self._is_showing:
            self._apply(self._check())

    def _check(self) -> Any:
        """The settings as the fields say; of fields that cannot be used each is marked, and the last told."""
        settings, problem = self._read(), ""
        try:
            settings = replace(settings, **{name: _value(field) for name, field in self._fields.items()})
            told = dict.fromkeys(self._fields, "")
        except SettingError:
            settings, told = self._usable_part(settings)
        for name, field in self._fields.items():
            mark(field, told[name])
            problem = told[name] or problem
        self.problem_changed.emit(problem)
        return settings

    def _usable_part(self, settings: Any) -> tuple[Any, dict[str, str]]:
        """The settings with every field that can be used on its own, and what is wrong with the others."""
        told = dict.fromkeys(self._fields, "")
        for name, field in self._fields.items():
            try:
                settings = replace(settings, **{name: _value(field)})
            except SettingError as error:
                told[name] = "\n".join(translate_error(error))
        return settings, told


def whole_number(name: str, lowest: int, highest: int) -> WholeNumberField:
    """A field for a whole number."""
    return _prepared(WholeNumberField(lowest, highest), name)


def number(name: str, lowest: float, highest: float, step: float, decimals: int) -> NumberField:
    """A field for a number."""
    field = _prepared(NumberField(lowest, highest, decimals), name)
    field.setSingleStep(step)
    return field


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


def stop_words(name: str, theme: Theme) -> StopWordsField:
    """A field for words that are left out."""
    field = StopWordsField(theme)
    field.setObjectName(OBJECT_NAME_PREFIX + name)
    return field


def folder(name: str) -> FolderField:
    """A field for a folder."""
    field = FolderField()
    field.setObjectName(OBJECT_NAME_PREFIX + name)
    return field


def _prepared(field: Field, name: str) -> Field:
    field.setObjectName(OBJECT_NAME_PREFIX + name)
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
        case FolderField() | StopWordsField():
            return field.value()
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
        case StopWordsField():
            field.show_words(value)
        case QLineEdit():
            field.setText(value)


def _is_being_edited(field: QWidget) -> bool:
    """Whether a person is typing what cannot be used yet: that is not written over."""
    return field.hasFocus() and bool(field.property("invalid"))
