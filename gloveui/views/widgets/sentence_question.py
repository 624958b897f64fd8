"""Which sentences are asked for, how they are shown, and in what order."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gloveui.core.concordance_order import ORDERS
from gloveui.state.session import Session
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.word_edit import WordEdit

LEAST_COMBO = 90  # pixels


class SentenceQuestion(Translated, QWidget):
    """Two fields for words, the second of which may stay empty, and two choices."""

    asked = Signal(str, str)  # word and context word; both empty for nothing
    layout_changed = Signal(bool)  # whether the keyword is to stand in the middle of its context
    order_changed = Signal(str)  # one of ORDERS

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.word_edit = WordEdit(session, theme)
        self.word_edit.setObjectName("sentencesWord")
        self.context_edit = WordEdit(session, theme, with_icon=False)
        self.context_edit.setObjectName("sentencesContext")
        self.layout_combo, self.order_combo = QComboBox(), QComboBox()
        self.layout_combo.setObjectName("sentencesLayout")
        self.layout_combo.addItems(["", ""])
        self.order_combo.setObjectName("sentencesOrder")
        self.order_combo.addItems([""] * len(ORDERS))
        self.export_button = ExportButton(theme)
        self.export_button.setObjectName("sentencesExport")
        self._arrange()
        self._connect()
        self.retranslate()

    @property
    def order(self) -> str:
        """The order that is chosen."""
        return ORDERS[self.order_combo.currentIndex()]

    def retranslate(self) -> None:
        self.word_edit.setPlaceholderText(self.tr("Word"))
        self.word_edit.setAccessibleName(self.tr("Word"))
        self.context_edit.setPlaceholderText(self.tr("with any word"))
        self.context_edit.setAccessibleName(self.tr("Context word, or empty for the word alone"))
        self.context_edit.setToolTip(self.tr("Context word, or empty for the word alone"))
        for number, text in enumerate((self.tr("Sentences"), self.tr("Keyword in context"))):
            self.layout_combo.setItemText(number, text)
        self.layout_combo.setAccessibleName(self.tr("How sentences are shown"))
        orders = (
            self.tr("As in the text"), self.tr("Nearest first"),
            self.tr("By the words before"), self.tr("By the words after"),
        )  # fmt: skip
        for number, text in enumerate(orders):
            self.order_combo.setItemText(number, text)
        self.order_combo.setAccessibleName(self.tr("Order"))

    def show_words(self, word: str, context: str) -> None:
        """Put words into the fields."""
        for field, text in ((self.word_edit, word), (self.context_edit, context)):
            field.setText(text)
            field.mark_unknown(False)

    def set_choosable(self, is_choosable: bool) -> None:
        """Whether there is anything to choose."""
        self.layout_combo.setEnabled(is_choosable)
        self.order_combo.setEnabled(is_choosable)

    def choose_order(self, order: str) -> None:
        """Choose one of `ORDERS`."""
        self.order_combo.setCurrentIndex(ORDERS.index(order))

    def _arrange(self) -> None:
        words, choices = QHBoxLayout(), QHBoxLayout()
        times = QLabel("×")
        times.setProperty("muted", True)
        for field in (self.word_edit, times, self.context_edit):
            words.addWidget(field, 0 if field is times else 1)
        words.addWidget(self.export_button)
        for combo in (self.layout_combo, self.order_combo):
            combo.setMinimumWidth(self._theme.pixels(LEAST_COMBO))
            choices.addWidget(combo)
        choices.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for row in (words, choices):
            row.setSpacing(8)
            column.addLayout(row)

    def _connect(self) -> None:
        for field in (self.word_edit, self.context_edit):
            field.word_entered.connect(self._ask)
            field.returnPressed.connect(self._ask_without_a_word)
        self.layout_combo.currentIndexChanged.connect(self._tell_layout)
        self.order_combo.currentIndexChanged.connect(self._tell_order)

    def _ask(self) -> None:
        word, context = self.word_edit.text().strip(), self.context_edit.text().strip()
        self.asked.emit(word or context, context if word else "")

    def _ask_without_a_word(self) -> None:
        """Enter in an empty field asks for what the other one holds."""
        field = self.sender()
        if isinstance(field, WordEdit) and not field.text().strip():
            self._ask()

    def _tell_layout(self, number: int) -> None:
        self.layout_changed.emit(number == 1)

    def _tell_order(self) -> None:
        self.order_changed.emit(self.order)
