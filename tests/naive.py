"""Slow, obvious twins of the fast code: plain Python, fractions and float64, one step at a time."""

from __future__ import annotations

import math
import struct
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.glove import GloveParameters

LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
JOINERS = "'’-‐"
CLOSING = "\"'”’»)]"
CLOSING_FULL_WIDTH = "」』”’）"

Float64 = NDArray[np.float64]
Counts = dict[tuple[str, str], Fraction]


def lines(text: str) -> list[str]:
    """NFC lines of a text, empty ones left out."""
    found = [""]
    for character in unicodedata.normalize("NFC", text):
        if character in LINE_ENDS:
            found.append("")
        else:
            found[-1] += character
    return [line for line in found if line]


def sentences_of_line(line: str) -> list[str]:
    """A line cut after . ! ? that white space follows, and after the full-width marks."""
    found = [""]
    place = 0
    while place < len(line):
        end = sentence_end(line, place)
        if end is None:
            found[-1] += line[place]
            place += 1
        else:
            found[-1] += line[place:end]
            found.append("")
            place = end
    return found


def sentence_end(line: str, place: int) -> int | None:
    """Where the sentence ends whose last mark is at `place`; None if there is no such mark."""
    if line[place] in "。！？":
        return place + 1 + min(3, run_of(CLOSING_FULL_WIDTH, line, place + 1))
    if line[place] not in ".!?":
        return None
    closing = run_of(CLOSING, line, place + 1)
    end = place + 1 + closing
    is_end = closing <= 3 and end < len(line) and line[end].isspace()
    return end if is_end else None


def run_of(characters: str, line: str, place: int) -> int:
    """How many of these characters follow one another from `place` on."""
    length = 0
    while place + length < len(line) and line[place + length] in characters:
        length += 1
    return length


def words_of_line(line: str, lower: bool = True) -> list[str]:
    """Letters and digits with their marks, joined by an apostrophe or hyphen between two of them."""
    if lower:
        line = unicodedata.normalize("NFC", line.lower())
    found = [""]
    for place, character in enumerate(line):
        kind = unicodedata.category(character)[0]
        following = unicodedata.category(line[place + 1])[0] if place + 1 < len(line) else "Z"
        starts_or_goes_on = kind in "LN" or (kind == "M" and found[-1] != "")
        joins = character in JOINERS and found[-1] != "" and following in "LN"
        if starts_or_goes_on or joins:
            found[-1] += character
        else:
            found.append("")
    return [word for word in found if word]


def stretches_of_line(line: str, lower: bool = True) -> list[str]:
    """What stands between white space; U+001F is some only where a sentence ends."""
    if lower:
        line = unicodedata.normalize("NFC", line.lower())
    found = [""]
    for character in line:
        if character.isspace() and character != "\x1f":
            found.append("")
        else:
            found[-1] += character
    return [stretch for stretch in found if stretch]


def sentences(
    text: str,
    lower: bool = True,
    split_sentences: bool = False,
    tokenizer: str = "words",
    drop_bracketed: bool = False,
    drop_numbers: bool = False,
    stop_words: Collection[str] = (),
) -> list[list[str]]:
    """The words of each sentence that has one."""
    whole = [without_bracketed(line) if drop_bracketed else line for line in lines(text)]
    parts = [part for line in whole for part in (sentences_of_line(line) if split_sentences else [line])]
    words_of = words_of_line if tokenizer == "words" else stretches_of_line
    cut = [words_of(part, lower) for part in parts]
    left = [
        [word for word in words if word not in stop_words and not (drop_numbers and is_number(word))]
        for words in cut
    ]
    return [words for words in left if words]


def without_bracketed(line: str) -> str:
    """The line with spaces for the first bracket that closes one before it, and again until none does."""
    for end, closing in enumerate(line):
        opening = {")": "(", "]": "[", "）": "（", "］": "［", "】": "【"}.get(closing)
        start = line.rfind(opening, 0, end) if opening else -1
        if start >= 0:
            return without_bracketed(line[:start] + " " * (end + 1 - start) + line[end + 1 :])
    return line


