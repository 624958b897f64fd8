"""Whatever the disk refuses, and when: the old file or the new one is there, whole, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.embedding import Embedding
from gloveui.core.errors import WriteFailed
from gloveui.core.tokens import TokenStream
from gloveui.core.vocabulary import Vocabulary
from gloveui.storage import session_objects
from gloveui.storage.atomic import sweep_unfinished
from gloveui.storage.checkpoint_files import read_checkpoint, write_checkpoint
from gloveui.storage.export import write_bytes, write_csv
from gloveui.storage.session_folder import SavedModel, SavedSession
from gloveui.storage.session_manifest import EARLIER_MANIFEST, MANIFEST, read_manifest
from gloveui.storage.vector_export import save_vectors
from tests.core.steps import LECTURE, count, read
from tests.storage.faults import each_fault
from tests.storage.sessions import CONFIG, bits_of, checkpoint_of, opened, save, small_session

OLD, NEW = (
    SavedModel(1, "model", Embedding(Vocabulary(["a"]), np.full((1, 2), n, np.float32))) for n in (1, 2)
)


def test_a_session_is_the_old_one_or_the_new_one_whatever_the_disk_refuses(tmp_path: Path) -> None:
    session = replace(small_session(), models=(OLD,), checkpoint=None)
    old, new = replace(session, notes="old"), replace(session, notes="new", models=(OLD, NEW))
    states = {"old": bits_of(old), "new": bits_of(new)}
    save(tmp_path / "saved", replace(old, pinned=()))
    save(tmp_path / "saved", old)
    failures = 0
    for number, (disk, place) in enumerate(each_fault()):
        folder = tmp_path / f"{number}.gloveui"
        shutil.copytree(tmp_path / "saved", folder)
        session_objects._whole.clear()
        try:
            with disk.in_place():
                save(folder, new)
            failed = False
        except WriteFailed:
            failed = True
        failures += failed
        found = opened(folder)
        assert bits_of(found) == states[found.notes], place
        assert found.notes == "old" or not failed or disk.calls.count("replace") >= 3, place
        assert found.warnings == (), place
        save(folder, new)
        assert bits_of(opened(folder)) == states["new"], place
        assert files_of(folder) == named_files(folder), place
    assert failures > 20


def test_a_first_save_that_fails_can_be_made_again(tmp_path: Path) -> None:
    session = SavedSession(models=(OLD,), notes="new")
    for number, (disk, place) in enumerate(each_fault()):
        folder = tmp_path / str(number) / "s.gloveui"
        try:
            with disk.in_place():
                save(folder, session)
        except WriteFailed:
            assert not folder.exists(), place
        save(folder, session)
        assert bits_of(opened(folder)) == bits_of(session), place
        assert files_of(folder) == named_files(folder), place


def files_of(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def named_files(folder: Path) -> set[str]:
    """The manifests that are there, and every object that one of them names."""
    manifests = {name for name in (MANIFEST, EARLIER_MANIFEST) if (folder / name).exists()}
    return manifests.union(*(read_manifest(folder, name).objects for name in manifests))


def write_vectors_as(ending: str) -> Callable[[Path, float], None]:
    def write(folder: Path, number: float) -> None:
        embedding = Embedding(Vocabulary(["a", "b"]), np.full((2, 3), number, np.float32))
        save_vectors(embedding, folder / f"file{ending}")

    return write


def write_picture(folder: Path, number: float) -> None:
    write_bytes(folder / "file.svg", f"<svg>{number}</svg>".encode())


def write_table(folder: Path, number: float) -> None:
    write_csv(folder / "file.csv", [["word", "count"], ["a", number], ["b", number]])


def write_training(folder: Path, number: float) -> None:
    tokens, matrix = lecture()
    write_checkpoint(folder / "file", checkpoint_of(tokens, (number,)).checkpoint, matrix, CONFIG)
    assert read_checkpoint(folder / "file", matrix, CONFIG).losses == (number,)


@cache
def lecture() -> tuple[TokenStream, CooccurrenceMatrix]:
    tokens = read(LECTURE)
    return tokens, count(tokens)


@pytest.mark.parametrize(
    "write",
    [write_vectors_as(".safetensors"), write_vectors_as(".txt"), write_picture, write_table, write_training],
)
def test_a_file_is_the_old_one_or_the_new_one_whatever_the_disk_refuses(
    tmp_path: Path, write: Callable[[Path, float], None]
) -> None:
    contents = []
    for number in (1.0, 2.0):
        write(tmp_path, number)
        (path,) = tmp_path.iterdir()
        contents.append(path.read_bytes())
    failures = 0
    for disk, place in each_fault():
        path.write_bytes(contents[0])
        try:
            with disk.in_place():
                write(tmp_path, 2.0)
            assert path.read_bytes() == contents[1], place
        except WriteFailed:
            failures += 1
            assert path.read_bytes() == contents[0], place
        sweep_unfinished(tmp_path)
        assert list(tmp_path.iterdir()) == [path], place
    assert failures >= 6
