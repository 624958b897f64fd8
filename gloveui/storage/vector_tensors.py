"""Vectors as safetensors: exact, quick to open, with words, counts and the run card in the header."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveParameters
from gloveui.core.model_cards import Card
from gloveui.core.progress import Progress, Task
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.run_card_files import card_from_json, card_to_json
from gloveui.storage.tensor_files import OpenTensors, is_tensor_file, json_of, open_tensors, write_tensors
from gloveui.storage.vector_rows import LARGEST_DIMENSION, DistinctWords, VectorOptions, vector_file_error

MAIN = "vectors"
PARAMETERS = ("word_vectors", "context_vectors", "word_biases", "context_biases")
FLOATS = ("F16", "F32", "F64")
BYTES_PER_STEP = 16 << 20


def write_vector_tensors(embedding: Embedding, path: Path, card: Card | None = None) -> None:
    """Write vectors, what is known of the model behind them, words, counts and the card."""
    write_tensors(path, *tensors_and_texts(embedding, card))


def tensors_and_texts(
    embedding: Embedding, card: Card | None = None
) -> tuple[dict[str, NDArray[Any]], dict[str, str]]:
    """What such a file holds: the arrays by their names, and the texts of its header."""
    vocabulary = embedding.vocabulary
    tensors: dict[str, NDArray[Any]] = {MAIN: embedding.vectors}
    if embedding.parameters is not None:
        tensors |= {name: getattr(embedding.parameters, name) for name in PARAMETERS}
    metadata = {"words": json.dumps(vocabulary.words, ensure_ascii=False)}
    if vocabulary.has_counts:
        metadata["counts"] = json.dumps(vocabulary.counts.tolist())
    if card is not None:
        metadata["run_card"] = card_to_json(card)
    return tensors, metadata


def is_vector_tensors(sample: bytes, path: Path) -> bool:
    """Whether a file that begins so is safetensors."""
    return is_tensor_file(sample)


def read_vector_tensors(path: Path, options: VectorOptions | None = None) -> Task[Embedding]:
    """Read what `write_vector_tensors` wrote, or any file with words and one table of floats.

    The last Progress carries `VectorFileNotes`.

    Raises
    ------
    VectorFileError
        If the file is not whole, has no words, or these do not fit the rows.
    """
    with open_tensors(path) as tensors:
        name = _table_name(tensors, path)
        table = yield from _read_table(tensors, name, path)
        metadata = tensors.metadata() or {}
        words = _words(metadata, len(table), path)
        counts = _counts(metadata, len(table), path)
        parameters = _parameters(tensors, len(table), path)
    distinct = DistinctWords()
    kept = distinct.kept(words)
    if len(kept) < len(words):
        table, counts = table[kept], None if counts is None else counts[kept]
        parameters = None if parameters is None else {key: array[kept] for key, array in parameters.items()}
    model = None if parameters is None else GloveParameters(**parameters)
    yield Progress("reading", 1.0, distinct.notes("safetensors"))
    return Embedding(Vocabulary(distinct.words, counts), table, model)


def run_card_of_vectors(path: Path) -> Card | None:
    """The run card in the header of a safetensors file, None where it has none."""
    with open_tensors(path) as tensors:
        text = (tensors.metadata() or {}).get("run_card")
    return None if text is None else card_from_json(text, path)


def _table_name(tensors: OpenTensors, path: Path) -> str:
    """The tensor to read: ``vectors``, or the only one with two dimensions."""
    tables = [name for name in tensors.keys() if len(tensors.get_slice(name).get_shape()) == 2]  # noqa: SIM118
    if MAIN in tables or len(tables) == 1:
        return MAIN if MAIN in tables else tables[0]
    received = f"{len(tables)}: {', '.join(sorted(tables)[:8])}" if tables else "none"
    raise vector_file_error(path, "header", f"one table, or one called “{MAIN}”", received)


def _read_table(tensors: OpenTensors, name: str, path: Path) -> Task[NDArray[np.float32]]:
    """Copy a table into memory piece by piece, and check that its numbers are finite."""
    source = tensors.get_slice(name)
    rows, dimension = source.get_shape()
    if source.get_dtype() not in FLOATS:
        raise vector_file_error(path, f"tensor {name}", " / ".join(FLOATS), source.get_dtype())
    if rows == 0 or not 1 <= dimension <= LARGEST_DIMENSION:
        expected = f"at least one row of 1 to {LARGEST_DIMENSION} numbers"
        raise vector_file_error(path, f"tensor {name}", expected, f"{rows} × {dimension}")
    table = np.empty((rows, dimension), np.float32)
    step = max(1, BYTES_PER_STEP // (4 * dimension))
    for first in range(0, rows, step):
        piece = table[first : first + step]
        with np.errstate(over="ignore"):
            piece[:] = source[first : first + len(piece)]
        _refuse_infinite(piece, name, first, path)
        yield Progress("reading", min(1.0, (first + step) / rows))
    return table


def _refuse_infinite(piece: NDArray[np.float32], name: str, first: int, path: Path) -> None:
    finite = np.isfinite(piece.reshape(len(piece), -1)).all(axis=1)
    if not finite.all():
        place = f"tensor {name}, row {first + int(np.argmin(finite))}"
        raise vector_file_error(path, place, "finite numbers", "NaN or infinity")


def _words(metadata: Mapping[str, str], rows: int, path: Path) -> list[str]:
    words = json_of(metadata, "words", path)
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise vector_file_error(
            path, "header", "a list of words", "none" if words is None else "something else"
        )
    if len(words) != rows:
        raise vector_file_error(path, "header", f"{rows} words, one a row", f"{len(words)} words")
    return words


def _counts(metadata: Mapping[str, str], rows: int, path: Path) -> NDArray[np.int64] | None:
    counts = json_of(metadata, "counts", path)
    if counts is None:
        return None
    fine = isinstance(counts, list) and all(type(count) is int and 0 <= count < 2**63 for count in counts)
    if not fine or len(counts) != rows:
        raise vector_file_error(path, "header", f"{rows} whole numbers as counts", "something else")
    return np.array(counts, np.int64)


def _parameters(tensors: OpenTensors, rows: int, path: Path) -> dict[str, NDArray[np.float32]] | None:
    """The four parts of the model, if the file has them all."""
    if not set(PARAMETERS) <= set(tensors.keys()):
        return None
    dimension = tensors.get_slice("word_vectors").get_shape()[-1:]
    expected = [[rows, *dimension], [rows, *dimension], [rows], [rows]]
    parameters = {}
    for name, shape in zip(PARAMETERS, expected, strict=True):
        source = tensors.get_slice(name)
        if source.get_shape() != shape or source.get_dtype() not in FLOATS:
            wanted = f"{' × '.join(map(str, shape))} floats"
            raise vector_file_error(
                path, f"tensor {name}", wanted, f"{source.get_shape()} {source.get_dtype()}"
            )
        parameters[name] = np.asarray(tensors.get_tensor(name), np.float32)
        _refuse_infinite(parameters[name], name, 0, path)
    return parameters
