"""What the dots of a map are coloured by, as numbers, found beside other work."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from gloveui.core.clusters import Clusters, hdbscan, kmeans
from gloveui.core.embedding import Embedding
from gloveui.core.errors import GloveError
from gloveui.core.progress import Progress, Task
from gloveui.state.job_queue import JobQueue
from gloveui.views.map_layouts import MapQuestion, MapWords, answered

COLORINGS = ("none", "kmeans", "hdbscan", "frequency", "similarity", "list")
MOST_GROUPED = 50_000  # words that groups are found among; others join them
USUAL_COLORING = "frequency"  # shows something of every model, and takes no time
BLOCK = 1 << 20  # numbers at a time
USUAL_GROUPS, USUAL_SMALLEST = 8, 15


@dataclass(frozen=True, eq=False)
class Coloring:
    """A number for each word: of a kind that `WordMap.set_colors` knows; groups have names."""

    kind: str
    values: NDArray[np.float32] | None = None
    names: tuple[str, ...] = ()


def frequency_coloring(embedding: Embedding, words: MapWords) -> Coloring:
    """log₁₀ of the counts; where these are not known, of the rank, which falls from the first word on."""
    vocabulary = embedding.vocabulary
    if vocabulary.has_counts:
        values = np.log10(np.maximum(vocabulary.counts[words.ids], 1))
    else:
        values = -np.log10(words.ids + 1.0)
    return Coloring("sequential", values.astype(np.float32))


def list_coloring(words: MapWords, ids: NDArray[np.int64]) -> Coloring:
    """Words of a list in one colour; others have none."""
    values = np.full(len(words.ids), -1.0, np.float32)
    values[words.places(ids)] = 0.0
    return Coloring("categories", values)


def similarity_coloring(embedding: Embedding, words: MapWords, word: int) -> Task[Coloring]:
    """The cosine of each word to one word; itself, which would be 1, is no number."""
    norms = embedding.norms
    vector = embedding.vectors[word] / (norms[word] or 1.0)
    values = np.empty(len(words.ids), np.float32)
    step = max(1, BLOCK // embedding.dimension)
    for first in range(0, len(values), step):
        ids = words.ids[first : first + step]
        lengths = np.where(norms[ids] > 0, norms[ids], 1.0)
        values[first : first + step] = embedding.vectors[ids] @ vector.astype(np.float32) / lengths
        yield Progress("coloring", first / len(values))
    values[words.places(np.array([word]))] = np.nan
    return Coloring("signed", values)


def group_coloring(
    embedding: Embedding, words: MapWords, positions: NDArray[np.float32], kind: str, number: int
) -> Task[Coloring]:
    """So many groups by direction (``kmeans``), or dense ones of so many words (``hdbscan``)."""
    if kind == "kmeans":
        frequent = words.ids[:MOST_GROUPED]
        found: Clusters = yield from kmeans(embedding, frequent, min(number, len(frequent)))
        if len(frequent) < len(words.ids) and len(found):
            others = yield from _joining(embedding, words.ids, found)
            return Coloring(
                "categories", np.concatenate([found.labels, others], dtype=np.float32), found.names
            )
    else:
        found = yield from hdbscan(positions, number, words.words)
    return Coloring("categories", found.labels.astype(np.float32), found.names)


def _joining(embedding: Embedding, ids: NDArray[np.int64], groups: Clusters) -> Task[NDArray[np.float32]]:
    """For each word after those that make up the groups, the group whose mean direction is nearest to it."""
    count = len(groups.labels)
    lengths = np.where(embedding.norms > 0, embedding.norms, 1.0).astype(np.float32)
    middles = np.zeros((len(groups), embedding.dimension), np.float32)
    for group in range(len(groups)):
        members = ids[:count][groups.labels == group]
        middles[group] = (embedding.vectors[members] / lengths[members, None]).sum(axis=0)
        yield Progress("grouping", 1.0)
    middles /= np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-12)
    labels = np.empty(len(ids) - count, np.float32)
    step = max(1, BLOCK // embedding.dimension)
    for first in range(0, len(labels), step):
        block = ids[count + first : count + first + step]
        labels[first : first + step] = (embedding.vectors[block] @ middles.T).argmax(axis=1)
        labels[first : first + step][embedding.norms[block] == 0] = -1
        yield Progress("grouping", 1.0)
    return labels


@dataclass(frozen=True, eq=False)
class ColorQuestion:
    """Words of a map that are to be coloured: by what, and by how many groups or words of a group."""

    question: MapQuestion
    positions: NDArray[np.float32]
    kind: str
    number: int
    focus: int | None
    listed: NDArray[np.int64]

    def essence(self) -> tuple[object, ...]:
        """What the answer depends on."""
        used = {
            "kmeans": (self.number,),
            "hdbscan": (self.number, id(self.positions)),
            "similarity": (self.focus,),
            "list": (self.listed.tobytes(),),
        }
        question = self.question
        return id(question.embedding), question.words.key, self.kind, *used.get(self.kind, ())

    def task(self) -> Task[Coloring]:
        """The answer."""
        embedding, words = self.question.embedding, self.question.words
        yield Progress("coloring")
        if self.kind in ("kmeans", "hdbscan"):
            return (yield from group_coloring(embedding, words, self.positions, self.kind, self.number))
        if self.kind == "similarity" and self.focus is not None:
            return (yield from similarity_coloring(embedding, words, self.focus))
        if self.kind == "frequency":
            return frequency_coloring(embedding, words)
        if self.kind == "list":
            return list_coloring(words, self.listed)
        return Coloring("none")


class ColorFeed(QObject):
    """Has words coloured beside other work; the newest question wins."""

    colored = Signal(object)  # Coloring
    refused = Signal(object)  # GloveError
    progressed = Signal(float)  # share of what takes its time

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked: tuple[object, ...] = ()

    def ask(self, question: ColorQuestion) -> None:
        """Colour words, unless that is what was asked last."""
        if question.essence() != self._asked:
            self._asked = question.essence()
            job = self._jobs.ask("map colours", _answer(question))
            job.succeeded.connect(self._take)
            job.progressed.connect(self._follow)

    def forget(self) -> None:
        """Take the next question for a new one: the map has lost its colours."""
        self._asked = ()

    def _follow(self, reports: list[Progress]) -> None:
        latest = reports[-1]
        if latest.stage == "grouping" and latest.fraction is not None and self._asked:
            self.progressed.emit(latest.fraction)

    def _take(self, result: tuple[ColorQuestion, Coloring | GloveError]) -> None:
        question, found = result
        if question.essence() == self._asked:
            (self.refused if isinstance(found, GloveError) else self.colored).emit(found)


def _answer(
    question: ColorQuestion,
) -> Generator[Progress, None, tuple[ColorQuestion, Coloring | GloveError]]:
    """The colours or what is wrong with the question, with what was asked."""
    found = yield from answered(question.task())
    return question, found
