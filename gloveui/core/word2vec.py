"""Word2Vec on the words of a text, by gensim's compiled steps: watched, paused and stopped like any task."""

from __future__ import annotations

import copy
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from gloveui.core.baseline_cost import check_baseline_fits
from gloveui.core.baseline_settings import Word2VecSettings
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.crew import Crew, Work
from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task
from gloveui.core.tokens import SENTENCE_BREAK, TokenStream
from gloveui.core.training import TrainingReport

BATCH_WORDS = 10_000  # gensim's steps take no more at a time, and leave out what is beyond
LEAST_LEARNING_RATE = 1e-4  # at the end; gensim's own
REPORT_SECONDS = 0.1

Sentence: TypeAlias = list[str]
Gensim: TypeAlias = Any  # it has no type hints


@dataclass(frozen=True, slots=True)
class Word2VecReport(TrainingReport):
    """What is seen of a training of Word2Vec; the detail of its Progress.

    Its ``loss`` is the mean of −log σ over the words trained since the last report, each with all its context
    words and the words drawn against them, as gensim adds it up; it has no pairs a second.

    Attributes
    ----------
    words_per_second
        Words of the text gone through, since the last report.
    """

    words_per_second: float = 0.0

    @property
    def pace(self) -> float:
        """Words a second."""
        return self.words_per_second


@dataclass(frozen=True, slots=True)
class _Batch:
    """Sentences of up to 10,000 words together, the epoch they are gone through in, and the learning rate."""

    epoch: int
    sentences: list[Sentence]
    words: int
    rate: float


@dataclass(frozen=True, slots=True)
class _Trained:
    """A batch that was trained on: words that were not left out at random, and the sum of their losses."""

    batch: _Batch
    words: int
    loss: float


def word2vec(tokens: TokenStream, matrix: CooccurrenceMatrix, settings: Word2VecSettings) -> Task[Embedding]:
    """Train skip-gram or CBOW with negative sampling on the words and the window of the counts.

    With one worker the seed decides the result to the bit. Sentences of more than 10,000 words are cut there.

    Notes
    -----
    Mikolov, Chen, Corrado & Dean (2013); Mikolov, Sutskever, Chen, Corrado & Dean (2013).
    """
    trainer = Word2VecTrainer(tokens, matrix, settings)
    yield from trainer.run()
    return trainer.embedding()


class Word2VecTrainer:
    """A training that keeps what it has learned when it is stopped.

    Attributes
    ----------
    settings
        With what it was asked to do.
    """

    def __init__(self, tokens: TokenStream, matrix: CooccurrenceMatrix, settings: Word2VecSettings) -> None:
        self.settings = settings
        self._tokens = tokens
        self._matrix = matrix
        self._course = _Course(settings, int(matrix.vocabulary.counts.sum()))
        self._ended: deque[_Trained] = deque()  # batches, noted by the threads that trained on them
        self._model: Gensim = None

    @property
    def has_learned(self) -> bool:
        """Whether there is something to keep."""
        return self._course.done > 0

    @property
    def losses(self) -> tuple[float, ...]:
        """The mean loss of each whole epoch."""
        return self._course.losses

    @property
    def settings_so_far(self) -> Word2VecSettings:
        """The settings that give what has been learned by now."""
        is_whole = self._course.done >= self._course.words * self.settings.epochs
        return self.settings if is_whole else replace(self.settings, stopped_after=self._course.done)

    def run(self) -> Task[None]:
        """Train to the end, once; when it is stopped, the batches that were begun are trained on.

        Raises
        ------
        NotEnoughMemory
        """
        yield Progress("preparing")  # loading gensim takes a moment
        check_baseline_fits(len(self._matrix.vocabulary), 0, self.settings)
        self._model = _model(self._matrix, self.settings)
        course, workers = self._course, self.settings.workers
        steps = deque([_Steps(_own(self._model, number)) for number in range(workers)])
        course.go_on()
        try:
            with Crew(workers) as crew:
                batches = _batches(self._tokens, self._matrix, self.settings, course.words)
                batches = _up_to(batches, self.settings.stopped_after)
                for _ in crew.results(_trained(batch, steps, self._ended) for batch in batches):
                    course.take(self._ended)
                    if course.is_due():
                        yield course.progress()
                        course.go_on()
        finally:
            course.take(self._ended)
        yield course.progress()

    def embedding(self) -> Embedding:
        """The vectors as they are now; none may be trained meanwhile."""
        return Embedding(self._matrix.vocabulary, np.array(self._model.wv.vectors, np.float32))


