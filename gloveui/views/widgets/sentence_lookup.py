"""A sentence as rows of the look-up table: a field, the ids of its words, and their rows."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from gloveui.core.errors import GloveError
from gloveui.core.lookup import LookupTable
from gloveui.core.tokens import TokenOptions, splitter
from gloveui.state.session import Session
from gloveui.views.languages import Translated, translate_error
from gloveui.views.models.sentence_table import SentenceTableModel
from gloveui.views.numbers import grouped
from gloveui.views.theme import Theme
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.vector_table_view import VectorTableView

MOST_SHOWN_IDS = 8
MOST_ROWS = 3  # in sight at once; the whole table keeps the rest of the room


class SentenceLookup(Translated, QWidget):
    """One line until something is typed; its rows stand under the columns of the whole table."""

    def __init__(
        self, session: Session, theme: Theme, above: VectorTableView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.edit = QLineEdit()
        self.edit.setObjectName("lookupSentenceEdit")
        self.edit.setClearButtonEnabled(True)
        self.line = ElidedLabel()
        self._rows = SentenceTableModel(self)
        self.table = VectorTableView(theme)
        self.table.setObjectName("lookupSentenceTable")
        self.table.setModel(self._rows)
        self.table.share_columns_with(above)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.edit, self.line, self.table):
            layout.addWidget(widget)
        self.edit.textChanged.connect(self._show)
        session.settings_changed.connect(self._show)
        session.model_changed.connect(self._show)
        theme.changed.connect(self._color_unknown)
        self._color_unknown()
        self.retranslate()

    def retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("Type a sentence: words → ids → rows"))
        self.edit.setAccessibleName(self.tr("Sentence"))
        self.table.setAccessibleName(self.tr("Rows of the sentence"))
        self._rows.retranslate()
        self._show()

    def _show(self) -> None:
        table = self._session.model.table if self._session.model is not None else None
        tokens: list[str] = []
        if table is not None and self.edit.text().strip():
            try:
                tokens = [token for token in splitter(self._options())(self.edit.text()) if token != "\n"]
                self.line.setText(self._shape(table, tokens))
            except GloveError as error:
                self.line.setText(" ".join(translate_error(error)))
        else:
            self.line.setText("")
        self._rows.set_sentence(table, tokens)
        self.line.setVisible(bool(self.line.text()))
        self.table.setVisible(bool(tokens))
        self.table.set_most_rows_in_sight(min(len(tokens), MOST_ROWS))

    def _options(self) -> TokenOptions:
        """How the model's own text was cut into words, where that is known."""
        card = self._session.model.text_card if self._session.model is not None else None
        return self._session.token_options if card is None else card.token_options

    def _shape(self, table: LookupTable, tokens: list[str]) -> str:
        if not tokens:
            return ""
        ids = [str(index) for index in table.ids(tokens[: MOST_SHOWN_IDS + 1])]
        if len(tokens) > MOST_SHOWN_IDS:
            ids[MOST_SHOWN_IDS:] = ["…"]
        count = self.tr("1 word") if len(tokens) == 1 else self.tr("{n} words").format(n=grouped(len(tokens)))
        return self.tr("{count} → ids [{ids}] → tensor {n} × {dimension}").format(
            count=count, ids=", ".join(ids), n=grouped(len(tokens)), dimension=table.dimension
        )

    def _color_unknown(self) -> None:
        self._rows.set_colors_of_unknown(self._theme.color("text"), self._theme.color("warn_tint"))
