from __future__ import annotations

import gc
import weakref
from collections.abc import Callable

import numpy as np
import pytest

import gloveui
from gloveui.core import clusters, tsne
from gloveui.core.clusters import kmeans
from gloveui.core.lookup import lookup_table
from gloveui.core.progress import run_to_end
from gloveui.core.text import PastedText
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.state.word_choice import WordList
from gloveui.storage.export import csv_text
from gloveui.views import map_coloring
from gloveui.views.map_layouts import chosen_words
from gloveui.views.panels.map import MapPanel
from gloveui.views.widgets.export_button import svg_of
from tests.views.counted import LECTURE
from tests.views.vectors import FAMILY, embedding_of, model_of, noise, session_of

MANY = tuple(f"word{number}" for number in range(60))


@pytest.fixture
def wait(qtbot) -> Callable[..., None]:
    def wait_until(condition: Callable[[], bool]) -> None:
        qtbot.waitUntil(condition, timeout=30_000)

    return wait_until


@pytest.fixture
def show(show_panel, wait):
    """Shows the panel on a session; what it asks is answered before the test ends."""
    panels: list[MapPanel] = []

    def show_one(session: Session) -> MapPanel:
        panels.append(show_panel(MapPanel, (660, 720), session))
        return panels[-1]

    yield show_one
    wait(lambda: not any(is_busy(panel) for panel in panels))


def is_busy(panel: MapPanel) -> bool:
    return panel._feed._jobs.is_answering


@pytest.fixture
def settle(wait) -> Callable[[MapPanel], None]:
    """Waits until nothing is asked any more."""
    return lambda panel: wait(lambda: not is_busy(panel))


@pytest.fixture
def session() -> Session:
    return session_of(FAMILY)


@pytest.fixture
def panel(show, session: Session, settle) -> MapPanel:
    panel = show(session)
    settle(panel)
    return panel


def choose(combo, key: str) -> None:
    combo.setCurrentIndex(combo.findData(key))


def test_without_a_model_it_says_what_to_do(show) -> None:
    panel = show(Session())
    assert panel.empty.isVisible()
    assert panel.empty.title_label.text() == "No vectors yet"


def test_principal_components_are_there_at_once_with_their_share_of_the_variance(panel: MapPanel) -> None:
    assert panel.map.words == tuple(FAMILY)
    expected = gloveui.project(panel._session.embedding, "pca")
    np.testing.assert_array_equal(panel.map.positions, expected.positions)
    share = f"{100 * expected.explained[0]:.1f}"
    assert panel.map.axes["bottom"].texts[0] == f"component 1 · {share} % of the variance →"


def test_nothing_is_laid_out_while_nobody_looks(theme, session: Session, qtbot, wait) -> None:
    jobs = JobQueue()
    panel = MapPanel(session, jobs, theme)
    qtbot.addWidget(panel)
    session.set_focus_word("king")
    assert not jobs.is_answering
    panel.show()
    wait(lambda: len(panel.map.words) == len(FAMILY) and not jobs.is_answering)


def test_tsne_waits_for_its_button_runs_before_ones_eyes_and_is_kept(
    panel: MapPanel, settle, monkeypatch
) -> None:
    monkeypatch.setattr(tsne, "PICTURE_SECONDS", 0.0)
    pca = panel.map.positions
    choose(panel.controls.method_combo, "tsne")
    settle(panel)
    np.testing.assert_array_equal(panel.map.positions, pca)
    assert panel.note_label.text().startswith("Shown by PCA until t-SNE is started")
    panel.settings.fields["perplexity"].setValue(2)

    moved: list[np.ndarray] = []
    panel._feed.moved.connect(lambda _, positions: moved.append(positions))
    panel.settings.start_button.click()
    assert panel.settings.start_button.text() == "Cancel t-SNE"
    settle(panel)
    assert moved
    laid_out = panel.map.positions
    expected = gloveui.project(panel._session.embedding, "tsne", perplexity=2, seed=1)
    np.testing.assert_array_equal(laid_out, expected.positions)
    assert not panel.settings.start_button.isEnabled()
    assert "distances between far groups say little" in panel.note_label.text()
    assert panel.map.axes["bottom"].texts == ("", "")

    choose(panel.controls.method_combo, "pca")
    np.testing.assert_array_equal(panel.map.positions, pca)
    choose(panel.controls.method_combo, "tsne")
    np.testing.assert_array_equal(panel.map.positions, laid_out)
    panel.settings.fields["seed"].setValue(5)
    assert panel.settings.start_button.isEnabled()


