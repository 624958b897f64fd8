"""Kernels are compiled without looking at array bounds; here they run once with bounds checked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

RUN_EVERY_KERNEL = """
import numpy as np
from gloveui.core.resources import Resources
from gloveui.core import tiles
from gloveui.core.cooccurrence_kernels import positions_by_word
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.training import Trainer
from tests.core.steps import count, random_text

try:
    positions_by_word(np.array([0, 5], np.int32), 2)
except IndexError:
    print("bounds are checked")

tiles.TILE_BYTES, tiles.SMALLEST_TILE = 1_024, 4
for options in ({}, {"window": 3, "min_count": 4, "keep_positions": True}, {"direction": "left"}):
    matrix = count(random_text(60, 3_000), 2, **options)
    trainer = Trainer(matrix, GloveConfig(dimension=5, epochs=2), Resources(threads=2))
    embedding = run_to_end(trainer.run())
    assert np.isfinite(embedding.vectors).all()
print("all kernels ran")
"""


def test_kernels_stay_inside_their_arrays(pytestconfig: pytest.Config) -> None:
    environment = {
        **os.environ,
        "NUMBA_BOUNDSCHECK": "1",
        "NUMBA_CACHE_DIR": str(pytestconfig.cache.mkdir("kernels-with-bounds-checked")),
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN_EVERY_KERNEL],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout.splitlines() == ["bounds are checked", "all kernels ran"], done.stderr


COUNT_TWO_WORDS = """
import numpy as np
from gloveui.core.cooccurrence_kernels import positions_by_word

print(positions_by_word(np.array([0, 1, 0], np.int32), 2)[1].tolist(), positions_by_word.stats.cache_hits)
"""


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("bytes_left", [0, 40])
def test_a_cache_that_a_crash_left_truncated_is_made_anew(
    tmp_path: Path, ending: str, bytes_left: int
) -> None:
    def counted() -> str:
        done = subprocess.run(
            [sys.executable, "-c", COUNT_TWO_WORDS],
            cwd=Path(__file__).parents[2], env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        return done.stdout or done.stderr

    assert counted() == "[0, 2, 1] Counter()\n"
    (damaged,) = tmp_path.rglob(f"*.{ending}")
    os.truncate(damaged, bytes_left)
    assert counted() == "[0, 2, 1] Counter()\n"
    assert counted().endswith(": 1})\n")  # from the cache
