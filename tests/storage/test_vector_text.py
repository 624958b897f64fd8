from __future__ import annotations

import os
import tempfile
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gloveui.core.embedding import Embedding
from gloveui.core.errors import VectorFileError, VectorsTooLarge
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage import export_rows, vector_table, vector_text
from gloveui.storage.embedding_files import load_vectors, read_vectors
from gloveui.storage.vector_export import ExportOptions, save_vectors, write_vectors
from gloveui.storage.vector_rows import VectorFileNotes, VectorOptions
from tests import naive
from tests.storage.samples import embedding_of, file_of, refusal

# No separators, no half characters; no NUL, which marks a file that is no text.
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=" \n")
WORDS = st.lists(
    st.text(CHARACTERS, min_size=1, max_size=5).map(lambda word: unicodedata.normalize("NFC", word)),
    min_size=1,
    max_size=6,
    unique=True,
)


WORD_BYTES = st.text(CHARACTERS, min_size=1, max_size=5).filter(lambda w: w != "first").map(str.encode)


@settings(max_examples=30)
@given(words=WORDS, dimension=st.integers(1, 4), data=st.data())
def test_words_and_numbers_come_back_as_they_were(
    words: list[str], dimension: int, data: st.DataObject
) -> None:
    finite = st.floats(width=32, allow_nan=False, allow_infinity=False)
    vectors = data.draw(arrays.arrays(np.float32, (len(words), dimension), elements=finite))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "vectors.txt")
        save_vectors(Embedding(Vocabulary(words), vectors), path)
        loaded = load_vectors(path)
    assert loaded.vocabulary.words == tuple(words)
    assert np.array_equal(loaded.vectors, vectors)


def test_a_file_is_as_stanford_writes_it(tmp_path: Path) -> None:
    vectors = np.array([[0.5, -1.25], [3e-9, 2]], np.float32)
    save_vectors(Embedding(Vocabulary(["the", "값"]), vectors), tmp_path / "vectors.txt")
    written = (tmp_path / "vectors.txt").read_text(encoding="utf-8")
    assert written == "the 0.5 -1.25\n값 3.00000003e-09 2\n"


def test_many_rows_and_chunks_come_back_with_progress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_text, "CHUNK_BYTES", 1000)
    monkeypatch.setattr(export_rows, "ROWS_AT_ONCE", 7)
    embedding = embedding_of([f"w{number}" for number in range(200)], model=False)
    written, read = list[Progress](), list[Progress]()
    run_to_end(write_vectors(embedding, tmp_path / "v", ExportOptions("glove")), written.append)
    loaded = run_to_end(read_vectors(tmp_path / "v"), read.append)
    assert np.array_equal(loaded.vectors, embedding.vectors)
    assert loaded.vocabulary.words == embedding.vocabulary.words
    for steps in (written, read):
        fractions = [step.fraction for step in steps]
        assert fractions == sorted(fractions)
        assert fractions[-1] == 1.0
        assert len(fractions) > 5


@pytest.mark.parametrize(
    ("content", "words", "vectors"),
    [
        (b"a 1 2\nb 3 4\n", ["a", "b"], [[1, 2], [3, 4]]),
        (b"a 1 2\nb 3 4", ["a", "b"], [[1, 2], [3, 4]]),
        (b"a 1 2 \r\nb 3 4 \r\n", ["a", "b"], [[1, 2], [3, 4]]),
        (b"\xef\xbb\xbfa 1 2\nb 3 4\n", ["a", "b"], [[1, 2], [3, 4]]),
        (b"2 2\na 1 2\nb 3 4\n", ["a", "b"], [[1, 2], [3, 4]]),
        (b"\xef\xbb\xbf2 2\na 1 2\nb 3 4\n", ["a", "b"], [[1, 2], [3, 4]]),
        (b"2 1\na 1\nb 3\n", ["a", "b"], [[1], [3]]),
        (b"5 3\na 1\n", ["5", "a"], [[3], [1]]),
        (b"5 3 1\n6 1 2\n", ["5", "6"], [[3, 1], [1, 2]]),
        (b"a 1e2 -.5\n. . 3. +4E-1\n", ["a", ". ."], [[100, -0.5], [3, 0.4]]),
        (b". . . 1 2\na 3 4\n", [". . .", "a"], [[1, 2], [3, 4]]),
        (b"a\xc2\xa0b 1 2\nc\xe2\x80\xa8d 3 4\n", ["a\xa0b", "c\u2028d"], [[1, 2], [3, 4]]),
        (b"a\xc2\x85b 1 2\n\n\n", ["a\x85b"], [[1, 2]]),
    ],
)
def test_every_form_in_use_is_read(
    tmp_path: Path, content: bytes, words: list[str], vectors: list[list[float]]
) -> None:
    loaded = load_vectors(file_of(tmp_path, content))
    assert list(loaded.vocabulary) == words
    assert loaded.vectors.tolist() == np.array(vectors, np.float32).tolist()


