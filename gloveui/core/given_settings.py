"""Settings as functions take them by name, for those who check types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict


class ResourceSettings(TypedDict, total=False):
    """Fields of `Resources`."""

    threads: int
    memory_mib: int
    mapped_above_mib: int
    device: str
    scratch_folder: str


class TokenSettings(ResourceSettings, total=False):
    """Fields of `TokenOptions` as well."""

    tokenizer: str
    pattern: str
    lower: bool
    split_sentences: bool
    drop_bracketed: bool
    drop_numbers: bool
    stop_words: Sequence[str]


class CountSettings(TokenSettings, total=False):
    """Fields of `CountOptions` as well."""

    window: int
    direction: str
    weighting: str
    min_count: int
    max_vocabulary: int
    keep_positions: bool


class TrainSettings(CountSettings, total=False):
    """Fields of `GloveConfig` as well."""

    dimension: int
    epochs: int
    learning_rate: float
    x_max: float
    alpha: float
    gradient_clip: float
    seed: int
    mode: str
    patience: int
    vectors: str
    post_processing: str
    unknown: str


class BaselineGiven(CountSettings, total=False):
    """Fields of the settings of the other methods as well; see `core.baseline_settings`."""

    dimension: int
    seed: int
    transform: str
    exponent: float
    shift: float
    smoothing: float
    architecture: str
    epochs: int
    learning_rate: float
    negative: int
    sample: float
    workers: int
    stopped_after: int
