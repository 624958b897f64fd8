"""What is shown of a pair of words: its count, or a number made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.glove import GloveConfig, GloveParameters, weight
from gloveui.core.parallel import map_in_order
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.resources import Resources

QUANTITIES = ("count", "log_count", "probability", "pmi", "ppmi", "weight", "prediction", "error")
OF_THE_MODEL = ("prediction", "error")
PIECES = 16  # of the matrix whose column sums are added up apart; a fixed number, so sums are always the same

Float64: TypeAlias = NDArray[np.float64]
Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Quantity:
    """One of the numbers that a pair (word i, context word j) has.

    Attributes
    ----------
    name
        ``"count"`` X_ij; ``"log_count"`` log X_ij; ``"probability"`` P(j|i) = X_ij / Σ_k X_ik; ``"pmi"``
        log(X_ij ΣX / (Σ_k X_ik Σ_k X_kj)); ``"ppmi"`` the same, 0 where that is negative; ``"weight"``
        f(X_ij) = min(1, (X_ij / x_max)^α); ``"prediction"`` w_i·w̃_j + b_i + b̃_j; ``"error"`` the prediction
        less log X_ij. Logarithms are natural.
    x_max, alpha
        Of f(X).
    parameters
        Of the model, for its prediction and error; their rows are the words of the matrix.

    Raises
    ------
    ValueError
        If there is no quantity of this name, or it needs parameters and got none.
    SettingError
        If x_max or α is out of bounds.
    """

    name: str
    x_max: float = 10.0
    alpha: float = 0.75
    parameters: GloveParameters | None = None

    def __post_init__(self) -> None:
        if self.name not in QUANTITIES:
            raise ValueError(f"expected one of {QUANTITIES}, got {self.name!r}")
        if self.name in OF_THE_MODEL:
            _ = self.model
        GloveConfig(x_max=self.x_max, alpha=self.alpha)  # refuses what is out of bounds

    @property
    def is_signed(self) -> bool:
        """Whether zero is a middle that values lie on both sides of."""
        return self.name in ("pmi", "error")

    @property
    def is_dense(self) -> bool:
        """Whether a pair that never occurs has a value of its own, other than 0."""
        return self.name == "prediction"

    @property
    def fills_zero(self) -> bool:
        """Whether a pair that never occurs has the value 0; if not, and it is not dense, it has none."""
        return self.name in ("count", "probability", "ppmi", "weight")

    @property
    def model(self) -> GloveParameters:
        """The parameters, of a quantity that needs them."""
        if self.parameters is None:
            raise ValueError(f"{self.name} needs the parameters of a model")
        return self.parameters

    def check_words(self, matrix: CooccurrenceMatrix) -> None:
        """Raise `ValueError` if the parameters are of another number of words than a matrix."""
        words = len(matrix.vocabulary)
        if self.parameters is not None and len(self.parameters.word_biases) != words:
            raise ValueError(f"expected parameters of {words} words, got {len(self.parameters.word_biases)}")


@dataclass(frozen=True, eq=False)
class Marginals:
    """Sums of the counts; read-only.

    Attributes
    ----------
    rows, columns
        float64, shape (V,): Σ_k X_ik for each word i, Σ_k X_kj for each context word j.
    total
        Σ_ij X_ij.
    """

    rows: Float64
    columns: Float64
    total: float

    def __post_init__(self) -> None:
        self.rows.setflags(write=False)
        self.columns.setflags(write=False)


_made: WeakKeyDictionary[CooccurrenceMatrix, Marginals] = WeakKeyDictionary()


def known_marginals(matrix: CooccurrenceMatrix) -> Marginals | None:
    """The sums of a matrix if somebody has asked for them before; costs nothing."""
    return _made.get(matrix)


def marginals(matrix: CooccurrenceMatrix) -> Marginals:
    """The sums of a matrix, from one pass over it the first time they are asked for."""
    return run_to_end(add_up(matrix, Resources()))


def add_up(matrix: CooccurrenceMatrix, resources: Resources) -> Task[Marginals]:
    """As `marginals`, as a task on several threads; they change nothing in the result."""
    if (known := known_marginals(matrix)) is not None:
        return known
    yield Progress("preparing", 0.0)
    from gloveui.core.quantity_kernels import add_sums  # compiled code: loaded when first needed

    starts, columns, values = plain_arrays(matrix)
    size = len(matrix.vocabulary)
    row_sums, column_sums = np.zeros(size), np.zeros(size)
    cuts = np.searchsorted(starts, np.linspace(0, starts[-1], PIECES + 1)[1:-1])
    cuts = np.concatenate([[0], cuts, [size]])

    def of_piece(piece: int) -> Float64:
        sums = np.zeros(size)
        add_sums(starts, columns, values, cuts[piece], cuts[piece + 1], row_sums, sums)
        return sums

    for piece, sums in enumerate(map_in_order(of_piece, range(PIECES), resources.thread_count)):
        column_sums += sums
        yield Progress("preparing", (piece + 1) / PIECES)
    found = Marginals(row_sums, column_sums, float(row_sums.sum()))
    return _made.setdefault(matrix, found)


def pmi_terms(sums: Marginals) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What to add to log X_ij for PMI by row, and to take off by column: each float32, shape (V,)."""
    rows = _logarithms(np.array(sums.total)) - _logarithms(sums.rows)
    return rows.astype(np.float32), _logarithms(sums.columns).astype(np.float32)


