"""Opens word vectors, whatever the file is called: its content says what it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from gloveui.core.embedding import Embedding
from gloveui.core.errors import FileMissing, GloveError, SeveralTables
from gloveui.core.model_cards import FileCard
from gloveui.core.progress import Progress, Task, run_to_end
from gloveui.core.signatures import looks_like
from gloveui.core.text import printable
from gloveui.storage.fasttext_binary import is_fasttext_binary, read_fasttext_binary
from gloveui.storage.numpy_files import is_npy, is_npz, read_npy, read_npz
from gloveui.storage.pickle_files import is_pickle, read_gensim
from gloveui.storage.torch_files import is_torch, read_torch
from gloveui.storage.vector_bytes import is_compressed, open_vector_bytes
from gloveui.storage.vector_rows import VectorFileNotes, VectorOptions, vector_file_error
from gloveui.storage.vector_tensors import is_vector_tensors, read_vector_tensors
from gloveui.storage.vector_text import is_vector_text, read_vector_text
from gloveui.storage.word2vec_binary import is_word2vec_binary, read_word2vec_binary

VECTORS_TENSORS, VECTORS_TEXT = "vectors.safetensors", "vectors.txt"  # in a folder that a training wrote
KNOWN_FORMATS = "GloVe text, word2vec text or binary, safetensors, NumPy, PyTorch, or fastText"
SAMPLE_BYTES = 256 * 1024  # two lines of 10,000 numbers
HASHED_AT_ONCE = 1 << 22


@dataclass(frozen=True, slots=True)
class VectorFormat:
    """A format of files of vectors.

    Attributes
    ----------
    holds
        Whether a file is in it: takes its first `SAMPLE_BYTES` and its path, and raises nothing but OSError.
    read
        Reads it; the last Progress carries `VectorFileNotes`.
    unpacks
        Whether it reads a compressed file as it reads a plain one, through `open_vector_bytes`.
    """

    holds: Callable[[bytes, Path], bool]
    read: Callable[[Path, VectorOptions], Task[Embedding]]
    unpacks: bool = False


# The first that holds a file reads it.
FORMATS: tuple[VectorFormat, ...] = (
    VectorFormat(is_vector_tensors, read_vector_tensors),
    VectorFormat(is_torch, read_torch),
    VectorFormat(is_npz, read_npz),
    VectorFormat(is_npy, read_npy),
    VectorFormat(is_pickle, read_gensim, unpacks=True),
    VectorFormat(is_fasttext_binary, read_fasttext_binary, unpacks=True),
    VectorFormat(is_word2vec_binary, read_word2vec_binary, unpacks=True),
    VectorFormat(is_vector_text, read_vector_text, unpacks=True),
)


def load_vectors(path: Path, options: VectorOptions | None = None) -> Embedding:
    """The vectors in a file, or in a folder that a training wrote; see `read_vectors`."""
    return run_to_end(read_vectors(path, options))


def read_vectors(path: Path, options: VectorOptions | None = None) -> Task[Embedding]:
    """Read vectors in any of `FORMATS`; the last Progress carries `VectorFileNotes`.

    Raises
    ------
    FileMissing
        If there is no such file.
    VectorFileError
        With the place, if the content is none of these or damaged.
    SeveralTables, WordsWanted
        If the options have to say which table, or where the words are.
    VectorsTooLarge
        If they do not fit in memory.
    """
    path, options = vectors_file(path), options or VectorOptions()
    yield Progress("reading", 0.0)
    try:
        return (yield from _format_of(path, options).read(path, options))
    except OSError as error:
        raise vector_file_error(path, "byte 0", "a readable file", error.strerror or error) from error


def holds_vectors(path: Path) -> bool:
    """Whether a file or folder looks like word vectors, judged by its beginning."""
    try:
        return _found_format(vectors_file(path), VectorOptions()) is not None
    except SeveralTables:
        return True
    except (OSError, GloveError):
        return False


def file_card(
    path: Path,
    embedding: Embedding,
    notes: VectorFileNotes,
    options: VectorOptions | None = None,
    sha256: str = "",
) -> Task[FileCard]:
    """What vectors that were read say of themselves: their file, with the SHA-256 of all its bytes.

    The hash can be given where it is known.

    Raises
    ------
    FileMissing, VectorFileError
        If the file is gone by now.
    """
    path = vectors_file(path)
    digest = sha256 or (yield from _digest(path))
    asked = {name: value for name, value in asdict(options or VectorOptions()).items() if value}
    asked = {name: printable(value) if isinstance(value, Path) else value for name, value in asked.items()}
    return FileCard(printable(path), digest, notes.format, len(embedding), embedding.dimension, asked)


def vectors_file(path: Path) -> Path:
    """The file itself, or the vectors inside a folder that a training wrote; raises `VectorFileError`."""
    if not path.is_dir():
        return path
    for name in (VECTORS_TENSORS, VECTORS_TEXT):
        if (path / name).is_file():
            return path / name
    raise vector_file_error(path, "folder", f"{VECTORS_TENSORS} or {VECTORS_TEXT}", "neither")


def _sample(path: Path) -> bytes:
    _plain_size(path)
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE_BYTES)
    if not sample:
        raise vector_file_error(path, "byte 0", KNOWN_FORMATS, "an empty file")
    return sample


def _found_format(path: Path, options: VectorOptions) -> VectorFormat | None:
    """The first format that holds a file, as it is or unpacked."""
    sample = _sample(path)
    for one in FORMATS:
        if one.holds(sample, path):
            return one
    if not is_compressed(sample):
        return None
    with open_vector_bytes(path, options.table) as source:
        sample = source.read(SAMPLE_BYTES)
    return next((one for one in FORMATS if one.unpacks and one.holds(sample, path)), None)


def _format_of(path: Path, options: VectorOptions) -> VectorFormat:
    """The format of a file; what is none of them, and no other kind of file either, is read as text."""
    found = _found_format(path, options)
    if found is not None:
        return found
    sample = _sample(path)
    kind = looks_like(sample)
    if kind is None and sample.count(0):
        kind = "binary data"
    if kind is not None:
        raise vector_file_error(path, "byte 0", KNOWN_FORMATS, kind)
    return FORMATS[-1]


def _digest(path: Path) -> Task[str]:
    digest, size = hashlib.sha256(), max(1, _plain_size(path))
    try:
        with path.open("rb") as stream:
            while piece := stream.read(HASHED_AT_ONCE):
                digest.update(piece)
                yield Progress("reading", min(1.0, stream.tell() / size))
    except OSError as error:
        raise vector_file_error(path, "byte 0", "a readable file", error.strerror or error) from error
    return digest.hexdigest()


def _plain_size(path: Path) -> int:
    if not path.exists():
        raise FileMissing(path=printable(path))
    if not path.is_file():
        raise vector_file_error(path, "byte 0", "a plain file", "a pipe or device")
    return path.stat().st_size
