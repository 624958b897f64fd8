"""Why something cannot be asked, and words to take in place of one that is unknown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gloveui.core.errors import ExpressionError, GloveError, UnknownWord
from gloveui.core.expressions import parse
from gloveui.views.languages import translate_error
from gloveui.views.widgets.chips import Chips
from gloveui.views.widgets.expression_edit import ExpressionEdit

LONGEST_WORD = 40


class QueryProblem(QWidget):
    """Stands under the field; hidden as long as all is well."""

    replaced = Signal(str)  # the whole text with another word in the place of the unknown one

    def __init__(self, edit: ExpressionEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._error: GloveError | None = None
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setProperty("problem", True)
        self.spellings = Chips()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(self.spellings)
        self.spellings.chosen.connect(self._replace)
        edit.textEdited.connect(self.clear)
        self.hide()

    def show_error(self, error: GloveError, spellings: Sequence[str]) -> None:
        """Tell of an error, and mark its place in the field."""
        self._error = error
        text, advice = translate_error(_shortened(error))
        self.label.setText(f"{text}. {advice}" if isinstance(error, ExpressionError) else text)
        self._edit.mark_unknown(True)
        place = error_place(error, self._edit.text())
        if place is not None:
            self._edit.mark(*place)
        self.spellings.set_texts(spellings)
        self.show()

    def clear(self) -> None:
        """All is well."""
        self._error = None
        self._edit.mark_unknown(False)
        self._edit.unmark()
        self.hide()

    def _replace(self, word: str) -> None:
        place = error_place(self._error, self._edit.text()) if self._error is not None else None
        if place is None:
            self.replaced.emit(word)
            return
        text, (start, length) = self._edit.text(), place
        has_break = len(word.split()) > 1 and text[start - 1 : start] != '"' and length < len(text)
        self.replaced.emit(text[:start] + (f'"{word}"' if has_break else word) + text[start + length :])


def error_place(error: GloveError, text: str) -> tuple[int, int] | None:
    """Where an error lies in a text, from 0 on, and over how many characters; None if it is elsewhere."""
    if isinstance(error, ExpressionError):
        start, found = int(str(error.fields["column"])) - 1, str(error.fields["found"])
        return start, max(1, len(found)) if text.startswith(found, start) else 1
    if not isinstance(error, UnknownWord):
        return None
    word = str(error.fields["word"])
    if text.strip() == word:
        return text.index(word), len(word)
    try:
        columns = [term.column - 1 for term in parse(text).terms if term.word == word]
    except ExpressionError:
        return None
    return (text.index(word, columns[0]), len(word)) if columns else None


def _shortened(error: GloveError) -> GloveError:
    """The same with a word that a line has room for."""
    word = str(error.fields.get("word", ""))
    if len(word) <= LONGEST_WORD:
        return error
    return type(error)(**(error.fields | {"word": word[:LONGEST_WORD] + "…"}))
