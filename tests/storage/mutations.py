"""Damaged files of vectors: each is refused with its place, or read as a slow, obvious reader reads it.

``python -m tests.storage.mutations 10000`` tries so many mutations of every format. The same number gives the
same mutations.
"""

from __future__ import annotations

import io
import json
import random
import re
import struct
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gloveui.core.embedding import Embedding
from gloveui.core.errors import GloveError, VectorFileError
from gloveui.core.progress import Progress, run_to_end
from gloveui.storage.embedding_files import read_vectors
from gloveui.storage.torch_child import answer_for
from gloveui.storage.vector_rows import VectorFileNotes
from gloveui.storage.vector_tensors import write_vector_tensors
from gloveui.storage.vector_words import BESIDE
from tests import naive
from tests.storage.samples import embedding_of

LONGEST_SECONDS = 10.0  # a reader that takes longer for a few hundred bytes hangs
WORDS = ["the", "of", "값", "New-York", "naïve", "queen"]

Vectors = dict[str, NDArray[np.float32]]


@dataclass(frozen=True)
class MutatedFormat:
    """A format that is tried.

    Attributes
    ----------
    name
        What `VectorFileNotes.format` says of it.
    example
        Makes the bytes of a small file.
    reference
        Reads bytes with so many numbers a word in the slow and obvious way.
    packed
        Puts them into the file.
    """

    name: str
    example: Callable[[], bytes]
    reference: Callable[[bytes, int], Vectors]
    packed: Callable[[bytes], bytes] = bytes


def glove_example() -> bytes:
    """GloVe text with numbers in every form."""
    numbers = ("0.25 -1.5 3e-2", "1 2 3", "-.5 +0.125 1e3", "0.1 0.2 0.3", "9.87654321 -0 0", "5 6.5 7.")
    return "".join(f"{word} {row}\n" for word, row in zip(WORDS, numbers, strict=True)).encode()


def word2vec_example() -> bytes:
    """The same with a header."""
    return b"6 3\n" + glove_example()


def binary_example() -> bytes:
    """word2vec's binary form."""
    rows = embedding_of(WORDS).vectors
    parts = [word.encode() + b" " + row.tobytes() + b"\n" for word, row in zip(WORDS, rows, strict=True)]
    return b"6 3\n" + b"".join(parts)


def tensors_example() -> bytes:
    """The program's own form, without the model."""
    with tempfile.TemporaryDirectory() as folder:
        write_vector_tensors(embedding_of(WORDS, model=False), Path(folder, "v"))
        return Path(folder, "v").read_bytes()


def plain_text(content: bytes, dimension: int) -> Vectors:
    """GloVe text without a header, as the obvious twin reads it."""
    return naive.text_vectors(content.removeprefix(b"\xef\xbb\xbf"), dimension)


def headed_text(content: bytes, dimension: int) -> Vectors:
    """The same behind the first line."""
    return naive.text_vectors(content.partition(b"\n")[2], dimension)


def binary(content: bytes, dimension: int) -> Vectors:
    """word2vec's binary form, row for row."""
    vectors: Vectors = {}
    rest = content.partition(b"\n")[2]
    while rest := rest.lstrip(b"\n"):
        name, _, rest = rest.partition(b" ")
        row, rest = rest[: 4 * dimension], rest[4 * dimension :]
        word = _composed(name.decode("utf-8", "replace"))
        if word and word not in vectors:
            vectors[word] = np.frombuffer(row, "<f4")
    return vectors


def tensors(content: bytes, dimension: int) -> Vectors:
    """A table of a safetensors file, by the safetensors package."""
    from safetensors.numpy import load

    (length,) = struct.unpack_from("<Q", content)
    texts = json.loads(content[8 : 8 + length]).get("__metadata__") or {}
    words = json.loads(texts["words"]) if "words" in texts else WORDS  # in the file beside it
    words = WORDS if words is None else words
    tables = [table for table in load(content).values() if table.ndim == 2]
    vectors: Vectors = {}
    for word, row in zip(map(_composed, words), tables[0].astype(np.float32), strict=True):
        if word and word not in vectors:
            vectors[word] = row
    return vectors


def fasttext_example(quantized: bool = False) -> bytes:
    """A small model of fastText, with parts of two and three characters in seven rows."""
    words, dimension, buckets = ["</s>", *WORDS], 3, 7
    settings = struct.pack("<12id", dimension, 5, 5, 1, 5, 1, 2, 2, buckets, 2, 3, 100, 1e-4)
    sizes = struct.pack("<3iqq", len(words), len(words), 0, 100, -1)
    entries = b"".join(word.encode() + b"\0" + struct.pack("<qb", 9, 0) for word in words)
    rows = np.random.default_rng(6).normal(size=(len(words) + buckets, dimension)).astype("<f4")
    matrix = struct.pack("<?qq", quantized, *rows.shape) + rows.tobytes()
    outputs = struct.pack("<?qq", False, 1, dimension) + bytes(4 * dimension)
    return struct.pack("<2i", 793712314, 12) + settings + sizes + entries + matrix + outputs


def npy_example() -> bytes:
    """An array of NumPy, whose words are in the file beside it."""
    stream = io.BytesIO()
    np.save(stream, embedding_of(WORDS).vectors.astype(">f8"))
    return stream.getvalue()


def archive_of(content: bytes) -> bytes:
    """An archive of NumPy's with words, and these bytes as the other array; its checksums are right."""
    stream, words = io.BytesIO(), io.BytesIO()
    np.save(words, np.array(WORDS))
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("words.npy", words.getvalue())
        archive.writestr("vectors.npy", content)
    return stream.getvalue()


