from __future__ import annotations

import contextlib
import csv
import gc
import io
import math
import weakref
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QToolTip

from gloveui.core.glove import GloveParameters
from gloveui.core.text import PastedText
from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.state.values import Evidence, LiveModel
from gloveui.views import dialogs
from gloveui.views.panels.counts import CountsPanel
from gloveui.views.widgets.export_button import svg_of
from tests.views.counted import LECTURE, counted, parameters_of, session_of

MANY_WORDS = " ".join(f"word{place}" for place in range(300))
LECTURE_WORDS = ("i", "like", "deep", "learning", "nlp", "enjoy", "flying")
LECTURE_COUNTS = [
    [0, 2, 0, 0, 0, 1, 0],
    [2, 0, 1, 0, 1, 0, 0],
    [0, 1, 0, 1, 0, 0, 0],
    [0, 0, 1, 0, 0, 0, 0],
    [0, 1, 0, 0, 0, 0, 0],
    [1, 0, 0, 0, 0, 0, 1],
    [0, 0, 0, 0, 0, 1, 0],
]

COMPILING_MS = 60_000  # the first picture of all waits for its kernels

Show = Callable[[Session], CountsPanel]


@pytest.fixture
def jobs() -> JobQueue:
    return JobQueue()


@pytest.fixture
def show(theme, qtbot, jobs) -> Show:
    """Shows a panel, and waits until it is sharp."""
    theme.set_scheme("light")
    shown = []  # else a panel may be collected as garbage while it is painted after the test

    def build(session: Session) -> CountsPanel:
        panel = CountsPanel(session, jobs, theme)
        shown.append(panel)
        qtbot.addWidget(panel)
        panel.resize(660, 720)
        panel.show()
        qtbot.waitExposed(panel)
        qtbot.waitUntil(lambda: is_settled(panel, jobs), timeout=COMPILING_MS)
        return panel

    yield build
    qtbot.waitUntil(lambda: not jobs.is_answering, timeout=COMPILING_MS)


@pytest.fixture
def settle(qtbot, jobs) -> Callable[[CountsPanel], None]:
    return lambda panel: qtbot.waitUntil(lambda: is_settled(panel, jobs), timeout=COMPILING_MS)


def is_settled(panel: CountsPanel, jobs: JobQueue) -> bool:
    is_drawn = panel.heatmap.picture is not None or not len(panel.heatmap.words)
    return not jobs.is_answering and is_drawn


def shown_counts(panel: CountsPanel) -> list[list[float]]:
    return np.nan_to_num(panel.heatmap.picture.values).tolist()


def click(panel: CountsPanel, qtbot, word: str, context: str) -> None:
    words = list(panel.heatmap.words)
    place = panel.heatmap.plot.cell_center(words.index(word), words.index(context)).toPoint()
    qtbot.mouseClick(panel.heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)


def shorter_side(panel: CountsPanel) -> float:
    """Cells in sight on the shorter side of the room they have."""
    sight = panel.heatmap.sight()
    return min(sight.width(), sight.height())


def choose(combo, key: str) -> None:
    combo.setCurrentIndex(combo.findData(key))


def is_offered(combo, place: int) -> bool:
    return bool(combo.model().flags(combo.model().index(place, 0)) & Qt.ItemFlag.ItemIsEnabled)


def learn(session: Session, seed: int = 1) -> GloveParameters:
    """Let the session show what a running training has learned."""
    words = session.cooccurrence.vocabulary
    parameters = parameters_of(len(words), seed)
    session.set_live(LiveModel(words, parameters, 1.0))
    return parameters


def test_without_counts_it_says_what_to_do_next(show) -> None:
    panel = show(Session())
    assert panel.empty.isVisible()
    assert "text" in panel.empty.hint_label.text()


def test_the_lectures_table_is_shown_with_its_numbers(show) -> None:
    panel = show(session_of(LECTURE))
    assert tuple(panel.heatmap.words) == LECTURE_WORDS
    assert shown_counts(panel) == LECTURE_COUNTS
    assert panel.heatmap.shows_all()


def test_counts_appear_when_a_text_has_been_counted_and_go_with_it(show, settle) -> None:
    session = Session()
    panel = show(session)
    session.set_cooccurrence(*counted(LECTURE))
    settle(panel)
    assert panel.heatmap.isVisible()
    session.set_text(None)
    assert panel.empty.isVisible()
    assert panel.heatmap.picture is None


