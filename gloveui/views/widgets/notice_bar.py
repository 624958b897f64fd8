"""The one place where the window says what went wrong or right."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gloveui.views.icons import icon_pixmap
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.action_button import ActionButton

Level = Literal["info", "good", "warning", "error"]

SIGN_SIDE = 18
_MOST_DETAIL_LINES = 8
_DETAILS_EDGE = 12
_SIGNS = {
    "info": ("info", "accent"),
    "good": ("check", "good"),
    "warning": ("warning", "warn"),
    "error": ("error", "bad"),
}


class NoticeBar(Translated, QFrame):
    """One notice with advice, technical details and what can be done about it, each a button.

    A newer one takes its place; an empty bar is hidden.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noticeBar")
        self._theme = theme
        self._level: Level = "info"
        self._text, self._advice = "", ""
        self.sign = QLabel()
        self.message = QLabel()
        self.details_button = QPushButton()
        self.copy_button = QPushButton()
        self.close_button = QToolButton()
        self.action_buttons: list[ActionButton] = []
        self.details_box = QPlainTextEdit()
        self._prepare_parts()
        self._arrange()
        theme.changed.connect(self._follow_theme)
        self.retranslate()
        self.hide()

    @property
    def level(self) -> Level:
        """How serious the present notice is."""
        return self._level

    @property
    def text(self) -> str:
        """The sentence shown now; empty when nothing is."""
        return self._text

    @property
    def advice(self) -> str:
        """What to do next, as shown now."""
        return self._advice

    @property
    def details(self) -> str:
        """The technical text behind Details."""
        return self.details_box.toPlainText()

    def show_notice(
        self, level: Level, text: str, advice: str = "", details: str = "", actions: Sequence[QAction] = ()
    ) -> None:
        """Say this, in place of what was said before; all texts are plain."""
        self._level, self._text, self._advice = level, text, advice
        self.message.setText(f"<b>{escape(text)}</b>&nbsp; {escape(advice)}")
        self.details_box.setPlainText(details)
        self._fit_details()
        self._offer(actions)
        self.details_button.setVisible(bool(details))
        self.details_button.setChecked(False)
        self._color_by_level()
        self.retranslate()
        self.show()

    @Slot()
    def clear(self) -> None:
        """Hide the bar and forget its notice."""
        self.hide()
        self._text, self._advice = "", ""
        self.message.clear()
        self.details_box.clear()
        self._offer(())

    def retranslate(self) -> None:
        self.details_button.setText(self.tr("Details"))
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy the notice and its details"))
        self.close_button.setToolTip(self.tr("Close this notice"))
        self.close_button.setAccessibleName(self.tr("Close this notice"))
        self.details_box.setAccessibleName(self.tr("Details"))
        self.setAccessibleName(self._level_word())
        self.setAccessibleDescription(f"{self._text} {self._advice}".strip())
        self.sign.setToolTip(self._level_word())

    def _level_word(self) -> str:
        words = {
            "info": self.tr("Notice"),
            "good": self.tr("Success"),
            "warning": self.tr("Warning"),
            "error": self.tr("Error"),
        }
        return words[self._level]

    def _prepare_parts(self) -> None:
        # Everything put into the message is escaped; rich text serves the bold sentence only.
        self.message.setTextFormat(Qt.TextFormat.RichText)
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details_button.setCheckable(True)
        self.details_button.toggled.connect(self._show_details)
        self.copy_button.clicked.connect(self._copy)
        self.close_button.setProperty("quiet", True)
        self.close_button.clicked.connect(self.clear)
        self.details_box.setReadOnly(True)

    def _arrange(self) -> None:
        self._line = line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.sign)
        line.addWidget(self.message, 1)
        for button in (self.details_button, self.copy_button, self.close_button):
            line.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 4, 8, 4)
        outer.setSpacing(8)
        outer.addLayout(line)
        outer.addWidget(self.details_box)
        self._show_details(False)

    def _offer(self, actions: Sequence[QAction]) -> None:
        """Put a button for each action behind the message, in place of those before."""
        for button in self.action_buttons:
            button.hide()  # the one that was pressed is still at work
            button.deleteLater()
        self.action_buttons = [ActionButton(action, self) for action in actions]
        for position, button in enumerate(self.action_buttons, start=2):
            button.setObjectName(f"notice_{button.action_name}")
            self._line.insertWidget(position, button)

    def _show_details(self, shown: bool) -> None:
        self.details_box.setVisible(shown)
        self.copy_button.setVisible(shown)

    def _color_by_level(self) -> None:
        self.setProperty("notice", self._level)
        self.style().unpolish(self)
        self.style().polish(self)
        self._draw_icons()

    def _follow_theme(self) -> None:
        self._draw_icons()
        self._fit_details()

    def _fit_details(self) -> None:
        """As high as the details, up to a limit; the rest scrolls."""
        self.details_box.setFont(self._theme.fixed_font())
        lines = min(self.details_box.blockCount(), _MOST_DETAIL_LINES) + 1
        self.details_box.setFixedHeight(self.details_box.fontMetrics().lineSpacing() * lines + _DETAILS_EDGE)

    def _draw_icons(self) -> None:
        sign, token = _SIGNS[self._level]
        side = self._theme.pixels(SIGN_SIDE)
        color = self._theme.color(token)
        self.sign.setPixmap(icon_pixmap(sign, color, side, self.devicePixelRatioF()))
        self.close_button.setIcon(self._theme.icon("close", "muted"))

    def _copy(self) -> None:
        parts = (self._text, self._advice, self.details)
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))
