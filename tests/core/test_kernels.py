"""Kernels are compiled without looking at array bounds; here they run once with bounds checked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gloveui.core import kernels

RUN_EVERY_KERNEL = """
from itertools import product
import numpy as np
from gloveui.core.concordance import find_pairs, find_word
from gloveui.core.concordance_order import ordered
from gloveui.core.count_histogram import count_histogram
from gloveui.core.fit import survey_fit
from gloveui.core.heatmap import REDUCTIONS, View, heatmap_picture
from gloveui.core.quantities import QUANTITIES, Quantity
from gloveui.core.resources import Resources
from gloveui.core import similarity_order, tiles
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.tile_kernels import tile_sizes
from gloveui.core.training import Trainer
from gloveui.core.word_order import ORDERS, word_order
from tests.core.steps import count, random_text, read

try:
    tile_sizes(np.array([0, 5]), np.zeros(2, np.int32), 1, 0)
except IndexError:
    print("bounds are checked")

tiles.TILE_BYTES, tiles.SMALLEST_TILE = 1_024, 4
resources = Resources(threads=2)
for options in ({}, {"window": 3, "min_count": 4, "keep_positions": True}, {"direction": "left"}):
    stream = read(random_text(60, 3_000))
    matrix = count(stream, 2, **options)
    for config in (GloveConfig(dimension=5, epochs=2), GloveConfig(dimension=20, epochs=2, mode="fast")):
        embedding = run_to_end(Trainer(matrix, config, Resources(threads=2)).run())
        assert np.isfinite(embedding.vectors).all()
        assert run_to_end(survey_fit(matrix, embedding.parameters, config, resources)).loss > 0
    last = len(matrix.vocabulary) - 1
    for pair in ((0, 0), (0, last), (last, 1)):
        places = run_to_end(find_pairs(stream, matrix, *pair))
        assert places.total == matrix.count(*pair)
    run_to_end(ordered(stream, run_to_end(find_word(stream, 0)), "left"))
    assert run_to_end(count_histogram(matrix, resources)).total == matrix.nonzeros
    for similarity_order.MOST_IN_A_TREE in (10, 100):
        orders = [run_to_end(word_order(matrix, kind, 0, stream)) for kind in ORDERS]
    for name, reduction, block in product(QUANTITIES, REDUCTIONS, (1, 4)):
        quantity, view = Quantity(name, parameters=embedding.parameters), View(8, last + 1, 4, last, block)
        picture = run_to_end(heatmap_picture(matrix, orders[1], quantity, view, reduction, resources))
        assert picture.highest is not None
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


# The counts are made up: compiling what reads and counts a text would take longer than all the rest.
TRAIN_IN_BOTH_MODES = """
import numpy as np
from gloveui.core.cooccurrence import CooccurrenceMatrix, CountOptions
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.training import Trainer
from gloveui.core.vocabulary import Vocabulary

counts = 1 + 20 * np.random.default_rng(1).random((60, 60), np.float32)
columns = np.tile(np.arange(60, dtype=np.int32), 60)
vocabulary = Vocabulary(map(str, range(60)))
matrix = CooccurrenceMatrix(np.arange(0, 3_601, 60), columns, counts.ravel(), vocabulary, CountOptions())
for mode in ("exact", "fast"):
    config = GloveConfig(dimension=20, mode=mode)
    trainer = Trainer(matrix, config, Resources(threads=2))
    run_to_end(trainer.run())
    print(*trainer.losses)
"""


def test_a_processor_without_wide_vectors_or_prefetching_trains_alike(tmp_path: Path) -> None:
    def losses(**environment: str) -> list[float]:
        done = subprocess.run(
            [sys.executable, "-c", TRAIN_IN_BOTH_MODES],
            cwd=Path(__file__).parents[2],
            env={**os.environ, **environment},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return [float(loss) for loss in done.stdout.split()]

    here = losses()
    assert len(here) == 30
    plain = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_CACHE_DIR": str(tmp_path)}
    assert losses(**plain) == pytest.approx(here, rel=1e-3)


SORT_THREE_PAIRS = """
import numpy as np
from gloveui.core.tile_kernels import tile_sizes

columns = np.array([0, 1, 2], np.int32)
print(tile_sizes(np.array([0, 3]), columns, 2, 0).tolist(), tile_sizes.stats.cache_hits)
"""


@pytest.mark.parametrize("ending", ["nbi", "nbc"])
@pytest.mark.parametrize("bytes_left", [0, 40])
def test_a_cache_that_a_crash_left_truncated_is_made_anew(
    tmp_path: Path, ending: str, bytes_left: int
) -> None:
    def sorted_pairs() -> str:
        done = subprocess.run(
            [sys.executable, "-c", SORT_THREE_PAIRS],
            cwd=Path(__file__).parents[2], env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        return done.stdout or done.stderr

    assert sorted_pairs() == "[2, 1] Counter()\n"
    (damaged,) = tmp_path.rglob(f"*.{ending}")
    os.truncate(damaged, bytes_left)
    assert sorted_pairs() == "[2, 1] Counter()\n"
    assert sorted_pairs().endswith(": 1})\n")  # from the cache


def test_a_kernel_is_compiled_anew_when_one_that_it_calls_has_changed(tmp_path: Path) -> None:
    core = tmp_path / "gloveui" / "core"
    core.mkdir(parents=True)
    for package in (core, core.parent):
        (package / "__init__.py").touch()
    shutil.copy(kernels.__file__, core)
    header = "from gloveui.core.kernels import kernel\n"
    outer = (
        f"{header}from gloveui.core.inner_kernels import inner\n@kernel\ndef outer():\n    return inner()\n"
    )
    (core / "outer_kernels.py").write_text(outer)

    def answer(number: int) -> str:
        (core / "inner_kernels.py").write_text(f"{header}@kernel\ndef inner():\n    return {number}\n")
        script = "from gloveui.core.outer_kernels import outer\nprint(outer(), outer.stats.cache_hits)"
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path, env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")},
            capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        return done.stdout or done.stderr

    assert answer(1) == "1 Counter()\n"
    assert answer(2) == "2 Counter()\n"
    assert answer(2).endswith(": 1})\n")  # from the cache
