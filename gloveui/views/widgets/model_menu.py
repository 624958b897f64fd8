"""What can be done with the model that is shown: its card, the same again, another name, away with it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton

from gloveui.state.run_again import RunAgain
from gloveui.state.session import Session
from gloveui.views import dialogs
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.menu_action import menu_action
from gloveui.views.widgets.run_card_view import RunCardView

LONGEST_NAME = 32  # letters; the choice of the model shows names whole


class ModelMenu(Translated, QToolButton):
    """A small button with a menu, beside the choice of the model."""

    def __init__(self, session: Session, again: RunAgain, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._again = again
        self._theme = theme
        self.setObjectName("modelMenuButton")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        self.setMenu(menu)
        self.card_action = menu_action(menu, "runCardAction", self._show_card)
        self.again_action = menu_action(menu, "runAgainAction", again.begin)
        self.rename_action = menu_action(menu, "renameModelAction", self._rename)
        self.remove_action = menu_action(menu, "removeModelAction", self._remove)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self.offer)
        session.model_changed.connect(self.offer)
        theme.changed.connect(self._draw)
        self.retranslate()
        self._draw()
        self.offer()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("What to do with this model"))
        self.setToolTip(self.tr("Run card of this model, the same again, another name, remove it"))
        self.card_action.setText(self.tr("Run card…"))
        self.card_action.setToolTip(
            self.tr("Text, settings, seed, versions and seconds of the model that is shown")
        )
        self.again_action.setText(self.tr("Run again"))
        self.again_action.setToolTip(
            self.tr("Train a new model with the settings of the model that is shown, and compare the vectors")
        )
        self.rename_action.setText(self.tr("Rename…"))
        self.remove_action.setText(self.tr("Remove this model"))

    def offer(self) -> None:
        """Let what is possible now be chosen."""
        model = self._session.model
        self.setEnabled(model is not None)
        self.card_action.setEnabled(model is not None and model.card is not None)
        self.again_action.setEnabled(self._again.is_possible)

    def _show_card(self) -> None:
        model = self._session.model
        if model is not None and model.card is not None:
            view = RunCardView(model, model.card, self.window())
            view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            view.open()

    def _rename(self) -> None:
        model = self._session.model
        if model is None:
            return
        label = self.tr("Name, at most {count} letters").format(count=LONGEST_NAME)
        name = dialogs.ask_for_name(self.window(), self.tr("Rename this model"), label, model.name)
        if name and name != model.name:
            self._session.replace_model(replace(model, name=name[:LONGEST_NAME], is_renamed=True))

    def _remove(self) -> None:
        if self._session.model is not None:
            self._session.remove_model(self._session.model.number)

    def _draw(self) -> None:
        self.setIcon(self._theme.icon("info"))
