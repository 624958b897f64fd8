"""Compiled: how counts are spread, and how well a model predicts them, pair by pair."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import inlined, kernel, reordering_kernel
from gloveui.core.machine_hints import prefetch, use_wide_vectors
from gloveui.core.quantity_kernels import exponential, logarithm

AHEAD = 8  # pairs by which context vectors are fetched before they are needed
FETCHED = 112  # numbers of one that are fetched: 7 cache lines

# Places of sums over pairs; f is the weight, l log X, p the prediction.
LOSS, F, F_L, F_L_L, L, L_L, P, P_P, L_P = range(9)
SUMS = 9
# Places of numbers of pairs, and of sums over a group of pairs.
BELOW, ABOVE, UNDEFINED = range(3)
OUTSIDE = 3
PAIRS, GROUP_LOSS, ERROR, DISTANCE = range(4)
GROUP_SUMS = 4

LARGEST_PREDICTION = np.float32(1e30)

Float32s = NDArray[np.float32]


@kernel
def add_upper_bits(values: Float32s, first: int, last: int, pairs: NDArray[np.int64]) -> None:
    """Count how often each number stands in the upper 16 bits of these values; `pairs` has shape (65536,)."""
    for entry in range(first, last):
        bits = np.float32(values[entry]).view(np.uint32)
        pairs[np.uint64(bits >> np.uint32(16))] += 1


@kernel
def add_lower_bits(
    values: Float32s, first: int, last: int, slots: NDArray[np.int8], pairs: NDArray[np.int64]
) -> None:
    """The same for the lower 16 bits, where ``slots[upper bits]`` is a row of `pairs` and not -1."""
    for entry in range(first, last):
        bits = np.float32(values[entry]).view(np.uint32)
        slot = slots[np.uint64(bits >> np.uint32(16))]
        if slot >= 0:
            pairs[slot, np.uint64(bits & np.uint32(0xFFFF))] += 1


@reordering_kernel
def fill_row(
    columns: NDArray[np.int32],
    values: Float32s,
    first: int,
    size: int,
    word: Float32s,
    word_bias: np.float32,
    contexts: Float32s,
    context_biases: Float32s,
    x_max: np.float32,
    alpha: np.float32,
    filled: NDArray[np.float32],
) -> None:
    """Write prediction, log X and f(X) of the entries of one row into the three rows of `filled`.

    `contexts` holds all context vectors one after another. Float32 throughout.
    """
    use_wide_vectors()
    begin, width = np.uint64(first), np.uint64(len(word))
    last = np.uint64(first + size - 1)
    log_x_max = np.float32(np.log(x_max))
    for k in range(np.uint64(size)):
        filled[1, k] = logarithm(values[begin + k])
    for k in range(np.uint64(size)):
        filled[2, k] = exponential(alpha * min(filled[1, k] - log_x_max, np.float32(0)))
    for k in range(np.uint64(size)):
        soon = min(begin + k + np.uint64(AHEAD), last)
        prefetch(contexts, np.uint64(columns[soon]) * width, FETCHED)
        context = np.uint64(columns[begin + k])
        place = context * width
        product = np.float32(0)
        for d in range(width):
            product += word[d] * contexts[place + d]
        filled[0, k] = product + word_bias + context_biases[context]


@kernel
def is_cheaper(costs: NDArray[np.float64], entries: NDArray[np.int64], one: int, other: int) -> bool:
    """Whether a pair comes behind another in the order of cost; of equal ones the first entry is dearer."""
    if costs[one] != costs[other]:
        return bool(costs[one] < costs[other])
    return bool(entries[one] > entries[other])


@kernel
def sink(costs: NDArray[np.float64], entries: NDArray[np.int64]) -> None:
    """Let the first of a heap, whose top is the cheapest, sink to where it belongs."""
    place, size = 0, len(costs)
    while True:
        least = place
        for child in (2 * place + 1, 2 * place + 2):
            if child < size and is_cheaper(costs, entries, child, least):
                least = child
        if least == place:
            return
        costs[place], costs[least] = costs[least], costs[place]
        entries[place], entries[least] = entries[least], entries[place]
        place = least


@inlined
def add_to_sums(sums: NDArray[np.float64], f: float, log: float, prediction: float) -> float:
    """Add a pair to the sums over all of them; returns its loss."""
    error = prediction - log
    loss = 0.5 * f * error * error
    sums[LOSS] += loss
    sums[F] += f
    sums[F_L] += f * log
    sums[F_L_L] += f * log * log
    sums[L] += log
    sums[L_L] += log * log
    sums[P] += prediction
    sums[P_P] += prediction * prediction
    sums[L_P] += log * prediction
    return loss


@inlined
def add_to_group(
    groups: NDArray[np.float64], bounds: Float32s, count: np.float32, loss: float, error: float
) -> None:
    """Add a pair to the sums over the group of its count."""
    group = 0
    for bound in bounds:
        group += count >= bound
    groups[group, PAIRS] += 1
    groups[group, GROUP_LOSS] += loss
    groups[group, ERROR] += error
    groups[group, DISTANCE] += abs(error)


@inlined
def add_to_density(
    density: NDArray[np.int64],
    outside: NDArray[np.int64],
    scale: tuple[float, float, float, float],
    log: float,
    prediction: float,
) -> None:
    """Add a pair to the bin of its log X and its prediction."""
    bins = density.shape[0]
    place = (prediction - scale[2]) * scale[3]
    if place < 0:
        outside[BELOW] += 1
    elif place >= bins:
        outside[ABOVE] += 1
    else:
        column = min(max(int((log - scale[0]) * scale[1]), 0), bins - 1)
        density[int(place), column] += 1


@kernel
def survey_rows(
    starts: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: Float32s,
    rows: tuple[int, int],
    words: Float32s,
    word_biases: Float32s,
    contexts: Float32s,
    context_biases: Float32s,
    weighting: tuple[float, float],
    bounds: Float32s,
    scale: tuple[float, float, float, float],
    filled: Float32s,
    density: NDArray[np.int64],
    sums: NDArray[np.float64],
    outside: NDArray[np.int64],
    groups: NDArray[np.float64],
    costs: NDArray[np.float64],
    entries: NDArray[np.int64],
) -> None:
    """Measure how well all pairs of some rows are predicted.

    Parameters
    ----------
    weighting
        x_max and α.
    bounds
        Counts at which another group of pairs begins, ascending.
    scale
        Smallest log X and bins for each 1 of it, and the same of predictions.
    filled
        Room: float32, shape (3, pairs of the longest row).
    density, sums, outside, groups
        Added to; see the constants above. ``density[prediction's bin, log X's bin]``.
    costs, entries
        A heap of the pairs that cost most, the cheapest of these first; begins with costs of -1.
    """
    for row in range(rows[0], rows[1]):
        first = starts[row]
        size = starts[row + 1] - first
        if size == 0:
            continue
        fill_row(
            columns, values, first, size, words[row], word_biases[row], contexts, context_biases,
            np.float32(weighting[0]), np.float32(weighting[1]), filled,
        )  # fmt: skip
        for k in range(size):
            if not abs(filled[0, k]) < LARGEST_PREDICTION:  # not a number, too
                outside[UNDEFINED] += 1
                continue
            prediction, log = float(filled[0, k]), float(filled[1, k])
            loss = add_to_sums(sums, float(filled[2, k]), log, prediction)
            add_to_group(groups, bounds, values[first + k], loss, prediction - log)
            add_to_density(density, outside, scale, log, prediction)
            if loss > costs[0]:  # entries come in their order: an equal one costs less
                costs[0], entries[0] = loss, first + k
                sink(costs, entries)
