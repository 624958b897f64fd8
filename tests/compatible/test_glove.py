from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.sparse import coo_matrix

from gloveui import Corpus, Glove
from gloveui.core.errors import NoPairs, SettingError, TrainingDiverged, VectorFileError
from gloveui.storage.tensor_files import write_tensors

ROYALS = [
    sentence.split() for sentence in ["the king and the queen", "a man and a woman", "the king a man"] * 5
]


@pytest.fixture
def corpus() -> Corpus:
    corpus = Corpus()
    corpus.fit(ROYALS, window=5)
    return corpus


@pytest.fixture
def model(corpus: Corpus) -> Glove:
    model = Glove(no_components=8, learning_rate=0.05, random_state=3)
    model.fit(corpus.matrix, epochs=20, no_threads=2)
    model.add_dictionary(corpus.dictionary)
    return model


def test_the_code_of_a_lecture_runs(capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Corpus()
    corpus.fit(ROYALS, window=5)
    glove = Glove(no_components=100, learning_rate=0.05)
    glove.fit(corpus.matrix, epochs=20, no_threads=4, verbose=True)
    glove.add_dictionary(corpus.dictionary)
    similar = glove.most_similar("man")
    assert len(similar) == 4
    assert all(isinstance(word, str) and isinstance(score, float) for word, score in similar)
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "Performing 20 training epochs with 4 threads",
        *(f"Epoch {epoch}" for epoch in range(20)),
    ]


def test_vectors_and_biases_have_the_shapes_of_glove_python(model: Glove, corpus: Corpus) -> None:
    size = len(corpus.dictionary)
    assert model.word_vectors is not None
    assert model.word_biases is not None
    assert (model.word_vectors.shape, model.word_vectors.dtype) == ((size, 8), np.float64)
    assert (model.word_biases.shape, model.word_biases.dtype) == ((size,), np.float64)
    assert model.inverse_dictionary == {index: word for word, index in corpus.dictionary.items()}


def naive_answers(model: Glove, word: str, number: int) -> list[tuple[str, float]]:
    """What glove_python answers."""
    assert model.word_vectors is not None
    assert model.dictionary is not None
    assert model.inverse_dictionary is not None
    vector = model.word_vectors[model.dictionary[word]]
    lengths = np.linalg.norm(model.word_vectors, axis=1)
    cosines = model.word_vectors @ vector / lengths / np.linalg.norm(vector)
    order = np.argsort(-cosines)[:number]
    return [(model.inverse_dictionary[i], cosines[i]) for i in order if i in model.inverse_dictionary][1:]


@pytest.mark.parametrize("number", [0, 1, 2, 5, 100])
def test_answers_are_as_many_and_the_same_as_in_glove_python(model: Glove, number: int) -> None:
    answers = model.most_similar("king", number=number)
    expected = naive_answers(model, "king", number)
    assert [word for word, _ in answers] == [word for word, _ in expected]
    assert [score for _, score in answers] == pytest.approx([score for _, score in expected])


def test_words_without_a_name_are_left_out_of_the_answers(model: Glove) -> None:
    assert model.dictionary is not None
    model.add_dictionary({word: index for word, index in model.dictionary.items() if word != "queen"})
    answers = model.most_similar("king", number=100)
    assert len(answers) == len(model.dictionary) - 1
    assert "queen" not in dict(answers)


def fitted(matrix: Any, **settings: Any) -> Glove:
    model = Glove(no_components=4, random_state=1, **settings)
    model.fit(matrix, epochs=5, no_threads=1)
    return model


def test_one_triangle_means_the_same_as_both(corpus: Corpus) -> None:
    upper = corpus.matrix
    assert upper is not None
    for same in (upper.T.tocoo(), (upper + upper.T).tocoo()):
        assert np.array_equal(fitted(upper).word_vectors, fitted(same).word_vectors)


def test_pairs_of_the_same_word_are_not_doubled() -> None:
    with_diagonal = coo_matrix(np.array([[3.0, 2.0], [0.0, 0.0]]))
    both = coo_matrix(np.array([[3.0, 2.0], [2.0, 0.0]]))
    assert np.array_equal(fitted(with_diagonal).word_vectors, fitted(both).word_vectors)


def test_a_seed_decides_on_any_number_of_threads(corpus: Corpus) -> None:
    one, other = Glove(8, random_state=5), Glove(8, random_state=5)
    one.fit(corpus.matrix, no_threads=1)
    other.fit(corpus.matrix, no_threads=3)
    assert np.array_equal(one.word_vectors, other.word_vectors)
    another = Glove(8, random_state=6)
    another.fit(corpus.matrix)
    assert not np.array_equal(one.word_vectors, another.word_vectors)