def array(content: bytes, dimension: int) -> Vectors:
    """An array, by NumPy."""
    return dict(zip(WORDS, np.load(io.BytesIO(content)).astype(np.float32), strict=True))


def model(content: bytes, dimension: int) -> Vectors:
    """A model of fastText."""
    return naive.fasttext_vectors(content)


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word)


FORMATS = (
    MutatedFormat("GloVe text", glove_example, plain_text),
    MutatedFormat("word2vec text", word2vec_example, headed_text),
    MutatedFormat("word2vec binary", binary_example, binary),
    MutatedFormat("safetensors", tensors_example, tensors),
    MutatedFormat("fastText binary", fasttext_example, model),
    MutatedFormat("NumPy array", npy_example, array),
    MutatedFormat("NumPy archive", npy_example, array, archive_of),
)
REFERENCES = {one.name: one.reference for one in FORMATS}


def mutated(content: bytes, seed: int) -> bytes:
    """Some bytes after one to three changes; the same ones for the same seed."""
    choose = random.Random(seed)
    for _ in range(choose.randint(1, 3)):
        content = choose.choice(CHANGES)(bytearray(content), choose)
    return content


def _flip(data: bytearray, choose: random.Random) -> bytes:
    for _ in range(choose.randint(1, 4)):
        if data:
            data[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
    return bytes(data)


def _cut(data: bytearray, choose: random.Random) -> bytes:
    return bytes(data[: choose.randrange(len(data) + 1)])


def _repeat(data: bytearray, choose: random.Random) -> bytes:
    first, last = sorted(choose.randrange(len(data) + 1) for _ in range(2))
    return bytes(data[:last] + data[first:last] * choose.randint(1, 3) + data[last:])


def _leave_out(data: bytearray, choose: random.Random) -> bytes:
    first = choose.randrange(len(data) + 1)
    return bytes(data[:first] + data[first + choose.randint(1, 8) :])


NASTY = (b" ", b"\n", b"\0", b"\r\n", b"nan", b"1e999", b"-", b"_", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc2\xa0")


def _insert(data: bytearray, choose: random.Random) -> bytes:
    piece = choose.choice([*NASTY, choose.randbytes(choose.randint(1, 12))])
    at = choose.randrange(len(data) + 1)
    return bytes(data[:at] + piece + data[at:])


def _edit_number(data: bytearray, choose: random.Random) -> bytes:
    """Another number among the first ones: of a header, where there is one."""
    numbers = list(re.finditer(rb"[0-9]+", data))[:6]
    if not numbers:
        return bytes(data)
    place = choose.choice(numbers)
    number = choose.choice([0, 1, 2, 7, 10_000, 10_001, 999_999_999, 2**31, 2**63, 10**30])
    return bytes(data[: place.start()] + str(number).encode() + data[place.end() :])


CHANGES = (_flip, _cut, _repeat, _leave_out, _insert, _edit_number)


def outcome(path: Path) -> tuple[Embedding, VectorFileNotes] | GloveError:
    """What reading a file comes to; anything but a `GloveError` goes through."""
    steps = list[Progress]()
    try:
        return run_to_end(read_vectors(path), steps.append), steps[-1].detail
    except GloveError as error:
        return error


def check(content: bytes, path: Path, packed: Callable[[bytes], bytes] = bytes) -> bool:
    """Whether bytes are read; what is read is compared, what is refused must name its place."""
    path.write_bytes(packed(content))
    start = time.perf_counter()
    found = outcome(path)
    assert time.perf_counter() - start < LONGEST_SECONDS
    if isinstance(found, GloveError):
        assert str(path) in str(found)
        assert not isinstance(found, VectorFileError) or found.fields["place"]
        return False
    embedding, notes = found
    expected = REFERENCES[notes.format](content, embedding.dimension)
    assert list(embedding.vocabulary) == list(expected)
    assert embedding.vectors.tobytes() == np.array([*expected.values()], np.float32).tobytes()
    return True


def try_format(one: MutatedFormat, number: int, path: Path) -> int:
    """How many of so many mutations are read; an AssertionError tells which one is not as it should be."""
    example = one.example()
    path.with_name(path.name + BESIDE).write_text(json.dumps(WORDS), encoding="utf-8")
    assert check(example, path, one.packed)
    read = 0
    for seed in range(number):
        content = mutated(example, seed)
        try:
            read += check(content, path, one.packed)
        except Exception as error:
            raise AssertionError(f"{one.name}, mutation {seed}: {content!r}") from error
    return read


def try_torch(legacy: bool, number: int, path: Path) -> int:
    """How many of so many mutations of a file of PyTorch are read; the others must be refused.

    What the process of its own does is done in this one, for starting one takes seconds.
    """
    import torch

    stream = io.BytesIO()
    content = {"weight": torch.arange(18.0).reshape(6, 3), "words": WORDS}
    torch.save(content, stream, _use_new_zipfile_serialization=not legacy)
    read = 0
    for seed in range(number):
        path.write_bytes(mutated(stream.getvalue(), seed))
        answer, tensor = answer_for(path, "")
        assert ("refused" in answer) != (tensor is not None), f"mutation {seed}"
        json.dumps(answer)
        read += tensor is not None and len(tensor.to(torch.float32).numpy()) == answer["rows"]
    return read


def main() -> None:
    """Try as many mutations of each format as the command line says."""
    number = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for one in FORMATS:
            read = try_format(one, number, Path(folder, "vectors"))
            print(f"{one.name}: {read} of {number} read as by the obvious reader, the others refused")
        for legacy in (False, True):
            read = try_torch(legacy, number, Path(folder, "vectors"))
            print(
                f"PyTorch{', as before ZIP' if legacy else ''}: {read} of {number} read, the others refused"
            )


if __name__ == "__main__":
    main()
