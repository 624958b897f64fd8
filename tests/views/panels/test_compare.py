from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

import gloveui
from gloveui.core.comparison import compared_neighbours
from gloveui.core.embedding import Embedding
from gloveui.core.glove import GloveConfig
from gloveui.core.lookup import lookup_table
from gloveui.core.model_cards import FileCard
from gloveui.core.progress import run_to_end
from gloveui.core.resources import Resources
from gloveui.core.run_card import run_card
from gloveui.core.text import PastedText
from gloveui.core.training import Trainer
from gloveui.core.vocabulary import Vocabulary
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import Model
from gloveui.storage.export import csv_text
from gloveui.views.models.compared_table import ALL, ALONE, IS_LIT, MARK, SOME, UNKNOWN, WORD
from gloveui.views.panels.compare import PAGES, ComparePanel
from tests.views.counted import counted
from tests.views.vectors import model_of, noise

WORDS = tuple(f"{letter}{number}" for letter in "abcde" for number in range(8))
TEXT = "the king and the queen rule the land and the man and the woman walk the road to the sea\n" * 3
CONFIG = GloveConfig(dimension=5, epochs=2, seed=7)


@pytest.fixture
def show(show_panel, qtbot):
    """Shows the panel on a session; it lives, and its questions are answered, until the test has ended."""
    panels: list[ComparePanel] = []

    def show_one(session: Session, size: tuple[int, int] = (620, 700)) -> ComparePanel:
        panels.append(show_panel(ComparePanel, size, session))
        return panels[-1]

    yield show_one
    qtbot.waitUntil(lambda: not any(panel._feed._jobs.is_answering for panel in panels), timeout=30_000)


@pytest.fixture
def session(qapp) -> Session:
    """Three models of the same words; the third is like the second."""
    session, vectors = Session(), noise(WORDS, seed=1)
    session.add_model(model_of(noise(WORDS, seed=2), 1))
    session.add_model(model_of(vectors, 2))
    near = {word: tuple(np.array(row) + 0.05) for word, row in vectors.items()}
    session.add_model(model_of(near, 3))
    return session


@pytest.fixture
def wait(qtbot) -> Callable[..., None]:
    def wait_until(condition: Callable[[], bool]) -> None:
        qtbot.waitUntil(condition, timeout=30_000)

    return wait_until


def is_filled(panel: ComparePanel, page: str) -> bool:
    return panel._stack.currentWidget() is panel.pages[page]


def trained_session() -> Session:
    """A text, its counts, and a model that was trained on them."""
    matrix, tokens = counted(TEXT, window=3)
    session = Session()
    session.set_resources(Resources(threads=1, device="cpu"))
    session.set_text(PastedText(TEXT))
    session.set_tokens(tokens)
    session.set_cooccurrence(matrix, tokens)
    trainer = Trainer(matrix, CONFIG, session.resources)
    embedding = run_to_end(trainer.run())
    card = run_card(tokens, trainer, {"training": 2.0}, session.resources)
    session.add_model(Model(session.next_number(), "GloVe 1", embedding, lookup_table(embedding), card))
    return session


def test_without_models_and_with_one_alone_it_says_what_to_do(show) -> None:
    assert "Press Train" in show(Session()).empty.hint_label.text()
    session = Session()
    session.add_model(model_of(noise(WORDS), 1))
    panel = show(session)
    assert panel.lonely.isVisible()
    assert "open vectors" in panel.lonely.hint_label.text()
    panel.lonely.button.click()
    assert is_filled(panel, "stability")
    assert "GloVe learned here" in panel.stability_page.told_label.text()
    assert not panel.stability_page.train_button.isVisible()


