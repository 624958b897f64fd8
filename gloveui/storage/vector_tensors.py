"""Vectors as safetensors: exact, quick to open, with words, counts and the run card in the header."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.composition import composed
from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveParameters
from gloveui.core.model_cards import Card
from gloveui.core.progress import Task
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.run_card_files import card_from_json, card_to_json
from gloveui.storage.tensor_files import (
    OpenTensors,
    is_tensor_file,
    json_of,
    open_tensors,
    tensor_start,
    write_tensors,
)
from gloveui.storage.vector_arrays import MAIN, StoredTable, check_shape, chosen_table, read_table
from gloveui.storage.vector_rows import VectorOptions, vector_file_error
from gloveui.storage.vector_words import words_for

PARAMETERS = ("word_vectors", "context_vectors", "word_biases", "context_biases")
FORMAT = "safetensors"
BFLOAT16 = "BF16"
KINDS = {"F16": "float16", "F32": "float32", "F64": "float64", BFLOAT16: "bfloat16"}


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
    """Read what `write_vector_tensors` wrote, or any file with a table of floats; the words may be elsewhere.

    The last Progress carries `VectorFileNotes`.

    Raises
    ------
    VectorFileError
        If the file is not whole, or the words do not fit the rows.
    SeveralTables, WordsWanted
        If the options have to say which table, or where the words are.
    VectorsTooLarge
        If the vectors do not fit in memory.
    """
    options = options or VectorOptions()
    with open_tensors(path) as tensors:
        table = _stored_table(tensors, options.table, path)
        rows, metadata = table.shape[0], tensors.metadata() or {}
        words = words_for(path, rows, options, _words(metadata, path))
        counts = _counts(metadata, rows, path)
        parameters = _parameters(tensors, rows, path) if table.name == f"tensor {MAIN}" else None
        embedding = yield from read_table(path, table, words, options, FORMAT)
    if counts is None and parameters is None:
        return embedding
    kept = _places(words, embedding)
    model = None if parameters is None else {name: array[kept] for name, array in parameters.items()}
    vocabulary = Vocabulary(embedding.vocabulary, None if counts is None else counts[kept])
    return Embedding(vocabulary, embedding.vectors, None if model is None else GloveParameters(**model))


def run_card_of_vectors(path: Path) -> Card | None:
    """The run card in the header of a safetensors file, None where it has none."""
    with open_tensors(path) as tensors:
        text = (tensors.metadata() or {}).get("run_card")
    return None if text is None else card_from_json(text, path)


def _stored_table(tensors: OpenTensors, asked: str, path: Path) -> StoredTable:
    """The tensor to read: the one asked for, ``vectors``, or the only one with two dimensions."""
    slices = {name: tensors.get_slice(name) for name in tensors.keys()}  # noqa: SIM118
    tables = {name: source for name, source in slices.items() if len(source.get_shape()) == 2}
    floats = {name: source for name, source in tables.items() if source.get_dtype() in KINDS}
    name = chosen_table(path, floats or tables, asked)
    source, place = tables[name], f"tensor {name}"
    kind = source.get_dtype()
    if kind not in KINDS:
        raise vector_file_error(path, place, " / ".join(KINDS), kind)
    shape = check_shape(path, place, source.get_shape())
    if kind == BFLOAT16:
        return StoredTable(place, shape, KINDS[kind], _bfloat16_rows(path, name, shape))
    return StoredTable(place, shape, KINDS[kind], source.__getitem__)


def _bfloat16_rows(path: Path, name: str, shape: tuple[int, int]) -> Callable[[slice], NDArray[np.float32]]:
    """Reads rows of numbers that NumPy has no kind for: the upper halves of float32."""
    begin = tensor_start(path, name)
    halves = np.memmap(path, "<u2", "r", begin, shape)
    return lambda rows: (halves[rows].astype(np.uint32) << 16).view(np.float32)


def _places(words: Sequence[str], embedding: Embedding) -> NDArray[np.int64]:
    """int64: the row in the file of each word that was read, the first one of a word that comes twice."""
    places: dict[str, int] = {}
    for row, word in enumerate(words):
        places.setdefault(composed(word), row)
    return np.array([places[word] for word in embedding.vocabulary], np.int64)


def _refuse_infinite(piece: NDArray[np.float32], name: str, first: int, path: Path) -> None:
    finite = np.isfinite(piece.reshape(len(piece), -1)).all(axis=1)
    if not finite.all():
        place = f"tensor {name}, row {first + int(np.argmin(finite))}"
        raise vector_file_error(path, place, "finite numbers", "NaN or infinity")


def _words(metadata: Mapping[str, str], path: Path) -> list[str] | None:
    words = json_of(metadata, "words", path)
    if words is None:
        return None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise vector_file_error(path, "header", "a list of words", "something else")
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
        if source.get_shape() != shape or source.get_dtype() not in ("F16", "F32", "F64"):
            wanted = f"{' × '.join(map(str, shape))} floats"
            raise vector_file_error(
                path, f"tensor {name}", wanted, f"{source.get_shape()} {source.get_dtype()}"
            )
        parameters[name] = np.asarray(tensors.get_tensor(name), np.float32)
        _refuse_infinite(parameters[name], name, 0, path)
    return parameters
