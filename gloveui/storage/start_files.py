"""What a training starts from: vectors or a checkpoint, from files too; and what the run card says of it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeAlias

from gloveui.core.embedding import Embedding
from gloveui.core.progress import Progress, Task
from gloveui.core.text import printable
from gloveui.core.training import Checkpoint, Trainer
from gloveui.core.warm_start import Origin, WarmStart
from gloveui.storage.checkpoint_files import is_checkpoint, read_checkpoint
from gloveui.storage.embedding_files import SAMPLE_BYTES, read_vectors, vectors_file
from gloveui.storage.tensor_files import is_tensor_file

HASHED_AT_ONCE = 1 << 24

StartFrom: TypeAlias = Embedding | Checkpoint | str | Path


def warm_start(start_from: StartFrom) -> Task[WarmStart | None]:
    """Vectors to start from, read if they are in a file; None for a checkpoint, which needs the counts."""
    if isinstance(start_from, Embedding):
        return WarmStart(start_from, Origin("vectors", "vectors of the caller"))
    if isinstance(start_from, Checkpoint) or _holds_checkpoint(Path(start_from)):
        return None
    return (yield from read_warm_start(Path(start_from)))


def read_warm_start(path: Path) -> Task[WarmStart]:
    """Read the vectors in a file or a folder that a training wrote; raises as `read_vectors` does."""
    embedding = yield from read_vectors(path)
    yield Progress("reading", 1.0)
    return WarmStart(embedding, _file_origin("vectors", vectors_file(path)))


def restore(trainer: Trainer, start_from: StartFrom) -> Origin:
    """Take a trainer to a checkpoint, and say where that came from.

    Raises
    ------
    OtherTraining
        If it belongs to other counts or settings.
    VectorFileError
        If the file is damaged, or no checkpoint.
    """
    if isinstance(start_from, Checkpoint):
        trainer.restore(start_from)
        return Origin("checkpoint", f"epoch {len(start_from.losses)}")
    path = Path(str(start_from))
    trainer.restore(read_checkpoint(path, trainer.matrix, trainer.config))
    return _file_origin("checkpoint", path)


def _file_origin(kind: str, path: Path) -> Origin:
    """A file as where first values came from, with the SHA-256 of all of it."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(HASHED_AT_ONCE):
            digest.update(piece)
    return Origin(kind, printable(path.name), printable(path.absolute()), digest.hexdigest())


def _holds_checkpoint(path: Path) -> bool:
    """Whether a file is a checkpoint, judged by its beginning; False for one that is not there."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES)
    return is_tensor_file(sample) and is_checkpoint(path)
