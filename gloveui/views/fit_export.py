"""A model against its counts, as rows of a table and as code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.fit import ModelFit
from gloveui.core.glove import GloveParameters
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.storage.export_code import training_code

PAIR_COLUMNS = (
    "word",
    "context",
    "X",
    "predicted X",
    "error of log X",
    "f(X)",
    "loss",
    "share of the loss",
)
GROUP_COLUMNS = (
    "X from",
    "X to",
    "pairs",
    "share of the pairs",
    "loss",
    "share of the loss",
    "mean error of log X",
    "mean distance of log X",
)


def fit_rows(matrix: CooccurrenceMatrix, fit: ModelFit) -> Iterator[Sequence[export.Cell]]:
    """The costliest pairs, and under them the pairs by count."""
    word, pairs, loss = matrix.vocabulary.word, fit.costliest, fit.loss or 1.0
    yield PAIR_COLUMNS
    columns = (pairs.counts, np.exp(pairs.predictions), pairs.errors, pairs.weights, pairs.losses)
    for row, numbers in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        words = word(int(pairs.words[row])), word(int(pairs.contexts[row]))
        yield [*words, *numbers, numbers[-1] / loss]
    yield []
    yield GROUP_COLUMNS
    for group in fit.groups:
        shares = group.pairs / fit.pairs, group.loss / loss
        yield [
            group.smallest, group.end, group.pairs, shares[0],
            group.loss, shares[1], group.mean_error, group.mean_distance,
        ]  # fmt: skip


def fit_code(session: Session, parameters: GloveParameters, weighting: tuple[float, float]) -> str | None:
    """Lines that train the model anew and compare it; None for one whose text or settings are not known."""
    model, matrix, tokens = session.model, session.cooccurrence, session.counted_tokens
    if model is None or model.embedding.parameters is not parameters or model.card is None:
        return None
    if session.text is None or matrix is None or tokens is None or model.card.count_options != matrix.options:
        return None
    card = model.card
    training = training_code(session.text, tokens.options, matrix.options, card.config, card.start)
    x_max, alpha = weighting
    return (
        f"{training}\nfit = gloveui.model_fit(\n    run.cooccurrence, run.embedding.parameters, "
        f"x_max={x_max!r}, alpha={alpha!r}\n)\nprint(fit.mean_loss, fit.r_squared)\n"
    )
