"""The lines of Python that make a model."""

from __future__ import annotations

from gloveui.core.model_cards import FileCard
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.storage.export_code import model_code


def knows_source(session: Session, model: Model | None) -> bool:
    """Whether it is known how a model was made: of the open text, or read from a file."""
    text, tokens = session.text, session.tokens
    if model is None or model.card is None:
        return False
    if isinstance(model.card, FileCard):
        return True
    return text is not None and tokens is not None and tokens.summary.sha256 == model.card.text.sha256


def source_code(session: Session, model: Model | None) -> str:
    """Lines that make a model and leave ``run`` behind; empty if not enough is known of it."""
    if model is None or model.card is None or not knows_source(session, model):
        return ""
    return model_code(session.text, model.card)
