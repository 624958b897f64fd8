"""Checkpoints as files: a training goes on from them as if it had never stopped."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.errors import OtherTraining
from gloveui.core.glove import FINISHING_SETTINGS, GloveConfig
from gloveui.core.model_state import ModelState
from gloveui.core.training import Checkpoint
from gloveui.storage.tensor_files import OpenTensors, json_of, open_tensors, whole_tensor, write_tensors
from gloveui.storage.vector_rows import vector_file_error

FORMAT = "gloveui checkpoint 1"
ARRAYS = tuple(field.name for field in fields(ModelState))
# What may differ when a training goes on: how far it goes, and what is done to its result.
FREE_SETTINGS = ("epochs", "patience", *FINISHING_SETTINGS)
HASHED_AT_ONCE = 1 << 24


def write_checkpoint(
    path: Path, checkpoint: Checkpoint, matrix: CooccurrenceMatrix, config: GloveConfig
) -> None:
    """Write the state of a training, its settings and a fingerprint of the counts; raises `WriteFailed`."""
    arrays, metadata = checkpoint_tensors(checkpoint, config, fingerprint(matrix))
    write_tensors(path, arrays, metadata)


def checkpoint_tensors(
    checkpoint: Checkpoint, config: GloveConfig, counts: str
) -> tuple[dict[str, NDArray[np.float32]], dict[str, str]]:
    """A checkpoint as arrays and texts about them; ``counts`` is the fingerprint of its matrix."""
    progress = {
        "losses": checkpoint.losses,
        "rounds": checkpoint.rounds,
        "rounds_per_epoch": checkpoint.rounds_per_epoch,
        "round_loss": checkpoint.round_loss,
    }
    metadata = {
        "format": FORMAT,
        "progress": json.dumps(progress),
        "settings": json.dumps(_binding(config)),
        "counts": counts,
    }
    return {name: getattr(checkpoint.state, name) for name in ARRAYS}, metadata


def read_checkpoint(path: Path, matrix: CooccurrenceMatrix, config: GloveConfig) -> Checkpoint:
    """The checkpoint in a file, for a training with these counts and settings.

    Raises
    ------
    OtherTraining
        If it was made with other counts or settings.
    VectorFileError
        If the file is damaged, or no checkpoint.
    """
    with open_tensors(path) as tensors:
        metadata = _metadata(tensors, path)
        _check_settings(json_of(metadata, "settings", path), config)
        if metadata.get("counts") != fingerprint(matrix):
            raise OtherTraining(expected="the counts of the open text", received="others")
        return _checkpoint(tensors, metadata, path)


def stored_checkpoint(path: Path) -> Checkpoint:
    """The checkpoint in a file, whatever it belongs to; raises `VectorFileError`."""
    with open_tensors(path) as tensors:
        return _checkpoint(tensors, _metadata(tensors, path), path)


def is_checkpoint(path: Path) -> bool:
    """Whether a safetensors file is a checkpoint, by its header."""
    with open_tensors(path) as tensors:
        return (tensors.metadata() or {}).get("format") == FORMAT


def fingerprint(matrix: CooccurrenceMatrix) -> str:
    """SHA-256 of the words and the counts, as hexadecimal digits."""
    digest = hashlib.sha256(json.dumps(matrix.vocabulary.words).encode())
    for array in (matrix.starts, matrix.columns, matrix.values):
        for first in range(0, len(array), HASHED_AT_ONCE):
            digest.update(np.ascontiguousarray(array[first : first + HASHED_AT_ONCE]).data)
    return digest.hexdigest()


def _metadata(tensors: OpenTensors, path: Path) -> dict[str, str]:
    metadata = tensors.metadata() or {}
    if metadata.get("format") != FORMAT:
        raise vector_file_error(path, "header", FORMAT, metadata.get("format", "another file"))
    return metadata


def _checkpoint(tensors: OpenTensors, metadata: dict[str, str], path: Path) -> Checkpoint:
    arrays = {name: _array(tensors, name, path) for name in ARRAYS}
    progress = json_of(metadata, "progress", path)
    try:
        return Checkpoint(
            ModelState(**arrays),
            tuple(float(loss) for loss in progress["losses"]),
            int(progress["rounds"]),
            int(progress["rounds_per_epoch"]),
            float(progress["round_loss"]),
        )
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise vector_file_error(path, "header", "a training that can go on", error) from error


def _binding(config: GloveConfig) -> dict[str, Any]:
    return {name: value for name, value in asdict(config).items() if name not in FREE_SETTINGS}


def _check_settings(found: object, config: GloveConfig) -> None:
    expected = _binding(config)
    received = found if isinstance(found, dict) else {}
    other = [name for name, value in expected.items() if received.get(name) != value]
    if other:
        raise OtherTraining(
            expected=", ".join(f"{name} {expected[name]}" for name in other),
            received=", ".join(f"{name} {received.get(name)}" for name in other),
        )


def _array(tensors: OpenTensors, name: str, path: Path) -> NDArray[np.float32]:
    if name not in tensors.keys() or tensors.get_slice(name).get_dtype() != "F32":  # noqa: SIM118
        raise vector_file_error(path, f"tensor {name}", "float32 numbers", "none")
    array: NDArray[np.float32] = whole_tensor(tensors, name)
    if array.ndim != 2 or not np.isfinite(array).all():
        raise vector_file_error(path, f"tensor {name}", "a table of finite numbers", "something else")
    return array
