from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gloveui.core.errors import FileMissing, SeveralTables, VectorsTooLarge, WordsWanted
from gloveui.core.progress import Progress, run_to_end
from gloveui.storage import vector_table
from gloveui.storage.embedding_files import holds_vectors, load_vectors, read_vectors
from gloveui.storage.vector_errors import PickleInside, WordsInPickle
from gloveui.storage.vector_rows import VectorFileNotes, VectorOptions
from tests.storage.samples import file_of, refusal

TABLE = np.array([[1.5, -2, 0.25], [0, 0, 0]])


TOLD = {
    "<f4": "",
    ">f4": "big-endian float32",
    "<f8": "float64",
    ">f8": "big-endian float64",
    "<f2": "float16",
}


def npy(array: Any) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def npz(folder: Path, **arrays: Any) -> Path:
    np.savez(folder / "v.npz", **arrays)
    return folder / "v.npz"


def notes_of(path: Path, options: VectorOptions | None = None) -> VectorFileNotes:
    steps = list[Progress]()
    run_to_end(read_vectors(path, options), steps.append)
    notes: VectorFileNotes = steps[-1].detail
    return notes


@pytest.mark.parametrize("kind", TOLD)
@pytest.mark.parametrize("order", ["C", "F"])
def test_floats_of_all_kinds_are_read_and_what_was_converted_is_told(
    tmp_path: Path, kind: str, order: Any
) -> None:
    array = TABLE.astype(kind, order=order)
    told = TOLD[kind]
    words = file_of(tmp_path, b'["a", "b"]', "v.vocabulary.json")
    for path in (file_of(tmp_path, npy(array), "v.npy"), npz(tmp_path, words=np.array(["a", "b"]), t=array)):
        loaded = load_vectors(path)
        assert loaded.vectors.tolist() == TABLE.tolist()
        assert list(loaded.vocabulary) == ["a", "b"]
        assert notes_of(path).converted == told
        assert notes_of(path).zero_rows == 1
        assert holds_vectors(path)
    assert words.exists()


def test_words_come_from_lines_a_list_or_a_map(tmp_path: Path) -> None:
    path = file_of(tmp_path, npy(TABLE), "v.npy")
    with pytest.raises(WordsWanted) as wanted:
        load_vectors(path)
    assert wanted.value.fields["rows"] == 2
    for content in ("\ufeffthe\r\n값 0\r\n", "the\n값 0", '["the", "값 0"]', '{"값 0": 1, "the": 0}'):
        words = file_of(tmp_path, content.encode(), "words")
        assert list(load_vectors(path, VectorOptions(words=words)).vocabulary) == ["the", "값 0"]
    with pytest.raises(FileMissing):
        load_vectors(path, VectorOptions(words=tmp_path / "none"))
    for content, received in (("a\nb\nc\n", "3 words"), ("a", "1 words")):
        facts = refusal(path, VectorOptions(words=file_of(tmp_path, content.encode(), "words")))
        assert (facts["expected"], facts["received"]) == ("2 words, one for each vector", received)
    not_words = file_of(tmp_path, b"[1, 2]", "words.json")
    assert refusal(path, VectorOptions(words=not_words))["received"] == "something else"


def test_the_vocabulary_of_a_folder_is_used_where_it_fits(tmp_path: Path) -> None:
    path = file_of(tmp_path, npy(TABLE), "v.npy")
    file_of(tmp_path, b'["a", "b", "c"]', "vocabulary.json")
    with pytest.raises(WordsWanted):
        load_vectors(path)
    file_of(tmp_path, b'["a", "b"]', "vocabulary.json")
    assert list(load_vectors(path).vocabulary) == ["a", "b"]


def test_of_several_tables_one_is_chosen(tmp_path: Path) -> None:
    path = npz(tmp_path, one=TABLE, other=TABLE * 2, words=np.array([b"a", "값".encode()]))
    with pytest.raises(SeveralTables) as several:
        load_vectors(path)
    assert several.value.fields["tables"] == ("one", "other")
    loaded = load_vectors(path, VectorOptions(table="other", first=1))
    assert (list(loaded.vocabulary), loaded.vectors.tolist()) == (["a"], (TABLE[:1] * 2).tolist())
    assert refusal(path, VectorOptions(table="none"))["received"] == "none"
    assert len(load_vectors(npz(tmp_path, vectors=TABLE, more=TABLE, words=np.array(["a", "b"])))) == 2


@pytest.mark.parametrize("array", [np.array([["a"], ["b"]], object), np.array([{}, []], object)])
def test_objects_are_never_unpickled(tmp_path: Path, array: Any) -> None:
    for path in (file_of(tmp_path, npy(array), "v.npy"), npz(tmp_path, vectors=TABLE, words=array)):
        with pytest.raises(PickleInside, match="contains a pickle"):
            load_vectors(path)


