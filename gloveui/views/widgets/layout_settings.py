"""Settings of t-SNE and UMAP, the button that starts them, and how far they are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from gloveui.views.languages import Translated
from gloveui.views.map_layouts import Layout
from gloveui.views.widgets.flow_layout import FlowLayout

STEPS = 1_000
WIDEST = 72  # pixels of a number; else room is kept for the largest seed there may be
NAMES = {"tsne": "t-SNE", "umap": "UMAP"}
METHODS = {"perplexity": "tsne", "neighbours": "umap", "min_distance": "umap", "seed": ""}


class LayoutSettings(Translated, QWidget):
    """Nothing starts before the button is pressed; it stops what runs when it is pressed again."""

    changed = Signal()
    start_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, layout: Layout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._method = layout.method
        self._running = ""  # the method that runs
        self.fields: dict[str, QSpinBox | QDoubleSpinBox] = {
            "perplexity": _whole_number(2, 200),
            "neighbours": _whole_number(2, 200),
            "min_distance": _fraction(0.99, 0.05),
            "seed": _whole_number(0, 2**31 - 1),
        }
        self.labels = {name: QLabel() for name in self.fields}
        self.start_button = QPushButton()
        self.start_button.setObjectName("mapStart")
        self.bar = QProgressBar()
        self.bar.setObjectName("mapProgress")
        self.bar.setFixedWidth(140)
        self.bar.setTextVisible(False)
        self._groups: dict[str, QWidget] = {}
        for name, field in self.fields.items():
            field.setObjectName(f"mapSetting_{name}")
            field.setKeyboardTracking(False)
            field.setMaximumWidth(WIDEST)
            field.setValue(getattr(layout, name))
            field.valueChanged.connect(self.changed)
        self._arrange()
        self.start_button.clicked.connect(self._ask)
        self.retranslate()
        self.show_method(layout.method, is_done=False)

    def put_into(self, layout: Layout) -> Layout:
        """The layout with these settings."""
        values = {name: field.value() for name, field in self.fields.items()}
        values["min_distance"] = round(float(values["min_distance"]), 2)
        return replace(layout, **values)  # type: ignore[arg-type]  # whole numbers come from whole number fields

    def show_method(self, method: str, is_done: bool) -> None:
        """Show the settings of a method; `is_done`: there is a result for them."""
        self._method = method
        if not self._running:
            self.start_button.setEnabled(not is_done)
            self.start_button.setProperty("primary", not is_done)
            self.start_button.style().unpolish(self.start_button)
            self.start_button.style().polish(self.start_button)
        self.retranslate()

    def show_progress(self, method: str, fraction: float | None) -> None:
        """How far a run is, in the place of the settings: the map keeps its height."""
        if not self._running:
            self.setMinimumHeight(self.height())
        self._running = method
        self.bar.setRange(0, 0 if fraction is None else STEPS)
        self.bar.setValue(0 if fraction is None else round(STEPS * fraction))
        self._show_state()

    def end_progress(self) -> None:
        """Nothing runs any more."""
        self._running = ""
        self.setMinimumHeight(0)
        self._show_state()

    def retranslate(self) -> None:
        names = {
            "perplexity": (
                self.tr("Perplexity"),
                self.tr("About how many neighbours of each word are to stay near it"),
            ),
            "neighbours": (
                self.tr("Neighbours"),
                self.tr(
                    "How many neighbours of each word count: more show the large shape, fewer the fine one"
                ),
            ),
            "min_distance": (
                self.tr("Least distance"),
                self.tr("How near words may come to one another: less makes denser groups"),
            ),
            "seed": (
                self.tr("Seed"),
                self.tr("What random numbers begin with; the same seed, the same map"),
            ),
        }
        for name, (text, tip) in names.items():
            self.labels[name].setText(text)
            self.fields[name].setAccessibleName(text)
            self.fields[name].setToolTip(tip)
        self.bar.setAccessibleName(self.tr("Progress of the map"))
        self._show_state()

    def _show_state(self) -> None:
        text = self.tr("Cancel {method}") if self._running else self.tr("Start {method}")
        self.start_button.setText(text.format(method=NAMES.get(self._running or self._method, "")))
        if self._running:
            self.start_button.setEnabled(True)
        self.bar.setVisible(bool(self._running))
        for name, group in self._groups.items():
            group.setVisible(not self._running and METHODS[name] in ("", self._method))
        self.updateGeometry()

    def _ask(self) -> None:
        (self.cancel_asked if self._running else self.start_asked).emit()

    def _arrange(self) -> None:
        flow = FlowLayout(self)
        for name, field in self.fields.items():
            group = QWidget()
            row = QHBoxLayout(group)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            self.labels[name].setProperty("muted", True)
            self.labels[name].setBuddy(field)
            row.addWidget(self.labels[name])
            row.addWidget(field)
            self._groups[name] = group
            flow.addWidget(group)
        flow.addWidget(self.start_button)
        flow.addWidget(self.bar)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


def _whole_number(lowest: int, highest: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(lowest, highest)
    return field


def _fraction(highest: float, step: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(0.0, highest)
    field.setSingleStep(step)
    return field
