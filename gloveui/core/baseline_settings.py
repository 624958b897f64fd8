"""Settings of the other ways from a text to vectors: LSA, PPMI with SVD, Word2Vec."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, TypeAlias

from gloveui.core.setting_checks import LARGEST_SEED, choice, number, put_checked, whole_number

GLOVE = "glove"  # the method that the others stand beside
TRANSFORMS = ("counts", "log", "tf-idf")
ARCHITECTURES = ("skip-gram", "cbow")
LARGEST_DIMENSION = 1_000
LARGEST_EPOCHS = 100_000
LARGEST_WORKERS = 64
SMALL_TEXT = 1_000_000  # words; where frequent ones are left out of fewer, too little is left to learn from
WORDS_TO_LEARN_FROM = 2_000_000  # that a small text gives over all epochs
MOST_FITTING_EPOCHS = 1_000


@dataclass(frozen=True, slots=True)
class LsaSettings:
    """Latent semantic analysis: truncated SVD of the counts.

    Attributes
    ----------
    dimension
        Singular directions that are kept.
    transform
        What is decomposed: ``"counts"`` X; ``"log"``, ln(1 + X); or ``"tf-idf"``, ln(1 + X_ij) · ln(V / n_j),
        where context j occurs beside n_j of the V words: contexts of many words count less.
    exponent
        Of the singular values in a word's vector: 1 for U·S, 0.5, or 0 for U alone.
    seed
        Of the randomised SVD.
    """

    method: ClassVar[str] = "lsa"
    dimension: int = 100
    transform: str = "log"
    exponent: float = 1.0
    seed: int = 1

    def __post_init__(self) -> None:
        put_checked(
            self,
            dimension=whole_number("dimension", self.dimension, 1, LARGEST_DIMENSION),
            transform=choice("transform", self.transform, TRANSFORMS),
            exponent=number("exponent", self.exponent, 0, 1),
            seed=whole_number("seed", self.seed, 0, LARGEST_SEED),
        )


@dataclass(frozen=True, slots=True)
class PpmiSettings:
    """Positive pointwise mutual information, then truncated SVD (Levy, Goldberg & Dagan 2015).

    Attributes
    ----------
    dimension, exponent, seed
        As in `LsaSettings`.
    shift
        k: log k is taken from each value; 1 for none.
    smoothing
        Exponent of the context words' frequencies, which makes rare ones less special; 1 for none.
    """

    method: ClassVar[str] = "ppmi"
    dimension: int = 100
    shift: float = 1.0
    smoothing: float = 0.75
    exponent: float = 0.5
    seed: int = 1

    def __post_init__(self) -> None:
        put_checked(
            self,
            dimension=whole_number("dimension", self.dimension, 1, LARGEST_DIMENSION),
            shift=number("shift", self.shift, 1, 100),
            smoothing=number("smoothing", self.smoothing, 0, 1),
            exponent=number("exponent", self.exponent, 0, 1),
            seed=whole_number("seed", self.seed, 0, LARGEST_SEED),
        )


@dataclass(frozen=True, slots=True)
class Word2VecSettings:
    """Word2Vec with negative sampling, as gensim trains it; words and window are those of the counts.

    It looks at both sides, and at words left out not at all. Where counts weigh near words more, its window
    is of a random width each time, as is usual; where they do not, of the full width.

    Attributes
    ----------
    architecture
        ``"skip-gram"`` or ``"cbow"``.
    dimension, epochs, learning_rate, seed
        As everywhere; the learning rate falls to nearly 0 over the epochs.
    negative
        Words drawn against each pair.
    sample
        Frequency from which on words are left out at random; 0 for never.
    stopped_after
        Words of the text, over all epochs, after which training ends before its time, the learning rate being
        what it is then: where a training was stopped, so that it can be repeated. 0 for the whole of it.
    workers
        Threads; with 1 the same seed gives the same vectors, to the bit, with more it does not.
    """

    method: ClassVar[str] = "word2vec"
    architecture: str = "skip-gram"
    dimension: int = 100
    epochs: int = 5
    learning_rate: float = 0.025
    negative: int = 5
    sample: float = 1e-3
    seed: int = 1
    workers: int = 1
    stopped_after: int = 0

    def __post_init__(self) -> None:
        put_checked(
            self,
            architecture=choice("architecture", self.architecture, ARCHITECTURES),
            dimension=whole_number("dimension", self.dimension, 1, LARGEST_DIMENSION),
            epochs=whole_number("epochs", self.epochs, 1, LARGEST_EPOCHS),
            learning_rate=number("learning_rate", self.learning_rate, 1e-6, 1),
            negative=whole_number("negative", self.negative, 1, 100),
            sample=number("sample", self.sample, 0, 1),
            seed=whole_number("seed", self.seed, 0, LARGEST_SEED),
            workers=whole_number("workers", self.workers, 1, LARGEST_WORKERS),
            stopped_after=whole_number("stopped_after", self.stopped_after, 0),
        )


BaselineSettings: TypeAlias = LsaSettings | PpmiSettings | Word2VecSettings
SETTINGS_OF: dict[str, type[BaselineSettings]] = {
    kind.method: kind for kind in (LsaSettings, PpmiSettings, Word2VecSettings)
}
METHODS = (GLOVE, *SETTINGS_OF)


def fitting_settings(method: str, token_count: int, words: int, dimension: int) -> BaselineSettings:
    """Settings of a method that fit a text.

    Parameters
    ----------
    token_count, words
        Of the text, and how many different ones are counted.
    dimension
        Wanted; a decomposition keeps at most half as many directions as there are words.
    """
    settings = SETTINGS_OF[method]()
    if not isinstance(settings, Word2VecSettings):
        return replace(settings, dimension=max(1, min(dimension, words // 2)))
    epochs = min(MOST_FITTING_EPOCHS, max(settings.epochs, WORDS_TO_LEARN_FROM // max(1, token_count)))
    sample = settings.sample if token_count >= SMALL_TEXT else 0.0
    return replace(settings, dimension=dimension, epochs=epochs, sample=sample)
