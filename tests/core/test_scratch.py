from __future__ import annotations

from collections import namedtuple
from pathlib import Path

import numpy as np
import pytest

from gloveui.core import scratch
from gloveui.core.errors import NotEnoughDisk
from gloveui.core.scratch import ScratchFile


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
