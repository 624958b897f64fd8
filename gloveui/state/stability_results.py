"""What is known of the stability of models: the newest result of each, while its vectors are the same."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gloveui.core.embedding import Embedding
from gloveui.core.stability import Stability


class StabilityResults(QObject):
    """Results by the embedding that they judge."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._results: tuple[Stability, ...] = ()

    def of(self, embedding: Embedding | None) -> Stability | None:
        """The newest result for these vectors; None if there is none."""
        return next((one for one in self._results if one.embedding is embedding), None)

    def keep(self, result: Stability) -> None:
        """Put a result in the place of an older one for the same vectors."""
        others = tuple(one for one in self._results if one.embedding is not result.embedding)
        self._results = (*others, result)
        self.changed.emit()

    def keep_only(self, embeddings: tuple[Embedding, ...]) -> None:
        """Let go of results for vectors that are no longer there; a result holds those it judges."""
        kept = tuple(one for one in self._results if any(one.embedding is other for other in embeddings))
        if len(kept) != len(self._results):
            self._results = kept
            self.changed.emit()
