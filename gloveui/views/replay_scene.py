"""What a replay shows: the places of words at each epoch, and the nearest words of the watched ones."""

from __future__ import annotations

from dataclasses import dataclass, field

from gloveui.core.map_picture import prepare_pictures
from gloveui.core.progress import Task
from gloveui.core.replay import NearestAt, Replay, nearest_at_epochs, replay_task
from gloveui.core.snapshots import SnapshotSeries
from gloveui.views.watched_words import WatchedWord

NEAREST = 5


@dataclass(frozen=True, slots=True)
class SceneQuestion:
    """Which epochs are to be shown, how many words, and which of them are watched."""

    series: SnapshotSeries
    number: int  # of the training's model
    word_count: int
    watched: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ReplayScene:
    """An answer: all that a moment of the replay is made of.

    Attributes
    ----------
    question
        What was asked.
    words
        The most frequent ones, then watched ones that are rarer; the order of the replay's ids.
    replay
        Where they are.
    nearest
        The nearest words of the watched ones at each snapshot.
    places
        Which words are the watched ones, in their order; None for one that is not among those kept.
    """

    question: SceneQuestion
    words: tuple[str, ...]
    replay: Replay
    nearest: NearestAt
    places: tuple[int | None, ...]
    ids: tuple[int | None, ...] = field(repr=False)

    @property
    def marked(self) -> list[int]:
        """Numbers of the watched words that are on the map."""
        return [place for place in self.places if place is not None]

    def watched_at(self, number: int) -> list[WatchedWord]:
        """The watched words at a snapshot, with what changed since the one before."""
        return [
            self._watched(word, index, number)
            for word, index in zip(self.question.watched, self.ids, strict=True)
        ]

    def _watched(self, word: str, index: int | None, number: int) -> WatchedWord:
        if index is None:
            return WatchedWord(word, ())
        snapshots = self.question.series.snapshots
        before = self.nearest.get((snapshots[number - 1], index)) if number > 0 else None
        return WatchedWord(word, self.nearest.get((snapshots[number], index), ()), before)


def scene_task(question: SceneQuestion, before: ReplayScene | None) -> Task[ReplayScene]:
    """Answer a question; what is known from the scene before is taken from there.

    What draws the map is made ready here: compiled in the window's thread, it would freeze the first picture.
    """
    yield from prepare_pictures()
    series = question.series
    count = min(question.word_count, series.word_count)
    found = (series.vocabulary.get(word) for word in question.watched)
    ids = tuple(index if index is not None and index < series.word_count else None for index in found)
    chosen = [*range(count), *dict.fromkeys(index for index in ids if index is not None and index >= count)]
    places = tuple(None if index is None else chosen.index(index) for index in ids)
    is_same = before is not None and before.question.number == question.number
    known = before if is_same else None
    replay = yield from replay_task(series, chosen, count, known.replay if known is not None else None)
    asked = [index for index in dict.fromkeys(ids) if index is not None]
    nearest = yield from nearest_at_epochs(
        series, asked, NEAREST, known.nearest if known is not None else None
    )
    words = tuple(series.vocabulary.word(index) for index in chosen)
    return ReplayScene(question, words, replay, nearest, places, ids)
