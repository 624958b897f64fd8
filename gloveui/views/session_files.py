"""Sessions in the window: opened, saved, brought back, noted down and copied as code."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMenu

from gloveui.core.errors import GloveError
from gloveui.state.autosave import Autosaver
from gloveui.state.job_queue import JobQueue
from gloveui.state.pipeline import Pipeline
from gloveui.state.recent_files import RecentFiles
from gloveui.state.recovery import RecoveryFolder, Shelf
from gloveui.state.saved_work import OpenedSession, work_of
from gloveui.state.session import Session
from gloveui.state.session_keeper import SessionKeeper
from gloveui.state.start_marker import StartMarker
from gloveui.storage.session_code import session_code
from gloveui.storage.session_folder import ENDING
from gloveui.views import dialogs, session_dialogs
from gloveui.views.dock_area import DockArea
from gloveui.views.languages import translate_error
from gloveui.views.numbers import grouped
from gloveui.views.recovery_offer import RecoveryOffer, kept_place
from gloveui.views.session_actions import SessionActions
from gloveui.views.session_dialogs import NotesDialog
from gloveui.views.widgets.notice_bar import Level, NoticeBar
from gloveui.views.widgets.recent_menu import RecentMenu

UNSAVED = "unsaved"  # folder of unsaved work in the program's own


class SessionFiles(QObject):
    """Leads what a person does with sessions to the keeper, and shows what came of it."""

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        jobs: JobQueue,
        pipeline: Pipeline,
        panels: DockArea,
        notices: NoticeBar,
        settings: QSettings,
        data_folder: Path,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._pipeline = pipeline
        self._panels = panels
        self._notices = notices
        self._start = StartMarker(data_folder)
        self.is_careful = self._start.begin()
        self.keeper = SessionKeeper(session, jobs, pipeline, self)
        place = kept_place(settings, data_folder / UNSAVED)
        self.autosaver = Autosaver(session, self.keeper, jobs, RecoveryFolder(place), self)
        self.actions = SessionActions(self)
        self.recent = RecentFiles(settings, "sessions", self)
        self.recent_menu = RecentMenu(self.recent, jobs, "recentSessions", window)
        self.recovery = RecoveryOffer(self.autosaver, self.actions, notices, settings, window)
        self._then: Path | Shelf | None = None  # to be opened once this session is saved
        self._is_told_of_loss = False
        self._offers_later = False  # unsaved work, once the session that was asked for is open
        self._connect()
        jobs.failed.connect(self._forget_what_follows)
        window.addActions(self.actions.with_keys())
        self._show_state()

    @property
    def title(self) -> str:
        """What the window is called; the mark in it stands where something is unsaved."""
        keeper, text = self.keeper, self._session.text
        name = keeper.name
        if keeper.is_read_only:
            name = self.tr("{name} (read only)").format(name=name)
        parts = [name, "" if text is None else text.name]
        shown = " – ".join(part.replace("[*]", "[*][*]") for part in parts if part)
        return f"{shown}[*] – gloveui" if shown else "gloveui[*]"

    def fill(self, menu: QMenu) -> None:
        """Put everything around sessions into a menu."""
        self.actions.fill(menu, self.recent_menu, self.recovery.menu)
        menu.aboutToShow.connect(self.recovery.menu.look)

    def begin(self, folder: Path | None) -> None:
        """The window is in sight: open a session if one was asked for, and offer what was not saved."""
        if folder is not None and not self.is_careful:
            self._offers_later = True
            self.keeper.open(folder)
            return
        self.recovery.begin(self._careful_sentence() if self.is_careful else "")
        if self.is_careful and not self._notices.text:
            self._tell_careful_start()
        self._start.clear()

    def may_close(self) -> bool:
        """Bring to the disk what is not there yet, as the window closes; False if that fails once."""
        try:
            self.keeper.finish_saving()
            self.autosaver.finish()
        except (GloveError, OSError) as error:
            if not self._is_told_of_loss:
                self._is_told_of_loss = True
                self._tell_loss(error)
                return False
        return True

    def close(self) -> None:
        """Leave all folders to other windows."""
        self._start.clear()
        self.autosaver.close()
        self.keeper.release()

    def retranslate(self) -> None:
        """Set every text; called by the window when the language changes."""
        self.actions.retranslate()
        self._show_state()

    def _connect(self) -> None:
        actions, keeper = self.actions, self.keeper
        actions.open.triggered.connect(self._ask_for_session)
        actions.save.triggered.connect(self.save)
        actions.save_as.triggered.connect(self.save_as)
        actions.notes.triggered.connect(self._show_notes)
        actions.copy_code.triggered.connect(self._copy_code)
        actions.resume_training.triggered.connect(self._resume)
        self.recent_menu.chosen.connect(self.open)
        self.recovery.wanted.connect(self.open)
        keeper.changed.connect(self._show_state)
        keeper.gathering.connect(self._give_layout)
        keeper.saved.connect(self._follow_save)
        keeper.opened.connect(self._follow_opening)
        keeper.refused.connect(self._tell)
        keeper.warned.connect(self._tell)
        self._session.text_changed.connect(self._show_state)
        self._session.models_changed.connect(self._show_state)

    def save(self) -> None:
        """Save where the session was saved before, else ask where."""
        if self.keeper.folder is None or self.keeper.is_read_only:
            self.save_as()
        else:
            self.keeper.save()

    def save_as(self) -> None:
        """Ask where to save, and save there."""
        answer = session_dialogs.ask_where_to_save_session(
            self._window, self._suggestion(), self.keeper.has_text_inside
        )
        if answer is None:
            self._then = None
        else:
            self.keeper.save_as(*answer)

    def _suggestion(self) -> Path:
        folder, text = self.keeper.folder, self._session.text
        if folder is not None:
            return folder
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        place = Path(documents) if Path(documents).is_dir() else Path.home()
        name = "" if text is None else Path(text.name).stem.replace("/", " ").strip(" .")
        return place / f"{name or self.tr('Session')}{ENDING}"

    def _ask_for_session(self) -> None:
        folder = dialogs.ask_for_folder(self._window, self.tr("Open a session"))
        if folder is not None:
            self.open(folder)

    def open(self, wanted: Path | Shelf) -> None:
        """Open a session or unsaved work; what is unsaved now may be saved first."""
        answer = "discard"
        if self.keeper.is_unsaved:
            answer = dialogs.ask_about_unsaved(self._window, self.keeper.name)
        if answer == "save":
            self._then = wanted
            self.save()
        elif answer == "discard":
            self._begin_opening(wanted)

    def _begin_opening(self, wanted: Path | Shelf) -> None:
        sentence = self.tr("The session is being opened …")
        self._notices.show_notice("info", sentence, self.tr("What is open stays until then."))
        if isinstance(wanted, Shelf):
            self.autosaver.recover(wanted)
        else:
            self.keeper.open(wanted)

    def _follow_save(self, folder: Path) -> None:
        if folder not in self.recent.paths:
            self._notices.show_notice("good", self.tr("The session is saved in {path}").format(path=folder))
        self.recent.add(folder)
        following, self._then = self._then, None
        if following is not None:
            self._begin_opening(following)

    def _follow_opening(self, work: OpenedSession) -> None:
        self._start.clear()
        self._notices.clear()
        if work.folder is not None:
            self.recent.add(work.folder)
        if work.saved.layout:
            self._panels.restore_layout(QByteArray(work.saved.layout))
        self._show_state()
        self._tell_about(work)
        if self._offers_later:
            self._offers_later = False
            self.recovery.begin()

    def _forget_what_follows(self) -> None:
        """Work failed, perhaps the save before another session was to be opened: that is not done then."""
        self._then = None
        self._start.clear()

    def _give_layout(self) -> None:
        self.keeper.set_layout(bytes(self._panels.layout_state().data()))

    def _show_state(self) -> None:
        actions, keeper = self.actions, self.keeper
        self._window.setWindowTitle(self.title)
        self._window.setWindowModified(keeper.is_unsaved)
        has_content = self._session.text is not None or bool(self._session.models)
        actions.save.setEnabled(has_content)
        actions.save_as.setEnabled(has_content)
        actions.copy_code.setEnabled(bool(self._session.models))
        actions.resume_training.setEnabled(keeper.checkpoint is not None)

    def _show_notes(self) -> None:
        dialog = NotesDialog(self.keeper.notes, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.notes_changed.connect(self.keeper.set_notes)
        dialog.open()

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(session_code(work_of(self._session, self._pipeline.methods)))

    def _resume(self) -> None:
        self._notices.clear()
        self.keeper.resume_training()

    def _tell(self, error: GloveError) -> None:
        self._notices.show_notice("warning", *translate_error(error))

    def _tell_about(self, work: OpenedSession) -> None:
        """Say what a person should know of a session that was opened, all in one notice."""
        told = [translate_error(note) for note in work.saved.warnings]
        if self.keeper.is_read_only:
            told.insert(0, self._about_reading_only())
        level: Level = "warning" if told else "info"
        checkpoint = self.keeper.checkpoint
        if checkpoint is not None:
            sentence = self.tr("A training was under way: {done} of {planned} epochs are done")
            done, planned = grouped(len(checkpoint.checkpoint.losses)), grouped(checkpoint.planned)
            told.append((sentence.format(done=done, planned=planned), ""))
        if told:
            details = "\n".join(f"{sentence}. {advice}".strip() for sentence, advice in told)
            actions = () if checkpoint is None else (self.actions.resume_training,)
            self._notices.show_notice(level, *told[0], details if len(told) > 1 else "", actions)

    def _about_reading_only(self) -> tuple[str, str]:
        if self.keeper.is_open_elsewhere:
            sentence = self.tr("{name} is open in another window, so it is only shown")
        else:
            sentence = self.tr("{name} is in a folder that cannot be written, so it is only shown")
        advice = self.tr("Save it under another name to keep what you do here.")
        return sentence.format(name=self.keeper.name), advice

    def _tell_careful_start(self) -> None:
        self._notices.show_notice(
            "warning",
            self._careful_sentence(),
            self.tr("Settings and layout are untouched, and used again at the next start."),
        )

    def _careful_sentence(self) -> str:
        return self.tr("The last two starts did not come to their end, so this one opens nothing")

    def _tell_loss(self, error: GloveError | OSError) -> None:
        reason = translate_error(error)[0] if isinstance(error, GloveError) else str(error)
        self._notices.show_notice(
            "error",
            self.tr("Your work could not be kept: {reason}").format(reason=reason),
            self.tr("Save it in another folder, or close the window again to leave without it."),
        )