def test_all_words_are_there_and_the_most_frequent_ones_are_looked_at_first(show) -> None:
    panel = show(session_of(MANY_WORDS))
    assert len(panel.heatmap.words) == 300
    assert shorter_side(panel) == pytest.approx(24)
    assert panel.heatmap.sight().topLeft() == QPointF(0, 0)
    assert panel.heatmap.mini_map.isVisible()


def test_from_afar_a_point_stands_for_a_block_and_the_legend_says_how(show, settle) -> None:
    words = " ".join(f"w{place}" for place in range(3_000))
    panel = show(session_of(words))
    panel.heatmap.fit()
    settle(panel)
    block = panel.heatmap.picture.view.block
    assert block > 1
    assert f"largest of {block} × {block} cells" in panel.heatmap.legend.note
    choose(panel.controls.reduction_combo, "sum")
    settle(panel)
    assert "sum of" in panel.heatmap.legend.note
    assert np.nansum(panel.heatmap.picture.values) == 2 * 2_999
    panel.heatmap.cell_hovered.emit((0, 0))
    assert panel.cell_label.text().startswith("w0 … ")
    assert "come closer" in panel.cell_label.text()


def test_moving_about_always_ends_with_a_sharp_picture_of_what_is_in_sight(show, settle) -> None:
    words = " ".join(f"w{place}" for place in range(3_000))
    panel = show(session_of(words))
    for sight in ((0, 0, 3_000, 3_000), (100, 100, 700, 700), (2_000, 2_000, 30, 30), (2_900, 0, 30, 30)):
        panel.heatmap.look_at(QRectF(*sight))
    settle(panel)
    view = panel.heatmap.picture.view
    assert view.block == 1
    assert view.covers(0, 30, 2_900, 2_930)


def test_a_click_chooses_the_word_for_every_panel_reads_the_cell_and_asks_for_its_sentences(
    show, qtbot
) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    with qtbot.waitSignal(session.focus_word_changed) as chosen:
        click(panel, qtbot, "like", "i")
    assert chosen.args == ["like"]
    assert session.evidence == Evidence("like", "i")
    assert panel.cell_label.text().startswith("like × i   X = 2   P(i | like) = 0.500   PMI = 0.847")


def test_the_cell_under_the_pointer_is_read_and_the_chosen_one_after_it(show, qtbot) -> None:
    panel = show(session_of(LECTURE))
    click(panel, qtbot, "deep", "learning")
    panel.heatmap.cell_hovered.emit((0, 1))
    assert panel.cell_label.text().startswith("i × like   X = 2")
    assert "P(like | i) = 0.667" in panel.heatmap.plot.image.toolTip()
    panel.heatmap.cell_hovered.emit(None)
    assert panel.cell_label.text().startswith("deep × learning")


def test_a_word_of_a_corpus_cannot_put_html_into_the_tip(show) -> None:
    panel = show(session_of("<b>x</b> y\n" * 2))
    panel.heatmap.cell_hovered.emit((0, 0))
    assert "<b>" not in panel.heatmap.plot.image.toolTip()


def test_a_rare_word_in_focus_is_added_framed_and_said(show, settle) -> None:
    session = session_of(MANY_WORDS)
    panel = show(session)
    panel.controls.top_words.set_top(20)
    settle(panel)
    session.set_focus_word("word250")
    settle(panel)
    assert len(panel.heatmap.words) == 21
    assert panel.heatmap.words[-1] == "word250"
    assert "word250" in panel.note.added_label.text()
    assert panel.heatmap.plot.rows.shown_words()[-1] == 20
    session.set_focus_word("word3")
    settle(panel)
    assert len(panel.heatmap.words) == 20
    assert panel.note.added_label.isHidden()


def test_a_word_chosen_elsewhere_is_scrolled_into_sight(show) -> None:
    session = session_of(MANY_WORDS)
    panel = show(session)
    session.set_focus_word("WORD250")
    assert panel.heatmap.sight().contains(QRectF(250, 250, 1, 1))
    assert shorter_side(panel) == pytest.approx(24)


def test_a_word_chosen_here_moves_nothing(show, qtbot) -> None:
    panel = show(session_of(MANY_WORDS))
    panel.heatmap.look_at(QRectF(100, 200, 10, 10))
    before = panel.heatmap.sight()
    click(panel, qtbot, "word205", "word103")
    assert panel.heatmap.sight() == before


