"""What the newest vectors of each method were made with, to tell whether they fit the settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias
from weakref import ReferenceType, ref

from gloveui.core.baseline_settings import GLOVE, BaselineSettings
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.glove import GloveConfig
from gloveui.core.warm_start import WarmStart

Settings: TypeAlias = GloveConfig | BaselineSettings


@dataclass(frozen=True, eq=False)
class _Making:
    matrix: ReferenceType[CooccurrenceMatrix]
    settings: Settings
    start: WarmStart | None

    def fits(self, matrix: CooccurrenceMatrix, settings: Settings, start: WarmStart | None) -> bool:
        return (self.matrix, self.settings, self.start) == (ref(matrix), settings, start)


class TrainedModels:
    """For each method the counts, the settings and the start of its newest vectors of the open text."""

    def __init__(self) -> None:
        self._makings: dict[str, _Making] = {}

    @property
    def config(self) -> GloveConfig | None:
        """The settings of the newest vectors of GloVe."""
        making = self._makings.get(GLOVE)
        return making.settings if making is not None and isinstance(making.settings, GloveConfig) else None

    def clear(self) -> None:
        """Forget all: another text was opened."""
        self._makings.clear()

    def note(self, matrix: CooccurrenceMatrix, settings: Settings, start: WarmStart | None) -> None:
        """Vectors were made of these counts with these settings."""
        self._makings[_method(settings)] = _Making(ref(matrix), settings, start)

    def note_finish(self, config: GloveConfig) -> None:
        """The newest vectors of GloVe were made anew, with other settings for that."""
        if GLOVE in self._makings:
            self._makings[GLOVE] = replace(self._makings[GLOVE], settings=config)

    def has(self, settings: Settings) -> bool:
        """Whether there are vectors of the method of these settings."""
        return _method(settings) in self._makings

    def fits(self, matrix: CooccurrenceMatrix | None, settings: Settings, start: WarmStart | None) -> bool:
        """Whether the newest vectors of a method were made of these counts, with these settings."""
        making = self._makings.get(_method(settings))
        return making is not None and matrix is not None and making.fits(matrix, settings, start)


def _method(settings: Settings) -> str:
    return GLOVE if isinstance(settings, GloveConfig) else settings.method
