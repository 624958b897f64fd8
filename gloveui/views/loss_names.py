"""What the loss of a method is, in words for people."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gloveui.core.word2vec_loss import SAMPLE_SIZE


def loss_name(method: str) -> str:
    """The name of its axis, and of its column in a table."""
    return QCoreApplication.translate("Loss", "loss ({unit})").format(unit=loss_unit(method))


def loss_unit(method: str) -> str:
    """Over what it is a mean."""
    if method == "word2vec":
        return QCoreApplication.translate("Loss", "mean of a sample")
    return QCoreApplication.translate("Loss", "mean per pair")


def loss_explanation(method: str) -> str:
    """How it comes about."""
    if method != "word2vec":
        return QCoreApplication.translate("Loss", "Mean of ½ f(X) (prediction − log X)² over all pairs")
    text = QCoreApplication.translate(
        "Loss",
        "How badly up to {count} places of the text, chosen once, are told from words drawn at random: the "
        "mean of −log σ over them. Before anything is learned it is 0.69 for each place and each word drawn.",
    )
    return text.format(count=f"{SAMPLE_SIZE:,}")