def test_an_unknown_word_in_focus_changes_nothing(show, settle) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    session.set_focus_word("xyzzy")
    settle(panel)
    assert len(panel.heatmap.words) == 7
    assert panel.note.added_label.isHidden()


def test_a_small_text_limits_the_words_and_a_large_one_brings_them_back(show, settle) -> None:
    session = session_of(MANY_WORDS)
    panel = show(session)
    panel.controls.top_words.set_top(60)
    settle(panel)
    session.set_cooccurrence(*counted(LECTURE))
    settle(panel)
    assert len(panel.heatmap.words) == 7
    session.set_cooccurrence(*counted(MANY_WORDS))
    settle(panel)
    assert len(panel.heatmap.words) == 60


def test_a_text_of_two_words_can_be_shown(show) -> None:
    panel = show(session_of("a b"))
    assert shown_counts(panel) == [[0, 1], [1, 0]]
    assert not panel.controls.top_words.slider.isEnabled()
    assert "same" in panel.heatmap.legend.note


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ("alphabet", ["deep", "enjoy", "flying", "i", "learning", "like", "nlp"]),
        ("first_seen", ["i", "like", "deep", "learning", "nlp", "enjoy", "flying"]),
    ],
)
def test_words_are_put_in_the_order_that_is_chosen(show, settle, order, words) -> None:
    panel = show(session_of(LECTURE))
    choose(panel.controls.order_combo, order)
    settle(panel)
    assert list(panel.heatmap.words) == words
    like, i = words.index("like"), words.index("i")
    assert shown_counts(panel)[like][i] == 2


def test_another_order_keeps_the_chosen_pair(show, settle, qtbot) -> None:
    panel = show(session_of(LECTURE))
    click(panel, qtbot, "deep", "learning")
    choose(panel.controls.order_combo, "alphabet")
    settle(panel)
    row, column = panel.heatmap.chosen
    assert (panel.heatmap.words[row], panel.heatmap.words[column]) == ("deep", "learning")


@pytest.mark.parametrize("quantity", ["log_count", "probability", "pmi", "ppmi", "weight"])
def test_other_numbers_of_the_same_pairs_are_shown_and_explained(show, settle, quantity) -> None:
    panel = show(session_of(LECTURE))
    before = panel.heatmap.legend.unit
    choose(panel.controls.quantity_combo, quantity)
    settle(panel)
    assert panel.heatmap.picture.quantity.name == quantity
    assert panel.heatmap.legend.unit != before


def test_prediction_and_error_are_offered_as_soon_as_there_is_a_model(show, settle) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    combo = panel.controls.quantity_combo
    place = combo.findData("prediction")
    assert not is_offered(combo, place)
    assert "Train" in combo.toolTip()
    parameters = learn(session)
    assert is_offered(combo, place)
    choose(combo, "prediction")
    settle(panel)
    predicted = parameters.word_vectors @ parameters.context_vectors.T
    predicted += parameters.word_biases[:, None] + parameters.context_biases
    assert np.allclose(panel.heatmap.picture.values, predicted, atol=1e-5)
    session.set_live(None)
    settle(panel)
    assert panel.controls.quantities[0] == "log_count"


def test_the_first_training_is_looked_at_once_so_that_predictions_can_be_chosen_while_it_runs(show) -> None:
    session = session_of(LECTURE)
    show(session)
    assert session.is_live_wanted
    learn(session)
    assert not session.is_live_wanted


def test_what_is_said_of_the_chosen_pair_follows_the_model(show) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    session.show_evidence("i", "like")
    learn(session)
    assert "prediction" not in panel.cell_label.text()  # that of a moment ago is not looked at any more
    choose(panel.controls.quantity_combo, "error")
    learn(session, seed=2)
    before = panel.cell_label.text()
    assert "prediction" in before
    learn(session, seed=3)
    assert panel.cell_label.text() != before


def test_news_of_a_training_are_shown_and_asked_for_only_while_they_are_looked_at(show, settle) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    learn(session)
    assert not session.is_live_wanted
    choose(panel.controls.quantity_combo, "error")
    settle(panel)
    assert session.is_live_wanted
    before = panel.heatmap.picture.values
    learn(session, seed=2)
    settle(panel)
    assert not np.allclose(panel.heatmap.picture.values, before, equal_nan=True)
    assert panel.heatmap.scale.kind == "signed"
    panel.hide()
    assert not session.is_live_wanted
    panel.show()
    assert session.is_live_wanted


