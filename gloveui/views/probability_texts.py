"""Probabilities, ratios and counts as people read them, the small ones as the papers print them."""

from __future__ import annotations

import math

from gloveui.core.probability import Verdict

NONE = "–"
SIGNS = {
    Verdict.MUCH_GREATER: "≫ 1",
    Verdict.GREATER: "> 1",
    Verdict.ABOUT_ONE: "≈ 1",
    Verdict.SMALLER: "< 1",
    Verdict.MUCH_SMALLER: "≪ 1",
    Verdict.UNCERTAIN: "?",
}
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_THIN = "\u2009"  # a space that no line is broken at in a cell, narrower than the usual one


def scientific(number: float) -> str:
    """Two significant digits and a power of ten: ``1.9 × 10⁻⁴``."""
    mantissa, exponent = f"{number:.1e}".split("e")
    return f"{mantissa}{_THIN}×{_THIN}10{str(int(exponent)).translate(_SUPERSCRIPTS)}"


def probability_text(probability: float) -> str:
    """A probability: three decimals, or a power of ten where these would say little."""
    if math.isnan(probability):
        return NONE
    if probability == 0:
        return "0"
    return f"{probability:.3f}" if probability >= 0.00995 else scientific(probability)


def ratio_text(ratio: float) -> str:
    """A ratio with two or three significant digits; ∞ for what was divided by zero."""
    if math.isnan(ratio):
        return NONE
    if math.isinf(ratio):
        return "∞"
    if ratio == 0:
        return "0"
    if not 0.00095 <= ratio < 99_999.5:
        return scientific(ratio)
    if ratio < 0.0995:
        return f"{ratio:.2g}"
    return f"{ratio:,.0f}" if ratio >= 99.95 else f"{ratio:.1f}" if ratio >= 9.995 else f"{ratio:.2f}"


def count_text(count: float) -> str:
    """A weighted count: whole where it is, else three significant digits."""
    if count == round(count) or count >= 999.5:
        return f"{count:,.0f}"
    return f"{count:.3g}"


def share_text(share: float) -> str:
    """A share as a percentage."""
    percent = 100 * share
    return f"{percent:.0f} %" if percent >= 9.95 or percent == 0 else f"{percent:.2g} %"
