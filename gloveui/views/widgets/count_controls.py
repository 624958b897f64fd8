"""What is shown of the counts, in which order, and how it is coloured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget

from gloveui.core.heatmap import REDUCTIONS
from gloveui.core.quantities import QUANTITIES
from gloveui.core.word_order import ORDERS
from gloveui.views.languages import Translated
from gloveui.views.quantity_texts import MAY_BE_LOGARITHMIC, needs_model, quantity_formula, quantity_name
from gloveui.views.theme import Theme
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.field_row import together
from gloveui.views.widgets.flow_layout import FlowLayout
from gloveui.views.widgets.plain_tooltip import plain_tooltip
from gloveui.views.widgets.top_words import TopWords

_FLAGS = Qt.ItemDataRole.UserRole - 1


class CountControls(Translated, QWidget):
    """As many lines as the width needs; what is seldom changed stands behind Colours."""

    quantity_changed = Signal()  # of the first or the second heatmap
    order_changed = Signal()
    colors_changed = Signal()  # the scale, or whether it is held
    reduction_changed = Signal()
    layout_changed = Signal()  # picture or table, one heatmap or two

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_logarithmic = {"count": True, "probability": True, "weight": False}
        self._has_model = False
        self._make_parts(theme)
        self._arrange()
        self._connect()
        self.retranslate()
        self._show_state()

    @property
    def quantities(self) -> tuple[str, str]:
        """What the first and the second heatmap show."""
        return self.quantity_combo.currentData(), self.second_combo.currentData()

    @property
    def order(self) -> str:
        """How words are ordered."""
        return cast(str, self.order_combo.currentData())

    @property
    def reduction(self) -> str:
        """How a block of cells becomes a point."""
        return cast(str, self.reduction_combo.currentData())

    @property
    def shows_second(self) -> bool:
        """Whether there are two heatmaps."""
        return self.second_button.isChecked() and not self.shows_table

    @property
    def shows_table(self) -> bool:
        """Whether the numbers are shown as a table."""
        return self.table_button.isChecked()

    @property
    def holds_colors(self) -> bool:
        """Whether colours keep their meaning while one moves."""
        return self.hold_check.isChecked()

    def is_logarithmic(self, quantity: str) -> bool:
        """Whether a quantity is coloured by its logarithm."""
        return self._is_logarithmic.get(quantity, False)

    def set_has_model(self, has_model: bool) -> None:
        """Whether there is a model whose predictions can be shown; without one, counts are."""
        self._has_model = has_model
        before = self.quantities
        for combo in (self.quantity_combo, self.second_combo):
            self._enable_choices(combo, has_model)
            if not has_model and needs_model(combo.currentData()):
                combo.blockSignals(True)  # nobody is told before neither of them needs a model
                combo.setCurrentIndex(QUANTITIES.index("log_count"))
                combo.blockSignals(False)
        if self.quantities != before:
            self._take_quantity()

    def set_has_text(self, has_text: bool) -> None:
        """Whether the order of the text is known."""
        place = ORDERS.index("first_seen")
        _enable(self.order_combo, place, has_text)
        if not has_text and self.order == "first_seen":
            self.order_combo.setCurrentIndex(0)

    def set_table_allowed(self, is_allowed: bool, words: int, most: int) -> None:
        """Offer the table, or say why there is none."""
        if not is_allowed:
            self.table_button.setChecked(False)
        self.table_button.setEnabled(is_allowed)
        reason = self.tr("A table can be read up to {most} words, not {words}: choose fewer at Top first.")
        usual = self.tr("Show the numbers as a table")
        tip = usual if is_allowed else reason.format(most=most, words=f"{words:,}")
        self.table_button.setToolTip(plain_tooltip(tip))
        self.table_button.setAccessibleDescription(tip)

    def retranslate(self) -> None:
        self._name_choices()
        self.quantity_combo.setAccessibleName(self.tr("What is shown"))
        self.second_combo.setAccessibleName(self.tr("What the second heatmap shows"))
        self.order_combo.setAccessibleName(self.tr("Order of the words"))
        self.order_combo.setToolTip(self.tr("Order of the words"))
        self.table_button.setText(self.tr("Table"))
        self.second_button.setText(self.tr("Side by side"))
        self.more_button.setText(self.tr("Colours"))
        self.more_button.setToolTip(self.tr("How cells are coloured, and how they are gathered from afar"))
        self.reduction_label.setText(self.tr("From afar"))
        self.reduction_combo.setAccessibleName(self.tr("What a point shows that stands for many cells"))
        self.reduction_combo.setToolTip(self.tr("What a point shows that stands for many cells"))
        self.scale_combo.setAccessibleName(self.tr("Scale of the colours"))
        self.hold_check.setText(self.tr("Hold the colours"))
        self.hold_check.setToolTip(
            self.tr("A colour keeps its value while you move; else colours span the values in sight")
        )

    def _name_choices(self) -> None:
        orders = (
            self.tr("by frequency"), self.tr("by alphabet"), self.tr("as first seen"),
            self.tr("by similarity"),
        )  # fmt: skip
        reductions = (self.tr("sum"), self.tr("largest"), self.tr("mean"))
        _set_texts(self.quantity_combo, [quantity_name(name) for name in QUANTITIES])
        _set_texts(self.second_combo, [quantity_name(name) for name in QUANTITIES])
        _set_texts(self.order_combo, orders)
        _set_texts(self.reduction_combo, reductions)
        _set_texts(self.scale_combo, (self.tr("linear"), self.tr("logarithmic")))
        self.set_has_model(self._has_model)
        self._explain_what_is_off()

    def _make_parts(self, theme: Theme) -> None:
        self.quantity_combo = _combo("countsQuantity", QUANTITIES, "count")
        self.second_combo = _combo("countsQuantitySecond", QUANTITIES, "ppmi")
        self.order_combo = _combo("countsOrder", ORDERS, "frequency")
        self.top_words = TopWords()
        self.table_button = _toggle("countsTable")
        self.second_button = _toggle("countsSecond")
        self.more_button = _toggle("countsMore")
        self.export_button = ExportButton(theme)
        self.export_button.setObjectName("countsExport")
        self.reduction_label = QLabel()
        self.reduction_label.setProperty("muted", True)
        self.reduction_combo = _combo("countsReduction", REDUCTIONS, "maximum")
        self.scale_combo = _combo("countsScale", ("linear", "logarithmic"), "logarithmic")
        self.hold_check = QCheckBox()
        self.hold_check.setObjectName("countsHold")

    def _arrange(self) -> None:
        usual, self.more = FlowLayout(), QWidget()
        more = FlowLayout(self.more)
        quantities = together(self.quantity_combo, self.second_combo)
        last = together(self.more_button, self.export_button)
        for part in (
            quantities, self.order_combo, self.table_button, self.second_button, self.top_words, last,
        ):  # fmt: skip
            usual.addWidget(part)
        for part in (self.reduction_label, self.reduction_combo, self.scale_combo, self.hold_check):
            more.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(usual)
        column.addWidget(self.more)

    def _connect(self) -> None:
        for combo in (self.quantity_combo, self.second_combo):
            combo.currentIndexChanged.connect(self._take_quantity)
        self.order_combo.currentIndexChanged.connect(self.order_changed)
        self.top_words.changed.connect(self.order_changed)
        self.reduction_combo.currentIndexChanged.connect(self.reduction_changed)
        self.scale_combo.currentIndexChanged.connect(self._take_scale)
        self.hold_check.toggled.connect(self.colors_changed)
        for button in (self.table_button, self.second_button):
            button.toggled.connect(self._take_layout)
        self.more_button.toggled.connect(self._show_state)

    def _take_quantity(self) -> None:
        self._show_state()
        self.quantity_changed.emit()

    def _take_scale(self, place: int) -> None:
        self._is_logarithmic[self.quantities[0]] = place == 1
        self.colors_changed.emit()

    def _take_layout(self) -> None:
        self._show_state()
        self.layout_changed.emit()

    def _show_state(self) -> None:
        """Show the controls that have something to say."""
        quantity = self.quantities[0]
        self.second_combo.setVisible(self.shows_second)
        self.second_button.setEnabled(not self.shows_table)
        self.more.setVisible(self.more_button.isChecked())
        self.scale_combo.setEnabled(quantity in MAY_BE_LOGARITHMIC)
        self.scale_combo.blockSignals(True)
        self.scale_combo.setCurrentIndex(int(self.is_logarithmic(quantity)))
        self.scale_combo.blockSignals(False)
        for combo in (self.quantity_combo, self.second_combo):
            self._tip_of(combo)
        self._explain_what_is_off()
        self.updateGeometry()

    def _explain_what_is_off(self) -> None:
        """Say of what cannot be chosen now why that is."""
        usual = self.tr("Show a second heatmap of the same words beside this one")
        reason = self.tr("There is one table alone: close it to see two heatmaps beside each other")
        self.second_button.setToolTip(plain_tooltip(usual if self.second_button.isEnabled() else reason))
        usual = self.tr("Scale of the colours")
        reason = self.tr("Numbers that can be below zero, and logarithms, are always coloured in even steps")
        self.scale_combo.setToolTip(plain_tooltip(usual if self.scale_combo.isEnabled() else reason))

    def _enable_choices(self, combo: QComboBox, has_model: bool) -> None:
        reason = self.tr("Needs a model of these words: press Train")
        for place, name in enumerate(QUANTITIES):
            if needs_model(name):
                _enable(combo, place, has_model)
            is_out = needs_model(name) and not has_model
            tip = f"{quantity_formula(name)}\n{reason}" if is_out else quantity_formula(name)
            combo.setItemData(place, plain_tooltip(tip), Qt.ItemDataRole.ToolTipRole)
        self._tip_of(combo)

    def _tip_of(self, combo: QComboBox) -> None:
        """How what is shown is worked out, and what is missing for the rest."""
        usual = self.tr("What is shown")
        missing = self.tr("What is shown. Prediction and error need a model of these words: press Train.")
        text = usual if self._has_model else missing
        combo.setToolTip(plain_tooltip(f"{quantity_formula(combo.currentData())}\n{text}"))


def _combo(name: str, keys: Sequence[str], chosen: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    for key in keys:
        combo.addItem("", key)
    combo.setCurrentIndex(keys.index(chosen))
    return combo


def _enable(combo: QComboBox, place: int, is_enabled: bool) -> None:
    """Let an entry be chosen or not; the model of a combo box keeps the flags of an entry as data."""
    combo.setItemData(place, None if is_enabled else 0, _FLAGS)


def _toggle(name: str) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.setCheckable(True)
    return button


def _set_texts(combo: QComboBox, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts):
        combo.setItemText(place, text)