def test_neighbours_stand_side_by_side_and_signs_tell_which_are_shared(show, session: Session) -> None:
    session.set_focus_word("b3")
    panel = show(session)
    assert is_filled(panel, "neighbours")
    rows = panel.neighbours_page.table.rows
    embeddings = [model.embedding for model in session.models]
    expected = compared_neighbours(embeddings, "b3", 10)
    for column, found in enumerate(expected.columns):
        cells = [rows.index(row, column) for row in range(10)]
        assert [cell.data(WORD) for cell in cells] == [one.neighbour.word for one in found]
        marks = {1: ALONE, 2: SOME, 3: ALL}
        assert [cell.data(MARK) for cell in cells] == [marks[one.models] for one in found]
        tips = [cell.data(Qt.ItemDataRole.ToolTipRole) for cell in cells]
        assert all(f"in {one.models} of 3" in tip for tip, one in zip(tips, found, strict=True))
    assert "shared by all 3 models" in panel.note_label.text()


def test_a_click_takes_the_word_and_models_without_it_say_so(show, session: Session, qtbot) -> None:
    other = Embedding(Vocabulary(("a0", "b3", "only here")), np.eye(3, dtype=np.float32))
    session.add_model(Model(4, "small", other, lookup_table(other)))
    session.set_focus_word("b3")
    panel = show(session, (900, 600))
    table = panel.neighbours_page.table
    assert [table.rows.index(row, 3).data(MARK) for row in range(2)] == [ALONE, UNKNOWN]
    word = table.rows.index(2, 0).data(WORD)
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(table.rows.index(2, 0)).center()
    )
    assert session.focus_word == word
    if word not in other.vocabulary:
        assert table.rows.index(0, 3).data() == "does not have this word"


def test_a_chosen_word_is_lit_in_every_column_and_enter_takes_it(show, session: Session, qtbot) -> None:
    session.set_focus_word("b3")
    panel = show(session)
    table, rows = panel.neighbours_page.table, panel.neighbours_page.table.rows
    word = next(rows.index(row, 1).data(WORD) for row in range(10) if rows.index(row, 1).data(MARK) != ALONE)
    row = next(row for row in range(10) if rows.index(row, 1).data(WORD) == word)
    table.setCurrentIndex(rows.index(row, 1))
    cells = [rows.index(row, column) for row in range(10) for column in range(3)]
    lit = [cell for cell in cells if cell.data(IS_LIT)]
    assert len(lit) > 1
    assert {cell.data(WORD) for cell in lit} == {word}
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert session.focus_word == word


def test_up_to_four_models_are_chosen_by_a_menu(show, session: Session) -> None:
    for number in (4, 5):
        session.add_model(model_of(noise(WORDS, seed=number), number))
    session.set_focus_word("a1")
    panel = show(session)
    assert [model.number for model in panel.models_menu.models] == [2, 3, 4, 5]
    panel.models_menu.menu().actions()[0].trigger()
    assert [model.number for model in panel.models_menu.models] == [1, 3, 4, 5]
    panel.models_menu.menu().actions()[4].trigger()
    assert panel.neighbours_page.table.rows.names == ("model 1", "model 3", "model 4")
    panel.models_menu.include((session.models[1], session.models[4]))
    assert [model.number for model in panel.models_menu.models] == [2, 3, 4, 5]


def test_words_are_listed_by_disagreement_and_narrowed(show, session: Session, wait) -> None:
    panel = show(session)
    panel.choose_page("disagreement")
    wait(lambda: is_filled(panel, "disagreement"))
    found = gloveui.compare(*(model.embedding for model in session.models[1:]))
    view, rows = panel.disagreement_page.list, panel.disagreement_page.list.rows
    assert [rows.word_at(row) for row in range(40)] == [found.common.words[place] for place in found.order]
    view.order_combo.setCurrentIndex(1)
    assert rows.word_at(0) == found.common.words[int(found.overlap.round(12).argmax())]
    view.search_edit.setText("B")
    assert sorted(rows.word_at(row) for row in range(rows.rowCount())) == sorted(WORDS[8:16])
    view.count_box.setValue(990)
    assert sorted(rows.word_at(row) for row in range(rows.rowCount())) == ["b0", "b1", "b2"]


