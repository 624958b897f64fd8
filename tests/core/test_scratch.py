from __future__ import annotations

import errno
from collections import namedtuple
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from gloveui.core import scratch
from gloveui.core.errors import NotEnoughDisk, ScratchFolderUnusable
from gloveui.core.scratch import ScratchFile, check_disk


def test_what_was_appended_is_read_again_after_the_file_is_closed(tmp_path: Path) -> None:
    with ScratchFile(str(tmp_path)) as file:
        file.append(np.arange(5, dtype=np.int32))
        file.append(np.arange(5, 9, dtype=np.int32)[::-1])
        mapped = file.mapped(np.int32)
    assert mapped.tolist() == [0, 1, 2, 3, 4, 8, 7, 6, 5]
    assert not mapped.flags.writeable


def test_nothing_appended_is_an_empty_array(tmp_path: Path) -> None:
    with ScratchFile(str(tmp_path)) as file:
        assert len(file.mapped(np.int32)) == 0


def test_nothing_is_left_of_it(tmp_path: Path) -> None:
    with ScratchFile(str(tmp_path)) as file:
        file.append(np.zeros(10))
        mapped = file.mapped(np.float64)
    del mapped
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(scratch.shutil, "disk_usage", lambda folder: usage(1, 1, scratch.RESERVE_BYTES + 100))
    with ScratchFile(str(tmp_path)) as file:
        file.append(np.zeros(10))
        with pytest.raises(NotEnoughDisk, match="160 bytes are needed on the disk"):
            file.append(np.zeros(20))
        assert file.size == 80


@pytest.mark.parametrize("name", ["nowhere", "file", "a\0b"])
def test_a_folder_that_takes_no_file_is_told_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    folder = f"{tmp_path}/{name}/inside"
    with pytest.raises(ScratchFolderUnusable, match="a temporary file cannot be made there") as refused:
        ScratchFile(folder)
    assert refused.value.fields["path"] == folder
    with pytest.raises(ScratchFolderUnusable):
        check_disk(1, folder)


def test_a_disk_that_fills_up_while_it_is_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FullDisk(BytesIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(scratch.tempfile, "TemporaryFile", lambda **_: FullDisk())
    with pytest.raises(NotEnoughDisk), ScratchFile(str(tmp_path)) as file:
        file.append(np.zeros(1))
