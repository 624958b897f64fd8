from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gloveui.core.errors import WriteFailed
from gloveui.storage import atomic
from gloveui.storage.atomic import (
    atomic_file,
    atomic_text_file,
    check_writable,
    made_folder,
    sweep_unfinished,
)

OLD = b"what was there before"


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "vectors.txt"
    path.write_bytes(OLD)
    return path


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_block_that_ends_replaces_the_file(old_file: Path) -> None:
    with atomic_file(old_file) as stream:
        stream.write(b"new")
        assert old_file.read_bytes() == OLD
    assert old_file.read_bytes() == b"new"
    assert names_in(old_file.parent) == ["vectors.txt"]


def test_a_block_that_fails_leaves_the_old_file_and_nothing_else(old_file: Path) -> None:
    def write_half() -> None:
        with atomic_file(old_file) as stream:
            stream.write(b"half of the new")
            stream.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_half()
    assert old_file.read_bytes() == OLD
    assert names_in(old_file.parent) == ["vectors.txt"]


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_file_and_nothing_else(
    old_file: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(atomic.os, failing, fail)
    with pytest.raises(WriteFailed, match="No space left") as failure, atomic_file(old_file) as stream:
        stream.write(b"new")
    assert failure.value.fields["path"] == str(old_file)
    assert old_file.read_bytes() == OLD
    assert names_in(old_file.parent) == ["vectors.txt"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_in_the_middle_is_a_failed_write(old_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_file(path: Path) -> object:
        path.touch()
        return open("/dev/full", "wb")

    monkeypatch.setattr(atomic, "_made_file", full_file)
    with pytest.raises(WriteFailed, match="No space left"), atomic_file(old_file) as stream:
        stream.write(b"x" * 100_000)
    assert old_file.read_bytes() == OLD
    assert names_in(old_file.parent) == ["vectors.txt"]


def test_a_folder_that_is_missing_is_a_failed_write(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed, match="No such file"), atomic_file(tmp_path / "none" / "x"):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_permissions_are_those_of_any_new_file_or_of_the_old_one(tmp_path: Path) -> None:
    plain, new = tmp_path / "plain", tmp_path / "new"
    plain.touch()
    with atomic_file(new):
        pass
    assert new.stat().st_mode == plain.stat().st_mode
    new.chmod(0o604)
    with atomic_file(new):
        pass
    assert new.stat().st_mode & 0o777 == 0o604


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_stays_a_link(old_file: Path) -> None:
    link = old_file.with_name("link")
    link.symlink_to(old_file)
    with atomic_file(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert old_file.read_bytes() == b"new"


def test_text_is_utf_8_with_plain_line_ends(tmp_path: Path) -> None:
    with atomic_text_file(tmp_path / "text") as stream:
        stream.write("값\n")
    assert (tmp_path / "text").read_bytes() == "값\n".encode()


def test_a_folder_is_made_and_tried_and_left_empty(tmp_path: Path) -> None:
    check_writable(tmp_path / "new" / "folder")
    assert names_in(tmp_path / "new" / "folder") == []


def test_a_file_in_place_of_a_folder_cannot_be_written_to(old_file: Path) -> None:
    with pytest.raises(WriteFailed):
        check_writable(old_file)


def test_what_an_ended_process_left_is_swept_and_what_is_being_written_stays(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    names = {
        who: f".gloveui-{atomic._machine()}-{pid}-{'0' * 16}.part"
        for who, pid in (("ended", ended.pid), ("living", os.getppid()), ("own", os.getpid()))
    }
    names["elsewhere"] = f".gloveui-ffffffff-{ended.pid}-{'0' * 16}.part"
    names["the person's"] = ".gloveui-notes.part"
    for name in names.values():
        (tmp_path / name).touch()
    with atomic_file(tmp_path / "new") as stream:
        stream.write(b"new")
        sweep_unfinished(tmp_path)
    assert set(names_in(tmp_path)) == {"new", names["living"], names["elsewhere"], names["the person's"]}


def test_a_file_in_place_of_a_folder_is_told(old_file: Path) -> None:
    with pytest.raises(WriteFailed, match="expected a folder"):
        made_folder(old_file)