def test_linear_and_logarithmic_scales_give_other_colours(show) -> None:
    panel = show(session_of("a b a b a b a c d"))
    logarithmic = panel.heatmap.plot.image.image.copy()
    panel.controls.scale_combo.setCurrentIndex(0)
    assert (panel.heatmap.plot.image.image != logarithmic).any()


def test_held_colours_keep_their_values_while_one_moves(show, settle) -> None:
    session = session_of("a a a a a a a a b c d e " + MANY_WORDS)
    panel = show(session)
    held = panel.heatmap.scale
    panel.controls.hold_check.setChecked(True)
    panel.heatmap.look_at(QRectF(280, 280, 10, 10))
    settle(panel)
    assert panel.heatmap.scale == held
    panel.controls.hold_check.setChecked(False)
    assert panel.heatmap.scale.high < held.high


def test_a_second_heatmap_beside_shows_another_number_of_the_same_part(show, settle, qtbot) -> None:
    panel = show(session_of(MANY_WORDS))
    qtbot.mouseClick(panel.controls.second_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.heatmaps.second.picture is not None)
    settle(panel)
    first, second = panel.heatmaps.both
    assert second.picture.quantity.name == panel.controls.quantities[1] == "ppmi"
    assert second.sight().getRect() == pytest.approx(first.sight().getRect())


@pytest.mark.parametrize(("weighting", "part"), [("inverse", "1 / distance"), ("flat", "counted 1")])
def test_the_legend_says_what_is_counted(show, weighting, part) -> None:
    panel = show(session_of(LECTURE, weighting=weighting, window=3))
    assert part in panel.heatmap.legend.unit
    assert "3 words" in panel.heatmap.legend.unit


def test_lit_cells_are_lit_wherever_their_words_are(show, settle) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    choose(panel.controls.order_combo, "alphabet")
    settle(panel)
    session.set_lit_cells(((0, 1), (1, 0)))
    words = list(panel.heatmap.words)
    assert set(panel.heatmap.plot.marks._lit) == {
        (words.index("i"), words.index("like")), (words.index("like"), words.index("i")),
    }  # fmt: skip


def open_table(panel: CountsPanel, settle) -> None:
    panel.controls.table_button.setChecked(True)
    settle(panel)


def test_the_lectures_table_can_be_read_as_a_table(show, settle) -> None:
    panel = show(session_of(LECTURE))
    open_table(panel, settle)
    model = panel.table.rows
    texts = [[model.index(row, column).data() for column in range(7)] for row in range(7)]
    assert texts == [[str(count) for count in row] for row in LECTURE_COUNTS]
    assert tuple(model.headerData(place, Qt.Orientation.Vertical) for place in range(7)) == LECTURE_WORDS
    assert tuple(model.headerData(place, Qt.Orientation.Horizontal) for place in range(7)) == LECTURE_WORDS