def notes_of(path: Path) -> VectorFileNotes:
    steps: list[Progress] = []
    run_to_end(read_vectors(path), steps.append)
    notes = steps[-1].detail
    assert isinstance(notes, VectorFileNotes)
    return notes


def test_of_a_word_that_comes_twice_the_first_is_kept_and_that_is_said(tmp_path: Path) -> None:
    path = file_of(tmp_path, "값 1 2\n 5 6\n\u1100\u1161\u11b9 3 4\nb 7 8\n".encode())
    loaded = load_vectors(path)
    assert list(loaded.vocabulary) == ["값", "b"]
    assert loaded.vectors.tolist() == [[1, 2], [7, 8]]
    assert notes_of(path) == VectorFileNotes("GloVe text", duplicates=1, unnamed=1)


def test_a_header_that_claims_more_or_fewer_rows_is_said(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"3 2\na 1.123 2.123\nb 3.123 4.123\n")
    assert list(load_vectors(path).vocabulary) == ["a", "b"]
    assert notes_of(path) == VectorFileNotes("word2vec text", claimed_rows=3)
    exact = file_of(tmp_path, b"2 2\na 1 2\nb 3 4\n", "exact")
    assert notes_of(exact) == VectorFileNotes("word2vec text")


@pytest.mark.parametrize(
    ("content", "place", "received"),
    [
        (b"", "byte 0", "an empty file"),
        (b"\n", "line 1", "nothing"),
        (b"word\n", "line 1", "a word alone"),
        (b"a word\n", "line 1", "“word”"),
        (b"a 1 2 3\nb 1 2\n", "line 2", "2"),
        (b"a 1 2 3\nb 1 2 3\nc 1 2 3 4\n", "line 3", "4"),
        (b"a 1 2 3\nb\n", "line 2", "0"),
        (b"2 2\na 1 2\nb 1\n", "line 3", "1"),
        (b"a 1 2\nb 1_000 2\n", "line 2", "“1_000”"),
        (b"a 1 2\nb nan 2\n", "line 2", "“nan”"),
        (b"a 1 2\nb 1 -inf\n", "line 2", "“-inf”"),
        (b"a 1 2\nb 1 infinity\n", "line 2", "“infinity”"),
        ("a 1 2\nb 1 ٣\n".encode(), "line 2", "“٣”"),
        (b"a 1 2\nb 1 0,5\n", "line 2", "“0,5”"),
        (b"a 1 2\nb 1 1e\n", "line 2", "“1e”"),
        (b"a 1 2\nb 1 +-1\n", "line 2", "“+-1”"),
        (b"a 1 2\nb 1 1e999\nc 1 2\n", "line 2", "a larger one"),
        (b"a 1 2\nb 1 1e39\nc 1 2\n", "line 2", "a larger one"),
        (b"a 1 2\nb 1  2\n", "line 2", "“”"),
        (b"999999999 999999\na 1 2\n", "line 1", None),
        (b"999999999 100\na 1 2\n", "header", None),
        (b"0 3\na 1 2 3\n", "header", "0 words"),
        (b"3 0\na\n", "header", 0),
        (b"3 20000\na 1 2 3\n", "header", 20000),
        (b"2 2\n", "header", None),
    ],
)
def test_anything_else_is_refused_with_its_place(
    tmp_path: Path, content: bytes, place: str, received: object
) -> None:
    facts = refusal(file_of(tmp_path, content))
    if content.startswith(b"999999999 999999"):
        place = "header"
    assert facts["place"] == place
    assert received is None or facts["received"] == received


