"""Training a tile of pairs on a CUDA device: one warp goes through them one after the other.

Functions here are compiled by Triton, which knows Python's words but not its objects. A row of the parameters
is a vector, its bias, and zeros up to size numbers, a multiple of 8 (32 bytes are the least that is moved).
Behind them lie in the exact mode as many sums; in the fast mode the one sum of the vector, the sum of the
bias, and six unused. Either way each number meets its sum in a lane, and the bias is one number more.

The rows of the next pair are asked for before those of the present one are changed. Where both are the same
row, what was just computed is used instead. A barrier lets a warp see at its next pair but one what it wrote.
"""

# mypy: disable-error-code="no-untyped-def,untyped-decorator"

from __future__ import annotations

import triton
import triton.language as tl

LARGE_DIFFERENCE = tl.constexpr(0.5)  # weighted differences from which the exact step is guarded


@triton.jit
def clipped(value, largest):
    """The value, at least −largest and at most largest."""
    return tl.minimum(tl.maximum(value, -largest), largest)


@triton.jit
def two_numbers(pairs, pair):
    """The two numbers kept for a pair."""
    return tl.load(pairs + 2 * pair), tl.load(pairs + 2 * pair + 1)


@triton.jit
def row(rows, number, lane, sum_lane, size: tl.constexpr, width: tl.constexpr):
    """Where a row begins, its vector with bias, and the sum of each of these numbers."""
    start = rows + number.to(tl.int64) * width
    return start, tl.load(start + lane, lane < size, 0.0), tl.load(start + sum_lane, lane < size, 1.0)


@triton.jit
def exact_step(w, c, word_sums, context_sums, is_bias, difference, weighted, rate, clip):
    """Vectors and sums after the step of `core.training_kernels.exact_step`."""
    word_scale, context_scale = tl.rsqrt(word_sums), tl.rsqrt(context_sums)
    step = weighted * rate
    if tl.abs(weighted) > LARGE_DIFFERENCE:
        effect = tl.sum(tl.where(is_bias, 0.0, c * c * word_scale + w * w * context_scale))
        if tl.abs(step) * effect > tl.abs(difference):
            step = difference / effect
    word_step = tl.where(is_bias, weighted, clipped(step * c, clip * rate))
    context_step = tl.where(is_bias, weighted, clipped(step * w, clip * rate))
    w -= word_step * word_scale
    c -= context_step * context_scale
    return w, c, word_sums + word_step * word_step, context_sums + context_step * context_step


@triton.jit
def fast_step(
    w, c, word_sums, context_sums, is_bias, difference, weighted, rate, clip, dimension: tl.constexpr
):  # fmt: skip
    """Vectors and sums after the step of `core.training_kernels.fast_step`."""
    word_square = tl.sum(tl.where(is_bias, 0.0, w * w))
    context_square = tl.sum(tl.where(is_bias, 0.0, c * c))
    step = clipped(weighted, clip) * rate
    share = step * step / dimension
    word_bias_step, context_bias_step = weighted * tl.rsqrt(word_sums), weighted * tl.rsqrt(context_sums)
    word_sums += tl.where(is_bias, weighted * weighted, share * context_square)
    context_sums += tl.where(is_bias, weighted * weighted, share * word_square)
    word_step, context_step = step * tl.rsqrt(word_sums), step * tl.rsqrt(context_sums)
    change = tl.abs(word_step * context_square + context_step * word_square)
    held = tl.where(change > tl.abs(difference), tl.abs(difference) / change, 1.0)
    new_w = w - tl.where(is_bias, word_bias_step, held * word_step * c)
    new_c = c - tl.where(is_bias, context_bias_step, held * context_step * w)
    return new_w, new_c, word_sums, context_sums


@triton.jit(do_not_specialize=["number", "slot"])
def train_tiles(
    order, first_pairs, places, values, words, contexts, losses, number, slot, rate, clip,
    dimension: tl.constexpr, size: tl.constexpr, width: tl.constexpr, lanes: tl.constexpr,
    is_fast: tl.constexpr,
):  # fmt: skip
    """One round: program p trains the tile ``order[number, p]``; no two tiles share a word.

    Its sum of ½ f diff² goes to ``losses[slot, p]``. Rows have `width` numbers; `lanes` is a power of
    two, `size` or more.
    """
    program, programs = tl.program_id(0), tl.num_programs(0)
    tile = tl.load(order + number * programs + program)
    first, last = tl.load(first_pairs + tile), tl.load(first_pairs + tile + 1)
    lane = tl.arange(0, lanes)
    kept, is_bias = lane < size, lane == dimension
    sum_lane, kept_sums = size + lane, kept
    if is_fast:
        sum_lane, kept_sums = tl.where(is_bias, size + 1, size), (lane == 0) | is_bias
    loss = tl.full((), 0.0, tl.float64)
    if first < last:
        i, j = two_numbers(places, first)
        log_count, f = two_numbers(values, first)
        word, w, word_sums = row(words, i, lane, sum_lane, size, width)
        context, c, context_sums = row(contexts, j, lane, sum_lane, size, width)
        next_i, next_j = two_numbers(places, tl.minimum(first + 1, last - 1))
        for pair in range(first, last):
            next_word, next_w, next_word_sums = row(words, next_i, lane, sum_lane, size, width)
            next_context, next_c, next_context_sums = row(contexts, next_j, lane, sum_lane, size, width)
            next_log_count, next_f = two_numbers(values, tl.minimum(pair + 1, last - 1))
            later_i, later_j = two_numbers(places, tl.minimum(pair + 2, last - 1))

            difference = tl.sum(tl.where(is_bias, w + c, w * c)) - log_count
            weighted = f * difference
            loss += (weighted * difference).to(tl.float64)
            if is_fast:
                w, c, word_sums, context_sums = fast_step(
                    w, c, word_sums, context_sums, is_bias, difference, weighted, rate, clip, dimension
                )
            else:
                w, c, word_sums, context_sums = exact_step(
                    w, c, word_sums, context_sums, is_bias, difference, weighted, rate, clip
                )
            tl.store(word + lane, w, kept)
            tl.store(word + sum_lane, word_sums, kept_sums)
            tl.store(context + lane, c, kept)
            tl.store(context + sum_lane, context_sums, kept_sums)
            tl.debug_barrier()

            is_same_word, is_same_context = next_i == i, next_j == j
            w, word_sums = (
                tl.where(is_same_word, w, next_w),
                tl.where(is_same_word, word_sums, next_word_sums),
            )
            c = tl.where(is_same_context, c, next_c)
            context_sums = tl.where(is_same_context, context_sums, next_context_sums)
            word, context, log_count, f = next_word, next_context, next_log_count, next_f
            i, j, next_i, next_j = next_i, next_j, later_i, later_j
    tl.store(losses + slot * programs + program, 0.5 * loss)
