from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMPILED_WHEN_WARM = """
from itertools import product

import numpy as np

from gloveui.core.concordance import find_pairs, find_word
from gloveui.core.concordance_order import ordered
from gloveui.core.cooccurrence import CountOptions
from gloveui.core.count_histogram import count_histogram
from gloveui.core.fit import survey_fit
from gloveui.core.glove import GloveConfig
from gloveui.core.heatmap import REDUCTIONS, View, heatmap_picture
from gloveui.core import nearest
from gloveui.core.map_picture import (
    Sight, boxes_without_overlap, density_picture, dots_picture, first_of_tiles, number_inside,
    sorted_into_cells, weighed_colors,
)
from gloveui.core.progress import run_to_end
from gloveui.core.quantities import QUANTITIES, Quantity
from gloveui.core.queries import METHODS, METRICS, analogy, neighbours, pair_ranks, rank
from gloveui.core.resources import Resources
from gloveui.core.training import Trainer
from gloveui.core.warm_up import warm_up
from gloveui.core.word_order import word_order
from tests.core.steps import count, random_text, read

config = GloveConfig(dimension=20, epochs=1)
run_to_end(warm_up(CountOptions(), config))

from numba.core import event

compiled = []
with event.install_recorder("numba:compile") as recorder:
    stream = read(random_text(60, 3_000))
    matrix = count(stream, 2, window=10, min_count=2)
    run_to_end(ordered(stream, run_to_end(find_pairs(stream, matrix, 2, 1)), "right"))
    run_to_end(find_word(stream, 0))
    trainer = Trainer(matrix, config, Resources(threads=2))
    embedding = run_to_end(trainer.run())
    run_to_end(survey_fit(matrix, trainer.parameters(), config, Resources(threads=2)))
    run_to_end(survey_fit(matrix, embedding.parameters, config, Resources(threads=2)))
    run_to_end(count_histogram(matrix, Resources(threads=2)))
    words, tall = run_to_end(word_order(matrix, "first_seen", 0, stream)), len(matrix.vocabulary)
    for name, reduction, block in product(QUANTITIES, REDUCTIONS, (1, 8)):
        quantity, view = Quantity(name, parameters=trainer.parameters()), View(0, tall, 8, tall, block)
        run_to_end(heatmap_picture(matrix, words, quantity, view, reduction, Resources(threads=2)))
    for nearest.LEAST_CELLS, metric, method in zip((1, 1, 1 << 30), METRICS, METHODS):
        neighbours(embedding, embedding.vocabulary.word(0), 1, metric)
        rank(embedding, embedding.vocabulary.word(1), embedding.vocabulary.word(0), metric)
        analogy(embedding, *embedding.vocabulary.words[:3], 1, method)
    pair_ranks(embedding, *embedding.vocabulary.words[:2])
    points, colors = embedding.vectors[:, :2], np.full((len(embedding), 4), 99, np.uint8)
    around = (-1, -1, 1, 1)
    sight = Sight(*around, 20, 20)
    dots_picture(points, colors, sight, 2, (0, 0, 0, 255))
    for scale in (None, colors[:, :3]):
        density_picture(points, weighed_colors(colors), sight, scale, 2)
    first_of_tiles(points, around, (1, 1), 1, colors[:, 0] > 0)
    number_inside(points, *around)
    sorted_into_cells(points, (-1, -1), (1, 1), 2)
    boxes_without_overlap(np.zeros((2, 3, 4), np.float32), 1)
print(len(recorder.buffer))
"""


def test_after_warming_up_nothing_is_compiled_for_a_text(tmp_path: Path) -> None:
    # What is compiled does not depend on how well, and that takes most of the time.
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), "NUMBA_OPT": "0"}
    done = subprocess.run(
        [sys.executable, "-c", COMPILED_WHEN_WARM],
        cwd=Path(__file__).parents[2], env=environment,
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.stdout.split() == ["0"], done.stderr