def test_a_long_layout_can_be_given_up(show, settle) -> None:
    panel = show(session_of(noise(MANY)))
    settle(panel)
    choose(panel.controls.method_combo, "tsne")
    panel.settings.start_button.click()
    panel.settings.start_button.click()
    settle(panel)
    assert panel._feed.started is None
    assert panel.settings.start_button.text() == "Start t-SNE"
    assert panel.settings.start_button.isEnabled()
    assert panel.note_label.text().startswith("Shown by PCA")


def test_too_few_words_are_told_in_place(show, settle) -> None:
    panel = show(session_of({word: FAMILY[word] for word in ("man", "woman", "boy")}))
    settle(panel)
    choose(panel.controls.method_combo, "tsne")
    panel.settings.start_button.click()
    settle(panel)
    assert panel.settings.start_button.text() == "Start t-SNE"
    assert len(panel.map.words) == 3


def test_axes_go_from_word_to_word(panel: MapPanel, settle) -> None:
    assert panel.axis_words.ends[0] == ("man", "woman")
    choose(panel.controls.method_combo, "axes")
    panel.axis_words.set_ends(("man", "woman"), ("boy", "king"))
    panel.axis_words.changed.emit()
    settle(panel)
    x = dict(zip(panel.map.words, panel.map.positions[:, 0].tolist(), strict=True))
    assert x["woman"] == pytest.approx(-x["man"])
    assert x["queen"] > 0 > x["boy"]
    assert panel.map.axes["bottom"].texts == ("← man", "woman →")
    assert panel.map.axes["left"].texts == ("← boy", "king →")


def test_what_is_wrong_with_an_axis_is_told_at_its_fields(panel: MapPanel, settle) -> None:
    choose(panel.controls.method_combo, "axes")
    settle(panel)
    before = panel.map.positions
    for wrong, said in (("xyzzy", "“xyzzy” is not in the vocabulary"), ("man +", "column"), ("woman", "")):
        edit = panel.axis_words.edits["xFrom"]
        edit.setText(wrong)
        edit.editingFinished.emit()
        settle(panel)
        assert panel.axis_words.problem.isVisible()
        assert said in panel.axis_words.problem.text()
        np.testing.assert_array_equal(panel.map.positions, before)
    edit.setText("king - man + woman")
    edit.editingFinished.emit()
    settle(panel)
    assert not panel.axis_words.problem.isVisible()
    assert panel.map.axes["bottom"].texts[0] == "← king - man + woman"


def test_axes_are_named_by_words_that_the_model_has(show) -> None:
    panel = show(session_of(noise(MANY)))
    assert panel.axis_words.ends == (("word0", "word1"), ("word2", "word3"))


def test_only_the_most_frequent_words_are_shown_if_so_many_are_asked_for(panel: MapPanel, settle) -> None:
    panel.controls.number_box.setValue(4)
    settle(panel)
    assert panel.map.words == tuple(FAMILY)[:4]
    choose(panel.controls.words_combo, "all")
    settle(panel)
    assert panel.map.words == tuple(FAMILY)


