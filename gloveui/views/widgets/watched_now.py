"""The nearest words of the pinned words, as the model is now: about once a second while it is trained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from weakref import ReferenceType, ref

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gloveui.core.glove import GloveParameters
from gloveui.core.progress import Progress, Task
from gloveui.core.queries import Neighbour
from gloveui.core.replay import nearest_words
from gloveui.core.vocabulary import Vocabulary
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.session import Session
from gloveui.state.values import LiveModel, Model
from gloveui.views.languages import Translated
from gloveui.views.numbers import epoch_position, grouped
from gloveui.views.theme import Theme
from gloveui.views.watched_words import WatchedWord, watched_words
from gloveui.views.widgets.elided_label import ElidedLabel
from gloveui.views.widgets.pinned_words import PinnedWords
from gloveui.views.widgets.watched_table_view import WatchedTableView

AMONG = 20_000  # most frequent words
NEAREST = 5
WATCHER = "pinned words"


@dataclass(frozen=True, eq=False)
class Look:
    """The nearest words of watched words in one model, or in one copy of a model that is trained.

    Attributes
    ----------
    source
        What was looked at; it is not kept for this.
    vocabulary, words, nearest, among
        All words of the model, the watched ones, the nearest of each, and how many were looked through.
    name, position
        Of a model its name, of a copy how many epochs it had seen.
    """

    source: ReferenceType[LiveModel | Model]
    vocabulary: Vocabulary
    words: tuple[str, ...]
    nearest: tuple[tuple[Neighbour, ...], ...]
    among: int
    name: str = ""
    position: float = 0.0


def look_task(source: LiveModel | Model, words: tuple[str, ...], vectors: str) -> Task[Look]:
    """Look at a model, whose words' vectors are ``vectors``; see `GloveConfig.vectors`."""
    yield Progress("comparing")
    if isinstance(source, LiveModel):
        vocabulary, learned = source.vocabulary, source.parameters
        parts = [array[:AMONG] for array in vars(learned).values()]
        first = GloveParameters(*parts).vectors(vectors)
    else:
        vocabulary, first = source.embedding.vocabulary, source.embedding.vectors[:AMONG]
    ids = [vocabulary.get(word) for word in words]
    known = [index for index in ids if index is not None and index < len(first)]
    found = dict(zip(known, nearest_words(vocabulary, first, known, NEAREST), strict=True))
    nearest = tuple(() if index is None else found.get(index, ()) for index in ids)
    told = {"position": source.position} if isinstance(source, LiveModel) else {"name": source.name}
    return Look(ref(source), vocabulary, words, nearest, len(first), **told)


class WatchedNow(Translated, QWidget):
    """Looks while it is seen; marks what came and left since the look before."""

    def __init__(self, session: Session, jobs: JobQueue, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._jobs = session, jobs
        self._look: Look | None = None
        self._before: Look | None = None
        self._job: Job | None = None
        self.table = WatchedTableView(theme, NEAREST)
        self.table.setObjectName("trainingWatched")
        self.pinned = PinnedWords(session, theme)
        self.pinned.edit.setObjectName("trainingPin")
        self.note = ElidedLabel()
        self.note.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.pinned)
        column.addWidget(self.table)
        column.addWidget(self.note)
        column.addStretch(1)
        session.predictor_changed.connect(self._ask)
        session.model_changed.connect(self._ask)
        session.words.pinned_changed.connect(self._ask)
        session.cooccurrence_changed.connect(self._ask)
        self.table.word_chosen.connect(session.set_focus_word)
        self.retranslate()

    def retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Nearest words of the watched words"))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._session.want_live(WATCHER, True)
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._session.want_live(WATCHER, False)

    def _ask(self) -> None:
        """Look at the model if it is another one, or at other words; one look at a time."""
        source = self._session.live or self._session.model
        if not self.isVisible() or self._job is not None:
            return
        if source is None:
            self._look = self._before = None
            self._show()
            return
        vocabulary = source.vocabulary if isinstance(source, LiveModel) else source.embedding.vocabulary
        words = watched_words(self._session.words.pinned, vocabulary)
        if self._look is None or (self._look.source(), self._look.words) != (source, words):
            task = look_task(source, words, self._session.config.vectors)
            self._job = self._jobs.ask(f"{WATCHER} {id(self)}", task)
            self._job.succeeded.connect(self._take)
            self._job.finished.connect(self._ask_again)

    def _ask_again(self) -> None:
        self._job = None
        self._ask()

    def _take(self, look: Look) -> None:
        before, self._look = self._look, look
        if before is None or before.source is not look.source:  # else only other words are watched
            self._before = before
        self._show()

    def _show(self) -> None:
        look = self._look
        if look is None:
            words = watched_words(self._session.words.pinned, self._session.vocabulary)
            self.table.show_watched([WatchedWord(word, ()) for word in words])
            self.note.setText(self.tr("Their nearest words appear here as soon as something is learned."))
            return
        self.table.show_watched(self._watched(look, self._before))
        among = self.tr("Cosine, among the {n} most frequent words").format(n=grouped(look.among))
        parts = [self._name(look), among]
        if not self._session.words.pinned:
            parts.insert(0, self.tr("Examples until words are pinned"))
        if self._before is not None and self._before.vocabulary is look.vocabulary:
            parts.insert(-1, self.tr("+ came, − left since a moment before"))
        self.note.setText(" · ".join(parts))

    def _watched(self, look: Look, before: Look | None) -> Sequence[WatchedWord]:
        is_same = before is not None and before.vocabulary is look.vocabulary
        known = dict(zip(before.words, before.nearest, strict=True)) if is_same and before is not None else {}
        return [
            WatchedWord(word, nearest, known.get(word))
            for word, nearest in zip(look.words, look.nearest, strict=True)
        ]

    def _name(self, look: Look) -> str:
        position = epoch_position(round(look.position, 1))
        return look.name or self.tr("Epoch {epoch}").format(epoch=position)
