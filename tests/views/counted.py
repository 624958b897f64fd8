"""Small texts, counted."""

from __future__ import annotations

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions, count_cooccurrences
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.text import PastedText
from gloveui.core.tokens import TokenOptions, TokenStream, tokenise
from gloveui.state.session import Session

LECTURE = "I like deep learning\nI like NLP\nI enjoy flying\n"


def counted(text: str, **options: object) -> tuple[CooccurrenceMatrix, TokenStream]:
    """Counts of a text, by default with every word, a window of 1 and each pair counted 1."""
    chosen = CountOptions(**{"window": 1, "weighting": "flat", "min_count": 1} | options)
    tokens = run_to_end(tokenise(PastedText(text), TokenOptions(), Resources()))
    return run_to_end(count_cooccurrences(tokens, chosen, Resources(threads=1))), tokens


def session_of(text: str, **options: object) -> Session:
    """A session that has these counts."""
    session = Session()
    session.set_cooccurrence(*counted(text, **options))
    return session