def test_a_word_of_the_list_goes_into_focus_and_to_its_neighbours(show, session, wait, qtbot) -> None:
    panel = show(session)
    panel.choose_page("disagreement")
    wait(lambda: is_filled(panel, "disagreement"))
    table, rows = panel.disagreement_page.list.table, panel.disagreement_page.list.rows
    word = rows.word_at(1)
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(rows.index(1, 0)).center()
    )
    assert session.focus_word == word
    assert is_filled(panel, "neighbours")


def test_the_models_that_are_compared_can_be_chosen_and_are_never_the_same(show, session, wait) -> None:
    panel = show(session)
    panel.choose_page("agreement")
    wait(lambda: is_filled(panel, "agreement"))
    like = panel.agreement_page.plot.curves["jaccard"].getData()[1].mean()
    first, second = panel.picker.combos
    first.setCurrentIndex(2)
    first.activated.emit(2)
    assert {first.currentIndex(), second.currentIndex()} == {2, 0}
    wait(lambda: is_filled(panel, "agreement"))
    assert panel.agreement_page.plot.curves["jaccard"].getData()[1].mean() < like


def test_the_scatter_names_the_pair_under_the_pointer(show, session: Session, wait) -> None:
    panel = show(session)
    panel.choose_page("scatter")
    wait(lambda: is_filled(panel, "scatter"))
    plot, pairs = panel.scatter_page.plot, panel._feed.known("pairs", panel.pair)
    assert len(pairs.first) == 780
    assert panel.scatter_page.figures.value("spearman") == f"{pairs.spearman:.3f}"
    alone = int(np.argmax(pairs.cosines_a))
    scene = plot.plotItem.vb.mapViewToScene(QPointF(pairs.cosines_a[alone], pairs.cosines_b[alone]))
    number = plot.pair_at(QPointF(plot.mapFromScene(scene)))
    words = [pairs.common.words[int(ids[number])] for ids in (pairs.first, pairs.second)]
    assert number == alone
    assert plot.text_of(number).startswith(f"{words[0]} ~ {words[1]}\nmodel 2: {pairs.cosines_a[alone]:+.3f}")
    plot.pair_chosen.emit(*words)
    assert session.focus_word == words[0]


def test_maps_show_the_same_words_with_those_around_the_focus_first(show, session: Session, wait) -> None:
    session.set_focus_word("c2")
    panel = show(session)
    panel.choose_page("maps")
    wait(lambda: is_filled(panel, "maps"))
    first, second = panel.maps_page.maps
    assert first.words[0] == "c2"
    assert list(first.words) == list(second.words)
    assert second.trail_points()[0] == pytest.approx(first.positions[0])
    assert second.trail_points()[1] == pytest.approx(second.positions[0])
    (left, right), (bottom, top) = second.plotItem.vb.viewRange()
    for x, y in (*first.positions.tolist(), *second.positions.tolist()):
        assert left < x < right
        assert bottom < y < top
    assert "“c2” has moved by" in panel.note_label.text()
    panel.maps_page.moved.chosen.emit("d4")
    assert first.words[0] == "d4"


def test_models_without_common_words_are_told_where_the_answer_would_stand(show, session, wait) -> None:
    session.add_model(model_of(noise(("x", "y", "z")), 4))
    panel = show(session)
    panel.choose_page("disagreement")
    wait(lambda: "in common" in panel.waiting_label.text())
    assert panel.waiting_label.isVisible()
    assert not panel.export_button.isEnabled()


