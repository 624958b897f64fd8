"""Compiled: the best answers to many analogies and the places of the expected ones, within bounds of float32.

Every score is known to within its slack. What that does not decide is listed, to be scored again exactly.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gloveui.core.kernels import kernel, reordering_kernel
from gloveui.core.machine_hints import use_wide_vectors

ADD, MULTIPLY = range(2)
CLOSE = 128  # columns
ROOM = 16  # words that are listed for a question; where more are undecided, all words are scored exactly

# Cosines come rounded from float64, off by 2⁻²⁴ of themselves at most, as each step that follows: 6e-8.
ADD_SLACK = np.float32(3e-7)  # of |a| + |b| + |c|: five such steps
SHARE_SLACK = np.float32(7e-8)  # of a cosine moved to 0 … 1: 2⁻²⁵ for itself, and as much for moving it
SCORE_SLACK = np.float32(6e-7)  # of 3CosMul itself: a quotient may be off by four steps
EPSILON = np.float32(0.001)  # that of 3CosMul
NONE, HALF, ONE = np.float32(0.0), np.float32(0.5), np.float32(1.0)

Float32s = NDArray[np.float32]
Float64s = NDArray[np.float64]
Int64s = NDArray[np.int64]


@reordering_kernel
def count_words(
    cosines: Float32s, a: int, b: int, c: int, method: int, first: int, last: int,
    best_lower: float, expected_low: float, expected_high: float,
) -> tuple[int, int, int]:  # fmt: skip
    """How many words may be the best, are surely above the expected one, and may be or are.

    Counts, and in float32 like the scores: so the processor takes sixteen words at a time, which it does not
    for the largest score or for whole numbers. They are exact below 2²⁴.
    """
    to_a, to_b, to_c = cosines[a], cosines[b], cosines[c]
    best, low, high = np.float32(best_lower), np.float32(expected_low), np.float32(expected_high)
    candidates, surely, maybe = NONE, NONE, NONE
    if method == ADD:
        for word in range(np.uint64(first), np.uint64(last)):
            score = to_b[word] - to_a[word] + to_c[word]
            slack = ADD_SLACK * (abs(to_a[word]) + abs(to_b[word]) + abs(to_c[word]))
            candidates += ONE if score + slack >= best else NONE
            surely += ONE if score - slack > high else NONE
            maybe += ONE if score + slack >= low else NONE
        return int(candidates), int(surely), int(maybe)
    for word in range(np.uint64(first), np.uint64(last)):
        near_b, near_c = HALF * to_b[word] + HALF, HALF * to_c[word] + HALF
        inverse = ONE / (HALF * to_a[word] + HALF + EPSILON)
        score = near_b * near_c * inverse
        slack = (SHARE_SLACK * (near_b + near_c) + SCORE_SLACK * score) * inverse
        candidates += ONE if score + slack >= best else NONE
        surely += ONE if score - slack > high else NONE
        maybe += ONE if score + slack >= low else NONE
    return int(candidates), int(surely), int(maybe)


@kernel
def score_bounds(to_a: float, to_b: float, to_c: float, method: int) -> tuple[float, float]:
    """The least and the most that one score can be."""
    a, b, c = np.float64(to_a), np.float64(to_b), np.float64(to_c)
    if method == ADD:
        slack = ADD_SLACK * (abs(a) + abs(b) + abs(c))
        return b - a + c - slack, b - a + c + slack
    b, c, inverse = 0.5 * b + 0.5, 0.5 * c + 0.5, 1.0 / (0.5 * a + 0.5 + 0.001)
    slack = (SHARE_SLACK * (b + c) + SCORE_SLACK * b * c * inverse) * inverse
    return b * c * inverse - slack, b * c * inverse + slack


@kernel
def list_word(word: int, upper: float, listed: Int64s, uppers: Float64s, size: int, least: float) -> int:
    """Add a word after those whose upper bound reaches `least`; the new size, ROOM + 1 without room."""
    if size > ROOM:
        return size
    kept = 0
    for place in range(size):
        if uppers[place] >= least:
            listed[kept], uppers[kept] = listed[place], uppers[place]
            kept += 1
    if kept == ROOM:
        return ROOM + 1
    listed[kept], uppers[kept] = word, upper
    return kept + 1


@kernel
def answer_block(
    cosines: Float32s, given: NDArray[np.int32], skipped: Int64s, ids: Int64s, method: int,
    first: int, last: int, best_lower: Float64s, best: Int64s, best_uppers: Float64s, best_sizes: Int64s,
    expected: Float64s, above: Int64s, near: Int64s, near_sizes: Int64s,
) -> None:  # fmt: skip
    """Let the questions from `first` to before `last` meet a block of words.

    `cosines` has a row for each given word and a column for each word of the block, `given` the three rows of
    each question, `skipped` the columns that may not answer it (ascending, the width where there is none),
    `ids` the word of each column. `expected` has the bounds of the expected score, both beyond all others
    where no place is asked for. The rest is what is known of each question.
    """
    use_wide_vectors()
    for question in range(first, last):
        a, b, c = given[question, 0], given[question, 1], given[question, 2]
        start = 0
        for cut in range(4):
            end = skipped[question, cut] if cut < 3 else len(ids)
            if start < end:
                low, high = expected[question, 0], expected[question, 1]
                candidates, surely, maybe = count_words(
                    cosines, a, b, c, method, start, end, best_lower[question], low, high
                )
                if candidates > 0 or maybe > surely:
                    surely = look_closer(
                        cosines, a, b, c, ids, method, start, end, question,
                        best_lower, best, best_uppers, best_sizes, low, high, near, near_sizes,
                    )  # fmt: skip
                above[question] += surely
            start = max(start, end + 1)


@kernel
def look_closer(
    cosines: Float32s, a: int, b: int, c: int, ids: Int64s, method: int, start: int, end: int, question: int,
    best_lower: Float64s, best: Int64s, best_uppers: Float64s, best_sizes: Int64s,
    low: float, high: float, near: Int64s, near_sizes: Int64s,
) -> int:  # fmt: skip
    """Go through some columns in small pieces, and list words; how many are surely above the expected one."""
    above = 0
    for first in range(start, end, CLOSE):
        last = min(first + CLOSE, end)
        candidates, surely, maybe = count_words(
            cosines, a, b, c, method, first, last, best_lower[question], low, high
        )
        if candidates > 0:
            list_best(
                cosines, a, b, c, ids, method, first, last, question,
                best_lower, best, best_uppers, best_sizes,
            )  # fmt: skip
        if maybe > surely:
            surely = list_near(
                cosines, a, b, c, ids, method, first, last, question, low, high, near, near_sizes
            )
        above += surely
    return above


@kernel
def list_best(
    cosines: Float32s, a: int, b: int, c: int, ids: Int64s, method: int, start: int, end: int,
    question: int, best_lower: Float64s, best: Int64s, best_uppers: Float64s, best_sizes: Int64s,
) -> None:  # fmt: skip
    """List the words that may be the best answer, and drop those that no longer may."""
    for column in range(start, end):
        lower, upper = score_bounds(cosines[a, column], cosines[b, column], cosines[c, column], method)
        if upper >= best_lower[question]:
            best_lower[question] = max(best_lower[question], lower)
            best_sizes[question] = list_word(
                ids[column], upper, best[question], best_uppers[question], best_sizes[question],
                best_lower[question],
            )  # fmt: skip


@kernel
def list_near(
    cosines: Float32s, a: int, b: int, c: int, ids: Int64s, method: int, start: int, end: int,
    question: int, low: float, high: float, near: Int64s, near_sizes: Int64s,
) -> int:  # fmt: skip
    """List the words whose scores may be on either side of the expected one; how many are surely above.

    These are counted anew, so that no word counts twice where a step is rounded in another way.
    """
    above = 0
    for column in range(start, end):
        lower, upper = score_bounds(cosines[a, column], cosines[b, column], cosines[c, column], method)
        if lower > high:
            above += 1
        elif upper >= low:
            if near_sizes[question] < ROOM:
                near[question, near_sizes[question]] = ids[column]
            near_sizes[question] = min(near_sizes[question] + 1, ROOM + 1)
    return above