def plain_arrays(
    matrix: CooccurrenceMatrix,
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Starts, columns and values as plain read-only arrays, wherever they lie: kernels are made for these."""
    return _plain(matrix.starts), _plain(matrix.columns), _plain(matrix.values)


def cell_values(
    matrix: CooccurrenceMatrix,
    quantity: Quantity,
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
    sums: Marginals | None = None,
) -> NDArray[np.float32]:
    """The exact values of single cells, for blocks small enough to be read.

    Parameters
    ----------
    rows, columns
        Shape (n,) and (m,): ids of words and of context words, in the order wanted.
    sums
        Of the matrix; needed for PMI and PPMI alone, and found by a pass over the matrix if not given.

    Returns
    -------
    float32, shape (n, m)
        NaN where there is no value: log X, PMI and error of a pair that never occurs. P(j|i) is 0 for a word
        i without any context.

    Raises
    ------
    ValueError
        If the parameters of the quantity belong to other words.
    """
    quantity.check_words(matrix)
    counts = _counts(matrix, rows, columns)
    values = _of_counts(matrix, quantity, rows, columns, counts, sums)
    if not quantity.fills_zero and not quantity.is_dense:
        values = np.where(counts > 0, values, np.nan)
    return np.asarray(values, np.float32)


def _plain(array: NDArray[Number]) -> NDArray[Number]:
    plain = np.asarray(array).view()
    plain.setflags(write=False)
    return plain


def _counts(matrix: CooccurrenceMatrix, rows: NDArray[np.integer], columns: NDArray[np.integer]) -> Float64:
    counts = np.zeros((len(rows), len(columns)))
    for place, word in enumerate(rows):
        contexts, values = matrix.row(int(word))
        if len(contexts):
            found = np.minimum(np.searchsorted(contexts, columns), len(contexts) - 1)
            counts[place] = np.where(contexts[found] == columns, values[found], 0.0)
    return counts


def _of_counts(
    matrix: CooccurrenceMatrix,
    quantity: Quantity,
    rows: NDArray[np.integer],
    columns: NDArray[np.integer],
    counts: Float64,
    sums: Marginals | None,
) -> Float64:
    """Values of cells whose counts are known; what is not defined for a count of 0 is any number."""
    match quantity.name:
        case "count":
            return counts
        case "weight":
            return np.where(counts > 0, weight(counts, quantity.x_max, quantity.alpha), 0.0)
        case "probability":
            totals = np.array([matrix.row_sum(int(word)) for word in rows]).reshape(-1, 1)
            return counts / np.where(totals > 0, totals, 1.0)
        case "log_count":
            return _logarithms(counts)
        case "pmi" | "ppmi":
            sums = sums or marginals(matrix)
            expected = _logarithms(sums.rows[rows])[:, None] + _logarithms(sums.columns[columns])
            pmi = _logarithms(counts) + _logarithms(np.array(sums.total)) - expected
            return pmi if quantity.name == "pmi" else np.where(counts > 0, np.maximum(pmi, 0.0), 0.0)
    predicted = _predictions(quantity, rows, columns)
    return predicted if quantity.name == "prediction" else predicted - _logarithms(counts)


def _logarithms(numbers: Float64) -> Float64:
    """Natural logarithms; 0 for what is not above 0."""
    return np.log(np.where(numbers > 0, numbers, 1.0))


def _predictions(quantity: Quantity, rows: NDArray[np.integer], columns: NDArray[np.integer]) -> Float64:
    parameters = quantity.model
    words = parameters.word_vectors[rows].astype(np.float64)
    contexts = parameters.context_vectors[columns].astype(np.float64)
    biases = parameters.word_biases[rows].astype(np.float64)[:, None] + parameters.context_biases[columns]
    return np.asarray(words @ contexts.T + biases)
