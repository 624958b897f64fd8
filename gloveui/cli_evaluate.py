"""What ``evaluate`` prints: a table by section, or the rank correlation, and the same as values for JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gloveui.core.evaluation import AnalogyEvaluation, AnalogyScore, PairEvaluation
    from gloveui.evaluating import Evaluation

NAMES = {"add": "3CosAdd", "multiply": "3CosMul"}


def evaluation_lines(evaluation: Evaluation) -> Iterator[str]:
    """Lines of cells between tabs; what is not covered is said."""
    from gloveui.core.evaluation import PairEvaluation

    if isinstance(evaluation, PairEvaluation):
        yield from _pair_lines(evaluation)
    else:
        yield from _analogy_lines(evaluation)


def evaluation_values(evaluation: Evaluation) -> dict[str, object]:
    """Everything, as plain values; wrong answers and pairs included."""
    from gloveui.core.evaluation import PairEvaluation

    values = asdict(evaluation)
    if isinstance(evaluation, PairEvaluation):
        return values | {"covered": evaluation.covered}
    return values | {
        "total": _counts(evaluation.total),
        "groups": [_counts(one) for one in evaluation.groups],
    }


def _counts(score: AnalogyScore) -> dict[str, object]:
    return {"name": score.name, "asked": score.asked, "covered": score.covered, "right": dict(score.right)}


def _analogy_lines(evaluation: AnalogyEvaluation) -> Iterator[str]:
    methods = evaluation.methods
    yield "\t".join([evaluation.name, "asked", "covered", *(f"{NAMES[one]} %" for one in methods)])
    for score in (*evaluation.sections, *evaluation.groups, evaluation.total):
        name = "total" if score.name == evaluation.name else score.name
        shares = (score.share(method) for method in methods)
        cells = [f"{100 * share:.1f}" if share is not None else "-" for share in shares]
        yield "\t".join([name, str(score.asked), str(score.covered), *cells])
    if not evaluation.total.covered:
        yield _why_nothing(evaluation.unknown)


def _pair_lines(evaluation: PairEvaluation) -> Iterator[str]:
    yield "\t".join([evaluation.name, "asked", "covered", "Spearman"])
    found = "-" if evaluation.spearman is None else f"{evaluation.spearman:.4f}"
    yield "\t".join(["pairs", str(evaluation.asked), str(evaluation.covered), found])
    if not evaluation.covered:
        yield _why_nothing(evaluation.unknown)


def _why_nothing(unknown: tuple[str, ...]) -> str:
    return f"no question is covered: the vectors have no {', '.join(unknown[:4])}; are they of this language?"