def test_words_drawn_round_become_the_list_of_all_panels(panel: MapPanel, session: Session, settle) -> None:
    panel.map.words_selected.emit(np.array([0, 4, 5]))
    assert session.words.listed == WordList(("man", "king", "queen"), "chosen on the map")
    assert panel.listed.label.text().startswith("Word list: 3 words · chosen on the map · man, king, queen")
    assert {label.index for label in panel.map.canvas.labels()} == {0, 4, 5}
    assert csv_text(panel.listed._rows()).splitlines() == ["word,count", "man,1000", "king,996", "queen,995"]

    panel.listed.show_button.click()
    settle(panel)
    assert panel.map.words == ("man", "king", "queen")
    panel.listed.clear_button.click()
    assert session.words.listed is None
    assert not panel.listed.isVisible()
    assert panel.map.words == ()
    assert "There is no word list yet" in panel.note_label.text()


def test_an_empty_lasso_keeps_the_list(panel: MapPanel, session: Session) -> None:
    session.words.set_listed(WordList(("king",)))
    panel.map.words_selected.emit(np.empty(0, np.int64))
    assert session.words.listed == WordList(("king",))
    assert panel.note_label.text() == "There are no words in there."


def test_the_word_in_focus_is_marked_and_joined_with_its_neighbours(
    panel: MapPanel, session: Session, settle
) -> None:
    session.set_focus_word("king")
    settle(panel)
    assert panel.map.canvas.marked == (4,)
    assert {other for _, other in panel.map.canvas.lines} == {0, 1, 2, 3, 5, 6}
    panel.map.word_clicked.emit(1)
    assert session.focus_word == "woman"
    settle(panel)
    assert panel.map.canvas.marked == (1,)


def test_a_word_is_found(panel: MapPanel, session: Session, settle) -> None:
    panel.controls.search_edit.word_entered.emit("queen")
    settle(panel)
    assert session.focus_word == "queen"
    sight = panel.map.canvas.sight()
    middle = (sight.left + sight.right) / 2, (sight.bottom + sight.top) / 2
    assert middle == pytest.approx(tuple(panel.map.positions[5].tolist()), abs=1e-5)
    panel.controls.search_edit.word_entered.emit("xyzzy")
    assert panel.note_label.text() == "“xyzzy” is not on the map"
    assert panel.controls.search_edit.property("invalid")


@pytest.mark.parametrize(
    ("kind", "unit"), [("frequency", "times in the text"), ("similarity", "cosine to “king”")]
)
def test_scales_have_a_legend_with_a_unit(panel: MapPanel, session: Session, settle, kind, unit) -> None:
    session.set_focus_word("king")
    choose(panel.controls.color_combo, kind)
    settle(panel)
    assert panel.legend.scale.isVisible()
    assert panel.legend.scale.unit == unit
    assert len(panel._coloring.values) == 7


def test_similarity_is_the_cosine_to_the_word_in_focus(panel: MapPanel, session: Session, settle) -> None:
    session.set_focus_word("king")
    choose(panel.controls.color_combo, "similarity")
    settle(panel)
    for place, word in enumerate(FAMILY):
        if word != "king":
            cosine = gloveui.similarity(session.embedding, "king", word)
            assert panel._coloring.values[place] == pytest.approx(cosine, abs=1e-6)


@pytest.mark.parametrize("kind", ["kmeans", "hdbscan"])
def test_groups_are_named_in_the_legend(show, settle, kind: str) -> None:
    random = np.random.default_rng(0)
    heaps = {f"{name}{i}": tuple(np.eye(4)[k] * 5 + random.normal(scale=0.1, size=4)) for i in range(20)
             for k, name in enumerate("abc")}  # fmt: skip
    panel = show(session_of(heaps))
    choose(panel.controls.color_combo, kind)
    panel.controls.groups_box.setValue(3 if kind == "kmeans" else 10)
    settle(panel)
    labels = panel._coloring.values
    assert [len(set(labels[start::3].tolist())) for start in range(3)] == [1, 1, 1]
    assert len(set(labels.tolist())) == 3
    assert len(panel.legend.names) == 3
    assert panel.legend.groups.isVisible()


