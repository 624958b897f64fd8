"""Settings that fit a text, by its size."""

from __future__ import annotations

from dataclasses import dataclass

from gloveui.core.cooccurrence import CountOptions
from gloveui.core.glove import GloveConfig


@dataclass(frozen=True, slots=True)
class Preset:
    """Settings for counting and training that go together."""

    key: str
    count_options: CountOptions
    config: GloveConfig


LECTURE = Preset(
    "lecture",
    CountOptions(window=1, weighting="flat", min_count=1),
    GloveConfig(dimension=10, epochs=100),
)
TINY = Preset("tiny", CountOptions(window=5, min_count=1), GloveConfig(dimension=25, epochs=100))
SMALL = Preset(
    "small", CountOptions(window=10, min_count=3), GloveConfig(dimension=50, epochs=50, learning_rate=0.1)
)
# Measured on 3 M words of prose: WS-353 .50 where window 8, η 0.05, min_count 5 give .41; more epochs do not
# help.
NOVEL = Preset("novel", CountOptions(window=15, min_count=8), GloveConfig(learning_rate=0.1))
LARGE = Preset("large", CountOptions(), GloveConfig(x_max=100.0))
# What programs do when they are told nothing: `vocab_count`, `cooccur` and `glove` of Stanford's GloVe 1.2;
# `Corpus.fit`, `Glove()` and `fit` of glove_python 0.1.
STANFORD = Preset(
    "stanford", CountOptions(window=15, min_count=1), GloveConfig(dimension=50, epochs=25, x_max=100.0)
)
GLOVE_PYTHON = Preset(
    "glove_python",
    CountOptions(window=10, min_count=1),
    GloveConfig(dimension=30, epochs=5, x_max=100.0, vectors="word"),
)
PRESETS = (LECTURE, TINY, SMALL, NOVEL, LARGE, STANFORD, GLOVE_PYTHON)

_LARGEST_TOKEN_COUNTS = ((20_000, TINY), (500_000, SMALL), (50_000_000, NOVEL))


def preset_for(token_count: int) -> Preset:
    """The settings for a text with this many words."""
    for largest, preset in _LARGEST_TOKEN_COUNTS:
        if token_count <= largest:
            return preset
    return LARGE
