"""The window: the bar at the top, the pipeline at the left, the panels, and the work at the bottom."""

from __future__ import annotations

import traceback
from math import isfinite
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from gloveui.core.errors import GloveError
from gloveui.core.presets import Preset
from gloveui.core.text import TextSource
from gloveui.state.forecaster import Forecaster
from gloveui.state.job_queue import JobQueue
from gloveui.state.kernel_keeper import KernelKeeper
from gloveui.state.pipeline import Pipeline
from gloveui.state.session import Session
from gloveui.state.settings import remember_resources, remembered_resources
from gloveui.state.values import EarlyEnd, Stage
from gloveui.views import dialogs
from gloveui.views.actions import SCHEMES, Actions
from gloveui.views.dock_area import DockArea
from gloveui.views.icons import application_icon
from gloveui.views.job_status import JobStatus
from gloveui.views.languages import Languages, Translated, translate_error
from gloveui.views.numbers import grouped
from gloveui.views.pipeline_column import PipelineColumn
from gloveui.views.repeated_models import RepeatedModels
from gloveui.views.session_files import SessionFiles
from gloveui.views.text_opening import TextOpening
from gloveui.views.text_warnings import text_warning
from gloveui.views.theme import Theme
from gloveui.views.top_bar import TopBar
from gloveui.views.vector_files import VectorFiles
from gloveui.views.widgets.model_menu import ModelMenu
from gloveui.views.widgets.notice_bar import NoticeBar
from gloveui.views.widgets.recent_menu import RecentMenu

FIRST_WIDTH, FIRST_HEIGHT = 1440, 900
PRESENT_SCALE = 1.5
SCALE_STEP = 1.1


