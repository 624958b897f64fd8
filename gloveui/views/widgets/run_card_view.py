"""What a model was made of, as a table that can be copied and saved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gloveui.core.model_cards import Card
from gloveui.state.values import Model
from gloveui.storage.run_card_files import card_to_json, write_run_card
from gloveui.views import dialogs
from gloveui.views.card_names import card_name, card_value
from gloveui.views.languages import Translated

WIDTH, HEIGHT = 640, 560


class RunCardView(Translated, QDialog):
    """Text with its hash, settings, seed, versions, sizes, losses and seconds of a model."""

    def __init__(self, model: Model, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runCardView")
        self._model = model
        self._card = card
        self.table = QTableWidget(0, 2)
        self.table.setObjectName("runCardTable")
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.save_button = buttons.addButton("", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self._save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(WIDTH, HEIGHT)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Run card of {model}").format(model=self._model.name))
        self.table.setAccessibleName(self.windowTitle())
        self.copy_button.setText(self.tr("Copy"))
        self.save_button.setText(self.tr("Save as JSON…"))

        self._fill()

    def _fill(self) -> None:
        rows = list(_rows(self._card.as_dict()))
        self.table.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text if len(text) < 200 else "")
                self.table.setItem(row, column, item)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(card_to_json(self._card, indent=2))

    def _save(self) -> None:
        title = self.tr("Save the run card")
        path = dialogs.ask_where_to_save(self, title, "run.json", "JSON (*.json)")
        if path is not None:
            write_run_card(self._card, path)


def _rows(values: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Names, with those of what they belong to, and values as text."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _rows(value, f"{prefix}{card_name(name)} · ")
        elif isinstance(value, tuple | list):
            numbers = (f"{one:.4g}" if isinstance(one, float) else str(one) for one in value)
            yield f"{prefix}{card_name(name)}", ", ".join(numbers) or "–"
        else:
            yield f"{prefix}{card_name(name)}", card_value(value)
