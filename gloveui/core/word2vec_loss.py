"""The loss of Word2Vec on places of a text that stay the same while it trains.

gensim adds up the loss of each batch just before it learns from it. That sum follows what the text is like
there, and how far the last steps went with it: on the bundled text it rises from epoch to epoch, while the
loss on places that stay the same falls by an eighth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gloveui.core.baseline_settings import Word2VecSettings
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.tokens import SENTENCE_BREAK, TokenStream

SAMPLE_SIZE = 2_000
NUMBERS_AT_ONCE = 1 << 20  # of vectors that are copied together: 4 MB
TRIES = 50  # for each place: words that are left out at random may be almost all
REACH = 20  # windows on each side, in which as many words as the window has are left
SAMPLE_KEY = 0x10550  # the seed's numbers for this are no others


@dataclass(frozen=True, eq=False)
class LossSample:
    """Places of a text and what is drawn against them.

    Attributes
    ----------
    contexts
        Indices of the context words of all places, one after the other; int64.
    sizes
        How many each place has, at least 1; int64, shape ``(n,)``.
    targets
        The index of the word at each place; int64, shape ``(n,)``.
    drawn
        Words drawn against it, int64, shape ``(n, negative)``; the word itself does not count.
    """

    contexts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    targets: NDArray[np.int64]
    drawn: NDArray[np.int64]

    def loss(self, vectors: NDArray[np.float32], outputs: NDArray[np.float32]) -> float:
        """The mean of −log σ(h·o) − Σ log σ(−h·o'), with h the mean of the context words' vectors.

        `vectors` and `outputs`, shape ``(V, D)``, are gensim's ``syn0`` and ``syn1neg``. With outputs of 0
        it is ``(1 + negative) log 2``, but for words that were drawn against themselves. 0 without places.

        Notes
        -----
        Mikolov, Sutskever, Chen, Corrado & Dean (2013), formula (4).
        """
        count = len(self.targets)
        if not count:
            return 0.0
        rows = 1 + self.drawn.shape[1] + int(self.sizes.max())
        step = max(1, NUMBERS_AT_ONCE // (rows * vectors.shape[1]))
        blocks = (slice(first, first + step) for first in range(0, count, step))
        return sum(self._sum_of_losses(block, vectors, outputs) for block in blocks) / count

    def _sum_of_losses(
        self, places: slice, vectors: NDArray[np.float32], outputs: NDArray[np.float32]
    ) -> float:
        sizes, targets, drawn = self.sizes[places], self.targets[places], self.drawn[places]
        begin = int(self.sizes[: places.start].sum())
        contexts = self.contexts[begin : begin + int(sizes.sum())]
        hidden = np.add.reduceat(vectors[contexts], np.cumsum(sizes) - sizes)
        hidden /= sizes[:, None].astype(np.float32)
        right = np.einsum("nd,nd->n", hidden, outputs[targets])
        wrong = np.einsum("nd,nkd->nk", hidden, outputs[drawn])
        counts = drawn != targets[:, None]
        return float(np.logaddexp(0, -right).sum() + np.logaddexp(0, wrong)[counts].sum())


def loss_sample(
    tokens: TokenStream,
    matrix: CooccurrenceMatrix,
    settings: Word2VecSettings,
    kept: NDArray[np.float64],
    noise: NDArray[np.float64],
) -> LossSample:
    """Draw places as the training does: pairs for skip-gram, words with their contexts for CBOW.

    `kept` is the share of each word's places that are not left out at random, `noise` that with which it is
    drawn; both of shape ``(V,)``.
    """
    random = np.random.default_rng((settings.seed, SAMPLE_KEY))
    size = min(SAMPLE_SIZE, tokens.token_count)
    contexts: list[NDArray[np.int64]] = []
    targets: list[int] = []
    for place in random.integers(len(tokens.ids), size=TRIES * size):
        target, context = int(tokens.ids[place]), _context(tokens.ids, place, matrix, kept, random)
        if settings.architecture == "skip-gram":
            contexts += list(context[:, None])
        elif len(context):
            contexts.append(context)
        targets += [target] * (len(contexts) - len(targets))
        if len(targets) >= size:
            break
    sizes = np.array([len(context) for context in contexts], np.int64)
    drawn = random.choice(len(noise), (len(targets), settings.negative), p=noise)
    every_context = np.concatenate([*contexts, np.empty(0, np.int64)])
    return LossSample(every_context, sizes, np.array(targets, np.int64), drawn)


def _context(
    ids: NDArray[np.int32],
    place: int,
    matrix: CooccurrenceMatrix,
    kept: NDArray[np.float64],
    random: np.random.Generator,
) -> NDArray[np.int64]:
    """The context words of a place, from left to right; none where there is no word, or it is left out."""
    if not 0 <= ids[place] < len(kept) or random.random() >= kept[ids[place]]:
        return np.empty(0, np.int64)
    window = matrix.options.window
    width = random.integers(1, window + 1) if matrix.options.weighting == "inverse" else window
    before = ids[max(0, place - REACH * window) : place][::-1]
    after = ids[place + 1 : place + 1 + REACH * window]
    left, right = (_left_over(side, kept, random)[:width] for side in (before, after))
    return np.concatenate((left[::-1], right))


def _left_over(
    side: NDArray[np.int32], kept: NDArray[np.float64], random: np.random.Generator
) -> NDArray[np.int64]:
    """The words up to the sentence's end that are counted and not left out."""
    breaks = np.flatnonzero(side == SENTENCE_BREAK)
    words = side[: breaks[0] if len(breaks) else None].astype(np.int64)
    words = words[words < len(kept)]
    return words[random.random(len(words)) < kept[words]]
