"""Small texts, counted."""

from __future__ import annotations

import numpy as np

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions, count_cooccurrences
from gloveui.core.glove import GloveParameters
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


def parameters_of(size: int, seed: int = 1) -> GloveParameters:
    """A model of so many words that has learned nothing: numbers by chance, three dimensions."""
    numbers = np.random.default_rng(seed)
    vectors = [numbers.normal(size=(size, 3)).astype(np.float32) for _ in range(2)]
    biases = [numbers.normal(size=size).astype(np.float32) for _ in range(2)]
    return GloveParameters(*vectors, *biases)
