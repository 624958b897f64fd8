from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gloveui.core import tiles as tiles_module
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.errors import OtherTraining, VectorFileError
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.training import Trainer
from gloveui.storage.checkpoint_files import ARRAYS, is_checkpoint, read_checkpoint, write_checkpoint
from gloveui.storage.tensor_files import open_tensors, write_tensors
from tests.core.steps import count, random_text

CONFIG = GloveConfig(dimension=6, epochs=6)


@pytest.fixture
def matrix(monkeypatch: pytest.MonkeyPatch) -> CooccurrenceMatrix:
    monkeypatch.setattr(tiles_module, "TILE_BYTES", 1_024)
    monkeypatch.setattr(tiles_module, "SMALLEST_TILE", 4)
    return count(random_text(60, 3_000), window=5)


def trained(matrix: CooccurrenceMatrix, config: GloveConfig = CONFIG, stop_at: float = 99.0) -> Trainer:
    trainer = Trainer(matrix, config, Resources(threads=1))
    for progress in trainer.run():
        if progress.stage == "training" and progress.detail.position >= stop_at:
            break
    return trainer


def bits(trainer: Trainer) -> list[bytes]:
    return [array.tobytes() for array in vars(trainer.checkpoint().state).values()]


@pytest.mark.parametrize("mode", ["exact", "fast"])
def test_a_training_goes_on_from_a_file_as_if_it_had_never_stopped(
    matrix: CooccurrenceMatrix, tmp_path: Path, mode: str
) -> None:
    config = replace(CONFIG, mode=mode)
    whole = trained(matrix, config)
    half = trained(matrix, replace(config, epochs=3))
    write_checkpoint(tmp_path / "half", half.checkpoint(), matrix, half.config)

    other = Trainer(matrix, config, Resources(threads=2))
    other.restore(read_checkpoint(tmp_path / "half", matrix, config))
    run_to_end(other.run())

    assert bits(other) == bits(whole)
    assert other.losses == whole.losses


CONTINUE = """
import sys
from pathlib import Path
from gloveui.core import tiles
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.training import Trainer
from gloveui.storage.checkpoint_files import read_checkpoint, write_checkpoint
from tests.core.steps import count, random_text
from tests.storage.test_checkpoint_files import CONFIG

tiles.TILE_BYTES, tiles.SMALLEST_TILE = 1_024, 4
matrix = count(random_text(60, 3_000), window=5)
trainer = Trainer(matrix, CONFIG, Resources(threads=3))
trainer.restore(read_checkpoint(Path(sys.argv[1]), matrix, CONFIG))
run_to_end(trainer.run())
write_checkpoint(Path(sys.argv[2]), trainer.checkpoint(), matrix, CONFIG)
"""


