"""Pickles, which could run code: none is opened, but vectors that gensim saved beside one can be read."""

from __future__ import annotations

import re
from pathlib import Path

from gloveui.core.embedding import Embedding
from gloveui.core.errors import VectorFileError
from gloveui.core.progress import Task
from gloveui.core.text import printable
from gloveui.storage.numpy_files import read_npy_of, table_shape
from gloveui.storage.vector_errors import PickleInside, WordsInPickle
from gloveui.storage.vector_rows import VectorOptions

GENSIM = "gensim"
# How gensim called the array of the word vectors over the years, behind the name of the pickle.
ARRAYS = (".vectors.npy", ".wv.vectors.npy", ".wv.syn0.npy", ".syn0.npy")

_BINARY = re.compile(rb"\x80[\x02-\x05]")
_NAMES = re.compile(rb"[(}\]]*[ci][A-Za-z_][\w.]*\n[A-Za-z_][\w.]*\n")  # the first versions begin with names


def is_pickle(sample: bytes, path: Path) -> bool:
    """Whether a file that begins so is a pickle; gensim's own format is one."""
    return bool(_BINARY.match(sample) or _NAMES.match(sample))


def read_gensim(path: Path, options: VectorOptions | None = None) -> Task[Embedding]:
    """Read the array that gensim saved beside its pickle, with words from the file that the options name.

    Raises
    ------
    PickleInside
        If there is no such array.
    WordsInPickle
        If there is, and the options name no file of words.
    VectorFileError, VectorsTooLarge
        As `read_npy`.
    """
    array = _array_beside(path)
    if array is None:
        raise PickleInside(path=printable(path), place="byte 0")
    return (yield from read_npy_of(path, array, options or VectorOptions(), GENSIM, WordsInPickle))


def arrays_beside(path: Path) -> tuple[Path, ...]:
    """Where gensim may have put the array of a pickle."""
    return tuple(path.with_name(path.name + ending) for ending in ARRAYS)


def _array_beside(path: Path) -> Path | None:
    for array in arrays_beside(path):
        try:
            if array.is_file() and table_shape(array):
                return array
        except (VectorFileError, OSError):
            continue
    return None
