"""An embedding layer that learns by back-propagation: a linear layer behind it predicts a word or a label."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding_layer import layer_of
from gloveui.core.errors import LabelMissing, TooFewAnswers, TooManyWordsToLearn
from gloveui.core.lookup import PADDING_ID, SPECIAL_WORDS, LookupTable
from gloveui.core.progress import Progress, Task
from gloveui.core.setting_checks import number, put_checked, whole_number
from gloveui.core.vocabulary import Vocabulary

if TYPE_CHECKING:
    import torch

MOST_WORDS = 200  # a demonstration is looked at row by row
MOST_STEPS = 2000

Split: TypeAlias = Callable[[str], list[str]]
"""Text to words, with ``"\\n"`` between sentences."""


@dataclass(frozen=True, eq=False)
class Examples:
    """What is to be learned.

    Attributes
    ----------
    vocabulary
        ``<unk>``, ``<pad>``, then the words in the order of the text.
    inputs
        int64, shape (N, L), read-only: ids of the words that are seen, filled up with ``<pad>``.
    targets
        int64, shape (N,), read-only: the right answer to each.
    answers
        What can be answered: words, or labels.
    """

    vocabulary: Vocabulary
    inputs: NDArray[np.int64]
    targets: NDArray[np.int64]
    answers: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.targets)

    def seen_words(self, example: int) -> list[str]:
        """The words of an example, without padding."""
        return [self.vocabulary.word(int(index)) for index in self.inputs[example] if index != PADDING_ID]


def next_word_examples(text: str, split: Split, before: int = 2) -> Examples:
    """Predict each word of each sentence from at most `before` words in front of it.

    Raises
    ------
    TooFewAnswers, TooManyWordsToLearn
        If the text has nothing to choose between, or more words than can be looked at.
    """
    sentences = [split(line) for line in text.splitlines()]
    pairs = [
        (sentence[max(0, place - before) : place], sentence[place])
        for sentence in sentences
        for place in range(1, len(sentence))
    ]
    return _examples([word for sentence in sentences for word in sentence], pairs)


def label_examples(text: str, split: Split) -> Examples:
    """Predict the label of each line, ``sentence<TAB>label``; lines without any words are left out.

    Raises
    ------
    LabelMissing
        With the line that has none.
    TooFewAnswers, TooManyWordsToLearn
        See `next_word_examples`.
    """
    pairs = []
    for line_number, line in enumerate(text.splitlines(), 1):
        sentence, _, label = line.rpartition("\t")
        words = [word for word in split(sentence) if word != "\n"]
        if line.strip() and not (words and label.strip()):
            raise LabelMissing(line=line_number)
        if words:
            pairs.append((words, label.strip()))
    return _examples([word for words, _ in pairs for word in words], pairs)


def _examples(words: list[str], pairs: Sequence[tuple[list[str], str]]) -> Examples:
    vocabulary = Vocabulary((*SPECIAL_WORDS, *dict.fromkeys(words)))
    answers = tuple(dict.fromkeys(answer for _, answer in pairs))
    if len(answers) < 2:
        raise TooFewAnswers(received=len(answers))
    if len(vocabulary) > MOST_WORDS:
        raise TooManyWordsToLearn(expected=MOST_WORDS, received=len(vocabulary))
    longest = max(len(seen) for seen, _ in pairs)
    inputs = np.full((len(pairs), longest), PADDING_ID, np.int64)
    for row, (seen, _) in zip(inputs, pairs, strict=True):
        row[: len(seen)] = [vocabulary.id_of(word) for word in seen]
    numbers = {answer: index for index, answer in enumerate(answers)}
    targets = np.array([numbers[answer] for _, answer in pairs], np.int64)
    for array in (inputs, targets):
        array.setflags(write=False)
    return Examples(vocabulary, inputs, targets, answers)


@dataclass(frozen=True, slots=True)
class LayerTrainingConfig:
    """How the layer learns; with the seed it decides a training completely.

    Attributes
    ----------
    dimension
        D, numbers in a row of the table.
    learning_rate
        The share of the gradient that is taken off: plain stochastic gradient descent.
    batch
        Examples in a step.
    steps
        Updates in all.
    seed
        Of the first numbers and of the order of the examples.

    Raises
    ------
    SettingError
        If a value is out of its bounds.
    """

    dimension: int = 3
    learning_rate: float = 0.5
    batch: int = 1
    steps: int = 300
    seed: int = 1

    def __post_init__(self) -> None:
        put_checked(
            self,
            dimension=whole_number("dimension", self.dimension, 2, 16),
            learning_rate=number("learning_rate", self.learning_rate, 0.001, 10.0),
            batch=whole_number("batch", self.batch, 1, 64),
            steps=whole_number("steps", self.steps, 1, MOST_STEPS),
            seed=whole_number("seed", self.seed, 0, 2**31 - 1),
        )


@dataclass(frozen=True, eq=False)
class LayerParameters:
    """The numbers that learn.

    Attributes
    ----------
    table
        float32, shape (V, D): the embedding layer; the row of ``<pad>`` is zero.
    weights, bias
        float32, shapes (A, D) and (A,): the linear layer, a row an answer.
    """

    table: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]


def first_parameters(examples: Examples, config: LayerTrainingConfig) -> LayerParameters:
    """Small random numbers to begin with."""
    random = np.random.default_rng(config.seed)
    table = random.normal(0.0, 0.3, (len(examples.vocabulary), config.dimension)).astype(np.float32)
    table[PADDING_ID] = 0.0
    weights = random.normal(0.0, 0.3, (len(examples.answers), config.dimension)).astype(np.float32)
    return LayerParameters(table, weights, np.zeros(len(examples.answers), np.float32))


def batches(examples: int, config: LayerTrainingConfig) -> Iterator[NDArray[np.int64]]:
    """The examples of each step, int64, shape (batch,): all of them in a random order, then all again."""
    random = np.random.default_rng([config.seed, 1])
    waiting = np.empty(0, np.int64)
    for _ in range(config.steps):
        while len(waiting) < config.batch:
            waiting = np.concatenate([waiting, random.permutation(examples)])
        yield waiting[: config.batch]
        waiting = waiting[config.batch :]


@dataclass(frozen=True, eq=False)
class LayerStep:
    """The layer after a step; arrays are read-only.

    Attributes
    ----------
    step
        Updates so far; 0 is the state before the first.
    loss
        Mean of −log P(right answer) over all examples, after the update.
    accuracy
        Share of the examples that are answered right, after the update.
    table
        float32, shape (V, D), after the update.
    gradient
        float32, shape (V,): the length of each row's gradient; 0: the step did not touch the row.
    examples
        Those of the step; none at step 0.
    probability
        P(right answer) of the first of them before and after the update; NaN at step 0.
    """

    step: int
    loss: float
    accuracy: float
    table: NDArray[np.float32]
    gradient: NDArray[np.float32]
    examples: tuple[int, ...]
    probability: tuple[float, float]


@dataclass(frozen=True, eq=False)
class LayerTraining:
    """A training that has come to its end: every step of it, and the numbers learned."""

    examples: Examples
    config: LayerTrainingConfig
    steps: tuple[LayerStep, ...]
    parameters: LayerParameters


def train_layer(examples: Examples, config: LayerTrainingConfig) -> Task[LayerTraining]:
    """Train `torch.nn.Embedding` and a linear layer; each Progress carries a `LayerStep`.

    The rows of the words that are seen are averaged (padding left out), the linear layer makes a score for
    each answer of the mean, and softmax makes probabilities of the scores.
    """
    learner = _Learner(examples, config)
    steps = [learner.start()]
    yield Progress("learning", 0.0, steps[0])
    for chosen in batches(len(examples), config):
        steps.append(learner.step(chosen))
        yield Progress("learning", steps[-1].step / config.steps, steps[-1])
    return LayerTraining(examples, config, tuple(steps), learner.parameters())


class _Learner:
    """The two layers in torch, and an update of them."""

    def __init__(self, examples: Examples, config: LayerTrainingConfig) -> None:
        import torch

        first = first_parameters(examples, config)
        self._done = 0
        self._inputs = torch.from_numpy(examples.inputs.copy())
        self._targets = torch.from_numpy(examples.targets.copy())
        self._layer = layer_of(LookupTable(examples.vocabulary, first.table))
        self._linear = torch.nn.Linear(config.dimension, len(examples.answers))
        with torch.no_grad():
            self._linear.weight.copy_(torch.from_numpy(first.weights))
            self._linear.bias.copy_(torch.from_numpy(first.bias))
        self._parameters = (self._layer.weight, self._linear.weight, self._linear.bias)
        self._rate = config.learning_rate

    def start(self) -> LayerStep:
        """The state before the first update."""
        untouched = np.zeros(self._layer.num_embeddings, np.float32)
        return self._state(untouched, (), (float("nan"), float("nan")))

    def step(self, chosen: NDArray[np.int64]) -> LayerStep:
        """One update by the examples `chosen`: forward, loss, back-propagation, a step down the gradient."""
        import torch

        before = self._probability(int(chosen[0]))
        inputs, targets = self._inputs[chosen], self._targets[chosen]
        loss = torch.nn.functional.cross_entropy(self._scores(inputs), targets)
        table, *others = torch.autograd.grad(loss, self._parameters)
        with torch.no_grad():
            for parameter, gradient in zip(self._parameters, (table, *others), strict=True):
                parameter -= self._rate * gradient
        self._done += 1
        after = self._probability(int(chosen[0]))
        return self._state(table.norm(dim=1).numpy(), tuple(chosen.tolist()), (before, after))

    def parameters(self) -> LayerParameters:
        """A copy of the numbers as they are now."""
        return LayerParameters(*(_frozen(part) for part in self._parameters))

    def _scores(self, inputs: torch.Tensor) -> torch.Tensor:
        rows = self._layer(inputs)  # [n, L, D]
        words = (inputs != PADDING_ID).sum(dim=1, keepdim=True)
        scores: torch.Tensor = self._linear(rows.sum(dim=1) / words)
        return scores

    def _probability(self, example: int) -> float:
        import torch

        with torch.no_grad():
            scores = self._scores(self._inputs[example : example + 1])
        return float(torch.softmax(scores, dim=1)[0, self._targets[example]])

    def _state(
        self, gradient: NDArray[np.float32], chosen: tuple[int, ...], probability: tuple[float, float]
    ) -> LayerStep:
        import torch

        with torch.no_grad():
            scores = self._scores(self._inputs)
            loss = float(torch.nn.functional.cross_entropy(scores, self._targets))
            accuracy = float((scores.argmax(dim=1) == self._targets).double().mean())
        gradient.setflags(write=False)
        table = _frozen(self._layer.weight)
        return LayerStep(self._done, loss, accuracy, table, gradient, chosen, probability)


def _frozen(parameter: torch.Tensor) -> NDArray[np.float32]:
    copied: NDArray[np.float32] = parameter.detach().numpy().copy()
    copied.setflags(write=False)
    return copied


def plane_of(table: NDArray[np.float32]) -> NDArray[np.float64]:
    """Two directions, float64 [D, 2], in which the rows of a table lie widest apart; the axes for D = 2."""
    if table.shape[1] == 2:
        return np.eye(2)
    words = table[len(SPECIAL_WORDS) :].astype(np.float64)
    _, _, directions = np.linalg.svd(words - words.mean(axis=0), full_matrices=True)
    plane = directions[:2].T
    # Each direction points to where its largest number is positive, so that pictures do not flip about.
    signs = np.sign(plane[np.abs(plane).argmax(axis=0), [0, 1]])
    return np.asarray(plane * np.where(signs == 0, 1.0, signs))
