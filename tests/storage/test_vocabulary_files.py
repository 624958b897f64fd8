from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gloveui.core.errors import VectorFileError, WriteFailed
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage.vocabulary_files import read_vocabulary, write_vocabulary
from tests.storage.samples import file_of
from tests.storage.test_vector_text import WORDS


@given(words=WORDS, count=st.integers(0, 10**18 - 1))
def test_words_and_counts_come_back(words: list[str], count: int) -> None:
    counts = np.full(len(words), count, np.int64)
    with tempfile.TemporaryDirectory() as folder:
        write_vocabulary(Vocabulary(words, counts), Path(folder, "vocabulary.txt"))
        loaded = read_vocabulary(Path(folder, "vocabulary.txt"))
    assert loaded.words == tuple(words)
    assert np.array_equal(loaded.counts, counts)


def test_the_file_is_as_stanford_writes_it(tmp_path: Path) -> None:
    write_vocabulary(Vocabulary(["the", "New York"], np.array([7, 3])), tmp_path / "v")
    assert (tmp_path / "v").read_bytes() == b"the 7\nNew York 3\n"
    assert read_vocabulary(tmp_path / "v").words == ("the", "New York")


def test_a_word_over_two_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="end of a line"):
        write_vocabulary(Vocabulary(["a\nb"]), tmp_path / "v")
    assert not (tmp_path / "v").exists()


@pytest.mark.parametrize("line", [b"word", b"word 1.5", b"word -1", b"word 1_0", b"", "word ٣".encode()])
def test_a_line_without_a_count_is_refused(tmp_path: Path, line: bytes) -> None:
    with pytest.raises(VectorFileError, match="line 2"):
        read_vocabulary(file_of(tmp_path, b"a 1\n" + line + b"\nb 2\n"))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(VectorFileError, match="No such file"):
        read_vocabulary(tmp_path / "none")
