"""What plays the epochs of a training: play or pause, again and again, and how fast."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from gloveui.views.languages import Translated
from gloveui.views.replay_player import USUAL_SPEED, ReplayPlayer
from gloveui.views.theme import Theme

SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0)  # epochs that are kept, a second


class ReplayControls(Translated, QWidget):
    """Follows the player, whoever moves it."""

    def __init__(self, player: ReplayPlayer, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player, self._theme = player, theme
        self.play_button = QToolButton()
        self.play_button.setObjectName("epochsPlay")
        self.loop_button = QToolButton()
        self.loop_button.setObjectName("epochsLoop")
        self.loop_button.setCheckable(True)
        self.speed_combo = QComboBox()
        self.speed_combo.setObjectName("epochsSpeed")
        self.speed_combo.addItems([""] * len(SPEEDS))
        self.speed_combo.setCurrentIndex(SPEEDS.index(USUAL_SPEED))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self.play_button, self.loop_button, self.speed_combo):
            row.addWidget(part)
        self.play_button.clicked.connect(self._play_or_pause)
        self.loop_button.toggled.connect(self._loop)
        self.speed_combo.currentIndexChanged.connect(self._set_speed)
        player.playing_changed.connect(self._draw_icons)
        theme.changed.connect(self._draw_icons)
        self.retranslate()

    def retranslate(self) -> None:
        for place, speed in enumerate(SPEEDS):
            self.speed_combo.setItemText(place, self.tr("{n} / s").format(n=f"{speed:g}"))
        self.speed_combo.setAccessibleName(self.tr("Speed"))
        self.speed_combo.setToolTip(self.tr("Speed: epochs that are kept, a second"))
        self.loop_button.setToolTip(self.tr("Play again and again"))
        self.loop_button.setAccessibleName(self.tr("Play again and again"))
        self._draw_icons()

    def _draw_icons(self) -> None:
        is_playing = self._player.is_playing
        self.play_button.setIcon(self._theme.icon("pause" if is_playing else "train"))
        text = self.tr("Pause") if is_playing else self.tr("Play the epochs")
        self.play_button.setToolTip(text)
        self.play_button.setAccessibleName(text)
        self.loop_button.setIcon(self._theme.icon("loop"))

    def _play_or_pause(self) -> None:
        if self._player.is_playing:
            self._player.pause()
        else:
            self._player.play()

    def _loop(self, is_looping: bool) -> None:
        self._player.is_looping = is_looping

    def _set_speed(self, place: int) -> None:
        self._player.speed = SPEEDS[place]
