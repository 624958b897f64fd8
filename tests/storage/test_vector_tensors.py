from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load, save

from gloveui.core.errors import SeveralTables, WordsWanted
from gloveui.core.glove import GloveParameters
from gloveui.core.progress import Progress, run_to_end
from gloveui.storage import vector_arrays
from gloveui.storage.embedding_files import load_vectors, read_vectors
from gloveui.storage.tensor_files import write_tensors
from gloveui.storage.vector_export import save_vectors
from gloveui.storage.vector_rows import VectorOptions
from gloveui.storage.vector_tensors import read_vector_tensors, run_card_of_vectors
from tests.storage.samples import embedding_of, file_of, refusal
from tests.storage.test_run_card_files import CARD

NAMES = ("word_vectors", "context_vectors", "word_biases", "context_biases")


def tensor_file(folder: Path, tensors: dict[str, Any], **metadata: object) -> Path:
    texts = {name: json.dumps(value) for name, value in metadata.items()}
    return file_of(folder, save({name: np.asarray(array) for name, array in tensors.items()}, texts))


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("model", [True, False])
def test_everything_that_is_known_comes_back(tmp_path: Path, counts: bool, model: bool) -> None:
    embedding = embedding_of(["the", "New York", "값", "=x", "\n"], 4, counts, model)
    path = tmp_path / "vectors.safetensors"
    save_vectors(embedding, path, CARD)
    loaded = load_vectors(path)
    assert loaded.vocabulary.words == embedding.vocabulary.words
    assert loaded.vocabulary.has_counts == counts
    assert np.array_equal(loaded.vocabulary.counts, embedding.vocabulary.counts)
    assert np.array_equal(loaded.vectors, embedding.vectors)
    assert (loaded.parameters is not None) == model
    if loaded.parameters is not None:
        assert isinstance(embedding.parameters, GloveParameters)
        for name in NAMES:
            assert np.array_equal(getattr(loaded.parameters, name), getattr(embedding.parameters, name))
    assert run_card_of_vectors(path) == CARD


def test_the_file_is_one_that_the_package_itself_opens(tmp_path: Path) -> None:
    embedding = embedding_of(["a", "b"])
    save_vectors(embedding, tmp_path / "v.safetensors")
    tensors = load((tmp_path / "v.safetensors").read_bytes())
    assert set(tensors) == {"vectors", *NAMES}
    assert np.array_equal(tensors["vectors"], embedding.vectors)
    assert run_card_of_vectors(tmp_path / "v.safetensors") is None


def test_equal_values_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        save_vectors(embedding_of(["a", "b"]), tmp_path / f"{name}.safetensors", CARD)
    one, other = (path.read_bytes() for path in sorted(tmp_path.iterdir()))
    assert one == other


def test_a_big_table_is_read_in_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_arrays, "BYTES_PER_STEP", 100)
    embedding = embedding_of([f"w{number}" for number in range(50)])
    path = tmp_path / "v.safetensors"
    save_vectors(embedding, path)
    steps: list[object] = []
    loaded = run_to_end(read_vector_tensors(path), steps.append)
    assert np.array_equal(loaded.vectors, embedding.vectors)
    assert len(steps) > 5


@pytest.mark.parametrize("kind", [np.float16, np.float64, ">f8"])
def test_other_floats_are_converted(tmp_path: Path, kind: Any) -> None:
    table = np.array([[0.5, 1], [2, -4]]).astype(kind)
    path = tmp_path / "v"
    if np.dtype(kind) == np.float16:
        path = tensor_file(tmp_path, {"anything": table}, words=["a", "b"])
    else:
        write_tensors(path, {"anything": table}, {"words": '["a", "b"]'})
    assert load_vectors(path).vectors.tolist() == [[0.5, 1], [2, -4]]
    assert load_vectors(path).vectors.dtype == np.float32


def test_of_a_word_that_comes_twice_the_first_is_kept_in_every_table(tmp_path: Path) -> None:
    embedding = embedding_of(["a", "b", "c"])
    tensors: dict[str, Any] = {"vectors": embedding.vectors}
    tensors |= {name: getattr(embedding.parameters, name) for name in NAMES}
    loaded = load_vectors(tensor_file(tmp_path, tensors, words=["a", "a", "c"], counts=[9, 8, 7]))
    assert loaded.vocabulary.words == ("a", "c")
    assert loaded.vocabulary.counts.tolist() == [9, 7]
    assert np.array_equal(loaded.vectors, embedding.vectors[[0, 2]])
    assert loaded.parameters is not None
    assert len(loaded.parameters.context_biases) == 2


TABLE = np.ones((2, 3), np.float32)