def test_groups_are_found_among_frequent_words_and_others_join_them(monkeypatch) -> None:
    embedding = embedding_of(FAMILY)
    words = chosen_words(embedding, "all", 0, None)
    monkeypatch.setattr(map_coloring, "MOST_GROUPED", 5)
    labels = run_to_end(map_coloring.group_coloring(embedding, words, None, "kmeans", 2)).values
    ids = np.arange(5)
    groups = run_to_end(kmeans(embedding, ids, 2))
    units = embedding.vectors / np.linalg.norm(embedding.vectors, axis=1, keepdims=True)
    middles = np.stack([units[ids[groups.labels == group]].sum(axis=0) for group in range(2)])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    np.testing.assert_array_equal(labels[:5], groups.labels)
    np.testing.assert_array_equal(labels[5:], (units[5:] @ middles.T).argmax(axis=1))


def test_looking_for_groups_can_be_stopped(panel: MapPanel, settle) -> None:
    choose(panel.controls.color_combo, "kmeans")
    panel._tell_of_colors(0.1)
    assert panel.stop_button.isVisible()
    panel.stop_button.click()
    settle(panel)
    assert panel.controls.coloring == "frequency"
    assert panel._coloring.kind == "sequential"
    assert not panel.stop_button.isVisible()


def test_words_of_the_list_can_be_coloured(panel: MapPanel, session: Session, settle) -> None:
    session.words.set_listed(WordList(("king", "queen", "xyzzy")))
    choose(panel.controls.color_combo, "list")
    settle(panel)
    assert np.flatnonzero(panel._coloring.values == 0).tolist() == [4, 5]
    assert panel.legend.names == ("in the word list",)
    assert len(panel.map.canvas.labels()) == 7


def test_another_model_is_laid_out_anew(panel: MapPanel, session: Session, settle) -> None:
    choose(panel.controls.method_combo, "tsne")
    panel.settings.start_button.click()
    session.add_model(model_of(noise(MANY), number=2))
    settle(panel)
    assert panel.map.words == MANY
    assert panel._feed.started is None
    assert panel.note_label.text().startswith("Shown by PCA until t-SNE is started")


def test_another_model_of_the_same_words_has_its_focus_marked(
    panel: MapPanel, session: Session, settle
) -> None:
    session.set_focus_word("king")
    settle(panel)
    turned = {word: vector[::-1] for word, vector in FAMILY.items()}
    session.add_model(model_of(turned, 2))
    settle(panel)
    session.set_focus_word("queen")
    settle(panel)
    assert panel.map.canvas.marked == (list(FAMILY).index("queen"),)
    panel.map.words_selected.emit(np.array([0, 1]))
    assert panel.map.canvas._faded is not None


def test_without_a_focus_similarity_asks_for_one(panel: MapPanel, settle) -> None:
    choose(panel.controls.color_combo, "similarity")
    settle(panel)
    assert panel.note_label.text().startswith("Choose a word")


def test_it_tells_how_far_many_words_are(panel: MapPanel) -> None:
    panel._feed.waited.emit(0.25)
    assert panel.note_label.text() == "The words are being laid out: 25 %"


def test_the_pointer_tells_of_a_word(panel: MapPanel, session: Session, settle) -> None:
    session.set_focus_word("king")
    settle(panel)
    before = panel.note_label.text()
    panel.map.word_hovered.emit(5)
    assert panel.note_label.text().startswith("queen · counted 995 times · cosine to “king” 0.6")
    panel.map.word_hovered.emit(None)
    assert panel.note_label.text() == before


