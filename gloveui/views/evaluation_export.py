"""Evaluations as code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gloveui.core.analogy_questions import AnalogyOptions
from gloveui.core.question_sets import AnalogySet, PairSet
from gloveui.evaluating import Questions
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.views.model_sources import source_code
from gloveui.views.models.evaluation_results import ResultColumn

_SHOW = """    if hasattr(found, "spearman"):
        print(found.name, found.covered, found.asked, found.spearman)
        continue
    for score in (found.total, *found.groups, *found.sections):
        print(score.name, score.covered, score.asked, dict(score.right))
"""


def evaluation_code(session: Session, columns: Sequence[ResultColumn]) -> str:
    """Lines that make each model anew and ask it the same; empty if none can be made anew.

    A comment tells of each model of which it is not known how it was made.
    """
    codes = [source_code(session, column.model) for column in columns]
    if not any(codes):
        return ""
    return "\n".join(
        code + _asking(tuple(column.evaluations), column.options) if code else _left_out(column.model)
        for code, column in zip(codes, columns, strict=True)
    )


def _left_out(model: Model) -> str:
    name = " ".join(model.name.split())
    return f"# {name}: it is of another text, or nobody knows how it was made.\n"


def _asking(asked: Sequence[Questions], options: AnalogyOptions) -> str:
    names = ", ".join(repr(_reference(one)) for one in asked)
    call = f"gloveui.evaluate(run.embedding, questions{_options(options)})"
    return f"for questions in [{names}]:\n    found = {call}\n{_SHOW}"


def _reference(questions: Questions) -> str:
    """A key or a path as text."""
    if isinstance(questions, AnalogySet | PairSet):
        return questions.name
    return str(questions) if isinstance(questions, Path) else questions


def _options(options: AnalogyOptions) -> str:
    among = f", among={options.among}" if options.among else ""
    return among if options.exclude_inputs else f"{among}, exclude_inputs=False"
