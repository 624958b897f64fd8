from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.mutations import FORMATS, MutatedFormat, try_format, try_torch

MUTATIONS = 1_000  # of all formats together


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.name)
def test_damaged_files_are_refused_with_their_place_or_read_as_an_obvious_reader_does(
    one: MutatedFormat, tmp_path: Path
) -> None:
    number = MUTATIONS // len(FORMATS)
    read = try_format(one, number, tmp_path / "vectors")
    assert 0 < read < number


@pytest.mark.filterwarnings("ignore")  # torch's own, for programmers
@pytest.mark.parametrize("legacy", [False, True])
def test_damaged_files_of_torch_are_refused_or_read(legacy: bool, tmp_path: Path) -> None:
    number = 100
    assert 0 < try_torch(legacy, number, tmp_path / "vectors") < number
