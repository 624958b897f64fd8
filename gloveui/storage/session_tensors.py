"""Vectors and ids of a session as tensors, exactly; words too, because a header of texts may not be long."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveParameters
from gloveui.core.resources import MIB, Resources
from gloveui.core.scratch import ScratchFile
from gloveui.core.text import TextSummary
from gloveui.core.tokens import SENTENCE_BREAK, TokenOptions, TokenStream
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.tensor_files import OpenTensors, open_tensors, whole_tensor
from gloveui.storage.vector_arrays import MAIN
from gloveui.storage.vector_rows import vector_file_error
from gloveui.storage.vector_tensors import PARAMETERS

IDS_AT_ONCE = 1 << 22

Tensors = dict[str, NDArray[Any]]


class SharedWords:
    """Vocabularies that were read, so that equal ones are one."""

    def __init__(self) -> None:
        self._known: dict[bytes, Vocabulary] = {}

    def vocabulary(self, tensors: OpenTensors, path: Path) -> Vocabulary:
        """The words of a file, with their counts where it has them; raises `VectorFileError`."""
        data, lengths = _array(tensors, "words", "U8", 1, path), _array(tensors, "lengths", "I32", 1, path)
        counts = _array(tensors, "counts", "I64", 1, path) if "counts" in tensors.keys() else None  # noqa: SIM118
        key = hashlib.sha256(data.tobytes() + lengths.tobytes())
        key.update(b"" if counts is None else counts.tobytes())
        if key.digest() not in self._known:
            self._known[key.digest()] = _vocabulary(data, lengths, counts, path)
        return self._known[key.digest()]


def embedding_tensors(embedding: Embedding) -> Tensors:
    """Everything of an embedding."""
    model = embedding.parameters
    parameters = {} if model is None else {name: getattr(model, name) for name in PARAMETERS}
    return {MAIN: embedding.vectors, **parameters, **_vocabulary_tensors(embedding.vocabulary)}


def read_embedding(path: Path, shared: SharedWords) -> Embedding:
    """The embedding in a file, the same to the bit; raises `VectorFileError`."""
    with open_tensors(path) as tensors:
        vocabulary = shared.vocabulary(tensors, path)
        vectors = _array(tensors, MAIN, "F32", 2, path)
        parameters = _parameters(tensors, len(vocabulary), path)
    if len(vectors) != len(vocabulary):
        raise vector_file_error(path, f"tensor {MAIN}", f"{len(vocabulary)} rows", len(vectors))
    return Embedding(vocabulary, vectors, parameters)


def token_tensors(tokens: TokenStream) -> Tensors:
    """The ids of a text and its words."""
    return {"ids": tokens.ids, **_vocabulary_tensors(tokens.vocabulary)}


def read_tokens(
    path: Path, shared: SharedWords, summary: TextSummary, options: TokenOptions, cut_tokens: int
) -> TokenStream:
    """The text in a file; ids that take much memory are mapped from a temporary file, as when it was read.

    Raises
    ------
    VectorFileError
        If it is not a text as it was written: kernels trust its ids.
    """
    with open_tensors(path) as tensors:
        vocabulary = shared.vocabulary(tensors, path)
        ids = _ids(tensors, path)
    _check_ids(ids, vocabulary, path)
    return TokenStream(ids, vocabulary, summary, options, cut_tokens)


def _vocabulary_tensors(vocabulary: Vocabulary) -> Tensors:
    words = "".join(vocabulary.words).encode("utf-8", "surrogatepass")
    lengths = np.fromiter(map(len, vocabulary.words), np.int32, len(vocabulary))
    counts = {"counts": vocabulary.counts} if vocabulary.has_counts else {}
    return {"words": np.frombuffer(words, np.uint8), "lengths": lengths, **counts}


def _vocabulary(
    data: NDArray[np.uint8], lengths: NDArray[np.int32], counts: NDArray[np.int64] | None, path: Path
) -> Vocabulary:
    try:
        text = data.tobytes().decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise vector_file_error(path, "tensor words", "words in UTF-8", error) from error
    ends = np.cumsum(lengths, dtype=np.int64)
    is_whole = bool((lengths >= 0).all()) and len(text) == (int(ends[-1]) if len(ends) else 0)
    if not is_whole or (counts is not None and len(counts) != len(lengths)):
        raise vector_file_error(path, "tensor words", "words that fill it", "others")
    words = [text[end - length : end] for end, length in zip(ends.tolist(), lengths.tolist(), strict=True)]
    return Vocabulary(words, counts)


def _parameters(tensors: OpenTensors, rows: int, path: Path) -> GloveParameters | None:
    if not set(PARAMETERS) <= set(tensors.keys()):
        return None
    arrays = [_array(tensors, name, "F32", 2 if "vectors" in name else 1, path) for name in PARAMETERS]
    if any(len(array) != rows for array in arrays) or arrays[0].shape != arrays[1].shape:
        raise vector_file_error(path, "tensors", f"a model of {rows} words", [a.shape for a in arrays])
    return GloveParameters(*arrays)


def _array(tensors: OpenTensors, name: str, kind: str, dimensions: int, path: Path) -> NDArray[Any]:
    _check_kind(tensors, name, kind, dimensions, path)
    return whole_tensor(tensors, name)


def _check_kind(tensors: OpenTensors, name: str, kind: str, dimensions: int, path: Path) -> None:
    if name not in tensors.keys():  # noqa: SIM118
        raise vector_file_error(path, f"tensor {name}", "one", "none")
    found = tensors.get_slice(name)
    if found.get_dtype() != kind or len(found.get_shape()) != dimensions:
        expected = f"{kind} with {dimensions} dimensions"
        raise vector_file_error(path, f"tensor {name}", expected, f"{found.get_dtype()} {found.get_shape()}")


def _ids(tensors: OpenTensors, path: Path) -> NDArray[np.int32]:
    _check_kind(tensors, "ids", "I32", 1, path)
    source, resources = tensors.get_slice("ids"), Resources()
    (size,) = source.get_shape()
    if 4 * size <= resources.mapped_above_mib * MIB:
        ids = np.asarray(whole_tensor(tensors, "ids"), np.int32)
    else:
        with ScratchFile(resources.scratch_folder) as file:
            for first in range(0, size, IDS_AT_ONCE):
                file.append(source[first : first + IDS_AT_ONCE])
            ids = file.mapped(np.int32).view(np.ndarray)
    ids.setflags(write=False)
    return ids


def _check_ids(ids: NDArray[np.int32], vocabulary: Vocabulary, path: Path) -> None:
    """Refuse ids that have no word, and counts of words that are not those of the ids."""
    counts = np.zeros(len(vocabulary), np.int64)
    for first in range(0, len(ids), IDS_AT_ONCE):
        part = ids[first : first + IDS_AT_ONCE]
        if part.min() < SENTENCE_BREAK or part.max() >= len(vocabulary):
            raise vector_file_error(path, "tensor ids", f"ids below {len(vocabulary)}", "others")
        counts += np.bincount(part[part != SENTENCE_BREAK], minlength=len(vocabulary))
    if not vocabulary.has_counts or not np.array_equal(counts, vocabulary.counts):
        raise vector_file_error(path, "tensor counts", "those of the ids", "others")
