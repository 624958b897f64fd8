"""Evaluations as code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gloveui.core.analogy_questions import AnalogyOptions
from gloveui.core.question_sets import AnalogySet, PairSet
from gloveui.evaluating import Questions
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.storage.export_code import model_code
from gloveui.views.models.evaluation_results import ResultColumn

_SHOW = """    if hasattr(found, "spearman"):
        print(found.name, found.covered, found.asked, found.spearman)
        continue
    for score in (found.total, *found.groups, *found.sections):
        print(score.name, score.covered, score.asked, dict(score.right))
"""


def has_model_code(session: Session, model: Model) -> bool:
    """Whether the text of a model is open and its settings are known."""
    tokens, card = session.tokens, model.training_card
    if card is None or tokens is None or session.text is None:
        return False
    return tokens.summary.sha256 == card.text.sha256


def evaluation_code(session: Session, columns: Sequence[ResultColumn]) -> str:
    """Lines that train each model anew and ask it the same; models that cannot be made anew are left out."""
    text = session.text
    parts = []
    for column in columns:
        card = column.model.training_card
        if text is not None and card is not None and has_model_code(session, column.model):
            parts.append(model_code(text, card) + _asking(tuple(column.evaluations), column.options))
    return "\n".join(parts)


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