@pytest.mark.parametrize(
    ("tensors", "metadata", "received"),
    [
        ({"vectors": TABLE}, {"words": ["a"]}, "1 words"),
        ({"vectors": TABLE}, {"words": ["a", 1]}, "something else"),
        ({"vectors": TABLE}, {"words": ["a", "b"], "counts": [1]}, "something else"),
        ({"vectors": TABLE}, {"words": ["a", "b"], "counts": [1, -1]}, "something else"),
        ({"vectors": TABLE}, {"words": ["a", "b"], "counts": [1, 2**63]}, "something else"),
        ({"one": TABLE[0]}, {"words": ["a", "b"]}, "none"),
        ({"vectors": TABLE.astype(np.int32)}, {"words": ["a", "b"]}, "I32"),
        ({"vectors": TABLE.astype(bool)}, {"words": ["a", "b"]}, "BOOL"),
        ({"vectors": TABLE[:0]}, {"words": []}, "0 × 3"),
        ({"vectors": TABLE[:, :0]}, {"words": ["a", "b"]}, "2 × 0"),
        ({"vectors": TABLE * np.nan}, {"words": ["a", "b"]}, "NaN or infinity"),
        ({"vectors": TABLE.astype(np.float64) * 1e300}, {"words": ["a", "b"]}, "NaN or infinity"),
        ({"vectors": TABLE, **dict.fromkeys(NAMES, TABLE)}, {"words": ["a", "b"]}, "[2, 3] F32"),
    ],
)
def test_tables_that_cannot_be_vectors_are_refused(
    tmp_path: Path, tensors: dict[str, Any], metadata: dict[str, object], received: str
) -> None:
    assert refusal(tensor_file(tmp_path, tensors, **metadata))["received"] == received


@given(length=st.integers(9, 300))
def test_a_file_that_ends_early_is_refused_by_name(
    tmp_path_factory: pytest.TempPathFactory, length: int
) -> None:
    folder = tmp_path_factory.mktemp("truncated")
    save_vectors(embedding_of(["a", "b", "c"]), folder / "v.safetensors")
    whole = (folder / "v.safetensors").read_bytes()
    assert len(whole) > 300
    facts = refusal(file_of(folder, whole[:length]))
    assert facts["place"] == "header"
    assert facts["expected"] == "a whole safetensors file"


def test_words_that_are_no_json_are_refused(tmp_path: Path) -> None:
    path = file_of(tmp_path, save({"vectors": TABLE}, {"words": "[" * 100_000}))
    assert refusal(path)["expected"] == "JSON in “words”"


def test_of_several_tables_one_is_chosen(tmp_path: Path) -> None:
    path = tensor_file(tmp_path, {"one": TABLE, "other": TABLE * 2}, words=["a", "b"])
    with pytest.raises(SeveralTables) as several:
        load_vectors(path)
    assert several.value.fields["tables"] == ("one", "other")
    assert load_vectors(path, VectorOptions(table="other")).vectors.tolist() == (TABLE * 2).tolist()


def test_words_come_from_another_file_where_the_header_has_none(tmp_path: Path) -> None:
    path = tensor_file(tmp_path, {"weight": TABLE})
    with pytest.raises(WordsWanted) as wanted:
        load_vectors(path)
    assert wanted.value.fields["rows"] == 2
    words = file_of(tmp_path, "b\n값\n".encode(), "words.txt")
    loaded = load_vectors(path, VectorOptions(first=1, words=words))
    assert list(loaded.vocabulary) == ["b"]
    assert loaded.vectors.shape == (1, 3)
    facts = refusal(path, VectorOptions(words=file_of(tmp_path, b"b\n", "words.txt")))
    assert (facts["expected"], facts["received"]) == ("2 words, one for each vector", "1 words")


def test_half_precision_of_either_kind_is_read_and_told(tmp_path: Path) -> None:
    upper_halves = (np.array([[1.5, -2], [0, 3]], np.float32).view(np.uint32) >> 16).astype("<u2")
    for kind, numbers in {
        "BF16": upper_halves.tobytes(),
        "F16": TABLE[:, :2].astype("<f2").tobytes(),
    }.items():
        entry = {"dtype": kind, "shape": [2, 2], "data_offsets": [0, 8]}
        header = json.dumps({"__metadata__": {"words": '["a", "b"]'}, "t": entry}).encode()
        path = file_of(tmp_path, len(header).to_bytes(8, "little") + header + numbers, kind)
        steps = list[Progress]()
        loaded = run_to_end(read_vectors(path), steps.append)
        expected = [[1.5, -2], [0, 3]] if kind == "BF16" else [[1, 1], [1, 1]]
        assert loaded.vectors.tolist() == expected
        assert steps[-1].detail.converted == {"BF16": "bfloat16", "F16": "float16"}[kind]


def test_tensors_that_overlap_are_refused(tmp_path: Path) -> None:
    entries = {name: {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]} for name in ("a", "b")}
    header = json.dumps(entries).encode()
    path = file_of(tmp_path, len(header).to_bytes(8, "little") + header + bytes(8))
    assert refusal(path)["expected"] == "a whole safetensors file"
