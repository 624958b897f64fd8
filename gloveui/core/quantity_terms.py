"""What a quantity needs to know beside the counts, in the form that compiled code takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.glove import GloveParameters
from gloveui.core.predicted_blocks import joined_contexts, joined_words
from gloveui.core.progress import Task
from gloveui.core.quantities import Quantity, add_up, pmi_terms
from gloveui.core.resources import Resources

Float32 = NDArray[np.float32]
Words = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Terms:
    """Numbers by which the counts of rows become values.

    Attributes
    ----------
    kind
        One of the kinds of `core.quantity_kernels`.
    rows, columns
        float32, shape (V,): a term of each word, and of each context word; `columns` is empty where none is
        needed.
    alpha
        The power of f(X).
    parameters
        Of the model, for its error.
    contexts
        float32, shape (V, D'): context vectors joined with their biases, for the error; else none.
    """

    kind: int
    rows: Float32
    columns: Float32
    alpha: np.float32
    parameters: GloveParameters | None
    contexts: Float32

    def words(self, words: Words) -> Float32:
        """The vectors of some words joined with their biases, for the error; else none."""
        return (
            np.empty((0, 0), np.float32) if self.parameters is None else joined_words(self.parameters, words)
        )


def terms_of(matrix: CooccurrenceMatrix, quantity: Quantity, resources: Resources) -> Task[Terms]:
    """The terms of a quantity that only pairs have that occur."""
    from gloveui.core import quantity_kernels as kernels  # compiled code: loaded when first needed

    size = len(matrix.vocabulary)
    rows, columns = np.ones(size, np.float32), np.empty(0, np.float32)
    parameters, contexts = None, np.empty((0, 0), np.float32)
    kind = {"count": kernels.COUNT, "log_count": kernels.LOG, "probability": kernels.SCALED,
            "weight": kernels.WEIGHT, "pmi": kernels.PMI, "ppmi": kernels.PPMI, "error": kernels.ERROR}[
        quantity.name
    ]  # fmt: skip
    if quantity.name == "weight":
        rows[:] = np.log(quantity.x_max)
    elif quantity.name == "error":
        parameters = quantity.model
        contexts = joined_contexts(parameters, np.arange(size, dtype=np.int32))
    elif quantity.name == "probability":
        sums = yield from add_up(matrix, resources)
        rows = (1 / np.where(sums.rows > 0, sums.rows, 1.0)).astype(np.float32)
    elif quantity.name in ("pmi", "ppmi"):
        rows, columns = pmi_terms((yield from add_up(matrix, resources)))
    return Terms(kind, rows, columns, np.float32(quantity.alpha), parameters, contexts)
