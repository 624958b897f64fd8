"""The Python lines that give the vectors of some words, to be copied out of the window."""

from __future__ import annotations

from collections.abc import Sequence

from gloveui.state.session import Session
from gloveui.views.model_sources import knows_source, source_code

MOST_WORDS = 500


def has_vectors_code(session: Session) -> bool:
    """Whether it is known how the vectors that are shown were made: from the open text, by training."""
    return knows_source(session, session.model)


def vectors_code(session: Session, words: Sequence[str], pair: tuple[str, str] | None = None) -> str:
    """Lines that train, and print the vectors of words and the difference of a pair; empty if unknown how."""
    if not has_vectors_code(session):
        return ""
    lines = (
        f"{source_code(session, session.model)}\nwords = {list(words[:MOST_WORDS])!r}\n"
        "for word in words:\n    print(word, *run.embedding.vector(word), sep='\\t')\n"
    )
    if pair is not None:
        first, second = pair
        lines += f"print(run.embedding.vector({first!r}) - run.embedding.vector({second!r}))\n"
    return lines
