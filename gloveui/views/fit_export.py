"""A model against its counts, as rows of a table and as code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.fit import ModelFit
from gloveui.core.glove import GloveParameters
from gloveui.state.session import Session
from gloveui.storage import export
from gloveui.storage.export_code import model_code


class FitHeadings(QObject):
    """What stands over the columns, in the language in use."""

    def of_pairs(self) -> tuple[str, ...]:
        """Over the costliest pairs."""
        return (
            self.tr("word"), self.tr("context"), "X", self.tr("predicted X"), self.tr("error of log X"),
            "f(X)", self.tr("loss"), self.tr("share of the loss"),
        )  # fmt: skip

    def of_groups(self) -> tuple[str, ...]:
        """Over the pairs by count."""
        return (
            self.tr("X from"), self.tr("X to"), self.tr("pairs"), self.tr("share of the pairs"),
            self.tr("loss"), self.tr("share of the loss"), self.tr("mean error of log X"),
            self.tr("mean distance of log X"),
        )  # fmt: skip


def fit_rows(
    matrix: CooccurrenceMatrix, fit: ModelFit, headings: FitHeadings
) -> Iterator[Sequence[export.Cell]]:
    """The costliest pairs, and under them the pairs by count."""
    word, pairs, loss = matrix.vocabulary.word, fit.costliest, fit.loss or 1.0
    yield headings.of_pairs()
    columns = (pairs.counts, pairs.predicted_counts, pairs.errors, pairs.weights, pairs.losses)
    for row, numbers in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        words = word(int(pairs.words[row])), word(int(pairs.contexts[row]))
        yield [*words, *numbers, numbers[-1] / loss]
    yield []
    yield headings.of_groups()
    for group in fit.groups:
        shares = group.pairs / fit.pairs, group.loss / loss
        yield [
            group.smallest, group.end, group.pairs, shares[0],
            group.loss, shares[1], group.mean_error, group.mean_distance,
        ]  # fmt: skip


def has_code(session: Session, parameters: GloveParameters) -> bool:
    """Whether the text and the settings of the model with these parameters are known."""
    model, matrix, text = session.model, session.cooccurrence, session.text
    if model is None or model.embedding.parameters is not parameters or model.training_card is None:
        return False
    return text is not None and matrix is not None and model.training_card.count_options == matrix.options


def fit_code(session: Session, parameters: GloveParameters, weighting: tuple[float, float]) -> str:
    """Lines that train the model anew and compare it; empty for one of which not enough is known."""
    model, text = session.model, session.text
    if not has_code(session, parameters) or model is None or model.training_card is None or text is None:
        return ""
    x_max, alpha = weighting
    return (
        f"{model_code(text, model.training_card)}\nfit = gloveui.model_fit(\n    run.cooccurrence, "
        f"run.embedding.parameters, x_max={x_max!r}, alpha={alpha!r}\n)\n"
        "print(fit.mean_loss, fit.r_squared)\n"
    )