def test_a_random_state_of_numpy_and_its_global_seed_decide_too(corpus: Corpus) -> None:
    states = [np.random.RandomState(4), np.random.RandomState(4)]
    one, other = (Glove(8, random_state=state) for state in states)
    one.fit(corpus.matrix)
    other.fit(corpus.matrix)
    assert np.array_equal(one.word_vectors, other.word_vectors)
    vectors = []
    for _ in range(2):
        np.random.seed(11)  # noqa: NPY002 - what code written for glove_python does
        model = Glove(8)
        model.fit(corpus.matrix)
        vectors.append(model.word_vectors)
    assert np.array_equal(*vectors)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (coo_matrix((2, 3)), "must be square"),
        (coo_matrix(np.eye(3)).tocsr(), "COO format"),
        (np.eye(3), "COO format"),
        (coo_matrix(np.array([[0.0, -1.0], [0.0, 0.0]])), "not negative"),
        (coo_matrix(np.array([[0.0, np.nan], [0.0, 0.0]])), "finite"),
    ],
)
def test_a_matrix_that_holds_no_counts_is_refused(matrix: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Glove().fit(matrix)


def test_an_empty_matrix_has_no_pairs() -> None:
    with pytest.raises(NoPairs):
        Glove().fit(coo_matrix((3, 3)))


def test_a_setting_that_cannot_be_is_refused(corpus: Corpus) -> None:
    with pytest.raises(SettingError, match="learning_rate"):
        Glove(learning_rate=0).fit(corpus.matrix)
    with pytest.raises(ValueError, match="cannot be used to seed"):
        Glove(random_state="seed").fit(corpus.matrix)


def test_a_training_that_diverges_says_so() -> None:
    counts = coo_matrix(np.triu(np.full((30, 30), 1e6), 1))
    model = Glove(no_components=20, learning_rate=10, max_loss=1e6, random_state=1)
    with pytest.raises(TrainingDiverged):
        model.fit(counts, epochs=50)


def test_questions_need_vectors_a_dictionary_and_a_known_word(corpus: Corpus) -> None:
    model = Glove(no_components=4)
    with pytest.raises(RuntimeError, match="Model must be fit before querying"):
        model.most_similar("king")
    with pytest.raises(RuntimeError, match="Model must be fit before adding a dictionary"):
        model.add_dictionary(corpus.dictionary)
    model.fit(corpus.matrix)
    with pytest.raises(RuntimeError, match="No word dictionary supplied"):
        model.most_similar("king")
    with pytest.raises(ValueError, match="Dictionary length"):
        model.add_dictionary({str(index): index for index in range(100)})
    model.add_dictionary(corpus.dictionary)
    with pytest.raises(LookupError, match="Word not in dictionary"):
        model.most_similar("emperor")


def test_a_model_comes_back_from_its_file(model: Glove, tmp_path: Path) -> None:
    model.save(tmp_path / "glove.model")
    loaded = Glove.load(str(tmp_path / "glove.model"))
    assert np.array_equal(loaded.word_vectors, model.word_vectors)
    assert np.array_equal(loaded.word_biases, model.word_biases)
    assert loaded.most_similar("king") == model.most_similar("king")
    assert (loaded.no_components, loaded.max_loss, loaded.random_state) == (8, 10.0, 3)


def test_a_model_that_is_not_trained_comes_back_too(tmp_path: Path) -> None:
    Glove(alpha=0.5, random_state=np.random.RandomState(1)).save(tmp_path / "m")
    loaded = Glove.load(tmp_path / "m")
    assert loaded.alpha == 0.5
    assert loaded.random_state is None
    assert loaded.word_vectors is None


def test_a_model_is_no_corpus(model: Glove, tmp_path: Path) -> None:
    model.save(tmp_path / "m")
    with pytest.raises(VectorFileError, match="saved corpus"):
        Corpus.load(tmp_path / "m")


@pytest.mark.parametrize(
    ("tensors", "values"),
    [
        ({"word_vectors": np.ones((2, 2)), "word_biases": np.ones(3)}, {}),
        ({"word_vectors": np.ones(2), "word_biases": np.ones(2)}, {}),
        ({"word_vectors": np.ones((2, 2)), "word_biases": np.ones(2)}, {"dictionary": {"a": 2}}),
        ({}, {"dictionary": {"a": 0}}),
        ({}, {"learning_rate": "fast"}),
        ({}, {"unknown": 1}),
    ],
)
def test_a_file_that_does_not_fit_together_is_refused(
    tmp_path: Path, tensors: dict[str, Any], values: dict[str, object]
) -> None:
    write_tensors(tmp_path / "m", tensors, {"glove": json.dumps(values)})
    with pytest.raises(VectorFileError):
        Glove.load(tmp_path / "m")


def test_vectors_of_stanford_are_loaded(tmp_path: Path) -> None:
    (tmp_path / "vectors.txt").write_text("the 1 0\na 0.8 0.6\nof 0 -1\n")
    model = Glove.load_stanford(tmp_path / "vectors.txt")
    assert model.no_components == 2
    assert model.most_similar("the", number=3) == [("a", pytest.approx(0.8)), ("of", pytest.approx(0.0))]