def sentences(tokens: TokenStream, matrix: CooccurrenceMatrix) -> Iterator[Sentence]:
    """The sentences of a text without the words that are not counted, cut after 10,000 words."""
    words, ids = matrix.vocabulary.words, tokens.ids
    first = 0
    for last in _ends(tokens):
        for begin in range(first, last, BATCH_WORDS):
            piece = ids[begin : min(begin + BATCH_WORDS, last)]
            sentence = [words[index] for index in piece[piece < len(words)].tolist()]
            if sentence:
                yield sentence
        first = last + 1


def _ends(tokens: TokenStream) -> Iterator[int]:
    """Where sentences end, in order; found a stretch at a time."""
    ids, stretch = tokens.ids, 1 << 20
    for begin in range(0, len(ids), stretch):
        yield from (begin + np.flatnonzero(ids[begin : begin + stretch] == SENTENCE_BREAK)).tolist()
    yield len(ids)


def _batches(
    tokens: TokenStream, matrix: CooccurrenceMatrix, settings: Word2VecSettings, words: int
) -> Iterator[_Batch]:
    """The text as often as it is gone through; the learning rate falls with the words of it that are done."""
    for epoch in range(settings.epochs):
        batch: list[Sentence] = []
        size = done = 0
        for sentence in sentences(tokens, matrix):
            if batch and size + len(sentence) > BATCH_WORDS:
                yield _Batch(epoch, batch, size, _rate(settings, epoch + done / words))
                done += size
                batch, size = [], 0
            batch.append(sentence)
            size += len(sentence)
        yield _Batch(epoch, batch, size, _rate(settings, epoch + done / words))


def _up_to(batches: Iterator[_Batch], words: int) -> Iterator[_Batch]:
    """The batches until so many words have been gone through; all for 0."""
    begun = 0
    for batch in batches:
        if words and begun >= words:
            return
        yield batch
        begun += batch.words


def _rate(settings: Word2VecSettings, position: float) -> float:
    """The learning rate after so many epochs: it falls evenly."""
    first, share = settings.learning_rate, position / settings.epochs
    return max(min(first, LEAST_LEARNING_RATE), first - (first - LEAST_LEARNING_RATE) * share)


def _model(matrix: CooccurrenceMatrix, settings: Word2VecSettings) -> Gensim:
    """Gensim's model with the words of the counts, in their order, before any training."""
    from gensim.models import Word2Vec

    model = Word2Vec(
        vector_size=settings.dimension,
        alpha=settings.learning_rate,
        min_alpha=LEAST_LEARNING_RATE,
        window=matrix.options.window,
        shrink_windows=matrix.options.weighting == "inverse",
        min_count=1,
        sample=settings.sample,
        sg=settings.architecture == "skip-gram",
        negative=settings.negative,
        seed=settings.seed % 2**32,  # numpy's older generator, which gensim has, takes no more
        hashfxn=_hash,
        sorted_vocab=0,  # they are sorted; gensim's own order of words that occur as often is another one
        compute_loss=True,
        workers=1,
    )
    counts = dict(zip(matrix.vocabulary.words, matrix.vocabulary.counts.tolist(), strict=True))
    model.build_vocab_from_freq(counts)
    return model


def _hash(word: str) -> int:
    """A hash that is the same in every run; Python's own is not."""
    return crc32(word.encode())


def _own(model: Gensim, number: int) -> Gensim:
    """The model for one worker: the same tables, other random numbers and a loss of its own."""
    if number == 0:
        return model
    own = copy.copy(model)
    own.random = np.random.RandomState((model.seed + number) % 2**32)
    return own


