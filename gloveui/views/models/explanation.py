"""Why two words are alike, as the counts, the vectors and the model tell it, worked out for a view."""

from __future__ import annotations

from dataclasses import dataclass

from gloveui.core.alike import (
    Alikeness,
    ContextAgreement,
    SharedDimension,
    context_agreement,
    find_shared_contexts,
    shared_dimensions,
)
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task
from gloveui.core.quantities import known_marginals
from gloveui.core.queries import similarity
from gloveui.core.resources import Resources
from gloveui.views.models.similarity_question import Mode, Search, is_quick

MOST_CONTEXTS, MOST_DIMENSIONS = 20, 12


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """Two words and what adds up to their cosines.

    Attributes
    ----------
    cosine, dimensions
        Of the vectors, and the dimensions that add most to it.
    counts
        From the counts; None without any, or where these do not have both words.
    agreement
        From the context vectors; None where they are not known.
    """

    embedding: Embedding
    matrix: CooccurrenceMatrix | None
    words: tuple[str, str]
    cosine: float
    dimensions: tuple[SharedDimension, ...]
    counts: Alikeness | None
    agreement: ContextAgreement | None


def explain(
    embedding: Embedding, matrix: CooccurrenceMatrix | None, words: tuple[str, str], resources: Resources
) -> Task[Explanation]:
    """Work out why two words are alike that the embedding has."""
    yield Progress("explaining")
    counts = None
    counted = [matrix.vocabulary.get(word) if matrix is not None else None for word in words]
    if matrix is not None and counted[0] is not None and counted[1] is not None:
        counts = yield from find_shared_contexts(matrix, counted[0], counted[1], MOST_CONTEXTS, resources)
        yield Progress("explaining")
    a, b = (embedding.vocabulary.id_of(word) for word in words)
    parameters = embedding.parameters
    agreement = context_agreement(parameters, a, b, MOST_CONTEXTS) if parameters is not None else None
    dimensions = shared_dimensions(embedding, a, b, MOST_DIMENSIONS)
    return Explanation(embedding, matrix, words, similarity(embedding, *words), dimensions, counts, agreement)


def is_quickly_explained(embedding: Embedding, matrix: CooccurrenceMatrix | None) -> bool:
    """Whether that takes only a few milliseconds."""
    return is_quick(embedding, Search(Mode.PAIR)) and (matrix is None or known_marginals(matrix) is not None)
