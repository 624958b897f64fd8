"""The epochs of a training played again: words on their ways, their nearest words, and the loss."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from PySide6.QtGui import QFont, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from gloveui.core.replay import USUAL_WORDS
from gloveui.core.snapshots import SnapshotSeries
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.views.languages import Translated
from gloveui.views.loss_names import loss_name
from gloveui.views.numbers import byte_size, epoch_position, grouped
from gloveui.views.plots.map_canvas import LABEL_TYPE
from gloveui.views.plots.replay_map import ReplayMap
from gloveui.views.replay_code import replay_code
from gloveui.views.replay_painter import Film, trail
from gloveui.views.replay_player import ReplayPlayer
from gloveui.views.replay_scene import NEAREST, ReplayScene, SceneQuestion, scene_task
from gloveui.views.theme import Theme
from gloveui.views.watched_words import watched_words
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.empty_state import EmptyState
from gloveui.views.widgets.epoch_slider import EpochSlider
from gloveui.views.widgets.export_button import ExportButton
from gloveui.views.widgets.film_button import FilmButton
from gloveui.views.widgets.panel_pages import PanelPages
from gloveui.views.widgets.pinned_words import PinnedWords
from gloveui.views.widgets.plain_tooltip import plain_tooltip
from gloveui.views.widgets.replay_controls import ReplayControls
from gloveui.views.widgets.watched_table_view import WatchedTableView

FEWEST_WORDS, MOST_WORDS, WORD_STEP = 20, 2_000, 50
FILM_WIDTH = 880  # pixels of a picture at least, to be read from the last row
WIDE = 1.1  # times as wide as high, from which on the neighbours stand beside the map
MAP_SHARE, NEIGHBOURS_SHARE = 3, 2  # of the width
NOTHING = "–"


class EpochsPanel(Translated, QWidget):
    """Follows a training while it runs, and plays it again from its beginning.

    The plane is that of the two strongest components of the last epoch's vectors, for all epochs.
    """

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._theme = session, jobs, theme
        self._scene: ReplayScene | None = None
        self._asked: SceneQuestion | None = None
        self._job: Job | None = None
        self.player = ReplayPlayer(self)
        self._make_parts()
        self._arrange()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Epochs"))
        self.empty.set_texts(
            self.tr("No epochs yet"),
            self.tr("Train GloVe: then words can be followed from epoch to epoch, with their nearest words."),
        )
        self.count_label.setText(self.tr("Words"))
        self.count_box.setAccessibleName(self.tr("How many of the most frequent words are shown"))
        self.count_box.setToolTip(self.tr("How many of the most frequent words are shown"))
        self.map.setToolTip("")
        self.map.setAccessibleName(self.tr("Map of the words at this epoch"))
        self.table.setAccessibleName(self.tr("Nearest words of the watched words"))
        self._follow_epochs()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_parts()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow_epochs()

    def _make_parts(self) -> None:
        self.empty = EmptyState(self._theme, "film")
        self.note = ElidedLabel()
        self.note.setObjectName("epochsNote")
        self.note.setProperty("muted", True)
        self.count_label = QLabel()
        self.count_label.setProperty("muted", True)
        self.count_box = QSpinBox()
        self.count_box.setObjectName("epochsWords")
        self.count_box.setRange(FEWEST_WORDS, MOST_WORDS)
        self.count_box.setSingleStep(WORD_STEP)
        self.count_box.setValue(USUAL_WORDS)
        self.count_box.setKeyboardTracking(False)
        self.count_box.setGroupSeparatorShown(True)
        self.count_label.setBuddy(self.count_box)
        self.film_button = FilmButton(self._film, self._jobs, self._theme)
        self.film_button.setObjectName("epochsFilm")
        self.export_button = ExportButton(self._theme)
        self.export_button.setObjectName("epochsExport")
        self.map = ReplayMap(self._theme)
        self.map.setObjectName("epochsMap")
        self.pinned = PinnedWords(self._session, self._theme)
        self.pinned.edit.setObjectName("epochsPin")
        self.table = WatchedTableView(self._theme, NEAREST)
        self.table.setObjectName("epochsTable")
        self.signs_label = ElidedLabel()
        self.signs_label.setObjectName("epochsSigns")
        self.signs_label.setProperty("muted", True)
        self.signs_label.setProperty("small", True)
        self.controls = ReplayControls(self.player, self._theme)
        self.epoch_label = QLabel()
        self.epoch_label.setProperty("title", True)
        self.told_label = ElidedLabel()
        self.told_label.setProperty("muted", True)
        self.told_label.setObjectName("epochsTold")
        self.slider = EpochSlider(self._theme)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.note, 1)
        for part in (self.count_label, self.count_box, self.film_button, self.export_button):
            head.addWidget(part)
        steer = QHBoxLayout()
        steer.setSpacing(8)
        steer.addWidget(self.controls)
        steer.addWidget(self.epoch_label)
        steer.addWidget(self.told_label, 1)
        self._pages = PanelPages(self, self.empty)
        self._pages.contents.addLayout(head)
        self._pages.contents.addWidget(self._pictures(), 1)
        self._pages.contents.addLayout(steer)

    def _pictures(self) -> QWidget:
        """What an exported picture shows: map, neighbours and loss."""
        beside = QVBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.table)
        beside.addWidget(self.signs_label)
        beside.addWidget(self.pinned)
        beside.addStretch(1)
        self._upper = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._upper.setSpacing(8)
        self._upper.addWidget(self.map, MAP_SHARE)
        self._upper.addLayout(beside)
        self.shown = QWidget()
        column = QVBoxLayout(self.shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._upper, 1)
        column.addWidget(self.slider)
        return self.shown

    def _place_parts(self) -> None:
        """The neighbours under the map, or beside it in a wide panel: a map is best about as wide as high."""
        is_wide = self.width() > WIDE * self.height()
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._upper.setDirection(beside if is_wide else below)
        self._upper.setStretch(1, NEIGHBOURS_SHARE if is_wide else 0)

    def _connect(self) -> None:
        session, player = self._session, self.player
        session.epochs.changed.connect(self._follow_epochs)
        session.losses_changed.connect(self._show_losses)
        session.words.pinned_changed.connect(self._ask)
        session.models_changed.connect(self._tell_series)
        session.model_changed.connect(self._tell_series)
        session.focus_word_changed.connect(self._mark_words)
        self.count_box.valueChanged.connect(self._ask)
        self.map.word_clicked.connect(self._focus)
        self.table.word_chosen.connect(session.set_focus_word)
        self.slider.picked.connect(player.go_to)
        self.slider.stepped.connect(player.step)
        self.slider.let_go.connect(player.settle)
        self.film_button.told.connect(self.told_label.setText)
        player.moved.connect(self._show_epoch)

    def _follow_epochs(self) -> None:
        """Take up what is kept now, or nothing."""
        has_epochs = bool(self._session.epochs.snapshots)
        self._pages.show_contents(has_epochs)
        if not has_epochs:
            self._forget()
        self._tell_series()
        self._offer_exports()
        self._ask()
        if self._scene is not None:
            self._show_losses()
            self._show_epoch(self.player.epoch)

    def _forget(self) -> None:
        self._scene = self._asked = None
        self.player.pause()
        self.told_label.setText("")

    def _ask(self) -> None:
        """Have the scene made anew if somebody looks and it would be another one; one at a time."""
        history = self._session.epochs
        if history.series is None or not self.isVisible() or self._job is not None:
            return
        watched = watched_words(self._session.words.pinned, history.vocabulary)
        question = SceneQuestion(history.series, history.number, self.count_box.value(), watched)
        if question != self._asked:
            self._asked = question
            self._job = self._jobs.ask(f"epochs {id(self)}", scene_task(question, self._scene))
            self._job.succeeded.connect(self._take_scene)
            self._job.finished.connect(self._ask_again)

    def _ask_again(self) -> None:
        self._job = None
        self._ask()

    def _take_scene(self, scene: ReplayScene) -> None:
        history = self._session.epochs
        if history.series is None or scene.question.number != history.number:
            return
        is_new = self._scene is None or self._scene.question.number != scene.question.number
        self._scene = scene
        self.map.set_world(scene.words, scene.replay.positions[-1])
        self._mark_words()
        self.player.set_epochs(scene.replay.epochs, is_new)
        self._show_losses()
        self._show_epoch(self.player.epoch)
        self._tell_series()

    def _show_epoch(self, epoch: float) -> None:
        scene = self._scene
        if scene is None or not self.isVisible():
            return
        replay, number = scene.replay, scene.replay.kept_at(epoch)
        self.map.set_points(scene.words, replay.at(epoch))
        self.map.set_trails([trail(replay, place, epoch) for place in scene.marked])
        self.slider.set_epoch(epoch)
        self.table.show_watched(scene.watched_at(number))
        self._explain_signs()
        self._tell_epoch(epoch, float(replay.losses[number]))

    def _tell_epoch(self, epoch: float, loss: float) -> None:
        text = self.tr("Epoch {epoch} of {last}").format(
            epoch=epoch_position(round(epoch, 1)), last=epoch_position(round(self._last_epoch(), 1))
        )
        shown = NOTHING if math.isnan(loss) else f"{loss:.3g}"
        self.epoch_label.setText(f"{text} · {self.tr('loss {loss}').format(loss=shown)}")

    def _last_epoch(self) -> float:
        losses = self._session.losses
        return max(self.player.last, float(losses.planned) if losses.is_running else 0.0)

    def _show_losses(self) -> None:
        if self._scene is not None and self.isVisible():
            first = float(self._scene.replay.epochs[0])
            self.slider.show_history(self._session.losses, first, self.player.last)

    def _mark_words(self) -> None:
        """Set off the watched words and the one in focus."""
        if self._scene is not None:
            words, focus = self._scene.words, self._session.focus_word
            found = [words.index(focus)] if focus in words else []
            self.map.set_marked(list(dict.fromkeys([*self._scene.marked, *found])))

    def _focus(self, index: int) -> None:
        self._session.set_focus_word(self.map.words[index])

    def _tell_series(self) -> None:
        """Whose epochs these are, what is kept of them, and how much of it is in the picture."""
        series, number = self._session.epochs.series, self._session.epochs.number
        if series is None:
            return
        name = next(
            (model.name for model in self._session.models if model.number == number), f"GloVe {number}"
        )
        parts, model = [name], self._session.model
        if model is not None and model.number != number:
            parts.append(self.tr("not the model shown elsewhere"))
        parts.append(byte_size(series.byte_count))
        self.note.setText(" · ".join(parts))
        self.note.setToolTip(plain_tooltip("\n".join(self._explained(series))))

    def _explained(self, series: SnapshotSeries) -> list[str]:
        kept = self.tr("{n} epochs are kept, each with the {words} most frequent words: {size} of memory.")
        kept = kept.format(
            n=len(series.snapshots), words=grouped(series.word_count), size=byte_size(series.byte_count)
        )
        texts = [
            kept,
            self.tr("The vectors are as trained, before what may be done to them afterwards."),
        ]
        if series.step > 1:
            text = self.tr("Every {n}th epoch is kept, so that memory stays bounded.")
            texts.append(text.format(n=series.step))
        if self._scene is not None:
            share = f"{100 * self._scene.replay.explained:.0f}"
            text = self.tr(
                "All are seen along the two strongest components of the last: {n} % of the variance."
            )
            texts.append(text.format(n=share))
        return texts

    def _explain_signs(self) -> None:
        """Whose neighbours these are, and what the signs before them mean."""
        parts = [self.tr("+ came, − left since the epoch before")]
        if not self._session.words.pinned:
            parts.insert(0, self.tr("Examples until words are pinned"))
        self.signs_label.setText(" · ".join(parts))

    def _film(self) -> Film | None:
        """What a moving picture is made of: the map as it is seen now."""
        scene = self._scene
        if scene is None:
            return None
        canvas, bold = self.map.canvas, self._theme.font(LABEL_TYPE, QFont.Weight.DemiBold)
        sight = canvas.sight(max(1.0, FILM_WIDTH / max(canvas.size().width(), 1)))
        caption = f"{self.tr('Epoch {epoch}')} · {self.tr('loss {loss}')}"
        return Film(
            scene.words, scene.replay, tuple(scene.marked), sight, self._theme.palette,
            self._theme.font(LABEL_TYPE), bold, caption, NOTHING,
        )  # fmt: skip

    def _offer_exports(self) -> None:
        has_code = self._session.text is not None
        self.export_button.offer("epochs", self._picture, self._rows, self._code if has_code else None)

    def _picture(self) -> QWidget:
        return self.shown

    def _rows(self) -> Iterator[Sequence[export.Cell]]:
        """The nearest words of the watched words at each epoch that is kept."""
        yield (
            self.tr("epoch"), loss_name("glove"), self.tr("word"), self.tr("rank"),
            self.tr("nearest word"), self.tr("cosine"),
        )  # fmt: skip
        if self._scene is None:
            return
        for number, snapshot in enumerate(self._scene.question.series.snapshots):
            loss = "" if math.isnan(snapshot.loss) else snapshot.loss
            for watched in self._scene.watched_at(number):
                for rank, one in enumerate(watched.nearest, start=1):
                    yield snapshot.epoch, loss, watched.word, rank, one.word, one.score

    def _code(self) -> str:
        return replay_code(self._session, self.count_box.value())
