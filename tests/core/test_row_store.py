from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gloveui.core.row_store import DiskRows, MemoryRows, RowStore


def filled(store: RowStore, parts: int) -> tuple[list[int], list[float]]:
    with store:
        for number in range(parts):
            columns = np.arange(number, dtype=np.int32)
            store.append(columns, columns.astype(np.float32) / 2)
        columns, values = store.arrays()
    assert (columns.dtype, values.dtype) == (np.int32, np.float32)
    return columns.tolist(), values.tolist()


@pytest.mark.parametrize("expected", [0, 3, 45, 1_000])
def test_memory_takes_more_and_less_than_was_expected(expected: int) -> None:
    columns, values = filled(MemoryRows(expected), 10)
    assert columns == [column for part in range(10) for column in range(part)]
    assert values == [column / 2 for column in columns]


def test_files_give_back_the_same_and_leave_nothing(tmp_path: Path) -> None:
    assert filled(DiskRows(str(tmp_path)), 10) == filled(MemoryRows(45), 10)
    assert list(tmp_path.iterdir()) == []
