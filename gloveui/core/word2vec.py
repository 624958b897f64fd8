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

from gloveui.core.baseline_cost import check_baseline_fits
from gloveui.core.baseline_settings import Word2VecSettings
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.crew import Crew, Work
from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task
from gloveui.core.tokens import SENTENCE_BREAK, TokenStream
from gloveui.core.training import TrainingReport
from gloveui.core.word2vec_loss import LossSample, loss_sample

BATCH_WORDS = 10_000  # gensim's steps take no more at a time, and leave out what is beyond
LEAST_LEARNING_RATE = 1e-4  # at the end; gensim's own
REPORT_SECONDS = 0.1
PAUSE_OF_PROBE = 30  # times as long as it took, but at the end of an epoch

Sentence: TypeAlias = list[str]
Gensim: TypeAlias = Any  # it has no type hints


@dataclass(frozen=True, slots=True)
class Word2VecReport(TrainingReport):
    """What is seen of a training of Word2Vec; the detail of its Progress.

    Its losses are those of a `LossSample`, as the vectors were last measured; it has no pairs a second.

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
    """Sentences of up to 10,000 words together, the learning rate, and whether they are an epoch's last."""

    sentences: list[Sentence]
    words: int
    rate: float
    ends_epoch: bool = False


@dataclass(frozen=True, slots=True)
class _Trained:
    """A batch that was trained on, and the loss after it where it was measured."""

    batch: _Batch
    loss: float | None


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
        """The loss after each whole epoch."""
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
        probe = _Probe(self._model, _sample(self._tokens, self._matrix, self.settings, self._model))
        steps = deque([_Steps(_own(self._model, number), probe) for number in range(workers)])
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
                yield _Batch(batch, size, _rate(settings, epoch + done / words))
                done += size
                batch, size = [], 0
            batch.append(sentence)
            size += len(sentence)
        yield _Batch(batch, size, _rate(settings, epoch + done / words), ends_epoch=True)


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
        workers=1,
    )
    counts = dict(zip(matrix.vocabulary.words, matrix.vocabulary.counts.tolist(), strict=True))
    model.build_vocab_from_freq(counts)
    return model


def _sample(
    tokens: TokenStream, matrix: CooccurrenceMatrix, settings: Word2VecSettings, model: Gensim
) -> LossSample:
    """Places that are drawn as gensim draws them."""
    kept = model.wv.expandos["sample_int"] / 2.0**32
    noise = np.diff(model.cum_table, prepend=0) / model.cum_table[-1]
    return loss_sample(tokens, matrix, settings, kept, noise)


def _hash(word: str) -> int:
    """A hash that is the same in every run; Python's own is not."""
    return crc32(word.encode())


def _own(model: Gensim, number: int) -> Gensim:
    """The model for one worker: the same tables, and other random numbers."""
    if number == 0:
        return model
    own = copy.copy(model)
    own.random = np.random.RandomState((model.seed + number) % 2**32)
    return own


class _Probe:
    """Measures the loss after an epoch, and now and then before."""

    def __init__(self, model: Gensim, sample: LossSample) -> None:
        self._model = model
        self._sample = sample
        self._next = 0.0

    def loss_after(self, batch: _Batch) -> float | None:
        """The loss, if it is time for it."""
        start = time.perf_counter()
        if not batch.ends_epoch and start < self._next:
            return None
        loss = self._sample.loss(self._model.wv.vectors, self._model.syn1neg)
        end = time.perf_counter()
        self._next = end + max(REPORT_SECONDS, PAUSE_OF_PROBE * (end - start))
        return loss


class _Steps:
    """gensim's steps with working memory of their own."""

    def __init__(self, model: Gensim, probe: _Probe) -> None:
        self._model = model
        self._probe = probe
        self._memory = (np.zeros(model.layer1_size, np.float32), np.zeros(model.layer1_size, np.float32))

    def train(self, batch: _Batch) -> _Trained:
        """Train on a batch."""
        from gensim.models.word2vec import train_batch_cbow, train_batch_sg

        if self._model.sg:
            train_batch_sg(self._model, batch.sentences, batch.rate, self._memory[0], False)
        else:
            train_batch_cbow(self._model, batch.sentences, batch.rate, *self._memory, False)
        return _Trained(batch, self._probe.loss_after(batch))


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
        self._loss = 0.0  # as last measured
        self._of_epochs: list[float] = []  # that have ended
        self._ended = 0  # how many of them have been told
        self._seconds = self._fresh_seconds = 0.0  # of work in all, and since batches were last told of
        self._report: Word2VecReport | None = None  # the last one that had something new
        self._resumed = time.perf_counter()

    @property
    def losses(self) -> tuple[float, ...]:
        """The loss after each whole epoch."""
        return tuple(self._of_epochs)

    def take(self, ended: deque[_Trained]) -> None:
        """Take in batches, and out of where they were noted."""
        while ended:
            trained = ended.popleft()
            self.done += trained.batch.words
            if trained.loss is not None:
                self._loss = trained.loss
                if trained.batch.ends_epoch:
                    self._of_epochs.append(trained.loss)

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
        finished = self.losses[self._ended :]
        left = max(0, self._planned - self.done) * self._seconds / self.done
        speed = (self.done - self._told) / max(self._fresh_seconds, 1e-9)
        self._ended += len(finished)
        self._told, self._fresh_seconds = self.done, 0.0
        position = self.done / self.words
        return Word2VecReport(position, self._epochs, self._loss, finished, 0.0, left, words_per_second=speed)
