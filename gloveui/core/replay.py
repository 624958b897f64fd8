"""A training played again: words in one plane at every epoch, and the nearest words of some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gloveui.core.errors import WordNotKept
from gloveui.core.nearest import best, scores
from gloveui.core.pca import strongest
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.queries import Neighbour, named
from gloveui.core.setting_checks import whole_number
from gloveui.core.snapshots import EpochSnapshot, SnapshotSeries
from gloveui.core.vocabulary import Vocabulary

USUAL_WORDS = 300

Float64: TypeAlias = NDArray[np.float64]
Nearest: TypeAlias = tuple[Neighbour, ...]
NearestAt: TypeAlias = Mapping[tuple[EpochSnapshot, int], Nearest]


@dataclass(frozen=True, eq=False)
class Replay:
    """Where words are at each epoch that was kept, all seen by one camera.

    Attributes
    ----------
    ids
        int64, shape (n,): the words.
    epochs, losses
        float64, shape (e,): of the snapshots, see `EpochSnapshot`.
    positions
        float32, shape (e, n, 2).
    axes
        float64, shape (D, 2): the two directions, at right angles and of length 1, along which is looked.
    explained
        Share of the variance of the words at the last epoch that is in their plane.
    """

    ids: NDArray[np.int64]
    epochs: Float64
    losses: Float64
    positions: NDArray[np.float32]
    axes: Float64
    explained: float

    def __post_init__(self) -> None:
        for array in (self.ids, self.epochs, self.losses, self.positions, self.axes):
            array.setflags(write=False)

    def at(self, epoch: float) -> NDArray[np.float32]:
        """float32, shape (n, 2): where the words are; between two epochs that are kept, on a straight way."""
        place = float(np.interp(epoch, self.epochs, np.arange(len(self.epochs))))
        before = int(place)
        after = min(before + 1, len(self.epochs) - 1)
        share = np.float32(place - before)
        between: NDArray[np.float32] = (1 - share) * self.positions[before] + share * self.positions[after]
        return between

    def kept_at(self, epoch: float) -> int:
        """Number of the last snapshot that is not later than an epoch."""
        return max(0, int(np.searchsorted(self.epochs, epoch, side="right")) - 1)


def replay_task(
    series: SnapshotSeries, ids: ArrayLike, fitted: int | None = None, before: Replay | None = None
) -> Task[Replay]:
    """See `replay`; only the first ``fitted`` words make the plane, and the others are seen in it.

    With a replay from ``before`` the plane is turned so that it changes least.

    Notes
    -----
    The epochs of one training share their coordinates. In the bundled text's, the rotation that brings the
    fifth of 15 epochs nearest to the last (orthogonal Procrustes over all words) differs from none by 7 %,
    and with such rotations words move as far as without: 2.83 against 2.82 over 14 epochs, with a spread of
    1.75. Components fitted to each epoch, and then turned onto the next one's, move 3.28. So no epoch is
    turned: what moves in the picture moved in the vectors.
    """
    chosen = np.asarray(ids, np.int64)
    last = series.snapshots[-1].vectors[chosen].astype(np.float64)
    mean = last[:fitted].sum(axis=0) / max(1, len(last[:fitted]))
    axes, shares = strongest((last[:fitted] - mean).T @ (last[:fitted] - mean))
    if before is not None and before.axes.shape == axes.shape:
        axes = axes @ turn(axes, before.axes)
    positions = np.empty((len(series.snapshots), len(chosen), 2), np.float32)
    for number, snapshot in enumerate(series.snapshots):
        positions[number] = (snapshot.vectors[chosen] - mean) @ axes
        yield Progress("projecting", (number + 1) / len(positions))
    epochs = np.array([one.epoch for one in series.snapshots])
    losses = np.array([one.loss for one in series.snapshots])
    return Replay(chosen, epochs, losses, positions, axes, sum(shares))


def replay(series: SnapshotSeries, words: int | Sequence[str] = USUAL_WORDS) -> Replay:
    """Where words are at each epoch: the most frequent ones, so many (0: all), or those that are named.

    The plane is that of their two strongest components at the last epoch.

    Raises
    ------
    UnknownWord
        If the vocabulary does not have a word.
    WordNotKept
        If a word is too rare to be in the snapshots.
    """
    kept = series.word_count
    if isinstance(words, int | np.integer):
        count = whole_number("words", words, 0) or kept
        return run_to_end(replay_task(series, np.arange(min(count, kept))))
    ids = series.vocabulary.ids_of(words)
    for index in ids[ids >= kept].tolist():
        raise WordNotKept(word=series.vocabulary.word(index), most=kept)
    return run_to_end(replay_task(series, ids))


def turn(points: Float64, reference: Float64) -> Float64:
    """float64, shape (k, k): the rotation, mirrored or not, that brings points [n, k] nearest to others.

    Notes
    -----
    Orthogonal Procrustes: Schönemann (1966).
    """
    left, _, right = np.linalg.svd(points.T @ reference)
    rotation: Float64 = left @ right
    return rotation


def nearest_words(
    vocabulary: Vocabulary, vectors: NDArray[np.float32], indices: Sequence[int], k: int
) -> tuple[Nearest, ...]:
    """For each word its k nearest ones by cosine among those that have vectors, itself left out.

    Parameters
    ----------
    vectors
        float32, shape (n, D): of the first n words of the vocabulary.
    """
    return tuple(_nearest(vocabulary, vectors, index, k) for index in indices)


def nearest_at_epochs(
    series: SnapshotSeries, indices: Sequence[int], k: int, known: NearestAt | None = None
) -> Task[NearestAt]:
    """The nearest words of some words at every snapshot; what is ``known`` already is not asked again."""
    known = known or {}
    found: dict[tuple[EpochSnapshot, int], Nearest] = {}
    for number, snapshot in enumerate(series.snapshots):
        asked = [index for index in indices if (snapshot, index) not in known]
        if asked:
            answers = nearest_words(series.vocabulary, snapshot.vectors, asked, k)
            found |= {(snapshot, index): answer for index, answer in zip(asked, answers, strict=True)}
        found |= {(snapshot, index): known[snapshot, index] for index in indices if index not in asked}
        yield Progress("comparing", (number + 1) / len(series.snapshots))
    return found


def _nearest(vocabulary: Vocabulary, vectors: NDArray[np.float32], index: int, k: int) -> Nearest:
    own = vectors[index].astype(np.float64)
    if not own.any():
        return ()
    ids = np.arange(len(vectors))
    found = scores(vectors, own / np.linalg.norm(own), "cosine", ids)
    return tuple(named(vocabulary, *best(ids, found, k, excluded=(index,))))