@pytest.mark.parametrize(
    ("array", "received"),
    [
        (TABLE.astype(int), "int64"),
        (TABLE > 0, "bool"),
        (TABLE.astype(complex), "complex128"),
        (np.zeros((2, 2), "<f4,<f4"), "something else"),
        (TABLE[0], "3"),
        (TABLE[:0], "0 × 3"),
        (TABLE[:, :0], "2 × 0"),
        (TABLE[None], "1 × 2 × 3"),
        (TABLE * np.nan, "NaN or infinity"),
        (TABLE * 1e300, "NaN or infinity"),
        (np.zeros((2, 10_001), "<f2"), "2 × 10001"),
    ],
)
def test_arrays_that_cannot_be_vectors_are_refused(tmp_path: Path, array: Any, received: str) -> None:
    file_of(tmp_path, b'["a", "b"]', "v.vocabulary.json")
    assert refusal(file_of(tmp_path, npy(array), "v.npy"))["received"] == received


def test_rows_with_other_numbers_are_dropped_where_that_is_asked(tmp_path: Path) -> None:
    path = npz(tmp_path, t=np.array([[1], [np.inf], [2], [3.0]]), words=np.array(["a", "b", "a", "c"]))
    options = VectorOptions(drops_bad_rows=True)
    assert list(load_vectors(path, options).vocabulary) == ["a", "c"]
    notes = notes_of(path, options)
    assert (notes.bad_rows, notes.duplicates) == (1, 1)
    assert refusal(path)["place"] == "array t, row 2"


def test_a_header_that_claims_more_than_there_is_takes_no_memory(tmp_path: Path) -> None:
    whole = npy(TABLE)
    claims = whole.replace(b"(2, 3), }" + b" " * 20, b"(999999999, 9999), }" + b" " * 9)
    assert len(claims) == len(whole)
    assert refusal(file_of(tmp_path, claims, "v.npy"))["received"] == f"{len(whole)} bytes"
    with zipfile.ZipFile(tmp_path / "v.npz", "w") as archive:
        archive.writestr("v.npy", claims)
    assert refusal(tmp_path / "v.npz")["received"] == f"{len(whole)} bytes"
    for header in (b"", b"[" * 9_999, b"{'descr': 1}", b"\xff" * 20, b"__import__('os').abort()"):
        content = b"\x93NUMPY\x01\0" + len(header).to_bytes(2, "little") + header
        assert refusal(file_of(tmp_path, content, "v.npy"))["received"] == "something else"


def test_what_is_larger_than_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = npz(tmp_path, t=TABLE, words=np.array(["a", "b"]))
    monkeypatch.setattr(vector_table, "free_memory", lambda: 20)
    with pytest.raises(VectorsTooLarge) as refused:
        load_vectors(path)
    assert refused.value.fields["fitting"] == 1
    assert len(load_vectors(path, VectorOptions(first=1))) == 1


def test_gensims_own_format_is_not_opened_but_its_arrays_are(tmp_path: Path) -> None:
    model = file_of(tmp_path, b"\x80\x04cgensim.models.keyedvectors\nKeyedVectors\n.", "m.kv")
    with pytest.raises(PickleInside) as refused:
        load_vectors(model)
    assert "save_word2vec_format" in refused.value.next_step
    file_of(tmp_path, npy(TABLE), "m.kv.vectors.npy")
    with pytest.raises(WordsInPickle) as wanted:
        load_vectors(model)
    assert wanted.value.fields["rows"] == 2
    words = file_of(tmp_path, json.dumps(["a", "b"]).encode(), "words.json")
    loaded = load_vectors(model, VectorOptions(words=words))
    assert list(loaded.vocabulary) == ["a", "b"]
    assert loaded.vectors.tolist() == TABLE.tolist()
    assert notes_of(model, VectorOptions(words=words)).format == "gensim"


def test_models_that_gensim_wrote_over_the_years_are_told(tmp_path: Path) -> None:
    from gensim.models import KeyedVectors
    from gensim.test.utils import datapath

    for name in ("lee_fasttext", "word2vec_pre_kv_py2", "ft_kv_3.6.0.model.gz", "w2v-lee-v0.12.0"):
        with pytest.raises(PickleInside):
            load_vectors(Path(datapath(name)))
    for name in ("word2vec_pre_kv_sep_py2", "word2vec_pre_kv_sep_py3_4"):
        with pytest.raises(WordsInPickle):
            load_vectors(Path(datapath(name)))
    vectors = KeyedVectors(3)
    vectors.add_vectors(["a", "b"], TABLE)
    vectors.save(str(tmp_path / "m.kv"), sep_limit=1)
    words = file_of(tmp_path, b"a\nb\n", "words.txt")
    loaded = load_vectors(tmp_path / "m.kv", VectorOptions(words=words))
    assert np.array_equal(loaded.vectors, vectors.vectors)
