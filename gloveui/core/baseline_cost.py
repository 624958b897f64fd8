"""Memory that the other methods than GloVe take on top of the counts, by reckoning."""

from __future__ import annotations

from gloveui.core.baseline_settings import BaselineSettings, Word2VecSettings
from gloveui.core.byte_size import ByteSize
from gloveui.core.errors import NotEnoughMemory, TooManyPairs
from gloveui.core.resources import free_memory

FEW_WORDS = 1_024  # a whole decomposition of so many takes less than a second
BLOCK = 16  # directions that are looked for at once
SPACE = 3  # times the dimension
LEAST_SPACE = 256
TALL_MATRICES = 2.5  # of float64 at a time: the space, its images, and what is made of them
BYTES_A_PAIR = 8  # of the transformed counts
BYTES_A_WORD = 500  # that gensim takes beside the vectors


def space_size(words: int, dimension: int) -> int:
    """Directions that a decomposition looks at together: whole blocks, or as many as there are."""
    wanted = -(-max(SPACE * dimension, LEAST_SPACE) // BLOCK) * BLOCK
    return wanted if wanted + BLOCK <= words else words


def baseline_memory(words: int, nonzeros: int, settings: BaselineSettings) -> int:
    """Bytes that a method takes on top of counts of so many words and pairs."""
    fixed, vectors = _fixed_memory(words, nonzeros, settings), 4 * words * settings.dimension
    if isinstance(settings, Word2VecSettings):
        return fixed + 3 * vectors  # two tables, and the copy that is kept
    space = words if words <= FEW_WORDS else space_size(words, settings.dimension)
    return fixed + int(TALL_MATRICES * 8 * words * space) + vectors


def check_baseline_fits(words: int, nonzeros: int, settings: BaselineSettings) -> None:
    """Raise `NotEnoughMemory`, with a dimension that would do, where more is needed than is free."""
    needed, free = baseline_memory(words, nonzeros, settings), free_memory()
    if needed <= free:
        return
    facts = {"device": "computer", "needed": ByteSize(needed), "free": ByteSize(free)}
    fixed = _fixed_memory(words, nonzeros, settings)
    if fixed >= free:
        raise TooManyPairs(**facts)
    fitting = int(settings.dimension * (free - fixed) / (needed - fixed))
    raise NotEnoughMemory(**facts, fitting=max(1, fitting))


def _fixed_memory(words: int, nonzeros: int, settings: BaselineSettings) -> int:
    """Bytes that are needed whatever the dimension."""
    return BYTES_A_WORD * words if isinstance(settings, Word2VecSettings) else BYTES_A_PAIR * nonzeros
