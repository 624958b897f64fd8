from __future__ import annotations

import csv
import gc
import weakref
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from gloveui.state.job_queue import JobQueue
from gloveui.state.session import Session
from gloveui.views import dialogs
from gloveui.views.panels.counts import CountsPanel, count_text, probability_text
from tests.views.counted import LECTURE, counted, session_of

MANY_WORDS = " ".join(f"word{place}" for place in range(300))


@pytest.fixture
def show(show_panel):
    return partial(show_panel, CountsPanel, (560, 700))


def click(panel: CountsPanel, qtbot, word: str, context: str) -> None:
    words = panel.heatmap.words
    place = panel.heatmap.cell_center(words.index(word), words.index(context)).toPoint()
    qtbot.mouseClick(panel.heatmap.plot.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_without_counts_it_says_what_to_do_next(show) -> None:
    panel = show(Session())
    assert panel.empty.isVisible()
    assert "text" in panel.empty.hint_label.text()


def test_the_lectures_table_is_shown_with_its_numbers(show) -> None:
    panel = show(session_of(LECTURE))
    assert panel.heatmap.words == ("i", "like", "deep", "learning", "nlp", "enjoy", "flying")
    assert panel.heatmap.counts.tolist() == [
        [0, 2, 0, 0, 0, 1, 0],
        [2, 0, 1, 0, 1, 0, 0],
        [0, 1, 0, 1, 0, 0, 0],
        [0, 0, 1, 0, 0, 0, 0],
        [0, 1, 0, 0, 0, 0, 0],
        [1, 0, 0, 0, 0, 0, 1],
        [0, 0, 0, 0, 0, 1, 0],
    ]


def test_counts_appear_when_a_text_has_been_counted_and_go_with_it(show) -> None:
    session = Session()
    panel = show(session)
    session.set_cooccurrence(*counted(LECTURE))
    assert panel.heatmap.isVisible()
    session.set_text(None)
    assert panel.empty.isVisible()


def test_a_click_chooses_the_word_for_every_panel_and_reads_the_cell(show, qtbot) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    with qtbot.waitSignal(session.focus_word_changed) as chosen:
        click(panel, qtbot, "like", "i")
    assert chosen.args == ["like"]
    assert panel.cell_label.text() == "like × i   X = 2   P(i | like) = 0.5000"


def test_the_cell_under_the_pointer_is_read_and_the_chosen_one_after_it(show, qtbot) -> None:
    panel = show(session_of(LECTURE))
    click(panel, qtbot, "deep", "learning")
    panel.heatmap.cell_hovered.emit((0, 1))
    assert panel.cell_label.text().startswith("i × like   X = 2")
    assert "P(like | i) = 0.6667" in panel.heatmap.image.toolTip()
    panel.heatmap.cell_hovered.emit(None)
    assert panel.cell_label.text().startswith("deep × learning")


def test_a_word_of_a_corpus_cannot_put_html_into_the_tip(show) -> None:
    text = "<b>x</b> y\n" * 2
    panel = show(session_of(text))
    panel.heatmap.cell_hovered.emit((0, 0))
    assert "<b>" not in panel.heatmap.image.toolTip()


def test_a_rare_word_in_focus_is_added_and_said(show) -> None:
    session = session_of(MANY_WORDS)
    panel = show(session)
    session.set_focus_word("word250")
    assert len(panel.heatmap.words) == 21
    assert panel.heatmap.words[-1] == "word250"
    assert "word250" in panel.added_label.text()
    session.set_focus_word("word3")
    assert len(panel.heatmap.words) == 20
    assert panel.added_label.isHidden()


def test_an_unknown_word_in_focus_changes_nothing(show) -> None:
    session = session_of(LECTURE)
    panel = show(session)
    session.set_focus_word("xyzzy")
    assert len(panel.heatmap.words) == 7
    assert panel.added_label.isHidden()


def test_a_word_in_focus_is_found_in_another_spelling(show) -> None:
    session = session_of(MANY_WORDS)
    panel = show(session)
    session.set_focus_word("WORD250")
    assert panel.heatmap.words[-1] == "word250"


def test_slider_and_number_show_more_words_and_agree(show) -> None:
    panel = show(session_of(MANY_WORDS))
    panel.top_slider.setValue(50)
    assert (len(panel.heatmap.words), panel.top_number.value()) == (50, 50)
    panel.top_number.setValue(200)
    assert (len(panel.heatmap.words), panel.top_slider.value()) == (200, 200)


def test_a_small_text_limits_the_words_and_a_large_one_brings_them_back(show) -> None:
    session = session_of(MANY_WORDS)
    panel = show(session)
    panel.top_slider.setValue(60)
    session.set_cooccurrence(*counted(LECTURE))
    assert (panel.top_slider.minimum(), panel.top_slider.maximum()) == (5, 7)
    assert len(panel.heatmap.words) == 7
    session.set_cooccurrence(*counted(MANY_WORDS))
    assert len(panel.heatmap.words) == 60


def test_a_text_of_two_words_can_be_shown(show) -> None:
    panel = show(session_of("a b"))
    assert panel.heatmap.counts.tolist() == [[0, 1], [1, 0]]
    assert not panel.top_slider.isEnabled()


def test_linear_and_logarithmic_scales_give_other_colours(show) -> None:
    panel = show(session_of("a b a b a b a c d"))
    logarithmic = panel.heatmap.image.image.copy()
    panel.scale_combo.setCurrentIndex(0)
    assert (panel.heatmap.image.image != logarithmic).any()


@pytest.mark.parametrize(("weighting", "part"), [("inverse", "1 / distance"), ("flat", "counted 1")])
def test_the_legend_says_what_is_counted(show, weighting, part) -> None:
    panel = show(session_of(LECTURE, weighting=weighting, window=3))
    assert part in panel.heatmap.legend.unit
    assert "3 words" in panel.heatmap.legend.unit


def test_copied_counts_are_a_table(show, qtbot) -> None:
    panel = show(session_of("a b\n=c b\n", **{}))
    qtbot.mouseClick(panel.copy_button, Qt.MouseButton.LeftButton)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines == [["", "b", "a", "c"], ["b", "0", "1", "1"], ["a", "1", "0", "0"], ["c", "1", "0", "0"]]


def test_the_picture_and_the_counts_are_saved_where_a_person_wants(show, monkeypatch, tmp_path: Path) -> None:
    panel = show(session_of(LECTURE))
    monkeypatch.setattr(
        dialogs, "ask_where_to_save", lambda parent, title, suggestion, kind: tmp_path / suggestion
    )
    panel.picture_action.trigger()
    panel.table_action.trigger()
    assert QImage(str(tmp_path / "counts.png")).width() == 2 * panel.heatmap.width()
    with (tmp_path / "counts.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0][1:] == list(panel.heatmap.words)
    assert rows[1] == ["i", "0", "2", "0", "0", "0", "1", "0"]


def test_nothing_is_saved_when_nobody_says_where(show, monkeypatch, tmp_path: Path) -> None:
    panel = show(session_of(LECTURE))
    monkeypatch.setattr(dialogs, "ask_where_to_save", lambda *question: None)
    monkeypatch.chdir(tmp_path)
    panel.picture_action.trigger()
    panel.table_action.trigger()
    assert list(tmp_path.iterdir()) == []


def test_its_texts_change_with_the_language(show, languages, qtbot) -> None:
    panel = show(session_of(LECTURE))
    languages.use("ko")
    qtbot.waitUntil(lambda: panel.windowTitle() != "Counts")
    assert "단어" in panel.heatmap.legend.unit
    assert panel.cell_label.text().startswith("칸")


def test_it_is_as_light_or_dark_as_the_theme(show, theme) -> None:
    panel = show(session_of(LECTURE))
    for scheme in ("light", "dark"):
        theme.set_scheme(scheme)
        picture = panel.heatmap.plot.grab().toImage()
        assert picture.pixelColor(1, 1).name().upper() == theme.palette.surface


@pytest.mark.parametrize(
    ("count", "text"), [(0.0, "0"), (0.1234, "0.123"), (23.21, "23.2"), (999.9, "1,000"), (64512.0, "64,512")]
)
def test_a_count_is_written_with_the_digits_that_matter(count, text) -> None:
    assert count_text(count) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0"), (0.009, "0.0090"), (1.0, "1.0000"), (3.14e-5, "3.1e-05")]
)
def test_a_probability_is_never_written_as_zero_unless_it_is(share, text) -> None:
    assert probability_text(share) == text


def test_it_is_freed_when_it_is_closed(theme, qtbot) -> None:
    session = session_of(LECTURE)
    panel = CountsPanel(session, JobQueue(), theme)
    gone = weakref.ref(panel)
    panel.close()
    panel.deleteLater()
    del panel
    qtbot.waitUntil(lambda: gc.collect() >= 0 and gone() is None)
    session.set_focus_word("like")
