"""Models by other methods than GloVe, for the window: made of the counts, ready to be asked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field

from gloveui.core.baseline_settings import BaselineSettings, LsaSettings, PpmiSettings, Word2VecSettings
from gloveui.core.baselines import baseline_card, train_baseline
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.text import TextSource
from gloveui.core.tokens import TokenStream
from gloveui.core.word2vec import Word2VecReport
from gloveui.state.model_making import ready_model
from gloveui.state.values import Model

SHORT_NAMES = {"lsa": "LSA", "ppmi": "PPMI", "skip-gram": "Skip-gram", "cbow": "CBOW"}


@dataclass(slots=True, eq=False)
class BaselineTraining:
    """Work by another method, with what it was given: later work may open another text."""

    number: int
    text: TextSource
    tokens: TokenStream
    matrix: CooccurrenceMatrix
    settings: BaselineSettings
    resources: Resources
    seconds: Mapping[str, float]
    losses: list[float] = field(default_factory=list)
    is_left: bool = False  # whether the session it was begun in has been closed

    @property
    def epochs(self) -> int:
        """Epochs that are to be done, 0 for a method without any."""
        return self.settings.epochs if isinstance(self.settings, Word2VecSettings) else 0

    def run(self) -> Task[Model]:
        """Make the vectors, then what questions need of them."""
        task = train_baseline(self.tokens, self.matrix, self.settings, self.resources)
        worked = 0.0
        with closing(task):
            while True:
                begin = time.perf_counter()
                try:
                    progress = next(task)
                except StopIteration as stop:
                    embedding: Embedding = stop.value
                    worked += time.perf_counter() - begin
                    break
                worked += time.perf_counter() - begin
                self._hear(progress)
                yield progress
        seconds = {**self.seconds, "training": worked}
        card = baseline_card(self.tokens, self.matrix, self.settings, seconds, tuple(self.losses))
        return (
            yield from ready_model(self.number, baseline_name(self.number, self.settings), embedding, card)
        )

    def _hear(self, progress: Progress) -> None:
        if isinstance(progress.detail, Word2VecReport):
            self.losses.extend(progress.detail.finished)


def baseline_name(number: int, settings: BaselineSettings) -> str:
    """The name of a model by another method, such as “LSA 3 · 100d · log”."""
    match settings:
        case LsaSettings():
            return f"{SHORT_NAMES['lsa']} {number} · {settings.dimension}d · {settings.transform}"
        case PpmiSettings():
            return f"{SHORT_NAMES['ppmi']} {number} · {settings.dimension}d"
        case Word2VecSettings():
            name = SHORT_NAMES[settings.architecture]
            return f"{name} {number} · {settings.dimension}d · {settings.epochs} epochs"
