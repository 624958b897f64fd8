"""Opens and saves word vectors, whatever the file is called: its content says what it is."""

from __future__ import annotations

from pathlib import Path

from gloveui.core.embedding import Embedding
from gloveui.core.errors import FileMissing, SettingError, VectorFileError
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.run_card import RunCard
from gloveui.core.signatures import looks_like
from gloveui.core.text import printable
from gloveui.storage.tensor_files import is_tensor_file
from gloveui.storage.vector_rows import vector_file_error
from gloveui.storage.vector_tensors import read_vector_tensors, write_vector_tensors
from gloveui.storage.vector_text import is_vector_text, read_vector_text, write_vector_text

VECTORS_TENSORS, VECTORS_TEXT = "vectors.safetensors", "vectors.txt"  # in a folder that a training wrote
KNOWN_FORMATS = "GloVe text, word2vec text or safetensors"
SAMPLE_BYTES = 64 * 1024


def load_vectors(path: Path) -> Embedding:
    """The vectors in a file, or in a folder that a training wrote; see `read_vectors`."""
    return run_to_end(read_vectors(path))


def read_vectors(path: Path) -> Task[Embedding]:
    """Read vectors as safetensors, GloVe text or word2vec text; the last Progress carries `VectorFileNotes`.

    Raises
    ------
    FileMissing
        If there is no such file.
    VectorFileError
        With the place, if the content is none of these or damaged.
    """
    path = vectors_file(path)
    yield Progress("reading", 0.0)
    try:
        sample = _sample(path)
        if is_tensor_file(sample):
            return (yield from read_vector_tensors(path))
        _refuse_other_formats(sample, path)
        return (yield from read_vector_text(path))
    except OSError as error:
        raise vector_file_error(path, "byte 0", "a readable file", error.strerror or error) from error


def holds_vectors(path: Path) -> bool:
    """Whether a file or folder looks like word vectors, judged by its beginning."""
    try:
        path = vectors_file(path)
        sample = _sample(path)
    except (OSError, FileMissing, VectorFileError):
        return False
    return is_tensor_file(sample) or (looks_like(sample) is None and is_vector_text(path))


def save_vectors(embedding: Embedding, path: Path, card: RunCard | None = None) -> None:
    """Save as safetensors or as GloVe text, as the ending ``.safetensors`` or ``.txt`` says.

    Raises
    ------
    SettingError
        If the ending is another one.
    WriteFailed
        If the file cannot be written; one that was there is unchanged.
    """
    if path.suffix == ".safetensors":
        write_vector_tensors(embedding, path, card)
    elif path.suffix == ".txt":
        run_to_end(write_vector_text(embedding, path))
    else:
        raise SettingError(
            setting="path", expected="a name ending in .safetensors or .txt", received=path.name
        )


def vectors_file(path: Path) -> Path:
    """The file itself, or the vectors inside a folder that a training wrote; raises `VectorFileError`."""
    if not path.is_dir():
        return path
    for name in (VECTORS_TENSORS, VECTORS_TEXT):
        if (path / name).is_file():
            return path / name
    raise vector_file_error(path, "folder", f"{VECTORS_TENSORS} or {VECTORS_TEXT}", "neither")


def _sample(path: Path) -> bytes:
    if not path.exists():
        raise FileMissing(path=printable(path))
    if not path.is_file():
        raise vector_file_error(path, "byte 0", "a plain file", "a pipe or device")
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES)
    if not sample:
        raise vector_file_error(path, "byte 0", KNOWN_FORMATS, "an empty file")
    return sample


def _refuse_other_formats(sample: bytes, path: Path) -> None:
    kind = looks_like(sample)
    if kind is None and sample.count(0):
        kind = "binary data"  # word2vec's binary form among others
    if kind is not None:
        raise vector_file_error(path, "byte 0", KNOWN_FORMATS, kind)
