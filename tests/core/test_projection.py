from __future__ import annotations

import numpy as np
import pytest

import gloveui
from gloveui.core.embedding import Embedding
from gloveui.core.errors import AllVectorsAlike, EqualEnds, SettingError, TooFewWords, UnknownWord
from gloveui.core.progress import Progress, run_to_end
from gloveui.core.projection import Projection, aligned, pca, project, tsne, umap, word_axes
from gloveui.core.vocabulary import Vocabulary
from tests.core import naive_projection as naive
from tests.core.word_clouds import clouds, embedding_of, random_embedding


@pytest.fixture
def people() -> Embedding:
    """Columns: male, female, poor, rich."""
    rows = {
        "man": [2, 0, 0, 0],
        "woman": [0, 3, 0, 0],
        "poor": [0, 0, 5, 0],
        "rich": [0, 0, 0, 1],
        "queen": [0, 1, 0, 1],
        "person": [1, 1, 0, 0],
        "nothing": [0, 0, 0, 0],
    }
    return Embedding(Vocabulary(rows), np.array(list(rows.values()), np.float32))


def on_axes(embedding: Embedding, x: tuple[str, str], y: tuple[str, str]) -> dict[str, list[float]]:
    found = run_to_end(word_axes(embedding, np.arange(len(embedding)), x, y))
    return dict(zip(embedding.vocabulary, found.positions.tolist(), strict=True))


def test_axes_by_words_are_cosines_to_the_way_from_one_to_the_other(people: Embedding) -> None:
    found = on_axes(people, ("man", "woman"), ("poor", "rich"))
    half = 0.5**0.5
    assert found["man"] == pytest.approx([-half, 0])
    assert found["woman"] == pytest.approx([half, 0])
    assert found["rich"] == pytest.approx([0, half])
    assert found["queen"] == pytest.approx([0.5, 0.5])
    assert found["person"] == pytest.approx([0, 0], abs=1e-7)
    assert found["nothing"] == [0, 0]


def test_axes_by_words_name_their_ends_and_take_expressions(people: Embedding) -> None:
    found = gloveui.project(people, "axes", ["queen"], x=("man", "woman"), y=("poor", "rich - poor"))
    assert found.axes == (("man", "woman"), ("poor", "rich - poor"))
    assert not found.ids.flags.writeable
    way = np.array([0, 0, -(0.5**0.5) - 1, 0.5**0.5])
    cosine = naive.units(people.vectors)[4] @ way / np.linalg.norm(way)
    assert found.positions[0, 1] == pytest.approx(cosine)


@pytest.mark.parametrize("end", ["man", "3 * man", " Man "])
def test_an_axis_needs_two_ends_that_differ(people: Embedding, end: str) -> None:
    with pytest.raises(EqualEnds, match="“man”"):
        on_axes(people, ("man", end), ("poor", "rich"))


@pytest.mark.parametrize("axis", ["man", ("man",), ("poor", "rich", "man")])
def test_an_axis_that_is_no_pair_of_ends_is_refused(people: Embedding, axis: tuple[str, ...]) -> None:
    with pytest.raises(SettingError, match="y: expected a pair"):
        on_axes(people, ("man", "woman"), axis)


def test_an_end_that_is_no_word_is_named(people: Embedding) -> None:
    with pytest.raises(UnknownWord, match="“duke”"):
        on_axes(people, ("man", "woman"), ("duke", "rich"))


@pytest.mark.parametrize("make", [pca, tsne, umap])
def test_the_last_report_and_the_result_are_finite_and_of_the_words_asked_for(make: object) -> None:
    embedding, ids = random_embedding(40, 5), np.array([30, 2, 17, 5, 8, 11])
    found = run_to_end(make(embedding, ids))  # type: ignore[operator]
    assert found.ids.tolist() == ids.tolist()
    assert found.positions.shape == (6, 2)
    assert found.positions.dtype == np.float32
    assert np.isfinite(found.positions).all()
    assert found.positions.std(axis=0).min() > 0.1
    assert not found.positions.flags.writeable
    assert not found.is_approximate
    assert ids.flags.writeable


@pytest.mark.parametrize("method", ["tsne", "umap"])
def test_methods_by_neighbours_keep_groups_of_words_together(method: str) -> None:
    embedding, labels = clouds(120)
    steps = {"iterations": 200} if method == "tsne" else {"epochs": 60}
    found = project(embedding, method, seed=4, **steps)
    assert naive.spread_over_gap(found.positions, labels) < 0.7
    assert (found.method, found.seed) == (method, 4)


@pytest.mark.parametrize("method", ["tsne", "umap"])
@pytest.mark.parametrize("words", [4, 5, 9, 30])
def test_few_words_are_laid_out_and_not_in_one_place(method: str, words: int) -> None:
    found = project(random_embedding(50, 6), method, words)
    distances = np.linalg.norm(found.positions[:, None] - found.positions[None], axis=2)
    assert distances[np.triu_indices(words, 1)].min() > 1e-3
    assert distances.max() < 1_000


