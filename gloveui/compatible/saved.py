"""Saved `Corpus` and `Glove` objects: tensors, with settings and words as JSON in their header."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from gloveui.storage.tensor_files import json_of, open_tensors
from gloveui.storage.vector_rows import vector_file_error


def json_text(values: object) -> str:
    """Values as JSON text."""
    return json.dumps(values, ensure_ascii=False)


def plain_dictionary(dictionary: Mapping[str, int]) -> dict[str, int]:
    """The dictionary as JSON can hold it."""
    if not all(isinstance(word, str) for word in dictionary):
        raise TypeError("expected words that are strings, got others: JSON has no other names")
    return {word: int(index) for word, index in dictionary.items()}


def read_saved(path: Path, key: str) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """All tensors of a file, and the JSON object in its header."""
    with open_tensors(path) as tensors:
        values = json_of(tensors.metadata() or {}, key, path)
        if not isinstance(values, dict):
            raise vector_file_error(path, "header", f"what a saved {key} has", "something else")
        arrays = {name: tensors.get_tensor(name) for name in tensors.keys()}  # noqa: SIM118
    return arrays, values


def read_dictionary(values: Mapping[str, Any], path: Path) -> dict[str, int] | None:
    """The dictionary in a saved header, None where there is none."""
    dictionary = values.get("dictionary")
    if dictionary is None:
        return None
    if not isinstance(dictionary, dict) or not all(type(index) is int for index in dictionary.values()):
        raise vector_file_error(path, "header", "words with their ids", "something else")
    return dictionary


def saved_array(arrays: Mapping[str, NDArray[Any]], name: str, path: Path) -> NDArray[Any]:
    """A tensor that a saved file must have."""
    if name not in arrays:
        raise vector_file_error(path, "header", f"a tensor “{name}”", "none")
    return arrays[name]
