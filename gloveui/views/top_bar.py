"""The bar at the top: open, train, the word in focus, the model, and how the window looks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QPushButton, QSizePolicy, QToolBar, QWidget

from gloveui.core.model_cards import FileCard
from gloveui.state.session import Session
from gloveui.storage.bundled import BundledText, bundled_texts
from gloveui.views.actions import Actions
from gloveui.views.languages import Translated
from gloveui.views.theme import Theme
from gloveui.views.widgets.action_button import ActionButton
from gloveui.views.widgets.plain_tooltip import plain_tooltip
from gloveui.views.widgets.word_edit import WordEdit

ICON_SIDE = 16
FOCUS_WIDTH = 170
SPACING = 8  # as in the style sheet


class TopBar(Translated, QToolBar):
    """Buttons over the window's actions; the rest follows the session."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        recent_texts: QMenu,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._is_paused = False
        self._actions = actions
        self._recent_texts = recent_texts
        self.setObjectName("topBar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.samples = [QAction(self) for _ in bundled_texts()]
        self._label_actions: dict[QLabel, QAction] = {}
        self.open_button = self._menu_button("openButton")
        self.session_button = self._menu_button("sessionButton")
        self.train_button = self._button(actions.train, "trainButton")
        self.train_button.setProperty("primary", True)
        self.pause_button = self._button(actions.pause, "pauseButton")
        self.stop_button = self._button(actions.stop, "stopButton")
        self._add_space()
        self.focus_label = self._label()
        self.focus_edit = WordEdit(session, theme)
        self.focus_edit.setObjectName("focusWordEdit")
        self.addWidget(self.focus_edit)
        self.model_label = self._label()
        self.model_combo = QComboBox()
        self.model_combo.setObjectName("modelCombo")
        self.model_combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.model_combo.setMinimumContentsLength(18)
        self.model_combo.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # never cut
        self.addWidget(self.model_combo)
        self._after_model = self.addSeparator()
        self._after_model.setVisible(False)
        self.present_button = self._button(actions.present, "presentButton")
        self.view_button = self._menu_button("viewButton")
        self._fill_menus()
        self._connect()
        self.retranslate()
        self._draw_icons()
        self._list_models()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Top bar"))
        self.open_button.setText(self.tr("Open"))
        self.session_button.setText(self.tr("Session"))
        self.session_button.setToolTip(self.tr("Save all this, and open it another day"))
        self.view_button.setText(self.tr("View"))
        self.focus_label.setText(self.tr("Word in focus"))
        self.focus_edit.setPlaceholderText(self.tr("any word"))
        self.focus_edit.setAccessibleName(self.tr("Word in focus"))
        self.focus_edit.setToolTip(self.tr("Word in focus"))
        self.model_label.setText(self.tr("Model"))
        self.model_combo.setAccessibleName(self.tr("Model"))
        self.model_combo.setPlaceholderText(self.tr("not trained yet"))
        names = (self.tr("English: Austen, Webster 1913, WordNet"), self.tr("The lecture's three sentences"))
        for action, name in zip(self.samples, names, strict=True):
            action.setText(name)
        self._samples_menu.setTitle(self.tr("Samples"))
        self._scheme_menu.setTitle(self.tr("Colours"))
        self._language_menu.setTitle(self.tr("Language"))
        self.panels_menu.setTitle(self.tr("Panels"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for all, the labels go first; tooltips and screen readers still have them."""
        super().resizeEvent(event)
        self._fit_labels()

    def minimumSizeHint(self) -> QSize:
        """Room for all but the labels: else the last buttons would go behind an arrow."""
        shown = [label for label, action in self._label_actions.items() if action.isVisible()]
        labels = sum(label.sizeHint().width() + SPACING for label in shown)
        return QSize(self.sizeHint().width() - labels, super().minimumSizeHint().height())

    def show_paused(self, is_paused: bool) -> None:
        """Make the pause button say and show what it does now."""
        self._is_paused = is_paused
        self._actions.show_paused(is_paused)
        self._draw_pause()

    def add_model_menu(self, menu: QWidget) -> None:
        """Put what can be done with a model beside the choice of it."""
        self.insertWidget(self._after_model, menu)

    def sample(self, action: QAction) -> BundledText:
        """The bundled text that an action of the samples stands for."""
        return bundled_texts()[self.samples.index(action)]

    def _button(self, action: QAction, name: str) -> ActionButton:
        button = ActionButton(action)
        button.setObjectName(name)
        self.addWidget(button)
        return button

    def _menu_button(self, name: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setMenu(QMenu(button))
        self.addWidget(button)
        return button

    def _label(self) -> QLabel:
        label = QLabel()
        label.setProperty("muted", True)
        self._label_actions[label] = self.addWidget(label)
        return label

    def _add_space(self) -> None:
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)

    def _fill_menus(self) -> None:
        actions = self._actions
        menu = self.open_button.menu()
        menu.addActions([actions.open_file, actions.open_folder, actions.paste_text])
        menu.addMenu(self._recent_texts)
        self._samples_menu = menu.addMenu("")
        self._samples_menu.addActions(self.samples)
        menu = self.view_button.menu()
        self._scheme_menu = menu.addMenu("")
        self._scheme_menu.addActions(actions.schemes.actions())
        self._language_menu = menu.addMenu("")
        self._language_menu.addActions(actions.languages.actions())
        menu.addSeparator()
        menu.addActions([actions.larger, actions.smaller, actions.usual_size])
        menu.addSeparator()
        self.panels_menu = menu.addMenu("")
        menu.addAction(actions.reset_layout)
        menu.addSeparator()
        menu.addActions([actions.about, actions.quit])

    def _connect(self) -> None:
        session = self._session
        session.models_changed.connect(self._list_models)
        session.model_changed.connect(self._show_model)
        session.focus_word_changed.connect(self._show_word)
        session.model_changed.connect(self._mark_word)
        self.focus_edit.word_entered.connect(self._choose_word)
        self.model_combo.activated.connect(self._choose_model)
        self._theme.changed.connect(self._draw_icons)

    def _draw_icons(self) -> None:
        theme = self._theme
        side = theme.pixels(ICON_SIDE)
        self.setIconSize(QSize(side, side))
        self._actions.train.setIcon(theme.icon("train", "on_accent"))
        self._draw_pause()
        self._actions.stop.setIcon(theme.icon("stop"))
        self._actions.present.setIcon(theme.icon("present"))
        self.focus_edit.setMinimumWidth(min(FOCUS_WIDTH, theme.pixels(FOCUS_WIDTH)))
        self.focus_edit.setMaximumWidth(theme.pixels(FOCUS_WIDTH))
        self.open_button.setIcon(theme.icon("open"))
        self.session_button.setIcon(theme.icon("session"))
        self.view_button.setIcon(theme.icon("theme"))

    def _draw_pause(self) -> None:
        self._actions.pause.setIcon(self._theme.icon("continue" if self._is_paused else "pause"))

    def _fit_labels(self) -> None:
        needed = sum(label.sizeHint().width() + SPACING for label in self._label_actions)
        shown = any(action.isVisible() for action in self._label_actions.values())
        has_room = self.sizeHint().width() + (0 if shown else needed) <= self.width()
        for action in self._label_actions.values():
            action.setVisible(has_room)

    def _list_models(self) -> None:
        self.model_combo.clear()
        for model in self._session.models:
            self.model_combo.addItem(model.name, model.number)
            if model.card is not None:
                source = model.card.path if isinstance(model.card, FileCard) else model.card.text.name
                row, tooltip = self.model_combo.count() - 1, plain_tooltip(source)
                self.model_combo.setItemData(row, tooltip, Qt.ItemDataRole.ToolTipRole)
        self.model_combo.setEnabled(bool(self._session.models))
        self._show_model()
        self._fit_labels()

    def _show_model(self) -> None:
        model = self._session.model
        row = self.model_combo.findData(model.number) if model is not None else -1
        self.model_combo.setCurrentIndex(row)
        self.model_combo.setToolTip(self.model_combo.itemData(row, Qt.ItemDataRole.ToolTipRole) or "")

    def _choose_word(self, word: str) -> None:
        self._session.set_focus_word(word)
        self._show_word()

    def _show_word(self) -> None:
        self.focus_edit.setText(self._session.focus_word)
        self._mark_word()

    def _mark_word(self) -> None:
        """Say whether the word in focus is one that can be asked about."""
        vocabulary, word = self._session.vocabulary, self._session.focus_word
        self.focus_edit.mark_unknown(bool(word) and vocabulary is not None and vocabulary.get(word) is None)

    def _choose_model(self, index: int) -> None:
        self._session.set_model(self._session.models[index])
