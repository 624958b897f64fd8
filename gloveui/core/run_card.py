"""Where vectors come from: everything needed to make them again."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.resources import Resources
from gloveui.core.text import TextSummary
from gloveui.core.tokens import TokenOptions, TokenStream
from gloveui.core.training import Trainer
from gloveui.core.warm_start import Origin

_PACKAGES = ("gloveui", "numpy", "numba", "scipy", "scikit-learn", "gensim", "torch", "triton")


@dataclass(frozen=True)
class RunCard:
    """The text, the settings and the course of a training; travels with its vectors.

    Attributes
    ----------
    text, token_options, count_options, config
        What was read (with its SHA-256), and every setting, the seed included; the epochs are those done.
    sizes
        ``tokens``, ``sentences``, ``types``, ``vocabulary``, ``nonzeros``.
    losses
        Mean loss per pair of each epoch.
    seconds
        Time spent by stage: ``reading``, ``counting``, ``training``.
    versions
        Of Python, the system and the packages that compute.
    device, threads
        What trained, as shown to a person, and how many threads it might use; empty and 0 where not known.
    start
        Where the first values came from; None for small random ones.
    ended_early
        Whether training ended by itself, because the loss no longer fell.
    """

    text: TextSummary
    token_options: TokenOptions
    count_options: CountOptions
    config: GloveConfig
    sizes: Mapping[str, int]
    losses: tuple[float, ...]
    seconds: Mapping[str, float]
    versions: Mapping[str, str] = field(default_factory=lambda: versions())
    device: str = ""
    threads: int = 0
    start: Origin | None = None
    ended_early: bool = False

    def as_dict(self) -> dict[str, object]:
        """The card as plain values for JSON."""
        return asdict(self)


def run_card(
    stream: TokenStream,
    trainer: Trainer,
    seconds: Mapping[str, float],
    resources: Resources,
    start: Origin | None = None,
) -> RunCard:
    """The card of a training on the counts of this text, as far as it has come."""
    matrix, losses = trainer.matrix, trainer.losses
    return RunCard(
        stream.summary,
        stream.options,
        matrix.options,
        replace(trainer.config, epochs=max(1, len(losses))),
        text_sizes(stream, matrix),
        losses,
        dict(seconds),
        device=trainer.device,
        threads=resources.thread_count,
        start=start,
        ended_early=trainer.ended_early,
    )


def text_sizes(stream: TokenStream, matrix: CooccurrenceMatrix) -> dict[str, int]:
    """The sizes of a text and its counts, as a card has them."""
    return {
        "tokens": stream.token_count,
        "sentences": stream.sentence_count,
        "types": len(stream.vocabulary),
        "vocabulary": len(matrix.vocabulary),
        "nonzeros": matrix.nonzeros,
    }


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