class _Steps:
    """gensim's steps with working memory of their own."""

    def __init__(self, model: Gensim) -> None:
        self._model = model
        self._memory = (np.zeros(model.layer1_size, np.float32), np.zeros(model.layer1_size, np.float32))

    def train(self, batch: _Batch) -> _Trained:
        """Train on a batch."""
        from gensim.models.word2vec import train_batch_cbow, train_batch_sg

        model = self._model
        model.running_training_loss = 0.0  # gensim adds up in float32, which would be full after some epochs
        if model.sg:
            words = train_batch_sg(model, batch.sentences, batch.rate, self._memory[0], True)
        else:
            words = train_batch_cbow(model, batch.sentences, batch.rate, *self._memory, True)
        return _Trained(batch, int(words), float(model.running_training_loss))


def _trained(batch: _Batch, steps: deque[_Steps], ended: deque[_Trained]) -> Work[None]:
    """Train on a batch with steps that nobody uses now, and note it; yields how many words it has."""
    own = steps.popleft()
    try:
        ended.append(own.train(batch))
    finally:
        steps.append(own)
    yield batch.words


class _Course:
    """How far a training is."""

    def __init__(self, settings: Word2VecSettings, words: int) -> None:
        self.words = words  # of the text
        self.done = 0  # words gone through in all
        self._epochs = epochs = settings.epochs
        self._planned = min(settings.stopped_after or epochs * words, epochs * words)
        self._told = 0  # how many were done when the last report was made
        self._fresh = np.zeros(2)  # words trained since the last report, and their losses
        self._of_epoch = np.zeros((epochs, 2))
        self._ended = 0  # epochs that have been told
        self._seconds = self._fresh_seconds = 0.0  # of work in all, and since batches were last told of
        self._report: Word2VecReport | None = None  # the last one that had something new
        self._resumed = time.perf_counter()

    @property
    def losses(self) -> tuple[float, ...]:
        """The mean loss of each whole epoch."""
        return tuple(map(_mean, self._of_epoch[: self.done // self.words]))

    def take(self, ended: deque[_Trained]) -> None:
        """Take in batches, and out of where they were noted."""
        while ended:
            trained = ended.popleft()
            self.done += trained.batch.words
            self._fresh += (trained.words, trained.loss)
            self._of_epoch[trained.batch.epoch] += (trained.words, trained.loss)

    def is_due(self) -> bool:
        """Whether it is time for a report."""
        return time.perf_counter() - self._resumed >= REPORT_SECONDS

    def go_on(self) -> None:
        """Leave the time since the last report out: whoever pulls the task may have waited."""
        self._resumed = time.perf_counter()

    def progress(self) -> Progress:
        """What has been done, and how fast of late; between two batches it is what was told before."""
        elapsed = time.perf_counter() - self._resumed
        self._seconds += elapsed
        self._fresh_seconds += elapsed
        if self.done > self._told:
            self._report = self._new_report()
        elif self._report is not None:
            self._report = replace(self._report, finished=())
        return Progress("training", min(1.0, self.done / self._planned), self._report)

    def _new_report(self) -> Word2VecReport:
        loss = _mean(self._fresh) if self._fresh[0] else 0.0 if self._report is None else self._report.loss
        finished = tuple(map(_mean, self._of_epoch[self._ended : self.done // self.words]))
        left = max(0, self._planned - self.done) * self._seconds / self.done
        speed = (self.done - self._told) / max(self._fresh_seconds, 1e-9)
        self._ended += len(finished)
        self._told, self._fresh, self._fresh_seconds = self.done, np.zeros(2), 0.0
        position = self.done / self.words
        return Word2VecReport(position, self._epochs, loss, finished, 0.0, left, words_per_second=speed)


def _mean(sums: NDArray[np.float64]) -> float:
    """The mean loss of some words; 0 where all were left out at random."""
    return float(sums[1] / sums[0]) if sums[0] else 0.0
