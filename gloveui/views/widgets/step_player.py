"""Goes through the steps of a demonstration: one at a time, by a slider, or by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from gloveui.views.languages import Translated
from gloveui.views.theme import Theme

STEP_MS = (1500, 700, 300, 120, 60, 33)
USUAL_SPEED = 3


class StepPlayer(Translated, QWidget):
    """Steps from 0 to the last that is there; the timer runs only while it plays and can be seen."""

    step_changed = Signal(object)  # int

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._planned = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._make_parts()
        theme.changed.connect(self._draw)
        self._draw()
        self.retranslate()

    @property
    def step(self) -> int:
        """The step that is shown."""
        return self.slider.value()

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def retranslate(self) -> None:
        self._name(self.back_button, self.tr("One step back"))
        self._name(self.forward_button, self.tr("One step on"))
        self._name(self.slider, self.tr("Step"))
        self._name(self.speed_slider, self.tr("Speed"))
        self._draw()

    def start(self, planned: int) -> None:
        """Begin anew at step 0, of so many that are to come."""
        self._planned = planned
        self.slider.setRange(0, 0)
        self._tell()

    def set_last(self, last: int) -> None:
        """Allow to go up to this step."""
        self.slider.setRange(0, last)
        self._draw()

    def play(self) -> None:
        """Go on by itself, from the beginning if the end was reached."""
        if self.isVisible() and self._planned:
            if self.step >= self._planned:
                self.slider.setValue(0)
            self._timer.start(STEP_MS[self.speed_slider.value()])
            self._draw()

    def pause(self) -> None:
        """Stay at the present step."""
        self._timer.stop()
        self._draw()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.pause()

    def _make_parts(self) -> None:
        self.back_button, self.play_button, self.forward_button = QToolButton(), QToolButton(), QToolButton()
        names = ("layerStepBack", "layerPlay", "layerStepForward")
        buttons = (self.back_button, self.play_button, self.forward_button)
        self.slider, self.speed_slider = (
            QSlider(Qt.Orientation.Horizontal),
            QSlider(Qt.Orientation.Horizontal),
        )
        self.slider.setObjectName("layerStep")
        self.slider.setRange(0, 0)
        self.speed_slider.setRange(0, len(STEP_MS) - 1)
        self.speed_slider.setValue(USUAL_SPEED)
        self.speed_slider.setPageStep(1)
        self.place_label = QLabel()
        self.place_label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button, name in zip(buttons, names, strict=True):
            button.setObjectName(name)
            row.addWidget(button)
        row.addSpacing(4)
        row.addWidget(self.slider, 1)
        row.addWidget(self.place_label)
        row.addSpacing(8)
        row.addWidget(self.speed_slider)
        self.back_button.clicked.connect(self._step_back)
        self.forward_button.clicked.connect(self._step_forward)
        self.play_button.clicked.connect(self._play_or_pause)
        self.slider.valueChanged.connect(self._show_value)
        self.speed_slider.valueChanged.connect(self._change_speed)

    def _step_back(self) -> None:
        self.pause()
        self.slider.setValue(self.step - 1)

    def _step_forward(self) -> None:
        self.pause()
        self.slider.setValue(self.step + 1)

    def _play_or_pause(self) -> None:
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def _go_on(self) -> None:
        if self.step < self.slider.maximum():
            self.slider.setValue(self.step + 1)
        elif self.step >= self._planned:
            self.pause()

    def _show_value(self, step: int) -> None:
        self._tell()
        self.step_changed.emit(step)

    def _change_speed(self) -> None:
        self._timer.setInterval(STEP_MS[self.speed_slider.value()])

    def _tell(self) -> None:
        text = self.tr("{step} of {all}").format(step=self.step, all=self._planned)
        widest = self.tr("{step} of {all}").format(step=self._planned, all=self._planned)
        self.place_label.setMinimumWidth(self.place_label.fontMetrics().horizontalAdvance(widest) + 4)
        self.place_label.setText(text)

    def _draw(self) -> None:
        self.back_button.setIcon(self._theme.icon("step-back"))
        self.forward_button.setIcon(self._theme.icon("step-forward"))
        self.play_button.setIcon(self._theme.icon("pause" if self.is_playing else "train"))
        self._name(self.play_button, self.tr("Pause") if self.is_playing else self.tr("Play the steps"))
        self.speed_slider.setFixedWidth(self._theme.pixels(64))
        has_steps = self.slider.maximum() > 0
        for control in (self.back_button, self.play_button, self.forward_button, self.slider):
            control.setEnabled(has_steps)
        self._tell()

    def _name(self, control: QWidget, name: str) -> None:
        control.setToolTip(name)
        control.setAccessibleName(name)