def test_a_click_in_the_table_asks_for_the_sentences_of_its_pair(show, settle, qtbot) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    open_table(panel, settle)
    place = panel.table.visualRect(panel.table.rows.index(2, 3)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert session.evidence == Evidence("deep", "learning")
    assert session.focus_word == "deep"


@pytest.mark.parametrize(("direction", "is_lit"), [("both", True), ("right", False)])
def test_the_other_half_of_a_pair_is_lit_where_it_says_the_same(
    show, settle, theme, direction, is_lit
) -> None:
    panel = show(session_of(LECTURE, direction=direction))
    open_table(panel, settle)
    panel.table.choose((0, 1))
    settle(panel)
    picture, frame = panel.table.viewport().grab().toImage(), theme.color("accent")
    corners = [panel.table.visualRect(panel.table.rows.index(*cell)).topLeft() for cell in ((0, 1), (1, 0))]
    assert [picture.pixelColor(corner) == frame for corner in corners] == [True, is_lit]


def test_selected_cells_of_the_table_are_copied_with_their_words(show, settle, qtbot) -> None:
    panel = show(session_of(LECTURE))
    open_table(panel, settle)
    for row, column in ((0, 1), (0, 5), (1, 1), (1, 5)):
        panel.table.selectionModel().select(
            panel.table.rows.index(row, column), panel.table.selectionModel().SelectionFlag.Select
        )
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines == [["", "like", "enjoy"], ["i", "2", "1"], ["like", "0", "0"]]


def test_a_table_is_offered_only_for_what_can_be_read(show, settle) -> None:
    panel = show(session_of(MANY_WORDS))
    assert not panel.controls.table_button.isEnabled()
    assert "100" in panel.controls.table_button.toolTip()
    panel.controls.top_words.set_top(50)
    settle(panel)
    assert panel.controls.table_button.isEnabled()
    open_table(panel, settle)
    assert panel.table.isVisible()
    panel.controls.top_words.set_top(300)
    settle(panel)
    assert panel.heatmap.isVisible()


def copied_rows(panel: CountsPanel) -> list[list[str]]:
    panel.controls.export_button.copy_action.trigger()
    return [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]


def test_copied_counts_are_a_table(show) -> None:
    panel = show(session_of("a b\nc b\n"))
    assert copied_rows(panel) == [
        ["", "b", "a", "c"], ["b", "0", "1", "1"], ["a", "1", "0", "0"], ["c", "1", "0", "0"],
    ]  # fmt: skip


def test_only_what_is_in_sight_is_copied(show, settle) -> None:
    panel = show(session_of(MANY_WORDS))
    panel.heatmap.look_at(QRectF(10, 20, 5, 5))
    settle(panel)
    sight = panel.heatmap.sight()
    across = range(math.floor(sight.left()), math.ceil(sight.right()))
    down = range(math.floor(sight.top()), math.ceil(sight.bottom()))
    rows = copied_rows(panel)
    assert rows[0] == ["", *(f"word{place}" for place in across)]
    assert [row[0] for row in rows[1:]] == [f"word{place}" for place in down]
    assert min(len(across), len(down)) in (5, 6)


def test_the_picture_and_the_counts_are_saved_where_a_person_wants(show, monkeypatch, tmp_path: Path) -> None:
    panel = show(session_of(LECTURE))
    monkeypatch.setattr(
        dialogs, "ask_where_to_save", lambda parent, title, suggestion, kind: tmp_path / suggestion
    )
    panel.controls.export_button.png_action.trigger()
    panel.controls.export_button.csv_action.trigger()
    assert QImage(str(tmp_path / "counts.png")).width() == 2 * panel.heatmaps.width()
    with (tmp_path / "counts.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][1:] == list(LECTURE_WORDS)
    assert rows[1] == ["i", "0", "2", "0", "0", "0", "1", "0"]


@pytest.mark.parametrize(("quantity", "number"), [("count", "2.0"), ("probability", "0.666")])
def test_the_code_that_is_copied_prints_the_same_numbers(show, settle, quantity, number) -> None:
    session = Session()
    session.set_text(PastedText(LECTURE))
    session.set_cooccurrence(*counted(LECTURE))
    panel = show(session)
    choose(panel.controls.quantity_combo, quantity)
    settle(panel)
    panel.controls.export_button.code_action.trigger()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(QGuiApplication.clipboard().text(), {})
    lines = [line.split("\t") for line in printed.getvalue().splitlines()]
    assert lines[0] == ["", *LECTURE_WORDS]
    assert lines[1][0] == "i"
    assert lines[1][2].startswith(number)


def test_without_the_text_no_code_is_offered(show) -> None:
    panel = show(session_of(LECTURE))
    assert not panel.controls.export_button.code_action.isVisible()


def test_its_texts_change_with_the_language(show, languages, qtbot) -> None:
    panel = show(session_of(LECTURE))
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() != "Counts")
    assert "단어" in panel.heatmap.legend.unit
    assert panel.cell_label.text().startswith("칸")
    assert panel.controls.order_combo.currentText() == "빈도순"


def test_it_is_as_light_or_dark_as_the_theme(show, theme) -> None:
    panel = show(session_of(LECTURE))
    for scheme in ("light", "dark"):
        theme.set_scheme(scheme)
        picture = panel.heatmap.plot.grab().toImage()
        assert picture.pixelColor(1, 1).name().upper() == theme.palette.surface


def test_it_is_freed_when_it_is_closed(theme, qtbot) -> None:
    session, jobs = session_of(LECTURE), JobQueue()
    panel = CountsPanel(session, jobs, theme)
    gone = weakref.ref(panel)
    panel.close()
    panel.deleteLater()
    del panel
    QToolTip.hideText()
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
    qtbot.waitUntil(lambda: not jobs.is_answering)
    session.set_focus_word("like")


def test_two_predictions_beside_each_other_go_with_their_model(show, settle) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    learn(session)
    panel.controls.second_button.setChecked(True)
    choose(panel.controls.quantity_combo, "prediction")
    choose(panel.controls.second_combo, "error")
    settle(panel)
    session.set_live(None)
    settle(panel)
    assert panel.controls.quantities == ("log_count", "log_count")
    assert panel.heatmaps.second.picture.quantity.name == "log_count"


def test_a_word_added_to_sixty_leaves_all_of_them_in_sight(show, settle) -> None:
    session = session_of(MANY_WORDS)
    panel = show(session)
    session.set_focus_word("word250")
    panel.controls.top_words.set_top(60)
    settle(panel)
    assert len(panel.heatmap.words) == 61
    assert panel.heatmap.shows_all()


def test_the_word_in_focus_stays_in_sight_in_another_order(show, settle) -> None:
    session = session_of(MANY_WORDS)
    panel = show(session)
    session.set_focus_word("word12")
    choose(panel.controls.order_combo, "alphabet")
    settle(panel)
    place = list(panel.heatmap.words).index("word12")
    assert panel.heatmap.sight().contains(QRectF(place, place, 1, 1))


def test_a_pair_whose_sentences_were_asked_for_elsewhere_is_framed_and_read(show) -> None:
    session = session_of(MANY_WORDS)
    panel = show(session)
    session.show_evidence("word201", "word200")
    assert panel.heatmap.chosen == (201, 200)
    assert panel.cell_label.text().startswith("word201 × word200   X = 1")
    assert panel.heatmap.sight().contains(QRectF(200, 201, 1, 1))
    session.show_evidence("word7")
    session.show_evidence("xyzzy", "word1")
    assert panel.heatmap.chosen == (201, 200)


@pytest.mark.parametrize("width", [528, 900])
def test_the_lectures_table_is_whole_in_a_narrow_panel(show, settle, qtbot, width) -> None:
    panel = show(session_of(LECTURE))
    open_table(panel, settle)
    panel.resize(width, 600)
    table = panel.table
    qtbot.waitUntil(lambda: 0 < width - table.width() < 40)
    qtbot.waitUntil(lambda: not table.horizontalScrollBar().maximum())
    needed = map(table.fontMetrics().horizontalAdvance, LECTURE_WORDS)
    assert all(table.columnWidth(place) >= width + 16 for place, width in enumerate(needed))


def test_what_is_shown_tells_its_formula_and_what_is_off_tells_why(show, settle) -> None:
    panel = show(session_of("a b"))
    combo, controls = panel.controls.quantity_combo, panel.controls
    tips = [combo.itemData(place, Qt.ItemDataRole.ToolTipRole) for place in range(combo.count())]
    assert all(tips)
    assert len(set(tips)) == len(tips)
    assert "Train" in tips[combo.findData("error")]
    assert "so few words" in controls.top_words.slider.toolTip().lower()
    assert "even steps" not in controls.scale_combo.toolTip()
    choose(combo, "pmi")
    assert "even steps" in controls.scale_combo.toolTip()
    assert "Σ" in combo.toolTip()
    open_table(panel, settle)
    assert "table alone" in controls.second_button.toolTip()


def test_saved_as_svg_the_cells_end_where_they_end_on_the_screen(show, settle, theme) -> None:
    panel = show(session_of(MANY_WORDS))
    panel.heatmap.look_at(QRectF(100.5, 100.5, 9, 9))
    panel.heatmap.mark_word(105)
    settle(panel)
    renderer = QSvgRenderer(QByteArray(svg_of(panel.heatmaps, theme.palette.surface, "counts")))
    saved = QImage(panel.heatmaps.size(), QImage.Format.Format_RGB32)
    painter = QPainter(saved)
    renderer.render(painter)
    painter.end()
    cells = panel.heatmap.plot.cells().toRect()
    across = range(cells.left(), cells.right())
    below = {saved.pixelColor(x, cells.bottom() + 6).name().upper() for x in across}
    assert below == {theme.palette.surface}
    diagonal = range(cells.height() // 2)
    inside = {saved.pixelColor(cells.left() + step, cells.top() + step).name() for step in diagonal}
    assert len(inside) > 1
