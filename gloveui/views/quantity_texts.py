"""What can be shown of a pair of words, in words and figures for people."""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.quantities import OF_THE_MODEL, Quantity
from gloveui.views.plots.color_scale import Kind
from gloveui.views.probability_texts import NONE, count_text, probability_text

MAY_BE_LOGARITHMIC = ("count", "probability", "weight")
_UNITS = ((1e9, "G"), (1e6, "M"), (1e3, "k"))


def quantity_name(name: str) -> str:
    """The short name of a quantity, by its key in `QUANTITIES`."""
    names = {
        "count": QCoreApplication.translate("Quantity", "X"),
        "log_count": QCoreApplication.translate("Quantity", "log X"),
        "probability": QCoreApplication.translate("Quantity", "P(k|i)"),
        "pmi": QCoreApplication.translate("Quantity", "PMI"),
        "ppmi": QCoreApplication.translate("Quantity", "PPMI"),
        "weight": QCoreApplication.translate("Quantity", "f(X)"),
        "prediction": QCoreApplication.translate("Quantity", "prediction"),
        "error": QCoreApplication.translate("Quantity", "error"),
    }
    return names[name]


def quantity_formula(name: str) -> str:
    """How a quantity is worked out from the counts or by the model, in signs that need no translation."""
    return {
        "count": "X_ik = Σ w(d)",
        "log_count": "ln X_ik",
        "probability": "P(k|i) = X_ik / Σ_m X_im",
        "pmi": "PMI = ln(X_ik · Σ X / (Σ_m X_im · Σ_m X_mk))",
        "ppmi": "PPMI = max(0, PMI)",
        "weight": "f(X) = min(1, (X / x_max)^α)",
        "prediction": "w_i · w̃_k + b_i + b̃_k ≈ ln X_ik",
        "error": "w_i · w̃_k + b_i + b̃_k − ln X_ik",
    }[name]


def quantity_meaning(quantity: Quantity, options: CountOptions) -> str:
    """What a quantity is and what its numbers count, in a line."""
    if quantity.name == "count":
        return count_unit(options)
    meanings = {
        "log_count": QCoreApplication.translate("Quantity", "log X: natural logarithm of the count"),
        "probability": QCoreApplication.translate(
            "Quantity", "P(k|i): share of the row word's contexts that is the column's word"
        ),
        "pmi": QCoreApplication.translate(
            "Quantity", "PMI: log of how many times more often than by chance; 0 is chance"
        ),
        "ppmi": QCoreApplication.translate("Quantity", "PPMI: PMI where it is above 0, else 0"),
        "weight": QCoreApplication.translate(
            "Quantity", "f(X): weight of the pair in the loss, with x_max {x_max} and α {alpha}"
        ),
        "prediction": QCoreApplication.translate("Quantity", "prediction of log X by the model: w·w̃ + b + b̃"),
        "error": QCoreApplication.translate("Quantity", "error: the model's prediction less log X"),
    }
    return meanings[quantity.name].format(x_max=f"{quantity.x_max:g}", alpha=f"{quantity.alpha:g}")


def count_unit(options: CountOptions) -> str:
    """What X counts."""
    if options.window == 1:
        text = QCoreApplication.translate("Quantity", "X: pairs of words side by side, each counted 1")
    elif options.weighting == "inverse":
        text = QCoreApplication.translate(
            "Quantity", "X: pairs at most {window} words apart, each counted 1 / distance"
        )
    else:
        text = QCoreApplication.translate("Quantity", "X: pairs at most {window} words apart, each counted 1")
    return text.format(window=options.window)


def reduction_text(reduction: str, block: int) -> str:
    """What one point of a picture stands for, where it is more than a cell."""
    texts = {
        "sum": QCoreApplication.translate("Quantity", "a point: the sum of {block} × {block} cells"),
        "maximum": QCoreApplication.translate("Quantity", "a point: the largest of {block} × {block} cells"),
        "mean": QCoreApplication.translate("Quantity", "a point: the mean of {block} × {block} cells"),
    }
    return texts[reduction].format(block=block)


def scale_kind(quantity: Quantity, is_logarithmic: bool) -> Kind:
    """How the values of a quantity lie on their colour scale."""
    if quantity.is_signed:
        return "signed"
    if is_logarithmic and quantity.name in MAY_BE_LOGARITHMIC:
        return "logarithmic"
    return "from_zero" if quantity.fills_zero else "between"


def needs_model(name: str) -> bool:
    """Whether a quantity is there only once something was learned."""
    return name in OF_THE_MODEL


def compact(value: float) -> str:
    """A number in at most six characters: 0.25, −1.3, 23.2, 1,234 as 1.23k; a dash for none."""
    if math.isnan(value):
        return NONE
    for unit, suffix in _UNITS:
        if abs(value) >= unit * 0.9995:
            return _with_minus(f"{value / unit:.3g}{suffix}")
    if 0 < abs(value) < 0.001:
        return _with_minus(f"{value:.0e}".replace("e-0", "e-"))
    return _with_minus(f"{value:.3g}" if abs(value) >= 0.1 else f"{value:.2g}")


def cell_text(value: float, quantity: Quantity) -> str:
    """A number as it stands in a cell; a pair that never occurs has 0 of what can be counted."""
    return "0" if math.isnan(value) and quantity.fills_zero else compact(value)


def value_text(value: float, name: str) -> str:
    """A number of a quantity to read in a sentence."""
    if math.isnan(value):
        return NONE
    if name == "count":
        return count_text(value)
    if name == "probability":
        return probability_text(value)
    return _with_minus(f"{value:.3g}")


def _with_minus(text: str) -> str:
    return text.replace("-", "−")
