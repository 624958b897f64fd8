from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gloveui.core import tiles as tiles_module
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.glove import GloveConfig
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.tiles import Tiles, block_count, build_tiles, word_places
from tests import naive
from tests.core.steps import count, random_text

CONFIG = GloveConfig(dimension=4, x_max=3.0, alpha=0.6)


@pytest.fixture
def matrix() -> CooccurrenceMatrix:
    return count(random_text(50, 2_000))


@pytest.fixture
def tiles(matrix: CooccurrenceMatrix) -> Tiles:
    return run_to_end(build_tiles(matrix, CONFIG, 5, threads=2))


def test_every_pair_is_in_its_tile_once_with_its_count_and_weight(
    matrix: CooccurrenceMatrix, tiles: Tiles
) -> None:
    words = len(matrix.vocabulary)
    places, _ = word_places(words, tiles.blocks)
    word_at = {int(place): word for word, place in enumerate(places)}
    met: Counter[tuple[int, int]] = Counter()
    for tile in range(tiles.blocks**2):
        for pair in range(tiles.first_pairs[tile], tiles.first_pairs[tile + 1]):
            i, j = (word_at[int(place)] for place in tiles.pair_places[pair])
            assert (i % tiles.blocks, j % tiles.blocks) == divmod(tile, tiles.blocks)
            log_count, f = tiles.pair_values[pair]
            assert log_count == pytest.approx(np.log(matrix.count(i, j)), rel=1e-6, abs=1e-7)
            assert f == pytest.approx(naive.weight(matrix.count(i, j), CONFIG.x_max, CONFIG.alpha), rel=1e-6)
            met[i, j] += 1
    assert len(met) == matrix.nonzeros
    assert set(met.values()) == {1}


def test_a_round_has_no_two_tiles_with_a_common_word(tiles: Tiles) -> None:
    assert tiles.blocks > 3
    for diagonal in tiles.rounds(seed=1, epoch=0):
        rows, columns = np.divmod(diagonal, tiles.blocks)
        assert sorted(rows.tolist()) == sorted(columns.tolist()) == list(range(tiles.blocks))


def test_an_epoch_trains_every_tile_once(tiles: Tiles) -> None:
    rounds = tiles.rounds(seed=1, epoch=0)
    assert sorted(np.concatenate(rounds).tolist()) == list(range(tiles.blocks**2))
    assert sum(tiles.pairs_in(diagonal) for diagonal in rounds) == len(tiles.pair_places)


def test_the_order_of_rounds_depends_on_seed_and_epoch_alone(tiles: Tiles) -> None:
    def order(seed: int, epoch: int) -> list[int]:
        return [int(tile) for tile in np.concatenate(tiles.rounds(seed, epoch))]

    assert order(1, 0) == order(1, 0)
    assert order(1, 0) != order(1, 1)
    assert order(1, 0) != order(2, 0)


def test_the_order_of_pairs_depends_on_the_seed(matrix: CooccurrenceMatrix, tiles: Tiles) -> None:
    again = run_to_end(build_tiles(matrix, CONFIG, 5, threads=2))
    other = run_to_end(build_tiles(matrix, replace(CONFIG, seed=2), 5, threads=1))
    assert (again.pair_places == tiles.pair_places).all()
    assert (again.pair_values == tiles.pair_values).all()
    assert (other.first_pairs == tiles.first_pairs).all()
    assert not (other.pair_places == tiles.pair_places).all()


def test_pairs_are_not_left_in_the_order_of_the_matrix(tiles: Tiles) -> None:
    largest = int(np.argmax(np.diff(tiles.first_pairs)))
    inside = tiles.pair_places[tiles.first_pairs[largest] : tiles.first_pairs[largest + 1]]
    assert inside.tolist() != sorted(inside.tolist())


def test_preparing_reports_how_far_it_is(matrix: CooccurrenceMatrix) -> None:
    seen: list[Progress] = []
    run_to_end(build_tiles(matrix, CONFIG, 5, threads=2), seen.append)
    fractions = [progress.fraction for progress in seen]
    assert {progress.stage for progress in seen} == {"preparing"}
    assert fractions == sorted(fractions, key=lambda fraction: fraction or 0.0)
    assert fractions[-1] == pytest.approx(1.0)


@given(st.integers(1, 400_000), st.integers(1, 10**9), st.integers(16, 20_000))
def test_there_is_at_least_one_block_and_never_more_than_words(
    words: int, nonzeros: int, bytes_per_word: int
) -> None:
    assert 1 <= block_count(words, nonzeros, bytes_per_word) <= words


def test_a_small_text_is_one_tile_and_a_large_one_has_tiles_that_fit_the_cache() -> None:
    assert block_count(words=7, nonzeros=12, bytes_per_word=1_792) == 1
    blocks = block_count(words=75_764, nonzeros=50_100_000, bytes_per_word=1_792)
    assert 75_764 / blocks * 1_792 <= tiles_module.TILE_BYTES
    assert 50_100_000 / blocks**2 >= tiles_module.SMALLEST_TILE


@given(st.integers(1, 200), st.data())
def test_every_word_has_a_place_of_its_own_and_blocks_lie_together(words: int, data: st.DataObject) -> None:
    blocks = data.draw(st.integers(1, words))
    places, rows = word_places(words, blocks)
    assert len(set(places.tolist())) == words
    assert 0 <= places.min() <= places.max() < rows
    assert (places // (rows // blocks) == np.arange(words) % blocks).all()
