"""Files of vectors that could run code, as errors."""

from __future__ import annotations

from gloveui.core.errors import VectorFileError, WordsWanted


class PickleInside(VectorFileError):
    """A file that could run code while it is read; it was looked at from outside only."""

    template = "{path}, {place}: contains a pickle, which could run code; not opened"
    advice = "If gensim made it, open it there and save it with save_word2vec_format; else save it as text."


class CodeInside(VectorFileError):
    """As `PickleInside`, of PyTorch."""

    template = "{path}, {place}: contains code; not opened"
    advice = "Save the vectors alone, as a tensor or a state dict, or as safetensors."


class WordsInPickle(WordsWanted):
    """Vectors beside a pickle that has their words in it."""

    template = "{path}: the words of these {rows} vectors are in a pickle, which could run code; not opened"
    advice = "Choose a file with the words, one a line, or save them in gensim with save_word2vec_format."