def test_its_table_has_words_places_counts_and_groups(panel: MapPanel, settle) -> None:
    choose(panel.controls.color_combo, "kmeans")
    panel.controls.groups_box.setValue(2)
    settle(panel)
    lines = csv_text(panel._rows()).splitlines()
    assert lines[0] == "word,x,y,count,group"
    assert len(lines) == 8
    word, x, y, count, *group = lines[1].split(",")
    assert (word, count) == ("man", "1000")
    assert (float(x), float(y)) == pytest.approx(tuple(panel.map.positions[0].tolist()), abs=1e-5)
    assert ",".join(group).strip('"') in panel.legend.names


@pytest.mark.parametrize("method", ["pca", "tsne", "axes"])
def test_its_code_lays_the_words_out_again(show, settle, method: str, capsys) -> None:
    text = PastedText(LECTURE)
    run = gloveui.train(text, preset="lecture", epochs=5)
    session = Session()
    session.set_text(text)
    session.set_tokens(run.tokens)
    session.add_model(Model(1, "model", run.embedding, lookup_table(run.embedding), run.card))
    panel = show(session)
    choose(panel.controls.method_combo, method)
    panel.settings.fields["perplexity"].setValue(2)
    if method == "tsne":
        panel.settings.start_button.click()
    settle(panel)
    names: dict[str, object] = {}
    exec(panel._code(), names)
    assert panel.tools.export_button.code_action.isVisible()
    np.testing.assert_allclose(names["projection"].positions, panel.map.positions, atol=1e-6)
    assert capsys.readouterr().out.startswith(run.embedding.vocabulary.word(0))


def test_a_model_of_unknown_origin_has_no_code(panel: MapPanel) -> None:
    assert not panel.tools.export_button.code_action.isVisible()
    assert panel.tools.export_button.csv_action.isVisible()


def test_the_saved_picture_has_the_map_and_its_legend(panel: MapPanel) -> None:
    assert panel._picture().isAncestorOf(panel.map)
    assert panel._picture().isAncestorOf(panel.legend)
    assert not panel._picture().isAncestorOf(panel.controls)


def test_its_texts_change_with_the_language(panel: MapPanel, languages, wait) -> None:
    languages.use("ko")
    wait(lambda: panel.windowTitle() == "지도")
    assert panel.map.axes["bottom"].texts[0].startswith("주성분 1")
    assert panel.controls.words_combo.currentText() == "빈도 높은 단어"


def test_it_fits_a_small_screen(panel: MapPanel) -> None:
    choose(panel.controls.method_combo, "axes")
    assert panel.minimumSizeHint().height() <= 420
    assert panel.minimumSizeHint().width() <= 500


def test_it_is_freed_when_it_is_closed(theme, session: Session, qtbot) -> None:
    panel = MapPanel(session, JobQueue(), theme)
    gone = weakref.ref(panel)
    panel.close()
    panel.deleteLater()
    del panel
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
    session.set_focus_word("king")
    session.words.set_listed(WordList(("king",)))


def test_what_was_wrong_with_colours_is_not_said_of_others(panel: MapPanel, settle, monkeypatch) -> None:
    monkeypatch.setattr(clusters, "MOST_BY_DENSITY", 3)
    choose(panel.controls.color_combo, "hdbscan")
    settle(panel)
    assert "at most 3 words" in panel.note_label.text()
    choose(panel.controls.color_combo, "frequency")
    settle(panel)
    assert panel.note_label.text().startswith("7 words")


def test_the_map_keeps_its_height_while_words_are_laid_out(panel: MapPanel) -> None:
    panel.resize(420, 600)
    choose(panel.controls.method_combo, "umap")
    panel.layout().activate()
    before = panel.settings.height()
    panel.settings.show_progress("umap", 0.5)
    assert panel.settings.minimumHeight() == before
    panel.settings.end_progress()
    assert panel.settings.minimumHeight() == 0


def test_words_of_a_drawing_that_can_be_enlarged_are_shapes_not_pixels(panel: MapPanel) -> None:
    svg = svg_of(panel.picture, "#FFFFFF", "map")
    assert svg.count(b"<image") < len(FAMILY) < svg.count(b"<path")
