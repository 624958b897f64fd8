"""The languages of the window, switched while it is open, and errors told in them."""

from __future__ import annotations

import json

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTranslator, Signal

from gloveui.core.errors import GloveError
from gloveui.core.text_notes import TextNote
from gloveui.storage.bundled import bundled_path

LANGUAGES = {"en": "English", "ko": "한국어"}


def read_translations(language: str) -> dict[str, str]:
    """English text to text of the language, as bundled."""
    path = bundled_path(f"translations/{language}.json")
    return dict(json.loads(path.read_text(encoding="utf-8")))


class DictionaryTranslator(QTranslator):
    """Looks texts up by their English form alone; one without an entry stays English."""

    def __init__(self, texts: dict[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = texts

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return self._texts.get(text)

    def isEmpty(self) -> bool:
        # Qt tells nobody about a change of language when the new translator says that it is empty.
        return False


class Languages(QObject):
    """The language in use; changing it sends every widget a LanguageChange."""

    changed = Signal()

    def __init__(self, app: QCoreApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._current = "en"
        self._translator: DictionaryTranslator | None = None

    @property
    def current(self) -> str:
        """Code of the language in use, a key of ``LANGUAGES``."""
        return self._current

    def use(self, language: str) -> None:
        """Show all texts in this language from now on.

        Raises
        ------
        ValueError
            If the language is not in ``LANGUAGES``.
        """
        if language not in LANGUAGES:
            raise ValueError(f"language must be one of {list(LANGUAGES)}, got {language!r}")
        if language == self._current:
            return
        self._current = language
        self._remove_translator()
        if language != "en":
            self._translator = DictionaryTranslator(read_translations(language), self)
            self._app.installTranslator(self._translator)
        self.changed.emit()

    def _remove_translator(self) -> None:
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator.deleteLater()
            self._translator = None


class Translated:
    """Mixed in before a widget class: its ``retranslate`` runs again whenever the language changes."""

    def retranslate(self) -> None:
        """Set every text of the widget; called by its constructor, too."""
        raise TypeError(f"{type(self).__name__} sets no texts")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)  # type: ignore[misc]  # the widget class that follows has it


def translate_error(error: GloveError) -> tuple[str, str]:
    """What happened and what to do next, in the language in use."""
    return _filled_in(error.template, error.fields), _filled_in(error.advice, error.fields)


def translate_note(note: TextNote) -> str:
    """What was odd about a text, in the language in use."""
    facts: dict[str, object] = {"path": note.path, "count": f"{note.count:,}", "place": note.place}
    return _filled_in(note.template, facts)


def _filled_in(template: str, fields: dict[str, object]) -> str:
    """The translated template with its fields filled in; in English if the translation cannot take them."""
    try:
        return QCoreApplication.translate("GloveError", template).format_map(fields)
    except (KeyError, IndexError, ValueError):
        return template.format_map(fields)
