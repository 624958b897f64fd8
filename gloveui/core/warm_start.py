"""What a training starts from instead of small random values."""

from __future__ import annotations

from dataclasses import dataclass

from gloveui.core.embedding import Embedding
from gloveui.core.errors import OtherDimension
from gloveui.core.glove import GloveConfig


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the first values of a training came from; stands in its run card.

    Attributes
    ----------
    kind
        ``"model"``: another training of the same session; ``"vectors"``: vectors that were read or given;
        ``"checkpoint"``: an exact continuation.
    name
        What a person calls it: the name of a model or a file.
    path, sha256
        Of the file, where there is one.
    number
        Of the model, where it is one of the session.
    """

    kind: str
    name: str
    path: str = ""
    sha256: str = ""
    number: int | None = None


@dataclass(frozen=True, eq=False)
class WarmStart:
    """Vectors to start from, and where they came from."""

    embedding: Embedding
    origin: Origin

    @property
    def dimension(self) -> int:
        """D of the model behind the vectors; that of the vectors where no model is known."""
        model = self.embedding.parameters
        return self.embedding.dimension if model is None else int(model.word_vectors.shape[1])

    def check_fits(self, config: GloveConfig) -> None:
        """Raise `OtherDimension` unless a training with these settings can start from it."""
        if self.dimension != config.dimension:
            raise OtherDimension(expected=config.dimension, received=self.dimension)
