from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import pdist, squareform

from gloveui.core import similarity_order as similarity_module
from gloveui.core import word_order as word_order_module
from gloveui.core.cooccurrence import CooccurrenceMatrix
from gloveui.core.progress import run_to_end
from gloveui.core.quantities import Quantity, cell_values
from gloveui.core.resources import Resources
from gloveui.core.word_order import ORDERS, WordOrder, word_order
from tests.core.matrices import matrix_of, random_matrix
from tests.core.steps import LECTURE, count, read


def ordered(matrix: CooccurrenceMatrix, kind: str, top: int = 0, **options) -> list[str]:
    order = run_to_end(word_order(matrix, kind, top, **options))
    return [matrix.vocabulary.word(int(word)) for word in order.ids]


def two_groups(size: int) -> tuple[CooccurrenceMatrix, np.ndarray]:
    """Words that occur mostly with words of their own group, the groups mixed; the last has no context."""
    random = np.random.default_rng(4)
    groups = random.permutation(size) % 2
    counts = random.poisson(np.where(groups[:, None] == groups, 8, 1)).astype(np.float32)
    counts[-1], counts[:, -1] = 0, 0
    return matrix_of(counts), groups


@pytest.mark.parametrize("kind", ORDERS)
@pytest.mark.parametrize("top", [0, 1, 2, 5, 100])
def test_every_order_shows_the_most_frequent_words_once_each(kind: str, top: int) -> None:
    stream = read(LECTURE)
    matrix = count(stream)
    order = run_to_end(word_order(matrix, kind, top, stream))
    assert sorted(order.ids.tolist()) == list(
        range(min(top or len(matrix.vocabulary), len(matrix.vocabulary)))
    )
    assert order.ids.dtype == order.places.dtype == np.int32


@pytest.mark.parametrize("kind", ORDERS)
def test_a_word_asked_for_is_shown_once_though_it_is_rare(kind: str) -> None:
    stream = read(LECTURE)
    for extra, words in ((5, [0, 1, 2, 5]), (1, [0, 1, 2])):
        order = run_to_end(word_order(count(stream), kind, 3, stream, extra))
        assert sorted(order.ids.tolist()) == words


def test_places_are_where_the_words_stand() -> None:
    order = WordOrder.of(np.array([3, 0, 4]), 6)
    assert order.places.tolist() == [1, -1, -1, 0, 2, -1]
    assert len(order) == 3


def test_an_unknown_order_is_refused() -> None:
    with pytest.raises(ValueError, match="'size'"):
        run_to_end(word_order(count(LECTURE), "size", 0))


def test_the_order_of_the_text_needs_the_text() -> None:
    with pytest.raises(ValueError, match="needs the text"):
        run_to_end(word_order(count(LECTURE), "first_seen", 0))


def test_words_stand_as_they_are_met_in_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_order_module, "TOKENS_AT_ONCE", 3)
    stream = read("so it goes on\nit is as it is\ngoes on")
    found = ordered(count(stream), "first_seen", tokens=stream)
    assert found == ["so", "it", "goes", "on", "is", "as"]


def test_words_left_out_of_the_counts_do_not_disturb_the_order_of_the_text() -> None:
    stream = read("rare it goes\nit goes\nit")
    assert ordered(count(stream, min_count=2), "first_seen", tokens=stream) == ["it", "goes"]


def test_words_stand_by_the_alphabet() -> None:
    assert ordered(count("so it goes On"), "alphabet") == ["goes", "it", "on", "so"]


@pytest.mark.parametrize("most_in_a_tree", [100, 10])
@pytest.mark.parametrize("most_best_ordered", [100, 10])
def test_similarity_puts_two_groups_of_words_apart(
    monkeypatch: pytest.MonkeyPatch, most_in_a_tree: int, most_best_ordered: int
) -> None:
    monkeypatch.setattr(similarity_module, "MOST_IN_A_TREE", most_in_a_tree)
    monkeypatch.setattr(similarity_module, "MOST_BEST_ORDERED", most_best_ordered)
    matrix, groups = two_groups(60)
    order = run_to_end(word_order(matrix, "similarity", 0))
    assert np.count_nonzero(np.diff(groups[order.ids[:-1]])) == 1
    assert order.ids[-1] == 59


@pytest.mark.parametrize("most_in_a_tree", [100, 10])
def test_similarity_is_the_same_on_any_number_of_threads(
    monkeypatch: pytest.MonkeyPatch, most_in_a_tree: int
) -> None:
    monkeypatch.setattr(similarity_module, "MOST_IN_A_TREE", most_in_a_tree)
    matrix = random_matrix(90, 0.2)
    found = [
        run_to_end(word_order(matrix, "similarity", 0, resources=Resources(threads=threads))).ids
        for threads in (1, 2, 3)
    ]
    assert_array_equal(found[0], found[1])
    assert_array_equal(found[0], found[2])


@pytest.mark.parametrize("size", [3, 4, 6, 9])
def test_few_words_stand_in_the_best_of_all_orders_of_their_tree(size: int) -> None:
    square, found = of_most_frequent(size)
    every = turnings(linkage(squareform(square), "average")[:, :2].astype(int), 2 * size - 2)
    assert found.tolist() in every
    assert way(square, found) == pytest.approx(min(way(square, np.array(order)) for order in every), rel=1e-5)


def test_the_groups_of_many_words_stay_together_and_are_well_turned() -> None:
    square, found = of_most_frequent(80)
    tree = linkage(squareform(square), "average")
    groups: list[set[int]] = [{word} for word in range(80)]
    places = np.argsort(found)
    for left, right in tree[:, :2].astype(int):
        groups.append(groups[left] | groups[right])
        assert np.ptp(places[list(groups[-1])]) == len(groups[-1]) - 1
    assert way(square, found) < way(square, leaves_list(tree))


def of_most_frequent(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Cosine distances of the PPMI rows of some words, and their order by similarity."""
    matrix = random_matrix(120, 0.4, seed=size)
    ppmi = cell_values(matrix, Quantity("ppmi"), np.arange(size), np.arange(120)).astype(np.float64)
    return squareform(pdist(ppmi, "cosine")), run_to_end(word_order(matrix, "similarity", size)).ids


def turnings(merges: np.ndarray, group: int) -> list[list[int]]:
    """All orders of the words of a group that keep the groups in it together."""
    if group <= len(merges):
        return [[group]]
    left, right = (turnings(merges, part) for part in merges[group - len(merges) - 1])
    return [one + other for one in left for other in right] + [other + one for one in left for other in right]


def way(distances: np.ndarray, order: np.ndarray) -> float:
    """The sum of the distances of neighbours."""
    return float(distances[order[:-1], order[1:]].sum())


def test_looking_for_an_order_can_be_stopped() -> None:
    task = word_order(random_matrix(60, 0.3), "similarity", 0)
    next(task)
    task.close()
