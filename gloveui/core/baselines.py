"""Other ways than GloVe from the counts of a text to vectors, by one door, and the card of what comes out."""

from __future__ import annotations

from collections.abc import Mapping

from gloveui.core.baseline_cost import check_baseline_fits
from gloveui.core.baseline_settings import BaselineSettings, LsaSettings, Word2VecSettings
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.model_cards import BaselineCard
from gloveui.core.progress import Progress, Task
from gloveui.core.resources import Resources
from gloveui.core.run_card import text_sizes
from gloveui.core.tokens import TokenStream
from gloveui.core.word2vec import word2vec


def train_baseline(
    tokens: TokenStream, matrix: CooccurrenceMatrix, settings: BaselineSettings, resources: Resources
) -> Task[Embedding]:
    """Vectors for the words of the counts, float32, shape (V, D), by the method of the settings.

    Word2Vec reports `Word2VecReport` in its Progress.

    Raises
    ------
    NotEnoughMemory
    TooFewDirections, NothingToDecompose
        Of LSA and PPMI.
    """
    yield Progress("preparing")
    if isinstance(settings, Word2VecSettings):
        return (yield from word2vec(tokens, matrix, settings))
    check_baseline_fits(len(matrix.vocabulary), matrix.nonzeros, settings)
    from gloveui.core.svd_models import lsa, ppmi  # compiled code: loaded when first needed

    if isinstance(settings, LsaSettings):
        return (yield from lsa(matrix, settings, resources))
    return (yield from ppmi(matrix, settings, resources))


def baseline_card(
    tokens: TokenStream,
    matrix: CooccurrenceMatrix,
    settings: BaselineSettings,
    seconds: Mapping[str, float],
    losses: tuple[float, ...] = (),
) -> BaselineCard:
    """The card of vectors that were made so from these counts of this text."""
    return BaselineCard(
        tokens.summary,
        tokens.options,
        matrix.options,
        settings,
        text_sizes(tokens, matrix),
        dict(seconds),
        losses=losses,
    )
