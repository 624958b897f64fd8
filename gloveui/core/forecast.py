"""What counting and training will take, told before they begin."""

from __future__ import annotations

from dataclasses import dataclass

from gloveui.core.baseline_cost import baseline_memory
from gloveui.core.baseline_settings import BaselineSettings
from gloveui.core.cooccurrence import (
    CooccurrenceMatrix,
    CountOptions,
    estimate_counting,
    kept_vocabulary,
)
from gloveui.core.devices import chosen_device
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import Task
from gloveui.core.resources import Resources, free_memory
from gloveui.core.tokens import TokenStream
from gloveui.core.training_cost import training_memory, training_seconds


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run will take.

    Attributes
    ----------
    words, nonzeros
        Size of the vocabulary, and pairs that occur.
    memory_bytes
        Most memory that is taken at a time, on top of the program and the text.
    disk_bytes
        Room for counts that do not fit in memory; 0 where they do.
    free_bytes
        Memory that is free now.
    counting_seconds
        0 where the counts are there.
    training_seconds
        None on a device, and of a method, whose speed is not known before.
    """

    words: int
    nonzeros: int
    memory_bytes: int
    disk_bytes: int
    free_bytes: int
    counting_seconds: float
    training_seconds: float | None

    @property
    def fits(self) -> bool:
        """Whether the memory that is free is enough."""
        return self.memory_bytes <= self.free_bytes


def forecast(
    stream: TokenStream,
    matrix: CooccurrenceMatrix | None,
    options: CountOptions,
    settings: GloveConfig | BaselineSettings,
    resources: Resources,
) -> Task[Forecast]:
    """Reckon what counting (unless `matrix` has the counts already) and training by a method will take.

    Raises
    ------
    NoWordFrequentEnough
        If no word reaches the minimum count.
    """
    if matrix is not None:
        words, nonzeros = len(matrix.vocabulary), matrix.nonzeros
        result, disk, counting, seconds = matrix.memory_bytes, matrix.disk_bytes, matrix.memory_bytes, 0.0
    else:
        expected = yield from estimate_counting(stream, options, resources)
        words, nonzeros = len(kept_vocabulary(stream.vocabulary, options)), expected.nonzeros
        budget, seconds = resources.memory_bytes, expected.seconds
        goes_to_disk = expected.goes_to_disk(budget)
        result = 0 if goes_to_disk else expected.result_bytes
        disk = expected.result_bytes if goes_to_disk else 0
        counting = budget if goes_to_disk else expected.result_bytes + expected.working_bytes
    training, duration = yield from _training(words, nonzeros, settings, resources)
    memory = max(counting, result + training)
    return Forecast(words, nonzeros, memory, disk, free_memory(), seconds, duration)


def _training(
    words: int, nonzeros: int, settings: GloveConfig | BaselineSettings, resources: Resources
) -> Task[tuple[int, float | None]]:
    """Bytes on top of the counts, and seconds where they are known."""
    if not isinstance(settings, GloveConfig):
        return baseline_memory(words, nonzeros, settings), None
    seconds = None
    if chosen_device(resources.device, nonzeros).key == "cpu":
        seconds = yield from training_seconds(words, nonzeros, settings, resources)
    return training_memory(words, nonzeros, settings), seconds