def test_seeds_are_trained_and_badge_the_neighbours(show, wait, qtbot) -> None:
    session = trained_session()
    session.set_focus_word("king")
    panel = show(session)
    panel.choose_page("stability")
    view = panel.stability_page
    view.seeds_box.setValue(2)
    view.k_box.setValue(4)
    assert view.train_button.text() == "Train 2 seeds"
    with qtbot.waitSignal(session.stability.changed):
        view.train_button.click()
        assert view.stop_button.isVisible()
    wait(lambda: not view.is_training)
    model, matrix = session.model, session.cooccurrence
    found = gloveui.stability(
        model.embedding, matrix, model.card.config, seeds=2, k=4, threads=1, device="cpu"
    )
    assert view.result.found.tolist() == found.found.tolist()
    index = model.embedding.vocabulary.id_of("king")
    badges = [view.table.rows.index(row, 4).data() for row in range(4)]
    assert badges == [f"{agreeing}/2" for agreeing in found.agreements[index].tolist()]
    assert view.figures.value("word") == f"{found.means[index]:.0%}"
    assert view.words.rows.rowCount() == len(model.embedding)
    code = panel._code()
    scope: dict[str, object] = {"print": lambda *told: None}
    exec(code, scope)
    assert scope["found"].means == pytest.approx(found.means)


def test_stopping_keeps_the_seeds_that_are_done(show, wait) -> None:
    session = trained_session()
    panel = show(session)
    panel.choose_page("stability")
    view = panel.stability_page
    view.seeds_box.setValue(20)
    session.stability.changed.connect(view.stop_button.click)
    view.train_button.click()
    wait(lambda: not view.is_training)
    assert 1 <= len(view.result.seeds) <= 20
    assert view.train_button.isVisible()


def test_a_model_whose_counts_are_gone_is_not_trained_again(show) -> None:
    session = trained_session()
    panel = show(session)
    panel.choose_page("stability")
    assert panel.stability_page.train_button.isVisible()
    session.set_cooccurrence(*counted(TEXT, window=2))
    assert "no longer those of this model" in panel.stability_page.told_label.text()
    assert not panel.stability_page.train_button.isVisible()


def test_each_page_has_a_table_to_take_and_code_where_the_text_is_known(show, wait) -> None:
    session = trained_session()
    first = session.models[0]
    session.add_model(Model(2, "GloVe 2", first.embedding, first.table, first.card))
    session.set_focus_word("king")
    panel = show(session)
    for page in PAGES[:-1]:
        panel.choose_page(page)
        wait(partial(is_filled, panel, page))
        assert len(csv_text(panel._table()).splitlines()) > 5, page
        scope: dict[str, object] = {"print": lambda *told: None}
        exec(panel._code(), scope)
        assert len(scope["models"]) == 2, page
    session.add_model(Model(3, "unknown", first.embedding, first.table))
    assert panel._code() == ""


def test_vectors_of_a_file_are_read_by_the_code_that_is_copied(show, session: Session, tmp_path) -> None:
    session.set_focus_word("a1")
    for model in session.models:
        path = tmp_path / f"{model.number}.txt"
        gloveui.save_vectors(model.embedding, path)
        card = FileCard(str(path), "0" * 64, "GloVe text", 40, 6)
        session.replace_model(replace(model, card=card))
    scope: dict[str, object] = {"print": lambda *told: None}
    exec(show(session)._code(), scope)
    assert [one.vocabulary.words for one in scope["models"]] == [WORDS] * 3


def test_results_go_with_a_model_that_is_removed(show, wait) -> None:
    session = trained_session()
    panel = show(session)
    panel.choose_page("stability")
    panel.stability_page.seeds_box.setValue(2)
    panel.stability_page.train_button.click()
    wait(lambda: not panel.stability_page.is_training)
    embedding = session.embedding
    assert session.stability.of(embedding) is not None
    session.remove_model(session.model.number)
    assert session.stability.of(embedding) is None


def test_it_is_freed_when_it_is_closed(theme, session: Session, qtbot) -> None:
    jobs = JobQueue()
    panel = ComparePanel(session, jobs, theme)
    for page in PAGES:
        panel.choose_page(page)
    gone = weakref.ref(panel)
    panel.close()
    panel.deleteLater()
    del panel
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
    session.set_focus_word("a1")
