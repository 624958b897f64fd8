"""How fast files of vectors are opened, beside gensim's loader, in one run and in turn.

``python -m tests.benchmarks.vector_files [WORDS]``: GloVe text and word2vec's binary form, 300 numbers a word
drawn at random; 100,000 words unless told. Both loaders give the same float32.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from gloveui.core.embedding import Embedding
from gloveui.core.nearest import prepare_nearest
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.resources import usable_cores
from gloveui.environment import prepare_environment
from gloveui.storage.embedding_files import load_vectors
from gloveui.storage.vector_cache import VectorCache

WORDS, DIMENSION = 100_000, 300
LAPS = 3  # each loader in turn, so that what else the machine does slows them alike
ROWS_AT_ONCE = 2_000


def main() -> None:
    """Print a line for each loader."""
    words = int(sys.argv[1]) if len(sys.argv) > 1 else WORDS
    prepare_environment()
    with tempfile.TemporaryDirectory() as folder:
        text, binary = Path(folder, "glove.txt"), Path(folder, "word2vec.bin")
        write_files(text, binary, words)
        print(f"{words:,} × {DIMENSION}, {usable_cores()} cores, {text.stat().st_size / 1e6:,.0f} MB of text")
        for name, path in (("GloVe text", text), ("word2vec binary", binary)):
            times = shortest({"gloveui": partial(load_vectors, path), "gensim": partial(by_gensim, path)})
            for loader, seconds in times.items():
                print(f"{name}, {loader}: {seconds:.2f} s ({times['gensim'] / seconds:.1f} × gensim)")
        for name, seconds in openings(text, Path(folder, "cache")):
            print(f"{name}: {seconds:.2f} s")


def write_files(text: Path, binary: Path, words: int) -> None:
    """The same vectors in both forms; the numbers as in GloVe's own files."""
    random = np.random.default_rng(7)
    rows = random.normal(0, 0.4, (ROWS_AT_ONCE, DIMENSION))
    lines = [" ".join(f"{value:.5g}" for value in row) for row in rows]
    vectors = np.array([list(map(float, line.split())) for line in lines], np.float32)
    with text.open("w") as text_stream, binary.open("wb") as binary_stream:
        binary_stream.write(b"%d %d\n" % (words, DIMENSION))
        for number in range(words):
            text_stream.write(f"word{number} {lines[number % ROWS_AT_ONCE]}\n")
            binary_stream.write(b"word%d " % number + vectors[number % ROWS_AT_ONCE].tobytes())


def by_gensim(path: Path) -> object:
    """What gensim's loader makes of a file."""
    from gensim.models import KeyedVectors

    loader: Any = KeyedVectors.load_word2vec_format
    return loader(os.fspath(path), binary=path.suffix == ".bin", no_header=path.suffix == ".txt")


def shortest(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The shortest of several times of each way, in seconds; the very first, which compiles, is not timed."""
    next(iter(ways.values()))()
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(LAPS):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            times[name].append(time.perf_counter() - start)
    return {name: min(laps) for name, laps in times.items()}


def openings(path: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """A first and a second opening as the program does them, ready to be asked, and what keeping takes."""
    cache = VectorCache(folder, least_file_bytes=1)
    for name in ("first opening, ready for questions", "second opening, ready for questions"):
        start, steps = time.perf_counter(), list[Progress]()
        entry = cache.entry(path)
        embedding: Embedding = run_to_end(entry.open_vectors(), steps.append)
        run_to_end(prepare_nearest(embedding))
        yield name, time.perf_counter() - start
        start = time.perf_counter()
        run_to_end(entry.keep(embedding, steps[-1].detail))
        if name.startswith("first"):
            yield "keeping it, after it is shown", time.perf_counter() - start


if __name__ == "__main__":
    main()
