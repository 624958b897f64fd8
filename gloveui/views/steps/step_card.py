"""What the cards of the steps have in common: fields in two columns, more of them on demand, a result."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QToolButton, QWidget

from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session, Stage
from gloveui.views.theme import Theme
from gloveui.views.widgets.card import Card
from gloveui.views.widgets.elided_label import ElidedLabel


class StepCard(Card):
    """A numbered card with settings and a line that tells the result."""

    def __init__(self, session: Session, pipeline: Pipeline, theme: Theme, number: int) -> None:
        super().__init__(theme, number=number)
        self._session = session
        self._pipeline = pipeline
        self._labels: dict[QWidget, QLabel] = {}
        self.more_button = QToolButton()
        self.more = QWidget()
        self.result = ElidedLabel()
        self.result.setProperty("muted", True)
        self.more_button.setProperty("compact", True)
        self.more_button.setCheckable(True)
        self.more_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more_button.toggled.connect(self._show_more)
        self.header.insertWidget(self.header.count() - 1, self.more_button)
        self.more.hide()
        theme.changed.connect(self._draw_more)
        self._draw_more()

    def show_running(self, stage: Stage | None) -> None:
        """Follow which stage runs; cards with a button of their own do."""

    def lay_out_fields(self, fields: list[QWidget], a_row: int = 2) -> QGridLayout:
        """Lay out fields with their labels, so many in a row; a check box names itself and has one alone."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        place = 0
        for field in fields:
            if isinstance(field, QCheckBox):
                place += -place % a_row
                grid.addWidget(field, place // a_row, 0, 1, 2 * a_row)
                place += a_row
                continue
            row, column = place // a_row, 2 * (place % a_row)
            grid.addWidget(self._label_of(field), row, column)
            grid.addWidget(field, row, column + 1)
            place += 1
        for column in range(1, 2 * a_row, 2):
            grid.setColumnStretch(column, 1)
        return grid

    def name_field(self, field: QWidget, text: str, tooltip: str) -> None:
        """Label a field, say in its tooltip what it does, and name it for screen readers."""
        if isinstance(field, QCheckBox):
            field.setText(text)
        else:
            self._labels[field].setText(text)
            self._labels[field].setToolTip(tooltip)
            field.setAccessibleName(text)
        field.setToolTip(tooltip)
        field.setAccessibleDescription(tooltip)

    def retranslate(self) -> None:
        super().retranslate()
        self.more_button.setText(self.tr("More"))
        self.more_button.setAccessibleName(self.tr("More settings"))

    def _label_of(self, field: QWidget) -> QLabel:
        label = QLabel()
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("muted", True)
        label.setBuddy(field)
        self._labels[field] = label
        return label

    def _show_more(self, shown: bool) -> None:
        self.more.setVisible(shown)
        self._draw_more()

    def _draw_more(self) -> None:
        name = "chevron-down" if self.more_button.isChecked() else "chevron-right"
        self.more_button.setIcon(self._theme.icon(name, "muted"))
