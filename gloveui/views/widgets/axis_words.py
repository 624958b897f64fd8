"""Fields for the four ends of a map's axes: words, or sums of words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from gloveui.state.session import Session
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.word_edit import WordEdit

WIDEST = 160  # pixels of a field
Ends = tuple[str, str]


class AxisWords(Translated, QWidget):
    """x from a word to a word, y from a word to a word; what is wrong with them stands below."""

    changed = Signal()  # by Enter, by leaving a field, or by choosing a completion

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_edited = False  # by a person
        self.edits = {
            name: WordEdit(session, theme, with_icon=False) for name in ("xFrom", "xTo", "yFrom", "yTo")
        }
        self.names = {axis: QLabel() for axis in ("x", "y")}
        self.problem = QLabel()
        self.problem.setProperty("problem", True)
        self.problem.setWordWrap(True)
        self.problem.hide()
        for name, edit in self.edits.items():
            edit.setObjectName(f"mapAxis_{name}")
            edit.setMaximumWidth(theme.pixels(WIDEST))
            edit.word_entered.connect(self._change)
            edit.editingFinished.connect(self._change)
        self._told = self.ends
        self._arrange()
        self.retranslate()

    @property
    def ends(self) -> tuple[Ends, Ends]:
        """What stands in the fields: from and to of x, then of y."""
        texts = [edit.text().strip() for edit in self.edits.values()]
        return (texts[0], texts[1]), (texts[2], texts[3])

    def set_ends(self, x: Ends, y: Ends) -> None:
        """Write other words; tells nobody."""
        for edit, word in zip(self.edits.values(), (*x, *y), strict=True):
            edit.setText(word)
        self._told = self.ends

    def tell(self, problem: str) -> None:
        """Say what is wrong; nothing if all is well."""
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def retranslate(self) -> None:
        self.names["x"].setText(self.tr("x from"))
        self.names["y"].setText(self.tr("y from"))
        for name, text in (
            ("xFrom", self.tr("Left end of x: a word or a sum of words")),
            ("xTo", self.tr("Right end of x: a word or a sum of words")),
            ("yFrom", self.tr("Lower end of y: a word or a sum of words")),
            ("yTo", self.tr("Upper end of y: a word or a sum of words")),
        ):
            self.edits[name].setAccessibleName(text)
            self.edits[name].setToolTip(text)

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, axis in enumerate(("x", "y")):
            self.names[axis].setProperty("muted", True)
            arrow = QLabel("→")
            arrow.setProperty("muted", True)
            parts = (self.names[axis], self.edits[f"{axis}From"], arrow, self.edits[f"{axis}To"])
            for column, part in enumerate(parts):
                grid.addWidget(part, row, column)
        grid.addWidget(self.problem, 2, 0, 1, 5)
        grid.setColumnStretch(4, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _change(self) -> None:
        if self.ends != self._told:
            self._told, self.is_edited = self.ends, True
            self.changed.emit()
