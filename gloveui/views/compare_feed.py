"""Two models and how they are compared; answers come from beside the window's thread, and are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from gloveui.core.alignment import Alignment, align
from gloveui.core.comparison import Disagreement, SimilarityPairs, disagreement, similarity_pairs
from gloveui.core.errors import GloveError
from gloveui.core.progress import Progress, Task
from gloveui.state.job_queue import JobQueue
from gloveui.state.jobs import Job
from gloveui.state.values import Model

Comparison: TypeAlias = Disagreement | SimilarityPairs | Alignment
Answer: TypeAlias = Comparison | GloveError
KINDS = ("disagreement", "pairs", "alignment")


@dataclass(frozen=True, eq=False, slots=True)
class Pair:
    """What is compared: two models, so many neighbours, and so many of the most frequent words, 0 for all."""

    first: Model
    second: Model
    k: int
    among: int

    def is_same(self, other: Pair | None) -> bool:
        """Whether the answers are the same."""
        if other is None:
            return False
        is_same = self.first.embedding is other.first.embedding
        is_same = is_same and self.second.embedding is other.second.embedding
        return is_same and (self.k, self.among) == (other.k, other.among)


class CompareFeed(QObject):
    """The newest pair of each kind of comparison is answered; an error is an answer, too."""

    answered = Signal(str)  # kind
    progressed = Signal(str, float)  # kind, share that is done

    def __init__(self, jobs: JobQueue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._asked: dict[str, tuple[Pair, Job]] = {}
        self._known: dict[str, tuple[Pair, Answer]] = {}

    def known(self, kind: str, pair: Pair | None) -> Answer | None:
        """The answer for a pair, if it is there."""
        known = self._known.get(kind)
        return known[1] if known is not None and known[0].is_same(pair) else None

    def want(self, kind: str, pair: Pair) -> None:
        """Have a pair compared, unless that is known or under way."""
        asked = self._asked.get(kind)
        if self.known(kind, pair) is not None or (asked is not None and asked[0].is_same(pair)):
            return
        job = self._jobs.ask(f"compare {kind}", _answer(kind, pair))
        self._asked[kind] = pair, job
        job.progressed.connect(self._tell_progress)
        job.succeeded.connect(self._take)
        job.finished.connect(self._end)

    def forget(self) -> None:
        """Let go of everything: models that are no longer there are not to be held."""
        for _, job in self._asked.values():
            job.cancel()
        self._asked, self._known = {}, {}

    def _kind_of(self, job: QObject) -> str | None:
        return next((kind for kind, (_, asked) in self._asked.items() if asked is job), None)

    def _tell_progress(self, batch: list[Progress]) -> None:
        kind = self._kind_of(self.sender())
        if kind is not None:
            self.progressed.emit(kind, batch[-1].fraction or 0.0)

    def _take(self, answer: Answer) -> None:
        kind = self._kind_of(self.sender())
        if kind is not None:
            self._known[kind] = self._asked[kind][0], answer
            self.answered.emit(kind)

    def _end(self) -> None:
        kind = self._kind_of(self.sender())
        if kind is not None:
            del self._asked[kind]


def _answer(kind: str, pair: Pair) -> Task[Answer]:
    """Compare; what cannot be compared says so where the answer would stand."""
    a, b = pair.first.embedding, pair.second.embedding
    try:
        if kind == "disagreement":
            return (yield from disagreement(a, b, pair.k, pair.among))
        if kind == "pairs":
            return (yield from similarity_pairs(a, b, among=pair.among))
        return (yield from align(a, b, pair.among))
    except GloveError as error:
        return error
