"""Where the next training starts: at small random values, at a model, or at vectors in a file."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gloveui.core.errors import OtherDimension
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session
from gloveui.views import dialogs
from gloveui.views.checked_fields import mark
from gloveui.views.languages import Translated, translate_error
from gloveui.views.vector_actions import VECTOR_KINDS
from gloveui.views.widgets.column_combo import ColumnCombo
from gloveui.views.widgets.plain_tooltip import plain_tooltip

RANDOM, FILE, ASK = "random", "file", "ask"


class StartChoice(Translated, ColumnCombo):
    """Follows the session's models and its start; vectors of another dimension are marked at once."""

    problem_changed = Signal(str)  # why training cannot start from what is chosen; empty when it can

    def __init__(self, session: Session, pipeline: Pipeline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pipeline = pipeline
        self.setObjectName("startCombo")
        self.activated.connect(self._choose)
        session.models_changed.connect(self.retranslate)
        session.settings_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        self.clear()
        self.addItem(self.tr("small random values"), RANDOM)
        for model in self._session.models:
            self.addItem(model.name, model.number)
        start = self._session.start
        if start is not None and start.origin.number is None:
            self.addItem(start.origin.name, FILE)
            self.setItemData(self.count() - 1, plain_tooltip(start.origin.path), Qt.ItemDataRole.ToolTipRole)
        self.addItem(self.tr("vectors in a file…"), ASK)
        self._show_start()

    def _show_start(self) -> None:
        start, problem = self._session.start, ""
        shown: object = RANDOM
        if start is not None:
            shown = FILE if start.origin.number is None else start.origin.number
            try:
                start.check_fits(self._session.config)
            except OtherDimension as error:
                problem = ". ".join(translate_error(error))
        self.setCurrentIndex(max(0, self.findData(shown)))
        mark(self, problem)
        self.problem_changed.emit(problem)

    def _choose(self) -> None:
        chosen = self.currentData()
        if chosen == RANDOM:
            self._session.set_start(None)
        elif chosen == ASK:
            self._ask_for_file()
        elif chosen != FILE:
            self._session.start_from_model(chosen)
        self._show_start()

    def _ask_for_file(self) -> None:
        file_types = self.tr("Word vectors ({kinds});;All files (*)").format(kinds=VECTOR_KINDS)
        path = dialogs.ask_for_text_file(self, self.tr("Vectors to start from"), file_types)
        if path is not None:
            self._pipeline.read_start(path)
