"""The lines of Python that make the model that is shown."""

from __future__ import annotations

from gloveui.core.model_cards import FileCard
from gloveui.state.session import Session
from gloveui.storage.export_code import model_code


def knows_source(session: Session) -> bool:
    """Whether it is known how the vectors that are shown were made: of the open text, or read from a file."""
    model, text, tokens = session.model, session.text, session.tokens
    if model is None or model.card is None:
        return False
    if isinstance(model.card, FileCard):
        return True
    return text is not None and tokens is not None and tokens.summary.sha256 == model.card.text.sha256


def source_code(session: Session) -> str:
    """Lines that make the model and leave ``run`` behind; empty if not enough is known of it."""
    model = session.model
    if not knows_source(session) or model is None or model.card is None:
        return ""
    return model_code(session.text, model.card)
