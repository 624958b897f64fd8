"""Which way leads from the counts to vectors, and the settings of each."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gloveui.core.baseline_settings import GLOVE, METHODS, SETTINGS_OF, BaselineSettings, fitting_settings
from gloveui.core.setting_checks import choice


class MethodChoice(QObject):
    """The method that Train uses; each of the others keeps its settings, GloVe has its own in the session."""

    changed = Signal()  # the method, or settings of any

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._method = GLOVE
        self._settings: dict[str, BaselineSettings] = {name: kind() for name, kind in SETTINGS_OF.items()}

    @property
    def method(self) -> str:
        """``"glove"``, ``"lsa"``, ``"ppmi"`` or ``"word2vec"``."""
        return self._method

    @property
    def chosen(self) -> BaselineSettings | None:
        """The settings of the method, None for GloVe."""
        return self._settings.get(self._method)

    def settings(self, method: str) -> BaselineSettings:
        """The settings of a method; raises `KeyError` for GloVe."""
        return self._settings[method]

    def all_settings(self) -> tuple[BaselineSettings, ...]:
        """The settings of all methods but GloVe."""
        return tuple(self._settings.values())

    def choose(self, method: str) -> None:
        """Use another method; raises `SettingError` if there is none of this name."""
        choice("method", method, METHODS)
        if method != self._method:
            self._method = method
            self.changed.emit()

    def fit(self, token_count: int, words: int, dimension: int) -> None:
        """Give all methods settings that fit a text; see `fitting_settings`."""
        fitting = {name: fitting_settings(name, token_count, words, dimension) for name in self._settings}
        if fitting != self._settings:
            self._settings = fitting
            self.changed.emit()

    def set_settings(self, settings: BaselineSettings) -> None:
        """Change the settings of the method they belong to."""
        if settings != self._settings[settings.method]:
            self._settings[settings.method] = settings
            self.changed.emit()