def test_a_claim_that_cannot_be_is_refused_before_memory_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_text, "VectorTable", None)
    facts = refusal(file_of(tmp_path, b"999999999 100\n" + b"a 1 2\n" * 100))
    assert "200999999799" in str(facts["expected"])
    assert facts["received"] == "614 bytes"


def test_only_the_first_rows_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"a 1 2\na 9 9\nb 3 4\nc 5 nan\n")
    loaded = load_vectors(path, VectorOptions(first=2))
    assert list(loaded.vocabulary) == ["a", "b"]
    assert loaded.vectors.tolist() == [[1, 2], [3, 4]]


def test_rows_that_are_not_finite_are_left_out_where_that_is_asked_for(tmp_path: Path) -> None:
    path = file_of(tmp_path, b"z nan 2\na 1 2\nb nan 2\nc 1e999 -Infinity\nd 0 0\ne -1e39 3\n")
    options, steps = VectorOptions(drops_bad_rows=True), list[Progress]()
    loaded = run_to_end(read_vectors(path, options), steps.append)
    assert list(loaded.vocabulary) == ["a", "d"]
    assert steps[-1].detail == VectorFileNotes("GloVe text", bad_rows=4, zero_rows=1)
    wrong = file_of(tmp_path, b"a 1 2\nb 1_000 2\n", "wrong")
    with pytest.raises(VectorFileError, match="1_000"):
        load_vectors(wrong, options)


def test_what_does_not_fit_in_memory_is_refused_with_what_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_table, "free_memory", lambda: 100)
    path = file_of(tmp_path, b"a 1 2\nb 3 4\n" * 10)
    with pytest.raises(VectorsTooLarge) as refused:
        load_vectors(path)
    assert refused.value.fields["fitting"] == 11
    assert len(load_vectors(path, VectorOptions(first=2))) == 2


NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.floats(width=32, allow_nan=False, allow_infinity=False).map(lambda value: f"{value:.9g}"),
    st.floats(-10, 10).map(lambda value: f"{value:.25f}"),
    st.from_regex(r"\A[+-]?[0-9]{1,25}\.?[0-9]{0,25}([eE][+-]?[0-9]{1,3})?\Z"),
    st.from_regex(r"\A[+-]?\.[0-9]{1,25}([eE][+-]?[0-9]{1,2})?\Z"),
    # Halfway between two float32, and nearly so: one rounding gives another result than two.
    st.floats(1, 2, width=32, exclude_max=True).map(lambda value: f"{value + 2.0**-24:.60f}"),
    st.floats(1, 2, width=32, exclude_max=True).map(lambda value: f"{value + 2.0**-24 + 2.0**-53:.60f}1"),
)


@settings(max_examples=int(os.environ.get("GLOVEUI_EXAMPLES", "30")))
@given(st.lists(st.tuples(WORD_BYTES, NUMBERS, NUMBERS), min_size=1, max_size=20))
def test_any_number_is_read_as_the_obvious_twin_reads_it(rows: list[tuple[bytes, str, str]]) -> None:
    content = b"".join(b"%b %b %b\n" % (word, *(one.encode() for one in pair)) for word, *pair in rows)
    expected = naive.text_vectors(content, 2)
    with tempfile.TemporaryDirectory() as folder:
        path = file_of(Path(folder), b"first 1 2\n" + content)
        loaded = load_vectors(path, VectorOptions(drops_bad_rows=True))
    assert list(loaded.vocabulary) == ["first", *expected]
    assert loaded.vectors[1:].tobytes() == b"".join(row.tobytes() for row in expected.values())


def test_a_file_without_line_ends_is_not_read_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vector_text, "LONGEST_LINE_BYTES", 500)
    monkeypatch.setattr(vector_text, "CHUNK_BYTES", 100)
    facts = refusal(file_of(tmp_path, b"a 1 2\n" + b"b" * 5000))
    assert facts["place"] == "byte 6"
