from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from gloveui.core import nearest
from gloveui.core.embedding import Embedding
from gloveui.core.errors import FileMissing
from gloveui.core.nearest import nearest_words, prepared
from gloveui.core.progress import Progress, run_to_end
from gloveui.storage import vector_cache
from gloveui.storage.vector_cache import VectorCache
from gloveui.storage.vector_rows import VectorFileNotes, VectorOptions
from tests.storage.samples import file_of

CONTENT = b"3 2\nking 1 2\nking 9 9\n\xea\xb0\x92 0 0\n"
NOTES = VectorFileNotes("word2vec text", duplicates=1, zero_rows=1)


@pytest.fixture
def cache(tmp_path: Path) -> VectorCache:
    return VectorCache(tmp_path / "cache", least_file_bytes=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return file_of(tmp_path, CONTENT)


def opened(cache: VectorCache, path: Path, options: VectorOptions | None = None) -> Embedding:
    """Open a file as the program does: show it, then keep it."""
    steps, entry = list[Progress](), cache.entry(path, options)
    embedding = run_to_end(entry.open_vectors(), steps.append)
    run_to_end(entry.keep(embedding, steps[-1].detail, sha256="of the file"))
    return embedding


def notes_of(cache: VectorCache, path: Path) -> object:
    steps = list[Progress]()
    run_to_end(cache.entry(path).open_vectors(), steps.append)
    return steps[-1].detail


def test_a_second_opening_gives_the_same_without_reading_the_file(
    cache: VectorCache, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "LEAST_CELLS", 1)
    first = opened(cache, path)
    monkeypatch.setattr(vector_cache, "read_vectors", None)
    second = opened(cache, path)
    assert second.vocabulary.words == first.vocabulary.words == ("king", "값")
    assert second.vectors.tobytes() == first.vectors.tobytes()
    assert np.array_equal(second.norms, first.norms)
    assert prepared(second) is not None
    query = np.array([1.0, 0.5])
    assert [found.tolist() for found in nearest_words(second, query, 2)] == [
        found.tolist() for found in nearest_words(first, query, 2)
    ]
    assert notes_of(cache, path) == NOTES
    with pytest.raises(ValueError, match="read-only"):
        second.vectors[0, 0] = 1


def test_a_file_that_has_changed_is_read_again(cache: VectorCache, path: Path) -> None:
    assert cache.entry(path).digest() == ""
    opened(cache, path)
    assert cache.entry(path).digest() == "of the file"
    path.write_bytes(CONTENT.replace(b"1 2", b"7 8"))
    os.utime(path, ns=(1, 1))
    assert cache.entry(path).digest() == ""
    assert opened(cache, path).vectors[0].tolist() == [7, 8]


def test_other_options_have_vectors_of_their_own(cache: VectorCache, path: Path) -> None:
    assert len(opened(cache, path)) == 2
    assert len(opened(cache, path, VectorOptions(first=1))) == 1
    assert len(opened(cache, path)) == 2


def test_a_file_that_changes_while_it_is_read_is_not_kept(cache: VectorCache, path: Path) -> None:
    entry = cache.entry(path)
    embedding = run_to_end(entry.open_vectors())
    path.write_bytes(CONTENT + b"more 1 2\n")
    run_to_end(entry.keep(embedding, NOTES))
    assert not entry.file.exists()


def test_a_damaged_entry_is_never_used_and_made_anew(cache: VectorCache, path: Path) -> None:
    expected = opened(cache, path)
    entry = cache.entry(path).file
    whole = entry.read_bytes()
    header = whole.index(b"{")
    for damaged in (
        *(whole[:length] for length in range(0, len(whole), 37)),
        *(bytes([*whole[:at], whole[at] ^ 1, *whole[at + 1 :]]) for at in range(0, header + 200, 7)),
        whole + b"\0",
        b"",
    ):
        entry.write_bytes(damaged)
        assert opened(cache, path).vectors.tobytes() == expected.vectors.tobytes()
        entry.unlink()
        opened(cache, path)
        assert entry.read_bytes() == whole


def test_the_entry_of_another_file_is_not_used(cache: VectorCache, path: Path, tmp_path: Path) -> None:
    other = file_of(tmp_path, b"other 5 6\n", "other")
    opened(cache, other)
    opened(cache, path)
    cache.entry(path).file.write_bytes(cache.entry(other).file.read_bytes())
    assert list(opened(cache, path).vocabulary) == ["king", "값"]


def test_small_files_are_not_kept(tmp_path: Path, path: Path) -> None:
    cache = VectorCache(tmp_path / "cache", least_file_bytes=len(CONTENT) + 1)
    opened(cache, path)
    assert not cache.folder.exists()


def test_the_entries_that_were_not_used_longest_make_room(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "cache", least_file_bytes=1, most_bytes=2_000)
    paths = [file_of(tmp_path, b"word 1 2\n", f"v{number}") for number in range(4)]
    for age, path in enumerate(paths):
        opened(cache, path)
        os.utime(cache.entry(path).file, (age, age))
        opened(cache, paths[0])  # used now
    assert cache.entry(paths[0]).file.exists()
    assert not cache.entry(paths[1]).file.exists()
    assert sum(entry.stat().st_size for entry in cache.folder.iterdir()) <= 2_000


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, path: Path) -> None:
    cache = VectorCache(file_of(tmp_path, b"a file", "cache"), least_file_bytes=1)
    assert len(opened(cache, path)) == 2
    assert len(opened(cache, path)) == 2


def test_where_the_file_is_gone_its_vectors_are_not_shown(cache: VectorCache, path: Path) -> None:
    opened(cache, path)
    path.unlink()
    with pytest.raises(FileMissing):
        cache.entry(path)


def test_stopping_while_it_is_kept_leaves_nothing(cache: VectorCache, path: Path) -> None:
    entry = cache.entry(path)
    embedding = run_to_end(entry.open_vectors())
    keeping = entry.keep(embedding, NOTES)
    next(keeping)
    keeping.close()
    assert list(cache.folder.iterdir()) == []


def test_words_beside_a_file_that_change_are_read_again(cache: VectorCache, tmp_path: Path) -> None:
    path = tmp_path / "v.npy"
    np.save(path, np.ones((2, 3), np.float32))
    facts = []
    for content in ('["a", "b"]', '["a", "c2"]'):
        (tmp_path / "v.vocabulary.json").write_text(content, encoding="utf-8")
        facts.append(cache.entry(path).facts)
    assert facts[0] != facts[1]
