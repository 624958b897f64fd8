from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save

from gloveui import Corpus
from gloveui.core.errors import SettingError, VectorFileError, WriteFailed
from tests.compatible.naive_glove_python import naive_counts

LECTURE = [["I", "like", "deep", "learning"], ["I", "like", "NLP"], ["I", "enjoy", "flying"]]
SENTENCES = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=12), max_size=8)


def as_dict(corpus: Corpus) -> dict[tuple[int, int], float]:
    assert corpus.matrix is not None
    coo = corpus.matrix
    return dict(zip(zip(coo.row.tolist(), coo.col.tolist(), strict=True), coo.data.tolist(), strict=True))


@given(sentences=SENTENCES, window=st.integers(1, 12))
def test_counts_and_ids_are_those_of_glove_python(sentences: list[list[str]], window: int) -> None:
    corpus, dictionary = Corpus(), dict[str, int]()
    corpus.fit(sentences, window=window)
    assert as_dict(corpus) == pytest.approx(naive_counts(sentences, dictionary, window, supplied=False))
    assert corpus.dictionary == dictionary


@given(
    sentences=SENTENCES,
    window=st.integers(1, 12),
    words=st.lists(st.sampled_from("abcxy"), min_size=1, unique=True),
)
def test_words_missing_from_a_supplied_dictionary_keep_their_place(
    sentences: list[list[str]], window: int, words: list[str]
) -> None:
    dictionary = {word: index for index, word in enumerate(words)}
    corpus = Corpus(dictionary)
    corpus.fit(sentences, window=window, ignore_missing=True)
    assert as_dict(corpus) == pytest.approx(naive_counts(sentences, dictionary, window, supplied=True))
    assert corpus.matrix is not None
    assert corpus.matrix.shape == (len(words), len(words))


def test_the_lecture_has_its_matrix() -> None:
    corpus = Corpus()
    corpus.fit(LECTURE, window=1)
    assert corpus.matrix is not None
    assert corpus.matrix.format == "coo"
    assert corpus.matrix.dtype == np.float64
    assert list(corpus.dictionary) == ["I", "like", "deep", "learning", "NLP", "enjoy", "flying"]
    assert as_dict(corpus) == {(0, 1): 2, (1, 2): 1, (2, 3): 1, (1, 4): 1, (0, 5): 1, (5, 6): 1}


def test_a_second_text_goes_on_with_the_dictionary_and_counts_anew() -> None:
    corpus = Corpus()
    corpus.fit([["a", "b"]])
    corpus.fit([["c", "a"]])
    assert corpus.dictionary == {"a": 0, "b": 1, "c": 2}
    assert as_dict(corpus) == {(0, 2): 1}


def test_a_generator_of_sentences_is_read_once() -> None:
    corpus = Corpus()
    corpus.fit(sentence for sentence in LECTURE)
    assert len(corpus.dictionary) == 7


@pytest.mark.parametrize("sentences", [[], [[]], [["a"]], [["a", "a"]]])
def test_without_pairs_the_matrix_is_empty(sentences: list[list[str]]) -> None:
    corpus = Corpus()
    corpus.fit(sentences)
    assert as_dict(corpus) == {}


def test_a_word_missing_from_a_supplied_dictionary_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="Word missing from dictionary"):
        Corpus({"a": 0}).fit([["a", "b"]])


@pytest.mark.parametrize(
    ("dictionary", "message"),
    [({"a": 1}, "equal to its length minus one"), ({"a": -1, "b": 1}, "start at zero")],
)
def test_ids_that_are_not_0_to_n_are_refused(dictionary: dict[str, int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Corpus(dictionary)


def test_an_empty_dictionary_is_one_that_misses_every_word() -> None:
    corpus = Corpus(dictionary={})
    corpus.fit([["ice", "melts"]], ignore_missing=True)
    assert corpus.matrix is not None
    assert corpus.matrix.shape == (0, 0)
    with pytest.raises(KeyError):
        corpus.fit([["ice", "melts"]])


@pytest.mark.parametrize("window", [0, 2.7, "5"])
def test_a_window_that_is_no_number_of_words_is_refused(window: Any) -> None:
    with pytest.raises(SettingError, match="window: expected a whole number from 1 to 1000"):
        Corpus().fit([["ice", "melts"]], window=window)


def test_a_sentence_that_is_a_string_is_refused() -> None:
    with pytest.raises(TypeError, match="Expected list, got str"):
        Corpus().fit(["I like deep learning"])


def test_a_corpus_comes_back_from_its_file(tmp_path: Path) -> None:
    corpus = Corpus()
    corpus.fit([["값", "New York", "값", "b"], ["b", "c"]])
    corpus.save(tmp_path / "corpus.model")
    loaded = Corpus.load(str(tmp_path / "corpus.model"))
    assert loaded.dictionary == corpus.dictionary
    assert list(loaded.dictionary) == list(corpus.dictionary)
    assert as_dict(loaded) == as_dict(corpus)


def test_a_corpus_that_has_counted_nothing_comes_back_too(tmp_path: Path) -> None:
    Corpus({"a": 0}).save(tmp_path / "c")
    loaded = Corpus.load(tmp_path / "c")
    assert loaded.dictionary == {"a": 0}
    assert loaded.matrix is None


def test_a_corpus_that_cannot_be_written_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError("no space")

    (tmp_path / "c").write_bytes(b"old")
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(WriteFailed):
        Corpus({"a": 0}).save(tmp_path / "c")
    assert (tmp_path / "c").read_bytes() == b"old"


@pytest.mark.parametrize(
    "content",
    [
        b"\x80\x04\x95 a pickle",
        save({"row": np.zeros(1)}, {}),
        save({"row": np.zeros(1, np.int32)}, {"corpus": json.dumps({"dictionary": {"a": 0}})}),
        save({"row": np.zeros(1)}, {"corpus": json.dumps({"dictionary": ["a"]})}),
        save(
            {"row": np.array([5]), "col": np.array([0]), "data": np.ones(1)},
            {"corpus": json.dumps({"dictionary": {"a": 0}})},
        ),
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "c").write_bytes(content)
    with pytest.raises(VectorFileError):
        Corpus.load(tmp_path / "c")