@pytest.mark.parametrize("method", ["tsne", "umap"])
def test_methods_by_neighbours_say_what_they_cannot_lay_out(method: str) -> None:
    embedding = random_embedding(10, 4)
    for words in ([], ["w1"], ["w1", "w2", "w3"]):
        with pytest.raises(TooFewWords, match=f"found {len(words)}"):
            project(embedding, method, words)
    for same in (np.full((20, 3), 0.1), np.zeros((20, 3))):
        with pytest.raises(AllVectorsAlike, match="20"):
            project(embedding_of(same), method)


@pytest.mark.parametrize("method", ["tsne", "umap"])
def test_zeros_and_equal_words_among_others_are_laid_out(method: str) -> None:
    vectors = np.random.default_rng(0).normal(size=(40, 5))
    vectors[:10], vectors[10:25] = 0.0, vectors[30]
    found = project(embedding_of(vectors), method)
    assert np.isfinite(found.positions).all()


@pytest.mark.parametrize(
    ("method", "setting", "value"),
    [
        ("tsne", "perplexity", 0.5),
        ("tsne", "iterations", 0),
        ("tsne", "seed", -1),
        ("umap", "neighbours", 1),
        ("umap", "min_distance", 1.0),
        ("umap", "epochs", 2.5),
    ],
)
def test_settings_out_of_their_bounds_are_refused_by_name(method: str, setting: str, value: object) -> None:
    with pytest.raises(SettingError, match=setting):
        project(random_embedding(10, 4), method, **{setting: value})


def test_components_come_with_the_shares_of_the_variance() -> None:
    found = project(random_embedding(30, 4))
    assert found.method == "pca"
    assert found.explained is not None
    assert 1 > found.explained[0] > found.explained[1] > 0


def test_words_are_chosen_by_number_or_by_name() -> None:
    embedding = random_embedding(30, 4)
    assert project(embedding).ids.tolist() == list(range(30))
    assert project(embedding, words=100).ids.tolist() == list(range(30))
    assert project(embedding, words=7).ids.tolist() == list(range(7))
    assert project(embedding, words=["w5", "w3"]).ids.tolist() == [5, 3]
    with pytest.raises(UnknownWord, match="“ice”"):
        project(embedding, words=["w5", "ice"])
    with pytest.raises(SettingError, match="method"):
        project(embedding, "isomap")


@pytest.mark.parametrize("words", [[], ["w3"], ["w1", "w2"]])
def test_components_are_there_for_any_number_of_words(words: list[str]) -> None:
    found = project(random_embedding(5, 3), words=words)
    assert found.positions.shape == (len(words), 2)
    assert np.isfinite(found.positions).all()


def turned(positions: np.ndarray, angle: float, scale: float, mirrored: bool) -> np.ndarray:
    cosine, sine = np.cos(angle), np.sin(angle)
    rotation = np.array([[cosine, -sine], [sine, cosine]]) * ([-1, 1] if mirrored else [1, 1])
    return (scale * positions @ rotation + [3, -7]).astype(np.float32)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("angle", "scale"), [(0.3, 1.0), (2.0, 0.1), (-3.0, 40.0)])
def test_aligned_undoes_a_turn_a_scale_a_shift_and_a_mirror(
    angle: float, scale: float, mirrored: bool
) -> None:
    reference = np.random.default_rng(0).normal(size=(50, 2)).astype(np.float32)
    moved = turned(reference, angle, scale, mirrored)
    assert aligned(moved, reference) == pytest.approx(reference, abs=1e-4)


def test_aligned_positions_are_nearer_than_any_turned_a_little_further() -> None:
    random = np.random.default_rng(1)
    reference = random.normal(size=(40, 2)).astype(np.float32)
    noisy = turned(reference + random.normal(scale=0.3, size=(40, 2)), 1.0, 5.0, False)
    best = aligned(noisy, reference)
    least = ((best - reference) ** 2).sum()
    for angle, scale in ((0.05, 1.0), (-0.05, 1.0), (0.0, 1.03), (0.0, 0.97)):
        other = turned(best - best.mean(axis=0), angle, scale, False) - [3, -7] + best.mean(axis=0)
        assert ((other - reference) ** 2).sum() > least


def test_aligning_one_place_or_nothing_moves_it_to_the_middle_of_the_reference() -> None:
    reference = np.array([[1, 2], [3, 6]], np.float32)
    assert aligned(np.ones((2, 2), np.float32), reference).tolist() == [[2, 4], [2, 4]]
    assert aligned(reference, np.ones((2, 2), np.float32)).mean(axis=0).tolist() == [1, 1]
    assert aligned(np.empty((0, 2), np.float32), np.empty((0, 2), np.float32)).shape == (0, 2)


def test_progress_has_stages_in_their_order() -> None:
    steps: list[Progress] = []
    found: Projection = run_to_end(tsne(clouds(60)[0], np.arange(60), iterations=20), steps.append)
    stages = list(dict.fromkeys(step.stage for step in steps))
    assert stages == ["projecting", "nearest", "joining", "placing"]
    assert len(found) == 60
