"""What `torch.nn.Embedding` does with a sentence: words → ids → rows, and the same as one-hot × table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.lookup import (
    PADDING,
    PADDING_ID,
    SPECIAL_WORDS,
    UNKNOWN_ID,
    LookupTable,
    lookup_table,
    unknown_row,
)
from gloveui.core.progress import Progress, Task
from gloveui.core.vocabulary import Vocabulary

if TYPE_CHECKING:
    from torch import nn

# The example of the lecture: its text makes the vocabulary, the order of the words their ids.
LECTURE_TEXT = "you need to know how to code"
LECTURE_SENTENCE = "you need to run"
_LECTURE_ROWS = (
    (0.2, 0.9, 0.3),
    (0.1, 0.5, 0.7),
    (0.2, 0.1, 0.8),
    (0.4, 0.1, 0.1),
    (0.1, 0.8, 0.9),
    (0.6, 0.1, 0.1),
)
ROWS_AT_ONCE = 8192
MOST_ONE_HOT_WORDS = 1000  # up to which the product with a whole one-hot matrix is computed as well


def lecture_embedding() -> Embedding:
    """The rows that the lecture gives to the six words of ``LECTURE_TEXT``."""
    words = Vocabulary(dict.fromkeys(LECTURE_TEXT.split()))
    return Embedding(words, np.array(_LECTURE_ROWS, np.float32))


def lecture_table() -> LookupTable:
    """The 8 × 3 table of the lecture: rows of zeros for ``<unk>`` and ``<pad>`` before those of its words."""
    return lookup_table(lecture_embedding(), "zeros")


def with_rule(table: LookupTable, unknown: str) -> Task[LookupTable]:
    """The table with the row of ``<unk>`` by another rule; one that a file brought for it gives way, too."""
    vectors = np.empty_like(table.vectors)
    for first in range(0, len(table), ROWS_AT_ONCE):
        vectors[first : first + ROWS_AT_ONCE] = table.vectors[first : first + ROWS_AT_ONCE]
        yield Progress("preparing", first / len(table))
    if len(table) > len(SPECIAL_WORDS):
        vectors[UNKNOWN_ID] = unknown_row(table.vectors[len(SPECIAL_WORDS) :], unknown)
    vectors.setflags(write=False)
    return LookupTable(table.vocabulary, vectors)


@dataclass(frozen=True, eq=False)
class IdBatch:
    """Sentences of one length, as words and as ids.

    Attributes
    ----------
    words
        B sentences of L words each; what fills a short one up is ``<pad>``.
    ids
        int64, shape (B, L), read-only.
    lengths
        Words that each sentence had by itself.
    """

    words: tuple[tuple[str, ...], ...]
    ids: NDArray[np.int64]
    lengths: tuple[int, ...]

    @property
    def length(self) -> int:
        """L, words in each sentence."""
        return int(self.ids.shape[1])

    @property
    def cut_words(self) -> int:
        """Words that were left out, because their sentences are longer than L."""
        return sum(max(0, own - self.length) for own in self.lengths)

    def is_padding(self, sentence: int, place: int) -> bool:
        """Whether a place was filled up."""
        return place >= self.lengths[sentence]

    def is_unknown(self, sentence: int, place: int) -> bool:
        """Whether the table has no row for the word at a place."""
        return self.ids[sentence, place] == UNKNOWN_ID and self.words[sentence][place] != SPECIAL_WORDS[0]


def id_batch(table: LookupTable, sentences: Sequence[Sequence[str]], length: int = 0) -> IdBatch:
    """Sentences as ids, filled up with ``<pad>`` or cut at the end; a length of 0 is that of the longest."""
    length = length or max(map(len, sentences), default=0)
    words = tuple((*sentence[:length], *[PADDING] * (length - len(sentence))) for sentence in sentences)
    ids = np.array([table.ids(sentence) for sentence in words], np.int64).reshape(len(words), length)
    ids.setflags(write=False)
    return IdBatch(words, ids, tuple(map(len, sentences)))


def rows_in_sight(ids: NDArray[np.int64], size: int, most_whole: int = 12) -> tuple[int | None, ...]:
    """Ids of the rows of a table by which a sentence is explained; None stands for rows that are left out.

    Those of the sentence and the special ones; all, where the table has at most `most_whole`.
    """
    wanted = range(size) if size <= most_whole else sorted({UNKNOWN_ID, PADDING_ID, *ids.ravel().tolist()})
    shown: list[int | None] = []
    for index in wanted:
        if shown and shown[-1] != index - 1:
            shown.append(None)
        shown.append(index)
    return (*shown, None) if shown and shown[-1] != size - 1 else tuple(shown)


@dataclass(frozen=True, eq=False)
class OneHotProduct:
    """A sentence as one-hot rows times the table, in the columns that are shown.

    Attributes
    ----------
    columns
        int64, shape (C,): ids of the words that have a column; the others' columns hold nothing but zeros.
    one_hot
        float32, shape (n, C): a single 1 in each row.
    rows
        float32, shape (C, D): the rows of the table with these ids.
    block
        float32, shape (n, D): their matrix product.
    left_out
        Words of the vocabulary without a column.
    """

    columns: NDArray[np.int64]
    one_hot: NDArray[np.float32]
    rows: NDArray[np.float32]
    block: NDArray[np.float32]
    left_out: int

    def terms(self, row: int, dimension: int) -> list[tuple[float, float]]:
        """The products whose sum is a number of the block, as pairs of factors, a pair a column."""
        return list(zip(self.one_hot[row].tolist(), self.rows[:, dimension].tolist(), strict=True))


def one_hot_product(table: LookupTable, ids: NDArray[np.int64], most_columns: int = 12) -> OneHotProduct:
    """Multiply one-hot rows, int64 ids of shape (n,), by the table.

    A vocabulary of more than `most_columns` words is shown by the columns of the sentence's words.
    """
    columns = np.arange(len(table)) if len(table) <= most_columns else np.unique(ids)
    one_hot = (ids[:, None] == columns[None, :]).astype(np.float32)
    rows = table.rows(columns)
    return OneHotProduct(columns, one_hot, rows, one_hot @ rows, len(table) - len(columns))


def embedding_layer(embedding: Embedding, unknown: str = "rarest") -> nn.Embedding:
    """A `torch.nn.Embedding` of the look-up table: ``<unk>`` 0, ``<pad>`` 1, words from 2.

    `unknown` is the rule for the row of ``<unk>``: ``"rarest"``, ``"zeros"`` or ``"random"``.
    """
    rows = lookup_table(embedding, unknown).vectors
    rows.setflags(write=True)  # nobody else has them: they become the weights without one more copy
    return _layer_on(rows)


def layer_of(table: LookupTable) -> nn.Embedding:
    """A `torch.nn.Embedding` with a copy of the rows of a table, which back-propagation may change."""
    return _layer_on(table.vectors.copy())


def _layer_on(rows: NDArray[np.float32]) -> nn.Embedding:
    import torch

    size, dimension = rows.shape
    return torch.nn.Embedding(size, dimension, padding_idx=PADDING_ID, _weight=torch.from_numpy(rows))


@dataclass(frozen=True)
class Difference:
    """The first number in which the layer differs from the table."""

    index: int
    dimension: int
    of_table: float
    of_layer: float


@dataclass(frozen=True)
class LayerCheck:
    """What a comparison of a table with its `torch.nn.Embedding` found.

    Attributes
    ----------
    compared
        Numbers that were looked up and compared.
    difference
        None if all are equal.
    is_product_equal
        Whether one-hot × table gives the same; None where the vocabulary is too large for that.
    """

    num_embeddings: int
    embedding_dim: int
    padding_idx: int
    compared: int
    difference: Difference | None
    is_product_equal: bool | None


def compare_with_torch(table: LookupTable) -> Task[LayerCheck]:
    """Make a `torch.nn.Embedding`, look every id up in it, and compare each number with the table's."""
    import torch

    yield Progress("comparing", 0.0)
    layer = layer_of(table)
    difference, first = None, 0
    while difference is None and first < len(table):
        ids = torch.arange(first, min(first + ROWS_AT_ONCE, len(table)))
        with torch.no_grad():
            found = layer(ids).numpy()
        difference = _first_difference(table.vectors[first : first + len(ids)], found, first)
        first += len(ids)
        yield Progress("comparing", first / len(table))
    return LayerCheck(
        num_embeddings=layer.num_embeddings,
        embedding_dim=layer.embedding_dim,
        padding_idx=PADDING_ID,
        compared=first * table.dimension,
        difference=difference,
        is_product_equal=_is_product_equal(table, layer) if len(table) <= MOST_ONE_HOT_WORDS else None,
    )


def _first_difference(
    expected: NDArray[np.float32], found: NDArray[np.float32], first: int
) -> Difference | None:
    places = np.argwhere(expected.view(np.uint32) != found.view(np.uint32))
    if not len(places):
        return None
    row, dimension = map(int, places[0])
    return Difference(first + row, dimension, float(expected[row, dimension]), float(found[row, dimension]))


def _is_product_equal(table: LookupTable, layer: nn.Embedding) -> bool:
    """Whether one-hot rows of every id times the weights are the rows that the layer looks up."""
    import torch

    ids = torch.arange(len(table))
    with torch.no_grad():
        one_hot = torch.nn.functional.one_hot(ids, len(table)).to(torch.float32)
        return bool(torch.equal(one_hot @ layer.weight, layer(ids)))
