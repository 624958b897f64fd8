"""How the results of a session stand to its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gloveui.core.glove import GloveConfig
from gloveui.state.trained_models import TrainedModels
from gloveui.state.values import Stage, StageState

if TYPE_CHECKING:
    from gloveui.state.session import Session


def stage_state(session: Session, stage: Stage, trained: TrainedModels) -> StageState:
    """Whether the result of a stage is there and fits the settings; of a training, by the chosen method."""
    if stage is Stage.TEXT:
        return StageState.of(session.tokens is not None, _tokens_fit(session))
    if stage is Stage.COUNTS:
        return StageState.of(session.cooccurrence is not None, _counts_fit(session))
    wanted = session.wanted
    start = session.start if isinstance(wanted, GloveConfig) else None
    fits = _counts_fit(session) and trained.fits(session.cooccurrence, wanted, start)
    return StageState.of(trained.has(wanted), fits)


def _tokens_fit(session: Session) -> bool:
    return session.tokens is not None and session.tokens.options == session.token_options


def _counts_fit(session: Session) -> bool:
    matrix = session.cooccurrence
    is_of_them = session.counted_tokens is session.tokens and _tokens_fit(session)
    return matrix is not None and is_of_them and matrix.options == session.count_options