def test_another_process_goes_on_to_the_same_bits_from_the_middle_of_an_epoch(
    matrix: CooccurrenceMatrix, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gloveui.core.training.REPORT_SECONDS", 0.0)
    half = trained(matrix, stop_at=2.3)
    assert half.checkpoint().rounds > 0
    write_checkpoint(tmp_path / "half", half.checkpoint(), matrix, CONFIG)

    command = [sys.executable, "-c", CONTINUE, str(tmp_path / "half"), str(tmp_path / "whole")]
    subprocess.run(command, cwd=Path(__file__).parents[2], check=True, timeout=300)

    other = Trainer(matrix, CONFIG, Resources(threads=1))
    other.restore(read_checkpoint(tmp_path / "whole", matrix, CONFIG))
    assert bits(other) == bits(trained(matrix))


def test_more_epochs_and_other_vectors_may_be_asked_for(matrix: CooccurrenceMatrix, tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "file", trained(matrix).checkpoint(), matrix, CONFIG)
    asked = replace(CONFIG, epochs=9, patience=2, vectors="word", post_processing="mean")
    assert len(read_checkpoint(tmp_path / "file", matrix, asked).losses) == 6


def test_other_settings_are_refused_by_name(matrix: CooccurrenceMatrix, tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "file", trained(matrix).checkpoint(), matrix, CONFIG)
    with pytest.raises(OtherTraining, match=r"expected learning_rate 0\.1, found learning_rate 0\.05"):
        read_checkpoint(tmp_path / "file", matrix, replace(CONFIG, learning_rate=0.1))


def test_other_counts_are_refused(matrix: CooccurrenceMatrix, tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "file", trained(matrix).checkpoint(), matrix, CONFIG)
    with pytest.raises(OtherTraining, match="counts of the open text"):
        read_checkpoint(tmp_path / "file", count(random_text(60, 3_000), window=4), CONFIG)


def test_a_file_that_is_no_checkpoint_says_what_it_is(matrix: CooccurrenceMatrix, tmp_path: Path) -> None:
    write_tensors(tmp_path / "vectors", {"vectors": np.ones((2, 3), np.float32)}, {"words": '["a", "b"]'})
    assert not is_checkpoint(tmp_path / "vectors")
    with pytest.raises(VectorFileError, match="expected gloveui checkpoint 1, found another file"):
        read_checkpoint(tmp_path / "vectors", matrix, CONFIG)


def test_a_checkpoint_with_numbers_that_are_not_finite_is_refused(
    matrix: CooccurrenceMatrix, tmp_path: Path
) -> None:
    checkpoint = trained(matrix).checkpoint()
    words = np.full_like(checkpoint.state.words, np.nan)
    damaged = replace(checkpoint, state=replace(checkpoint.state, words=words))
    write_checkpoint(tmp_path / "file", damaged, matrix, CONFIG)
    with pytest.raises(VectorFileError, match="tensor words: expected a table of finite numbers"):
        read_checkpoint(tmp_path / "file", matrix, CONFIG)
    assert is_checkpoint(tmp_path / "file")


@pytest.mark.parametrize(
    "array", ["words", "contexts", "word_sums", "context_sums", "word_biases", "context_biases"]
)
@pytest.mark.parametrize("rows", [slice(5), slice(1), slice(None)])
def test_a_checkpoint_with_arrays_of_other_shapes_is_refused_as_damaged(
    matrix: CooccurrenceMatrix, tmp_path: Path, array: str, rows: slice
) -> None:
    write_checkpoint(tmp_path / "file", trained(matrix).checkpoint(), matrix, CONFIG)
    with open_tensors(tmp_path / "file") as tensors:
        arrays = {name: tensors.get_tensor(name) for name in ARRAYS}
        metadata = tensors.metadata() or {}
    arrays[array] = arrays[array][rows, : -1 if rows == slice(None) else None]
    write_tensors(tmp_path / "file", arrays, metadata)
    with pytest.raises(VectorFileError, match="expected a training that can go on"):
        read_checkpoint(tmp_path / "file", matrix, CONFIG)


@pytest.mark.parametrize(
    "changes",
    [
        {"rounds": -1},
        {"rounds": 10**7},
        {"rounds_per_epoch": 0, "rounds": 1},
        {"losses": None},
        {"losses": [math.nan]},
        {"losses": [10**400]},
        {"round_loss": math.inf},
    ],
)
def test_a_checkpoint_that_no_training_can_reach_is_refused_as_damaged(
    matrix: CooccurrenceMatrix, tmp_path: Path, changes: dict[str, object]
) -> None:
    write_checkpoint(tmp_path / "file", trained(matrix).checkpoint(), matrix, CONFIG)
    with open_tensors(tmp_path / "file") as tensors:
        arrays = {name: tensors.get_tensor(name) for name in ARRAYS}
        metadata = tensors.metadata() or {}
    metadata["progress"] = json.dumps(json.loads(metadata["progress"]) | changes)
    write_tensors(tmp_path / "file", arrays, metadata)
    with pytest.raises(VectorFileError, match="expected a training that can go on"):
        read_checkpoint(tmp_path / "file", matrix, CONFIG)
