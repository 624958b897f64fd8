"""Where vectors come from: everything needed to make them again."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.text import TextSummary
from gloveui.core.tokens import TokenOptions, TokenStream

_PACKAGES = ("gloveui", "numpy", "numba", "scipy")


@dataclass(frozen=True)
class RunCard:
    """The text, the settings and the course of a training; travels with its vectors.

    Attributes
    ----------
    text, token_options, count_options, config
        What was read (with its SHA-256), and every setting, the seed included.
    sizes
        ``tokens``, ``sentences``, ``types``, ``vocabulary``, ``nonzeros``.
    losses
        Mean loss per pair of each epoch.
    seconds
        Time spent by stage: ``reading``, ``counting``, ``training``.
    versions
        Of Python, the system and the packages that compute.
    """

    text: TextSummary
    token_options: TokenOptions
    count_options: CountOptions
    config: GloveConfig
    sizes: Mapping[str, int]
    losses: tuple[float, ...]
    seconds: Mapping[str, float]
    versions: Mapping[str, str] = field(default_factory=lambda: versions())

    def as_dict(self) -> dict[str, object]:
        """The card as plain values for JSON."""
        return asdict(self)


def run_card(
    stream: TokenStream,
    matrix: CooccurrenceMatrix,
    config: GloveConfig,
    losses: tuple[float, ...],
    seconds: Mapping[str, float],
) -> RunCard:
    """The card of a training on these counts."""
    sizes = {
        "tokens": stream.token_count,
        "sentences": stream.sentence_count,
        "types": len(stream.vocabulary),
        "vocabulary": len(matrix.vocabulary),
        "nonzeros": matrix.nonzeros,
    }
    return RunCard(stream.summary, stream.options, matrix.options, config, sizes, losses, dict(seconds))


def versions() -> dict[str, str]:
    """Versions of what computes, by name."""
    from importlib import metadata  # 20 ms that a question to vectors need not wait for

    found = {"python": platform.python_version(), "system": platform.platform()}
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "not installed"
    return found
