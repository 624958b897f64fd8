"""Saves a replay as a moving picture or a series of pictures, and tells how far that is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from weakref import WeakMethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gloveui.core.progress import Progress, Task
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.storage.moving_picture import WrittenPicture, write_gif, write_png_series
from gloveui.views import dialogs
from gloveui.views.languages import Translated
from gloveui.views.numbers import byte_size
from gloveui.views.replay_painter import Film, FilmPainter
from gloveui.views.theme import Theme
from gloveui.views.widgets.menu_action import menu_action

FRAME_MS = 50
STEM = "epochs"


class FilmButton(Translated, QToolButton):
    """A menu while nothing is saved; then a button that stops it."""

    told = Signal(str)  # what is going on, translated; empty when there is nothing more to say

    def __init__(
        self,
        make_film: Callable[[], Film | None],
        jobs: JobQueue,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_film = WeakMethod(make_film)
        self._jobs, self._theme = jobs, theme
        self._job: Job | None = None
        self._pictures = 0
        self._menu = QMenu(self)
        self.gif_action = menu_action(self._menu, "saveGif", self._save_gif)
        self.png_action = menu_action(self._menu, "savePngSeries", self._save_png_series)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.aboutToShow.connect(self._name_actions)
        self.clicked.connect(self.stop)
        theme.changed.connect(self._draw_icon)
        self.retranslate()

    @property
    def is_saving(self) -> bool:
        """Whether pictures are being written."""
        return self._job is not None

    def retranslate(self) -> None:
        self._draw_icon()
        self._name_actions()

    def stop(self) -> None:
        """Give up what is being saved."""
        if self._job is not None:
            self._job.cancel()

    def save_gif(self, path: Path) -> None:
        """Write the replay as a GIF."""
        film = self._film()
        if film is not None:
            count = len(film.epochs(is_smooth=True))
            self._run(write_gif(path, FilmPainter(film).gif_frames(), count, FRAME_MS), count)

    def save_png_series(self, path: Path) -> None:
        """Write a PNG for each epoch that is kept."""
        film = self._film()
        if film is not None:
            count = len(film.epochs(is_smooth=False))
            self._run(write_png_series(path, FilmPainter(film).kept_frames(), count), count)

    def _film(self) -> Film | None:
        make = self._make_film()
        return make() if make is not None else None

    def _name_actions(self) -> None:
        """Say what each would save."""
        film = self._film()
        self.gif_action.setText(self.tr("Save as a moving picture (GIF) …") + self._size_text(film, True))
        self.png_action.setText(
            self.tr("Save a picture of each epoch (PNG) …") + self._size_text(film, False)
        )

    def _size_text(self, film: Film | None, is_smooth: bool) -> str:
        """What stands at the right of a menu's entry."""
        if film is None:
            return ""
        width, height = film.size
        count = len(film.epochs(is_smooth))
        text = self.tr("{n} pictures of {width} × {height}").format(n=count, width=width, height=height)
        return f"\t{text}"

    def _save_gif(self) -> None:
        path = dialogs.ask_where_to_save(self, self.tr("Save"), f"{STEM}.gif", "GIF (*.gif)")
        if path is not None:
            self.save_gif(path)

    def _save_png_series(self) -> None:
        path = dialogs.ask_where_to_save(self, self.tr("Save"), f"{STEM}.png", "PNG (*.png)")
        if path is not None:
            self.save_png_series(path)

    def _run(self, task: Task[WrittenPicture], pictures: int) -> None:
        self.stop()
        self._pictures = pictures
        self._job = self._jobs.ask("moving picture", task)
        self._job.progressed.connect(self._tell_progress)
        self._job.succeeded.connect(self._tell_end)
        self._job.failed.connect(self._tell_nothing)
        self._job.cancelled.connect(self._tell_nothing)
        self._job.finished.connect(self._end)
        self.setMenu(None)  # type: ignore[arg-type]  # Qt takes it: no menu
        self.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        self._draw_icon()

    def _tell_progress(self, batch: list[Progress]) -> None:
        done = round((batch[-1].fraction or 0.0) * self._pictures)
        self.told.emit(self.tr("Saving: {done} of {n} pictures").format(done=done, n=self._pictures))

    def _tell_end(self, written: WrittenPicture) -> None:
        text = self.tr("Saved {name}: {n} pictures of {width} × {height}, {size}")
        self.told.emit(
            text.format(
                name=written.path.name, n=written.pictures, width=written.width, height=written.height,
                size=byte_size(written.byte_count),
            )
        )  # fmt: skip

    def _tell_nothing(self) -> None:
        self.told.emit("")

    def _end(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.setMenu(self._menu)
            self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            self._draw_icon()

    def _draw_icon(self) -> None:
        self.setIcon(self._theme.icon("stop" if self.is_saving else "film"))
        text = self.tr("Stop saving") if self.is_saving else self.tr("Save the epochs as a moving picture")
        self.setToolTip(text)
        self.setAccessibleName(text)
