"""Where a replay stands: moved by a person, by playing, or by a training that goes on."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import ArrayLike
from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS = 33
LONGEST_TICK = 0.1  # seconds; a window that was busy does not jump
USUAL_SPEED = 2.0  # epochs that are kept, a second
CATCH_UP = 2.5  # of the way that is left, a second, but no slower than that many epochs
HOLD_SECONDS = 1.5  # at the end of each round


class ReplayPlayer(QObject):
    """An epoch between the first and the last that are kept.

    It follows the newest one until a person goes elsewhere, and again from when one goes to the end.
    """

    moved = Signal(float)  # epoch
    playing_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._epochs = np.zeros(0)
        self._epoch = 0.0
        self._held = 0.0
        self._last_tick = 0.0
        self._is_playing = False
        self._follows = True
        self.is_looping = False
        self.speed = USUAL_SPEED
        self.timer = QTimer(self, interval=TICK_MS)
        self.timer.timeout.connect(self._tick)

    @property
    def epoch(self) -> float:
        """The epoch that is shown; between two that are kept, it is on the way."""
        return self._epoch

    @property
    def last(self) -> float:
        """The newest epoch."""
        return float(self._epochs[-1]) if len(self._epochs) else 0.0

    @property
    def is_playing(self) -> bool:
        """Whether it moves by itself, because a person wants that."""
        return self._is_playing

    @property
    def follows_newest(self) -> bool:
        """Whether it goes on with the training."""
        return self._follows

    def set_epochs(self, epochs: ArrayLike, is_new: bool) -> None:
        """Play these epochs, in ascending order; another training (``is_new``) is shown at its end."""
        self._epochs = np.asarray(epochs, np.float64)
        if is_new:
            self.pause()
            self._follows = True
        if is_new or not self._follows:
            self._move(self.last if self._follows else min(self._epoch, self.last))
        elif self._epoch != self.last and not self._is_playing:
            self._run()

    def go_to(self, epoch: float) -> None:
        """Show an epoch; playing ends."""
        self.pause()
        self._move(min(max(epoch, self._first()), self.last))
        self._follows = self._epoch >= self.last

    def step(self, steps: int) -> None:
        """Go so many epochs that are kept on, or back."""
        if len(self._epochs):
            place = float(np.interp(self._epoch, self._epochs, np.arange(len(self._epochs))))
            near = int(np.ceil(place - 1e-9)) if steps < 0 else int(np.floor(place + 1e-9))
            self.go_to(float(self._epochs[min(max(near + steps, 0), len(self._epochs) - 1)]))

    def settle(self) -> None:
        """Go to the nearest epoch that is kept."""
        if len(self._epochs):
            self.go_to(float(self._epochs[np.abs(self._epochs - self._epoch).argmin()]))

    def play(self) -> None:
        """Play on, from the beginning if it is at the end."""
        if len(self._epochs) < 2 or self._is_playing:
            return
        if self._epoch >= self.last:
            self._move(self._first())
        self._held, self._follows, self._is_playing = 0.0, False, True
        self._run()
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stay here."""
        self.timer.stop()
        if self._is_playing:
            self._is_playing = False
            self.playing_changed.emit(False)

    def advance(self, seconds: float) -> None:
        """Move by so much time."""
        if self._is_playing and self._epoch >= self.last:
            self._end_round(seconds)
            return
        place = float(np.interp(self._epoch, self._epochs, np.arange(len(self._epochs))))
        end = len(self._epochs) - 1
        speed = self.speed if self._is_playing else max(CATCH_UP, CATCH_UP * (end - place))
        place = min(place + speed * seconds, end)
        self._move(float(np.interp(place, np.arange(end + 1), self._epochs)))
        if self._epoch >= self.last and not self._is_playing:
            self.timer.stop()
        elif self._epoch >= self.last and not self.is_looping:
            self.pause()
            self._follows = True

    def _end_round(self, seconds: float) -> None:
        self._held += seconds
        if self._held >= HOLD_SECONDS:
            self._held = 0.0
            self._move(self._first())

    def _first(self) -> float:
        return float(self._epochs[0]) if len(self._epochs) else 0.0

    def _move(self, epoch: float) -> None:
        self._epoch = epoch
        self.moved.emit(epoch)

    def _run(self) -> None:
        if not self.timer.isActive():
            self._last_tick = time.perf_counter()
            self.timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        seconds, self._last_tick = now - self._last_tick, now
        self.advance(min(seconds, LONGEST_TICK))
