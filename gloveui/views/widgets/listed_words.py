"""A line about the list of words that panels share: how many, where from; take it out, show it, let it go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views.languages import Translated
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.export_button import ExportButton

NAMED = 8  # words


class ListedWords(Translated, QWidget):
    """Follows the session; takes no room while there is no list."""

    show_asked = Signal()  # only the words of the list

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.label = ElidedLabel()
        self.show_button = QToolButton()
        self.show_button.setObjectName("mapShowList")
        self.clear_button = QToolButton()
        self.clear_button.setObjectName("mapClearList")
        self.export_button = ExportButton(theme)
        self.export_button.setObjectName("mapListExport")
        self.export_button.offer("word-list", table=self._rows)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        for button in (self.show_button, self.clear_button, self.export_button):
            row.addWidget(button)
        self.show_button.clicked.connect(self.show_asked)
        self.clear_button.clicked.connect(self._clear)
        session.words.listed_changed.connect(self._show_list)
        self.retranslate()

    def retranslate(self) -> None:
        self.show_button.setText(self.tr("Show only these"))
        self.clear_button.setText(self.tr("Clear"))
        self.clear_button.setToolTip(self.tr("Let the word list go, in every panel"))
        self._show_list()

    def _show_list(self) -> None:
        listed = self._session.words.listed
        self.setHidden(listed is None)
        if listed is not None:
            count = self.tr("Word list: {count} words").format(count=grouped(len(listed.words)))
            more = ", …" if len(listed.words) > NAMED else ""
            named = ", ".join(listed.words[:NAMED]) + more
            self.label.setText(" · ".join(part for part in (count, listed.origin, named) if part))

    def _clear(self) -> None:
        self._session.words.set_listed(None)

    def _rows(self) -> Iterable[Sequence[export.Cell]]:
        listed, vocabulary = self._session.words.listed, self._session.vocabulary
        has_counts = vocabulary is not None and vocabulary.has_counts
        yield [self.tr("word"), self.tr("count")] if has_counts else [self.tr("word")]
        for word in listed.words if listed is not None else ():
            index = vocabulary.get(word) if vocabulary is not None else None
            known = vocabulary is not None and index is not None
            count = int(vocabulary.counts[index]) if known and vocabulary is not None else ""
            yield [word, count] if has_counts else [word]
