"""A row of short texts to click, such as suggestions or examples."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.plain_tooltip import plain_tooltip

LONGEST_TEXT = 32


class Chips(QWidget):
    """One small button a text, in as many lines as are needed; ``sign`` stands after each text.

    What a click on it does is said by `set_action`, for the sign says it only to those who see.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, sign: str = "") -> None:
        super().__init__(parent)
        self._sign = sign
        self._action = "{text}"
        self._flow = FlowLayout(self, spacing=4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def texts(self) -> list[str]:
        """What can be chosen."""
        return [chip.value for chip in self._chips()]

    def set_action(self, action: str) -> None:
        """Name every button for screen readers: a translated text with ``{text}`` in it."""
        self._action = action
        for chip in self._chips():
            chip.setAccessibleName(action.format(text=chip.value))

    def set_texts(self, texts: Sequence[str]) -> None:
        """Offer other texts; none hides the row."""
        if list(texts) == self.texts:
            self.setVisible(bool(texts))
            return
        self.hide()  # else each new chip has the whole panel arranged anew
        for chip in self._chips():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        before = self._before()
        for text in texts:
            chip = _Chip(text, self._sign, self)
            QWidget.setTabOrder(before, chip)
            before = chip
            chip.setAccessibleName(self._action.format(text=text))
            chip.picked.connect(self.chosen)
            self._flow.addWidget(chip)
            chip.show()
        self.setVisible(bool(texts))
        self.updateGeometry()

    def _before(self) -> QWidget:
        """What Tab leaves for the chips: without it, new ones would come last of all in the window."""
        before: QWidget | None = self.previousInFocusChain()
        while before is not None and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
            before = before.previousInFocusChain() if before is not self else None
        return before or self

    def _chips(self) -> list[_Chip]:
        items = (self._flow.itemAt(place) for place in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, _Chip)]


class _Chip(QPushButton):
    """A button that tells its text when it is clicked."""

    picked = Signal(str)

    def __init__(self, value: str, sign: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = value
        shown = value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + "…"
        written = shown.replace("&", "&&")  # one alone would underline the next letter
        self.setText(f"{written}  {sign}" if sign else written)
        self.setToolTip(plain_tooltip(value) if shown != value else "")
        self.setProperty("chip", True)
        self.clicked.connect(self._pick)

    def _pick(self) -> None:
        self.picked.emit(self.value)
