"""A line is cut so that the words that stand out stay in sight."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gloveui.core.concordance import find_word
from gloveui.core.progress import run_to_end
from gloveui.views.models.sentence_rows import Kind, Run, Runs, SentenceRows
from gloveui.views.theme import Theme
from gloveui.views.widgets.runs_delegate import Fitting
from gloveui.views.widgets.sentence_table_view import MOST_COPIED, SentenceTableView
from tests.views.counted import counted

LONG = "many words that stand here and there " * 4
LINE = Runs((Run(LONG),), (Run("ice", True), Run(" is "), Run("solid", True)), (Run(" " + LONG),))


def shown(fitting: Fitting, runs: Runs, room: int) -> str:
    fitted = fitting.fitted(runs, room)
    assert sum(width for _, width in fitted) <= room
    return "".join(run.text for run, _ in fitted)


@pytest.mark.parametrize("room", [200, 300, 500])
def test_words_that_stand_out_stay_when_there_is_no_room_for_all(theme: Theme, room: int) -> None:
    text = shown(Fitting(theme.font()), LINE, room)
    assert "ice is solid" in text
    assert text.startswith("…")
    assert text.endswith("…")


def test_with_room_for_all_nothing_is_cut(theme: Theme) -> None:
    assert shown(Fitting(theme.font()), LINE, 5_000) == LONG + "ice is solid " + LONG


def test_room_that_one_side_does_not_need_goes_to_the_other(theme: Theme) -> None:
    runs = Runs((Run("a "),), (Run("ice", True),), (Run(" " + LONG),))
    assert shown(Fitting(theme.font()), runs, 300).startswith("a ice many words that")


def test_two_words_far_apart_lose_what_is_between_them(theme: Theme) -> None:
    runs = Runs(core=(Run("ice", True), Run(f" {LONG} "), Run("solid", True)))
    text = shown(Fitting(theme.font()), runs, 200)
    assert text.startswith("ice")
    assert text.endswith("solid")


def test_no_room_at_all_is_no_error(theme: Theme) -> None:
    for room in range(0, 40, 5):
        Fitting(theme.font()).fitted(LINE, room)


def test_a_list_of_sentences_is_painted_in_every_width(theme: Theme, qtbot: QtBot) -> None:
    _, tokens = counted("<b>bold</b> ice & water\nice 고양이 שלום ice")
    table = SentenceTableView(theme)
    qtbot.addWidget(table)
    table.rows.show(tokens, run_to_end(find_word(tokens, tokens.vocabulary.id_of("ice"))), Kind.WORD)
    for in_context in (False, True):
        table.show_in_context(in_context)
        for width in (60, 200, 900):
            table.resize(width, 200)
            assert not table.grab().isNull()


def test_selecting_all_of_very_many_rows_takes_no_time_to_paint(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    count = SentenceRows.rowCount
    monkeypatch.setattr(SentenceRows, "rowCount", lambda *given: asked.append(1) or count(*given))
    _, tokens = counted("a b\n" * 20_000)
    table = SentenceTableView(theme)
    qtbot.addWidget(table)
    table.rows.show(tokens, run_to_end(find_word(tokens, 0)), Kind.WORD)
    table.show()
    qtbot.waitExposed(table)
    asked.clear()
    table.selectAll()
    table.viewport().repaint()
    table.horizontalHeader().viewport().repaint()
    assert 0 < len(asked) < 5_000
    assert len(table.selected_rows()) == MOST_COPIED