class MainWindow(Translated, QMainWindow):
    """Everything a person sees; it owns the session and the jobs."""

    def __init__(self, settings: QSettings, theme: Theme, languages: Languages, data_folder: Path) -> None:
        super().__init__()
        self.session = Session(self)
        self.jobs = JobQueue(self)
        self.kernels = KernelKeeper(self.session, self.jobs, self)
        self.forecaster = Forecaster(self.session, self.jobs, self)
        self.pipeline = Pipeline(self.session, self.jobs, self)
        self._settings = settings
        self._theme = theme
        self._languages = languages
        self.menu_actions = Actions(self)
        self.notices = NoticeBar(theme)
        self.text_opening = TextOpening(self.session, self.jobs, settings, theme, self)
        self.recent_texts = RecentMenu(self.text_opening.recent, self.jobs, "recentTexts", self)
        self.top_bar = TopBar(self.session, self.menu_actions, self.recent_texts, theme)
        self.repeating = RepeatedModels(self.session, self.jobs, self.notices, self)
        self.model_menu = ModelMenu(self.session, self.repeating.again, theme)
        self.top_bar.add_model_menu(self.model_menu)
        self.vector_files = VectorFiles(self.session, self.jobs, self.notices, settings, theme, self)
        self.column = PipelineColumn(self.session, self.pipeline, self.forecaster, theme)
        self.panels = DockArea(self.session, self.jobs, theme)
        parts = (self.session, self.jobs, self.pipeline, self.panels, self.notices, settings)
        self.session_files = SessionFiles(self, *parts, data_folder)
        self._scale_before_presenting = theme.text_scale
        self._failed_counts = ""  # what was said when counting failed
        self._first_work: tuple[TextSource, Preset | None, bool] | None = None
        self._first_session: Path | None = None
        self._has_begun = False
        self._start_timer = QTimer(self, singleShot=True, interval=0)  # fires after the first painting
        self._start_timer.timeout.connect(self._start_first_work)
        self._arrange()
        self._connect()
        if not self.session_files.is_careful:
            self._restore()
        self._show_stage()
        self.panels.setFocus()
        theme.changed.connect(self._fit_least_size)
        self.retranslate()

    def open_text(self, text: TextSource, preset: Preset | None = None) -> None:
        """Open a text and count it."""
        self.notices.clear()
        self.text_opening.follow(text)
        self.pipeline.open_text(text, preset)

    def _read_otherwise(self, text: TextSource) -> None:
        self.notices.clear()
        self.text_opening.follow(text)
        self.pipeline.reopen_text(text)

    def open_when_shown(self, text: TextSource, preset: Preset | None, train: bool) -> None:
        """Open a text as soon as the window has been painted for the first time, and train on it if asked."""
        self._first_work = (text, preset, train)

    def open_session_when_shown(self, folder: Path) -> None:
        """Open a session as soon as the window has been painted for the first time."""
        self._first_session = folder

    def show_error(self, error: object) -> None:
        """Say what went wrong, and what to do next."""
        if isinstance(error, GloveError):
            sentence, advice = translate_error(error)
            self.notices.show_notice("error", sentence, advice)
        elif isinstance(error, BaseException):
            details = "".join(traceback.format_exception(error))
            self.notices.show_notice(
                "error",
                self.tr("Something went wrong that should not: {reason}").format(reason=error),
                self.tr("What you have made so far is still there."),
                details,
            )

    def retranslate(self) -> None:
        self.session_files.retranslate()
        self.vector_files.retranslate()
        self.menu_actions.retranslate()
        self._show_stage()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped_files(event)
        if paths:
            event.acceptProposedAction()
            self.vector_files.opening.take_dropped(paths)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_least_size()
        if not self._has_begun:
            self._has_begun = True
            self._start_timer.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._first_work = self._first_session = None
        self._start_timer.stop()
        if not self.session_files.may_close():
            event.ignore()
            return
        if not self.jobs.shut_down():
            event.ignore()
            self.show_error(TimeoutError(self.tr("the work that runs does not stop")))
            return
        self.session_files.close()
        self._save()
        event.accept()

    def _arrange(self) -> None:
        self.setObjectName("mainWindow")
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self.addToolBar(Qt.ToolBarArea.TopToolBarArea, self.top_bar)
        self.job_status = JobStatus(self.session, self.jobs, self._theme)
        self.setStatusBar(self.job_status)
        parts = QHBoxLayout()
        parts.setSpacing(0)
        parts.addWidget(self.column)
        parts.addWidget(self.panels, 1)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.notices)
        layout.addLayout(parts, 1)
        self.setCentralWidget(centre)
        self.session_files.fill(self.top_bar.session_button.menu())
        menus = (self.top_bar.open_button.menu(), self.top_bar.session_button.menu(), self.model_menu.menu())
        self.vector_files.fill(*menus)
        self.vector_files.show_work(self.job_status)
        self.top_bar.panels_menu.addActions([dock.toggleViewAction() for dock in self.panels.docks.values()])

    def _connect(self) -> None:
        actions, session = self.menu_actions, self.session
        opening = self.text_opening
        actions.open_file.triggered.connect(opening.ask_for_files)
        actions.open_folder.triggered.connect(opening.ask_for_folder)
        actions.paste_text.triggered.connect(opening.ask_for_pasted_text)
        opening.chosen.connect(self.open_text)
        self.recent_texts.chosen.connect(opening.open_path)
        opening.session_chosen.connect(self.session_files.open)
        opening.reread.connect(self._read_otherwise)
        self.vector_files.opening.others.connect(opening.open_paths)
        self.column.text_step.preview_asked.connect(opening.preview)
        for sample in self.top_bar.samples:
            sample.triggered.connect(self._open_sample)
        actions.train.triggered.connect(self._train)
        actions.pause.triggered.connect(self._pause_or_resume)
        # Both by way of the pipeline: a job that is only cancelled would be begun again.
        for signal in (actions.stop.triggered, self.job_status.stop_asked):
            signal.connect(self.pipeline.stop)
            signal.connect(self.repeating.again.stop)
        actions.present.toggled.connect(self._present)
        actions.larger.triggered.connect(self._enlarge)
        actions.smaller.triggered.connect(self._shrink)
        actions.usual_size.triggered.connect(self._use_usual_size)
        actions.reset_layout.triggered.connect(self.panels.arrange)
        actions.about.triggered.connect(self._show_about)
        actions.quit.triggered.connect(self.close)
        actions.schemes.triggered.connect(self._choose_scheme)
        actions.languages.triggered.connect(self._choose_language)
        self.addActions(actions.with_keys())
        self.jobs.failed.connect(self._show_failure)
        self.pipeline.refused.connect(self.show_error)
        self.pipeline.ended_early.connect(self._tell_early_end)
        self.pipeline.changed.connect(self._show_stage)
        session.text_changed.connect(self._show_stage)
        session.tokens_changed.connect(self._warn_of_broken_text)
        session.evidence_changed.connect(self._show_sentences)
        session.words.analogy_asked.connect(self._show_analogy)
        session.cooccurrence_changed.connect(self._forget_failed_counts)

    def _show_failure(self, error: object) -> None:
        self.show_error(error)
        self._failed_counts = self.notices.text if self.pipeline.stage is Stage.COUNTS else ""

    def _forget_failed_counts(self) -> None:
        """Counts that are there take away what was said of those before."""
        if self._failed_counts and self.notices.text == self._failed_counts:
            self.notices.clear()
        self._failed_counts = ""

    def _restore(self) -> None:
        settings = self._settings
        scheme = str(settings.value("scheme"))
        self._theme.set_scheme(scheme if scheme in SCHEMES else "system")
        self._theme.set_text_scale(_number(settings.value("text_scale"), 1.0))
        _check(self.menu_actions.schemes.actions(), self._theme.scheme)
        _check(self.menu_actions.languages.actions(), self._languages.current)
        self.session.set_resources(remembered_resources(settings))
        self._take_first_size()
        geometry = settings.value("geometry")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        layout = settings.value("layout")
        if isinstance(layout, QByteArray):
            self.panels.restore_layout(layout)

    def _save(self) -> None:
        settings = self._settings
        if self.session_files.is_careful:
            return
        self.menu_actions.present.setChecked(False)
        settings.setValue("scheme", self._theme.scheme)
        settings.setValue("text_scale", self._theme.text_scale)
        settings.setValue("language", self._languages.current)
        settings.setValue("geometry", self.saveGeometry())
        settings.setValue("layout", self.panels.layout_state())
        remember_resources(settings, self.session.resources)
        settings.sync()

    def _take_first_size(self) -> None:
        """The usual size; all of a screen that has no room for it and a frame."""
        usual, room = QSize(FIRST_WIDTH, FIRST_HEIGHT), self.screen().availableSize()
        self.resize(usual.boundedTo(room))
        if usual.width() >= room.width() or usual.height() >= room.height():
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _fit_least_size(self) -> None:
        """No smaller than its parts can be, unless the screen is."""
        self.setMinimumSize(self.minimumSizeHint().boundedTo(self.screen().availableSize()))

    def _start_first_work(self) -> None:
        first, self._first_work = self._first_work, None
        if first is not None and not self.session_files.is_careful:
            text, preset, train = first
            self.open_text(text, preset)
            if train:
                self.pipeline.train()
        self.session_files.begin(self._first_session)

    def _show_stage(self) -> None:
        stage, actions = self.pipeline.stage, self.menu_actions
        actions.pause.setEnabled(stage is not None)  # before Train, whose focus goes to the next button
        actions.stop.setEnabled(stage is not None)
        actions.train.setEnabled(self.session.text is not None and stage is not Stage.TRAINING)
        self.top_bar.show_paused(self.pipeline.is_paused)

    def _show_sentences(self) -> None:
        """Bring the sentences that were asked for to the front; the keyboard stays where it is."""
        if self.session.evidence is not None:
            self._bring_forward("sentencesPanel")

    def _show_analogy(self) -> None:
        self._bring_forward("analogyPanel")

    def _bring_forward(self, name: str) -> None:
        dock = self.panels.docks[name]
        if dock.widget().visibleRegion().isEmpty():
            dock.show()
            dock.raise_()

    def _open_sample(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            bundled = self.top_bar.sample(action)
            self.open_text(bundled.source, bundled.preset)

    def _train(self) -> None:
        self.notices.clear()
        self.pipeline.train()

    def _pause_or_resume(self) -> None:
        if self.pipeline.is_paused:
            self.pipeline.resume()
        else:
            self.pipeline.pause()

    def _present(self, is_presenting: bool) -> None:
        self.column.setVisible(not is_presenting)
        if is_presenting:
            self._scale_before_presenting = self._theme.text_scale
            self._theme.set_text_scale(self._theme.text_scale * PRESENT_SCALE)
        else:
            self._theme.set_text_scale(self._scale_before_presenting)

    def _enlarge(self) -> None:
        self._theme.set_text_scale(self._theme.text_scale * SCALE_STEP)

    def _shrink(self) -> None:
        self._theme.set_text_scale(self._theme.text_scale / SCALE_STEP)

    def _use_usual_size(self) -> None:
        self._theme.set_text_scale(1.0)

    def _show_about(self) -> None:
        dialog = dialogs.AboutDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _choose_scheme(self, action: QAction) -> None:
        self._theme.set_scheme(action.data())

    def _choose_language(self, action: QAction) -> None:
        self._languages.use(action.data())

    def _tell_early_end(self, end: EarlyEnd) -> None:
        self.notices.show_notice(
            "info",
            self.tr("Training ended by itself after {done} of {planned} epochs").format(
                done=grouped(end.epochs), planned=grouped(end.planned)
            ),
            self.tr("The loss had not fallen for {patience} epochs; Patience says how long to wait.").format(
                patience=grouped(end.patience)
            ),
        )

    def _warn_of_broken_text(self) -> None:
        """Say what was odd about a text that was read all the same."""
        tokens = self.session.tokens
        warning = None if tokens is None else text_warning(tokens)
        if warning is not None:
            self.notices.show_notice("warning", warning.sentence, warning.advice, warning.details)


def _dropped_files(event: QDropEvent) -> list[Path]:
    """The files and folders that are dragged onto the window."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _number(value: object, otherwise: float) -> float:
    """A number of the settings file, which a person may have edited."""
    try:
        number = float(str(value))
    except ValueError:
        return otherwise
    return number if isfinite(number) else otherwise


def _check(actions: list[QAction], value: str) -> None:
    for action in actions:
        action.setChecked(action.data() == value)
