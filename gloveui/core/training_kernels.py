"""Compiled training: AdaGrad over the pairs of tiles, on many threads that never meet."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import inlined, reordering_kernel
from gloveui.core.machine_hints import prefetch, take_number, use_wide_vectors

AHEAD = 4  # pairs by which rows are fetched before they are needed
LARGE_DIFFERENCE = np.float32(0.5)  # weighted differences from which the exact step is guarded

TrainTiles: TypeAlias = Callable[..., None]


@inlined
def exact_step(
    words: NDArray[np.float32],
    contexts: NDArray[np.float32],
    word: np.uint64,
    context: np.uint64,
    padded: np.uint64,
    difference: np.float32,
    weighted: np.float32,
    rate: np.float32,
    clip: np.float32,
) -> None:
    """One AdaGrad step of two vectors, with a sum of squared steps for each number.

    Stanford's rule (``src/glove.c``): gradients are clipped before η, and the step uses the sum before it. A
    row is a vector and then its sums. A step that would carry the prediction beyond its aim is made as small
    as to meet it; that is looked at where the weighted difference is large, so that most steps cost nothing.
    """
    word_sums, context_sums = word + padded, context + padded
    step = weighted * rate
    if abs(weighted) > LARGE_DIFFERENCE:
        effect = np.float32(0)  # of a step of 1 on the prediction
        for d in range(padded):
            w, c = words[word + d], contexts[context + d]
            effect += c * c / np.sqrt(words[word_sums + d]) + w * w / np.sqrt(contexts[context_sums + d])
        if abs(step) * effect > abs(difference):
            step = difference / effect
    largest = clip * rate
    for d in range(padded):
        w, c = words[word + d], contexts[context + d]
        word_sum, context_sum = words[word_sums + d], contexts[context_sums + d]
        word_step = min(max(step * c, -largest), largest)
        context_step = min(max(step * w, -largest), largest)
        words[word + d] = w - word_step / np.sqrt(word_sum)
        contexts[context + d] = c - context_step / np.sqrt(context_sum)
        words[word_sums + d] = word_sum + word_step * word_step
        contexts[context_sums + d] = context_sum + context_step * context_step


@inlined
def fast_step(
    words: NDArray[np.float32],
    contexts: NDArray[np.float32],
    word: np.uint64,
    context: np.uint64,
    padded: np.uint64,
    dimension: int,
    difference: np.float32,
    weighted: np.float32,
    rate: np.float32,
    clip: np.float32,
    word_bias: NDArray[np.float32],
    context_bias: NDArray[np.float32],
) -> None:
    """As `exact_step`, with one sum for a whole vector: half the memory to move.

    The sum stands behind the bias and its sum. It holds the mean over the numbers of a vector, and is added
    to before the step, which bounds the step. Each step is guarded.
    """
    word_square, context_square = np.float32(0), np.float32(0)
    for d in range(padded):
        w, c = words[word + d], contexts[context + d]
        word_square += w * w
        context_square += c * c
    step = min(max(weighted, -clip), clip) * rate
    share = step * step / np.float32(dimension)
    word_bias[2] += share * context_square
    context_bias[2] += share * word_square
    word_step, context_step = step / np.sqrt(word_bias[2]), step / np.sqrt(context_bias[2])
    change = abs(word_step * context_square + context_step * word_square)
    if change > abs(difference):
        word_step *= abs(difference) / change
        context_step *= abs(difference) / change
    for d in range(padded):
        w, c = words[word + d], contexts[context + d]
        words[word + d] = w - word_step * c
        contexts[context + d] = c - context_step * w


@inlined
def train_pair(
    pair: int,
    pair_places: NDArray[np.int32],
    pair_values: NDArray[np.float32],
    words: NDArray[np.float32],
    contexts: NDArray[np.float32],
    word_biases: NDArray[np.float32],
    context_biases: NDArray[np.float32],
    width: np.uint64,
    padded: np.uint64,
    dimension: int,
    rate: np.float32,
    clip: np.float32,
    is_fast: bool,
) -> float:
    """One step for a pair; returns f diff² before it. The biases step with the plain weighted difference."""
    # Unsigned, so that no check for a negative index is made.
    i, j = np.uint64(pair_places[pair, 0]), np.uint64(pair_places[pair, 1])
    word, context = i * width, j * width
    word_bias, context_bias = word_biases[i], context_biases[j]
    product = np.float32(0)
    for d in range(padded):
        product += words[word + d] * contexts[context + d]
    difference = product + word_bias[0] + context_bias[0] - pair_values[pair, 0]
    weighted = pair_values[pair, 1] * difference
    if is_fast:
        fast_step(
            words, contexts, word, context, padded, dimension,
            difference, weighted, rate, clip, word_bias, context_bias,
        )  # fmt: skip
    else:
        exact_step(
            words, contexts, word, context, padded,
            difference, weighted, rate, clip,
        )  # fmt: skip
    for bias in (word_bias, context_bias):
        bias[0] -= weighted / np.sqrt(bias[1])
        bias[1] += weighted * weighted
    return float(weighted * difference)


@cache
def training_kernel(padded_length: int, is_fast: bool) -> TrainTiles:
    """The kernel for vectors that are kept as so many numbers, a multiple of 16.

    Called with the arrays of `core.training_cpu`, it takes one tile after another off a shared list until
    none is left, trains its pairs, and writes the tile's sum of ½ f diff².
    """
    row_length = padded_length * (1 if is_fast else 2)

    def train_tiles(
        counter: NDArray[np.int64],
        tiles: NDArray[np.int64],
        first_pairs: NDArray[np.int64],
        pair_places: NDArray[np.int32],
        pair_values: NDArray[np.float32],
        words: NDArray[np.float32],
        contexts: NDArray[np.float32],
        word_biases: NDArray[np.float32],
        context_biases: NDArray[np.float32],
        dimension: int,
        rate: np.float32,
        clip: np.float32,
        losses: NDArray[np.float64],
    ) -> None:
        use_wide_vectors()
        width, padded = np.uint64(row_length), np.uint64(padded_length)
        while True:
            number = take_number(counter)
            if number >= len(tiles):
                return
            loss = 0.0
            last = first_pairs[tiles[number] + 1] - 1
            for pair in range(first_pairs[tiles[number]], last + 1):
                soon = min(pair + AHEAD, last)
                prefetch(words, np.uint64(pair_places[soon, 0]) * width, row_length)
                prefetch(contexts, np.uint64(pair_places[soon, 1]) * width, row_length)
                loss += train_pair(
                    pair, pair_places, pair_values, words, contexts, word_biases, context_biases,
                    width, padded, dimension, rate, clip, is_fast,
                )  # fmt: skip
            losses[number] = 0.5 * loss

    return reordering_kernel(train_tiles)