def is_number(word: str) -> bool:
    """Whether it has a digit and no letter."""
    kinds = {unicodedata.category(character)[0] for character in word}
    return "N" in kinds and "L" not in kinds


def word_counts(sentences: Iterable[Sequence[str]]) -> dict[str, int]:
    """How often each word occurs: most frequent first, ties in the order of the text."""
    counts: dict[str, int] = {}
    for sentence in sentences:
        for word in sentence:
            counts[word] = counts.get(word, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def kept_words(sentences: Iterable[Sequence[str]], options: CountOptions) -> list[str]:
    """Words that are frequent enough, at most `max_vocabulary` of them."""
    kept = [word for word, count in word_counts(sentences).items() if count >= options.min_count]
    return kept[: options.max_vocabulary] if options.max_vocabulary else kept


def cooccurrences(sentences: Sequence[Sequence[str]], options: CountOptions) -> Counts:
    """X as exact fractions, by word and context word."""
    kept = set(kept_words(sentences, options))
    counts: Counts = {}
    for sentence in sentences:
        words: list[str | None] = [word if word in kept else None for word in sentence]
        if not options.keep_positions:
            words = [word for word in words if word is not None]
        for i, word in enumerate(words):
            for j, context in enumerate(words):
                if word is not None and context is not None and is_looked_at(j - i, options):
                    share = Fraction(1, abs(j - i)) if options.weighting == "inverse" else Fraction(1)
                    counts[word, context] = counts.get((word, context), Fraction(0)) + share
    return counts


def is_looked_at(offset: int, options: CountOptions) -> bool:
    """Whether a word at this offset from the centre is in its window."""
    if options.direction == "left":
        return -options.window <= offset < 0
    if options.direction == "right":
        return 0 < offset <= options.window
    return 0 < abs(offset) <= options.window


def probability(counts: Counts, context: str, word: str) -> Fraction:
    """P(context | word); 0 for a word without any context."""
    total = sum((count for (first, _), count in counts.items() if first == word), Fraction(0))
    return counts.get((word, context), Fraction(0)) / total if total else Fraction(0)


def probability_ratio(
    counts: Counts, context: str, first: str, second: str, size: int, smoothing: float
) -> float:
    """P(context | first) / P(context | second) with `smoothing` added to every count; NaN for 0 / 0."""
    shares = [
        smoothed_probability(counts, context, word, size, Fraction(smoothing)) for word in (first, second)
    ]
    one, other = shares
    if one is None or other is None or one == other == 0:
        return math.nan
    return float(one / other) if other else math.inf


def smoothed_probability(
    counts: Counts, context: str, word: str, size: int, smoothing: Fraction
) -> Fraction | None:
    """P(context | word) with something added to each of `size` counts; None for nothing to divide by."""
    total = sum((count for (first, _), count in counts.items() if first == word), Fraction(0))
    divisor = total + smoothing * size
    return (counts.get((word, context), Fraction(0)) + smoothing) / divisor if divisor else None


def log_likelihood(counts: Counts, context: str, first: str, second: str) -> float:
    """Dunning's G² of the two by two table: first and second word, with this context and with any other."""
    found: list[list[float]] = [[], []]
    for row, word in zip(found, (first, second), strict=True):
        total = sum(float(count) for (one, _), count in counts.items() if one == word)
        here = float(counts.get((word, context), Fraction(0)))
        row.extend([here, total - here])
    everything = sum(map(sum, found))
    expected = [[sum(row) * sum(column) / everything for column in zip(*found, strict=True)] for row in found]
    return 2 * sum(
        cell * math.log(cell / other)
        for row, others in zip(found, expected, strict=True)
        for cell, other in zip(row, others, strict=True)
        if cell > 0
    )


def predicted_logarithm(parameters: GloveParameters, word: int, context: int) -> float:
    """w_i·w̃_k + b_i + b̃_k."""
    vectors = zip(parameters.word_vectors[word], parameters.context_vectors[context], strict=True)
    product = sum(float(w) * float(c) for w, c in vectors)
    return product + float(parameters.word_biases[word]) + float(parameters.context_biases[context])


def weight(count: float, x_max: float, alpha: float) -> float:
    """f(X), equation 9 of the paper."""
    return (count / x_max) ** alpha if count < x_max else 1.0


class Model:
    """The parameters of GloVe in float64 with their AdaGrad sums, trained one number at a time."""

    def __init__(self, words: Float64, contexts: Float64, word_biases: Float64, context_biases: Float64):
        """Take vectors, shape (V, D), and biases, shape (V,); all sums begin at 1."""
        self.words, self.contexts = words.astype(np.float64), contexts.astype(np.float64)
        self.word_biases, self.context_biases = (
            word_biases.astype(np.float64),
            context_biases.astype(np.float64),
        )
        self.word_sums, self.context_sums = np.ones_like(self.words), np.ones_like(self.contexts)
        self.word_row_sums, self.context_row_sums = np.ones(len(words)), np.ones(len(contexts))
        self.word_bias_sums = np.ones_like(self.word_biases)
        self.context_bias_sums = np.ones_like(self.context_biases)

    def difference(self, i: int, j: int, count: float) -> float:
        """w_i·w̃_j + b_i + b̃_j − log X_ij."""
        product = sum(float(w) * float(c) for w, c in zip(self.words[i], self.contexts[j], strict=True))
        return product + float(self.word_biases[i]) + float(self.context_biases[j]) - math.log(count)

    def step(self, i: int, j: int, count: float, f: float, learning_rate: float, clip: float) -> float:
        """One step for one pair, as in Stanford's ``src/glove.c``; returns ½ f diff² before it.

        A step that would more than close the difference is made as large as to close it, where the weighted
        difference is above ½.
        """
        difference = self.difference(i, j, count)
        gradient = f * difference
        step = learning_rate * gradient
        effect = sum(
            self.contexts[j, d] ** 2 / math.sqrt(self.word_sums[i, d])
            + self.words[i, d] ** 2 / math.sqrt(self.context_sums[j, d])
            for d in range(self.words.shape[1])
        )
        if abs(gradient) > 0.5 and abs(step) * effect > abs(difference):
            step = difference / effect
        largest = learning_rate * clip
        for d in range(self.words.shape[1]):
            w, c = self.words[i, d], self.contexts[j, d]
            word_step = max(-largest, min(largest, step * c))
            context_step = max(-largest, min(largest, step * w))
            self.words[i, d] -= word_step / math.sqrt(self.word_sums[i, d])
            self.contexts[j, d] -= context_step / math.sqrt(self.context_sums[j, d])
            self.word_sums[i, d] += word_step**2
            self.context_sums[j, d] += context_step**2
        self._step_biases(i, j, gradient)
        return 0.5 * f * difference**2

    def fast_step(self, i: int, j: int, count: float, f: float, learning_rate: float, clip: float) -> float:
        """As `step` with one sum a row, added to before the step; every step is guarded."""
        difference = self.difference(i, j, count)
        gradient = f * difference
        w, c = self.words[i].copy(), self.contexts[j].copy()
        step = learning_rate * max(-clip, min(clip, gradient))
        self.word_row_sums[i] += step**2 * np.mean(c**2)
        self.context_row_sums[j] += step**2 * np.mean(w**2)
        word_step = step / math.sqrt(self.word_row_sums[i])
        context_step = step / math.sqrt(self.context_row_sums[j])
        change = abs(word_step * np.sum(c**2) + context_step * np.sum(w**2))
        share = min(1.0, abs(difference) / change) if change else 1.0
        self.words[i] = w - share * word_step * c
        self.contexts[j] = c - share * context_step * w
        self._step_biases(i, j, gradient)
        return 0.5 * f * difference**2

    def _step_biases(self, i: int, j: int, gradient: float) -> None:
        self.word_biases[i] -= gradient / math.sqrt(self.word_bias_sums[i])
        self.context_biases[j] -= gradient / math.sqrt(self.context_bias_sums[j])
        self.word_bias_sums[i] += gradient**2
        self.context_bias_sums[j] += gradient**2


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Cosine of two vectors; 0 where one is all zeros."""
    lengths = math.hypot(*one) * math.hypot(*other)
    return sum(a * b for a, b in zip(one, other, strict=True)) / lengths if lengths else 0.0


def neighbours(vectors: Mapping[str, Sequence[float]], word: str, k: int) -> list[tuple[str, float]]:
    """The words with the highest cosines."""
    scores = [(other, cosine(vector, vectors[word])) for other, vector in vectors.items() if other != word]
    return sorted(scores, key=lambda item: -item[1])[:k]


def analogy(
    vectors: Mapping[str, Sequence[float]], a: str, b: str, c: str, k: int
) -> list[tuple[str, float]]:
    """3CosAdd: the words d with the largest cos(d, b) − cos(d, a) + cos(d, c)."""
    scores = [
        (d, cosine(vector, vectors[b]) - cosine(vector, vectors[a]) + cosine(vector, vectors[c]))
        for d, vector in vectors.items()
        if d not in (a, b, c)
    ]
    return sorted(scores, key=lambda item: -item[1])[:k]


def word2vec_loss(
    examples: Iterable[tuple[Sequence[int], int, Sequence[int]]], vectors: Float64, outputs: Float64
) -> float:
    """The mean over context words, a word and what is drawn against it, of −log σ(h·o) − Σ log σ(−h·o')."""
    losses = []
    for contexts, target, drawn in examples:
        hidden = sum(vectors[word] for word in contexts) / len(contexts)
        wrong = [word for word in drawn if word != target]
        products = [hidden @ outputs[target], *(-hidden @ outputs[word] for word in wrong)]
        losses.append(sum(math.log1p(math.exp(-product)) for product in products))
    return sum(losses) / len(losses)


def lookup_rows(vectors: Mapping[str, Sequence[float]]) -> dict[str, list[float]]:
    """``<unk>`` (the mean of the last 100 words), ``<pad>`` (zeros), then the words; own rows win."""
    own = {word: list(vector) for word, vector in vectors.items() if word not in ("<unk>", "<pad>")}
    rarest = list(own.values())[-100:]
    mean = [sum(column) / len(rarest) for column in zip(*rarest, strict=True)]
    special = {"<unk>": mean, "<pad>": [0.0] * len(mean)}
    for word in special:
        if word in vectors:
            special[word] = list(vectors[word])
    return {**special, **own}


def places(
    sentences: Sequence[Sequence[str]], options: CountOptions, word: str, context: str
) -> list[tuple[int, int, int, Fraction]]:
    """Positions of a word and of a context word that count, their distance, and what that adds.

    Positions are counted through the whole text, with one for each sentence's end. A word beside itself comes
    once for the two of them, with what both add.
    """
    kept = set(kept_words(sentences, options))
    found: dict[tuple[int, int], tuple[int, int, int, Fraction]] = {}
    offset = 0
    for sentence in sentences:
        numbered = [
            (offset + place, one if one in kept else None)
            for place, one in enumerate(sentence)
            if one in kept or options.keep_positions
        ]
        for i, (centre, first) in enumerate(numbered):
            for j, (other, second) in enumerate(numbered):
                if first == word and second == context and is_looked_at(j - i, options):
                    share = Fraction(1, abs(j - i)) if options.weighting == "inverse" else Fraction(1)
                    key = (min(centre, other), max(centre, other)) if word == context else (centre, other)
                    before = found.get(key, (*key, abs(j - i), Fraction(0)))
                    found[key] = (*before[:3], before[3] + share)
        offset += len(sentence) + 1
    return list(found.values())


def text_vectors(content: bytes, dimension: int) -> dict[str, NDArray[np.float32]]:
    """The words and numbers on lines of text; the first of equal words, and rows of finite numbers alone."""
    vectors: dict[str, NDArray[np.float32]] = {}
    for line in content.split(b"\n"):
        fields = line.rstrip(b" \r").split(b" ")
        word = unicodedata.normalize("NFC", b" ".join(fields[:-dimension]).decode("utf-8", "replace"))
        with np.errstate(over="ignore"):
            row = np.array([float(field) for field in fields[-dimension:] if word], np.float32)
        if word and word not in vectors and all(map(math.isfinite, row)):
            vectors[word] = row
    return vectors


def dense_counts(matrix: CooccurrenceMatrix) -> NDArray[np.float64]:
    """X with its zeros."""
    return matrix.to_scipy().toarray().astype(np.float64)


def lsa_table(matrix: CooccurrenceMatrix, transform: str) -> NDArray[np.float64]:
    """What LSA decomposes, cell by cell."""
    counts = dense_counts(matrix)
    if transform == "counts":
        return counts
    table = np.log(1 + counts)
    if transform == "tf-idf":
        for context in range(len(counts)):
            words_beside = sum(counts[:, context] > 0)
            table[:, context] *= math.log(len(counts) / words_beside) if words_beside else 0.0
    return table


def ppmi_table(matrix: CooccurrenceMatrix, shift: float, smoothing: float) -> NDArray[np.float64]:
    """Shifted positive PMI with smoothed contexts, pair by pair."""
    counts = dense_counts(matrix)
    contexts = counts.sum(axis=0) ** smoothing
    chances = contexts / contexts.sum()
    table = np.zeros_like(counts)
    for word, context in zip(*np.nonzero(counts), strict=True):
        joint = counts[word, context] / counts.sum()
        alone = counts[word].sum() / counts.sum() * chances[context]
        table[word, context] = max(0.0, math.log(joint / alone) - math.log(shift))
    return table


def svd_vectors(table: NDArray[np.float64], dimension: int, exponent: float) -> NDArray[np.float64]:
    """U·Sᵖ, the largest number of each direction positive."""
    left, values, _ = np.linalg.svd(table)
    left = left[:, :dimension]
    signs = np.sign(left[np.abs(left).argmax(axis=0), np.arange(dimension)])
    return left * signs * values[:dimension] ** exponent


def fasttext_vectors(content: bytes) -> dict[str, NDArray[np.float32]]:
    """The word vectors of a model of fastText: each the mean of its own row and those of its parts."""
    dimension, *_, buckets, least, most, _, _ = struct.unpack_from("<12id", content, 8)
    _, words, _, _, _ = struct.unpack_from("<3iqq", content, 64)
    place, names = 92, []
    for _ in range(words):
        name, _, _ = content[place:].partition(b"\0")
        names.append(name)
        place += len(name) + 10
    rows, _ = struct.unpack_from("<qq", content, place + 1)
    matrix = np.frombuffer(content, "<f4", rows * dimension, place + 17).reshape(rows, dimension)
    vectors: dict[str, NDArray[np.float32]] = {}
    for index, name in enumerate(names):
        word = unicodedata.normalize("NFC", name.decode("utf-8", "replace"))
        if not word or word in vectors:
            continue
        parts = [] if name == b"</s>" or not buckets else _fasttext_parts(name, least, most)
        vector = matrix[index].copy()
        for part in parts:
            vector += matrix[words + _fasttext_hash(part) % buckets]
        vectors[word] = vector / np.float32(1 + len(parts)) if parts else vector
    return vectors


def _fasttext_parts(name: bytes, least: int, most: int) -> list[bytes]:
    """All runs of so many characters of a word between ``<`` and ``>``, but these two alone."""
    whole = b"<" + name + b">"
    starts = [place for place, byte in enumerate(whole) if byte & 0xC0 != 0x80]
    ends = [*starts[1:], len(whole)]
    runs = [
        (first, first + length)
        for first in range(len(starts))
        for length in range(max(1, least), min(most, len(starts) - first) + 1)
    ]
    edges = ((0, 1), (len(starts) - 1, len(starts)))
    return [whole[starts[first] : ends[last - 1]] for first, last in runs if (first, last) not in edges]


def _fasttext_hash(part: bytes) -> int:
    value = 2166136261
    for byte in part:
        value = ((value ^ (byte if byte < 128 else byte | 0xFFFFFF00)) * 16777619) % 2**32
    return value
