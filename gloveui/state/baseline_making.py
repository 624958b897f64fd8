"""Models by other methods than GloVe, for the window: made of the counts, ready to be asked."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from gloveui.core.baseline_settings import BaselineSettings, LsaSettings, PpmiSettings, Word2VecSettings
from gloveui.core.baselines import baseline_card, train_baseline
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.text import TextSource
from gloveui.core.tokens import TokenStream
from gloveui.core.word2vec import Word2VecTrainer
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
    trainer: Word2VecTrainer | None = None  # of a method that learns step by step
    worked: float = 0.0  # seconds of making vectors
    is_left: bool = False  # whether the session it was begun in has been closed

    @property
    def epochs(self) -> int:
        """Epochs that are to be done, 0 for a method without any."""
        return self.settings.epochs if isinstance(self.settings, Word2VecSettings) else 0

    @property
    def has_learned(self) -> bool:
        """Whether there is something to keep though it has not come to its end."""
        return self.trainer is not None and self.trainer.has_learned

    def run(self) -> Task[tuple[BaselineTraining, Model]]:
        """Make the vectors, then what questions need of them."""
        with closing(self._vectors()) as task:
            while True:
                begin = time.perf_counter()
                try:
                    progress = next(task)
                except StopIteration as stop:
                    embedding: Embedding = stop.value
                    break
                finally:
                    self.worked += time.perf_counter() - begin
                yield progress
        return self, (yield from self._model(embedding, self.settings))

    def kept(self) -> Task[tuple[BaselineTraining, Model]]:
        """A model of what has been learned; its card has the settings that lead to just that again."""
        if self.trainer is None:
            raise ValueError(f"expected a method that learns step by step, got {self.settings.method}")
        yield Progress("finishing")
        model = yield from self._model(self.trainer.embedding(), self.trainer.settings_so_far)
        return self, model

    def _vectors(self) -> Task[Embedding]:
        if not isinstance(self.settings, Word2VecSettings):
            return (yield from train_baseline(self.tokens, self.matrix, self.settings, self.resources))
        self.trainer = Word2VecTrainer(self.tokens, self.matrix, self.settings)
        yield from self.trainer.run()
        return self.trainer.embedding()

    def _model(self, embedding: Embedding, settings: BaselineSettings) -> Task[Model]:
        losses = () if self.trainer is None else self.trainer.losses
        seconds = {**self.seconds, "training": self.worked}
        card = baseline_card(self.tokens, self.matrix, settings, seconds, losses)
        words = int(self.matrix.vocabulary.counts.sum())
        return (
            yield from ready_model(self.number, baseline_name(self.number, settings, words), embedding, card)
        )


def baseline_name(number: int, settings: BaselineSettings, words: int) -> str:
    """The name of a model by another method, such as “LSA 3 · 100d · log”; `words` are those of the text."""
    match settings:
        case LsaSettings():
            return f"{SHORT_NAMES['lsa']} {number} · {settings.dimension}d · {settings.transform}"
        case PpmiSettings():
            return f"{SHORT_NAMES['ppmi']} {number} · {settings.dimension}d"
        case Word2VecSettings():
            name = SHORT_NAMES[settings.architecture]
            return f"{name} {number} · {settings.dimension}d · {_epochs(settings, words)} epochs"


def _epochs(settings: Word2VecSettings, words: int) -> str:
    """The epochs of a training, with how many of them were done where it was stopped."""
    if not settings.stopped_after:
        return str(settings.epochs)
    done = round(settings.stopped_after / words, 1)
    return f"{done:g}/{settings.epochs}" if done else f"<0.1/{settings.epochs}"
