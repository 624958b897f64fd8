"""What the cards of the steps have in common: fields in two columns, more of them on demand, a result."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QToolButton, QWidget

from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session
from gloveui.state.values import Stage
from gloveui.views.setting_fields import SettingsGroup
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
        self._problems: dict[QObject, str] = {}
        self.more_button = QToolButton()
        self.more = QWidget()
        self.result = ElidedLabel()
        self.result.setProperty("muted", True)
        self.problem = QLabel()
        self.problem.setProperty("problem", True)
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
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

    def show_problem(self, problem: str) -> None:
        """Tell what is wrong with settings, in place of the result; each sender has a say of its own."""
        self._problems[self.sender()] = problem
        told = next(filter(None, self._problems.values()), "")
        self.problem.setText(told)
        self.problem.setVisible(bool(told))
        self.result.setVisible(not told)

    def lay_out_fields(self, rows: list[list[QWidget]]) -> QGridLayout:
        """Lay out fields with their labels, one or two a row; a check box names itself."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        columns = 2 * max(len(fields) for fields in rows)
        for row, fields in enumerate(rows):
            if isinstance(fields[0], QCheckBox):
                grid.addWidget(fields[0], row, 0, 1, columns)
                continue
            for place, field in enumerate(fields):
                span = columns - 1 if len(fields) == 1 else 1
                grid.addWidget(self._new_label(field), row, 2 * place)
                grid.addWidget(field, row, 2 * place + 1, 1, span)
        for column in range(1, columns, 2):
            grid.setColumnStretch(column, 1)
        return grid

    def label_of(self, field: QWidget) -> QLabel:
        """The label of a field that has been laid out."""
        return self._labels[field]

    def follow(self, group: SettingsGroup) -> None:
        """Show what the settings are whenever they change, and in place of the result what is wrong."""
        self._session.settings_changed.connect(group.show_settings)
        group.problem_changed.connect(self.show_problem)

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

    def _new_label(self, field: QWidget) -> QLabel:
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
