"""Compiled: sums of the counts, and logarithms, weights and predictions of long runs of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import inlined, kernel, reordering_kernel
from gloveui.core.machine_hints import prefetch, use_wide_vectors

AHEAD, FETCHED = 6, 112  # pairs by which a context's vector is fetched early, and how many of its numbers
# How a run of counts becomes values; see `fill_values`.
COUNT, LOG, SCALED, WEIGHT, PMI, PPMI, ERROR = range(7)

Float32s = NDArray[np.float32]

_ONE_HALF_ROOT = np.int32(0x3F3504F3)  # the bits of √½
_LOW_LOG_2, _HIGH_LOG_2 = np.float32(-2.12194440e-4), np.float32(0.693359375)  # their sum is log 2
_LOG_2_E = np.float32(1.44269504088896341)
_SMALLEST = np.float32(-87.0)  # e to this is still a normal number


@kernel
def add_sums(
    starts: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: Float32s,
    first: int,
    last: int,
    row_sums: NDArray[np.float64],
    column_sums: NDArray[np.float64],
) -> None:
    """Write the sums of rows ``first`` to ``last - 1``, and add their entries to those of the columns."""
    for word in range(first, last):
        total = 0.0
        for entry in range(starts[word], starts[word + 1]):
            total += values[entry]
            column_sums[columns[entry]] += values[entry]
        row_sums[word] = total


@inlined
def logarithm(number: np.float32) -> np.float32:
    """The natural logarithm of a normal number above 0, within 1e-7; unlike the library's it vectorises.

    Cephes' ``logf``: the number is 2^e (1 + f) with 1 + f between √½ and √2.
    """
    bits = np.float32(number).view(np.int32)
    exponent = np.int32(np.int32(bits - _ONE_HALF_ROOT) >> np.int32(23))
    mantissa = np.int32(bits - np.int32(exponent << np.int32(23)))
    f, e = mantissa.view(np.float32) - np.float32(1), np.float32(exponent)
    square = f * f
    series = np.float32(7.0376836292e-2) * f - np.float32(1.1514610310e-1)
    series = series * f + np.float32(1.1676998740e-1)
    series = series * f - np.float32(1.2420140846e-1)
    series = series * f + np.float32(1.4249322787e-1)
    series = series * f - np.float32(1.6668057665e-1)
    series = series * f + np.float32(2.0000714765e-1)
    series = series * f - np.float32(2.4999993993e-1)
    series = series * f + np.float32(3.3333331174e-1)
    rest = series * f * square + e * _LOW_LOG_2 - np.float32(0.5) * square
    return np.float32(f + rest + e * _HIGH_LOG_2)


@inlined
def exponential(power: np.float32) -> np.float32:
    """E to a power that is not above 0, within 1e-7 of it; never 0. Cephes' ``expf``."""
    power = max(power, _SMALLEST)
    twos = np.floor(power * _LOG_2_E + np.float32(0.5))
    f = power - twos * _HIGH_LOG_2 - twos * _LOW_LOG_2
    series = np.float32(1.9875691500e-4) * f + np.float32(1.3981999507e-3)
    series = series * f + np.float32(8.3334519073e-3)
    series = series * f + np.float32(4.1665795894e-2)
    series = series * f + np.float32(1.6666665459e-1)
    series = series * f + np.float32(5.0000001201e-1)
    bits = np.int32(np.int32(np.int32(twos) + np.int32(127)) << np.int32(23))
    return np.float32((series * f * f + f + np.float32(1)) * bits.view(np.float32))


@reordering_kernel
def fill_values(
    kind: int,
    values: Float32s,
    columns: NDArray[np.int32],
    first: int,
    size: int,
    row_term: np.float32,
    column_terms: Float32s,
    alpha: np.float32,
    filled: Float32s,
) -> None:
    """Write what is shown of the entries ``first`` to ``first + size - 1`` of one row.

    ``LOG`` is log X; ``SCALED`` X times the row's term; ``WEIGHT`` f(X), the row's term being log x_max;
    ``PMI`` log X + the row's term − the column's.
    """
    begin = np.uint64(first)
    if kind == COUNT:
        for k in range(np.uint64(size)):
            filled[k] = values[begin + k]
    elif kind == SCALED:
        for k in range(np.uint64(size)):
            filled[k] = values[begin + k] * row_term
    else:
        for k in range(np.uint64(size)):
            filled[k] = logarithm(values[begin + k])
    if kind == WEIGHT:
        for k in range(np.uint64(size)):
            filled[k] = exponential(alpha * min(filled[k] - row_term, np.float32(0)))
    elif kind in (PMI, PPMI):
        least = np.float32(0) if kind == PPMI else np.float32(-1e30)
        for k in range(np.uint64(size)):
            column = np.uint64(columns[begin + k])
            filled[k] = max(filled[k] + row_term - column_terms[column], least)


@reordering_kernel
def fill_errors(
    values: Float32s,
    columns: NDArray[np.int32],
    first: int,
    size: int,
    word: Float32s,
    contexts: Float32s,
    filled: Float32s,
) -> None:
    """Write how much more than log X the model predicts, for entries of the row of one word.

    `word` is the vector of the word, its bias and 1; `contexts`, 1-D, has as many numbers for each context
    word: its vector, 1 and its bias. Their product is the prediction.
    """
    use_wide_vectors()
    begin, width = np.uint64(first), np.uint64(len(word))
    for k in range(np.uint64(size)):
        filled[k] = logarithm(values[begin + k])
    last = begin + np.uint64(size - 1)
    for k in range(np.uint64(size)):
        soon = np.uint64(columns[min(begin + k + np.uint64(AHEAD), last)])
        prefetch(contexts, soon * width, FETCHED)
        context = np.uint64(columns[begin + k]) * width
        product = np.float32(0)
        for d in range(width):
            product += word[d] * contexts[context + d]
        filled[k] = product - filled[k]


@kernel
def find_first(ids: NDArray[np.int32], offset: int, firsts: NDArray[np.int64], missing: int) -> int:
    """Write where each word stands for the first time, and return how many are still missing.

    `offset` is the position of ``ids[0]`` in the text; a word not met yet has a later place in `firsts`.
    """
    for number in range(len(ids)):
        if missing == 0:
            return 0
        word = ids[number]
        if 0 <= word < len(firsts) and firsts[word] > offset + number:
            firsts[word] = offset + number
            missing -= 1
    return missing
